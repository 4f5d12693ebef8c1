"""Where are the town centres of a force that nobody has named here: proposals of others' outlines, or suggestions."""

from analysis.topics.centres.answer import answer, candidates, suggested_areas, where
from analysis.topics.centres.case import CentresCase
from analysis.topics.centres.measure import Candidate, Suggestion, suggestions

__all__ = [
    "Candidate",
    "CentresCase",
    "Suggestion",
    "answer",
    "candidates",
    "suggested_areas",
    "suggestions",
    "where",
]
