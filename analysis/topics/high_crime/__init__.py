"""Where most incidents were recorded, and whether it is the same ground as before."""

from analysis.topics.high_crime.answer import HIGH_TOGETHER, OVER_TIME, VIEWS, answer, where

__all__ = ["HIGH_TOGETHER", "OVER_TIME", "VIEWS", "answer", "where"]
