"""The numbers of the topic: counts and percentages, the evidence on them, and what similar places did."""

from analysis.topics.change.measure.evidence import area_evidence, evidence, group_evidence, plain_evidence
from analysis.topics.change.measure.ground_changes import ground_changes
from analysis.topics.change.measure.outcomes import area_rows, months_by_type, outcomes
from analysis.topics.change.measure.placebo import PlaceboDistribution, placebo_distribution

__all__ = [
    "PlaceboDistribution",
    "area_evidence",
    "area_rows",
    "evidence",
    "ground_changes",
    "group_evidence",
    "months_by_type",
    "outcomes",
    "placebo_distribution",
    "plain_evidence",
]
