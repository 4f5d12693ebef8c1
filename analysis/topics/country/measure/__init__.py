"""The numbers of the topic: evidence of every area of a force, and how many stand out."""

from analysis.topics.country.measure.judge import EVIDENCE_TYPES, RULE, judge
from analysis.topics.country.measure.standing import Standing, funnel_limits, standing

__all__ = ["EVIDENCE_TYPES", "RULE", "Standing", "funnel_limits", "judge", "standing"]
