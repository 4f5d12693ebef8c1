"""What hotspot patrols did, and what was recorded on the ground they walked."""

from analysis.topics.patrols.answer import answer, costs, dosage, months, spans, two_asb, where
from analysis.topics.patrols.case import PatrolCase

__all__ = ["PatrolCase", "answer", "costs", "dosage", "months", "spans", "two_asb", "where"]
