"""The numbers of the topic: where thefts from shops and persons lie close together, and what may be kept as a centre."""

from analysis.topics.centres.measure.candidates import (
    Candidate,
    from_proposals,
    from_suggestions,
    of_district,
)
from analysis.topics.centres.measure.suggested import MOST_SUGGESTED, Suggestion, suggestions

__all__ = [
    "MOST_SUGGESTED",
    "Candidate",
    "Suggestion",
    "from_proposals",
    "from_suggestions",
    "of_district",
    "suggestions",
]
