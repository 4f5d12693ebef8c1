"""Which months are held, from which files, and what is missing."""

from analysis.topics.coverage.answer import answer
from analysis.topics.coverage.certificate import certificate, certified

__all__ = ["answer", "certificate", "certified"]
