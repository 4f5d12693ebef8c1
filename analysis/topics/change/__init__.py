"""How recorded incidents changed between two periods, against the rest and against similar places."""

from analysis.topics.change.answer import (
    answer,
    chosen_ground,
    monthly,
    places_left,
    review_verdicts,
    round_area,
    where,
)

__all__ = ["answer", "chosen_ground", "monthly", "places_left", "review_verdicts", "round_area", "where"]
