"""How recorded incidents changed between two periods, against the rest and against similar places."""

from analysis.topics.change.answer import (
    answer,
    board,
    chosen_ground,
    grown,
    monthly,
    places_left,
    question,
    reason,
    review_verdicts,
    round_area,
    where,
)

__all__ = [
    "answer",
    "board",
    "chosen_ground",
    "grown",
    "monthly",
    "places_left",
    "question",
    "reason",
    "review_verdicts",
    "round_area",
    "where",
]
