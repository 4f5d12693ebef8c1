"""The numbers of the topic: counts and percentages, the evidence on them, and what similar places did."""

from analysis.topics.change.measure.evidence import (
    area_evidence,
    board_evidence,
    evidence,
    group_evidence,
    plain_evidence,
)
from analysis.topics.change.measure.ground_changes import ground_changes
from analysis.topics.change.measure.outcomes import area_rows, months_by_type, outcomes
from analysis.topics.change.measure.placebo import PlaceboDistribution, placebo_distribution
from analysis.topics.change.measure.revised_verdicts import revised_verdicts
from analysis.topics.change.measure.taken_together import all_together, chosen_after, index_evidence

__all__ = [
    "PlaceboDistribution",
    "all_together",
    "area_evidence",
    "area_rows",
    "board_evidence",
    "chosen_after",
    "evidence",
    "ground_changes",
    "group_evidence",
    "index_evidence",
    "months_by_type",
    "outcomes",
    "placebo_distribution",
    "plain_evidence",
    "revised_verdicts",
]
