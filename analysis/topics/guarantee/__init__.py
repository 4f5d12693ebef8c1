"""What the Neighbourhood Policing Guarantee counts of town centres, as far as open data have it, by quarter."""

from analysis.topics.guarantee.answer import answer
from analysis.topics.guarantee.case import GuaranteeCase

__all__ = ["GuaranteeCase", "answer"]
