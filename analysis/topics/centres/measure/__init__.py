"""The numbers of the topic: where thefts from shops and persons lie close together."""

from analysis.topics.centres.measure.suggested import MOST_SUGGESTED, Suggestion, suggestions

__all__ = ["MOST_SUGGESTED", "Suggestion", "suggestions"]
