"""Where shoplifting was recorded, at which shops again and again, and what came of it."""

from analysis.topics.retail.answer import (
    POINTS,
    REGISTER,
    THRESHOLDS,
    answer,
    approximate_points,
    last_outcomes,
    shops,
    views,
    where,
)
from analysis.topics.retail.measure.register import REPEAT_THRESHOLD

__all__ = [
    "POINTS",
    "REGISTER",
    "REPEAT_THRESHOLD",
    "THRESHOLDS",
    "answer",
    "approximate_points",
    "last_outcomes",
    "shops",
    "views",
    "where",
]
