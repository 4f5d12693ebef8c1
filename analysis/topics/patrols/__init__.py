"""What hotspot patrols did, and what was recorded on the ground they walked."""

from analysis.topics.patrols.answer import (
    after_end,
    answer,
    costs,
    dosage,
    ends,
    first_end,
    months,
    spans,
    two_asb,
    where,
)
from analysis.topics.patrols.case import PatrolCase

__all__ = [
    "PatrolCase",
    "after_end",
    "answer",
    "costs",
    "dosage",
    "ends",
    "first_end",
    "months",
    "spans",
    "two_asb",
    "where",
]
