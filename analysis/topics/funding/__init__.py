"""What was granted, for when and where."""

from analysis.topics.funding.answer import answer, granted_in_short
from analysis.topics.funding.case import FundingCase

__all__ = ["FundingCase", "answer", "granted_in_short"]
