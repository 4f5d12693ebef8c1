"""The numbers of the topic: which months a case uses, which it leaves out and why, and what has no location."""

from analysis.topics.coverage.measure.used import Side, Used, used

__all__ = ["Side", "Used", "used"]
