"""Which months are held, from which files, and what is missing."""

from analysis.topics.coverage.answer import answer

__all__ = ["answer"]
