"""The numbers of the topic: shoplifting by place, open data's approximate points and outcomes, the office's register."""

from analysis.model.vocabulary import SHOPLIFTING
from analysis.topics.retail.measure.register import REPEAT_THRESHOLD, shop_counts
from analysis.topics.retail.measure.repeat_points import repeat_points, shoplifting_outcomes
from analysis.topics.retail.measure.shoplifting import by_place, places, shoplifting_evidence

__all__ = [
    "REPEAT_THRESHOLD",
    "SHOPLIFTING",
    "by_place",
    "places",
    "repeat_points",
    "shop_counts",
    "shoplifting_evidence",
    "shoplifting_outcomes",
]
