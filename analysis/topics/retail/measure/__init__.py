"""The numbers of the topic: shoplifting by place, open data's approximate points and outcomes, the office's register."""

from analysis.model.vocabulary import SHOPLIFTING
from analysis.topics.retail.measure.quarters import quarters_of
from analysis.topics.retail.measure.register import REPEAT_THRESHOLD, shop_counts
from analysis.topics.retail.measure.repeat_points import (
    UNDER_INVESTIGATION,
    UNEVEN,
    repeat_points,
    shoplifting_outcomes,
)
from analysis.topics.retail.measure.shoplifting import by_place, places, shoplifting_evidence

__all__ = [
    "REPEAT_THRESHOLD",
    "SHOPLIFTING",
    "UNDER_INVESTIGATION",
    "UNEVEN",
    "by_place",
    "places",
    "quarters_of",
    "repeat_points",
    "shop_counts",
    "shoplifting_evidence",
    "shoplifting_outcomes",
]
