"""One area and crime type looked at from each side."""

from analysis.topics.evaluation.answer import answer, printed

__all__ = ["answer", "printed"]
