"""What a programme with ground of its own delivered, and what was recorded there before and after."""

from analysis.topics.programmes.answer import (
    answer,
    before_and_after,
    delivered,
    delivered_in_short,
    ground,
    next_door,
    since,
    where,
)
from analysis.topics.programmes.case import ProgrammeArea, ProgrammeCase

__all__ = [
    "ProgrammeArea",
    "ProgrammeCase",
    "answer",
    "before_and_after",
    "delivered",
    "delivered_in_short",
    "ground",
    "next_door",
    "since",
    "where",
]
