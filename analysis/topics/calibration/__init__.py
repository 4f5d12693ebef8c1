"""How often the verdict errs, and what it can tell, on the ground held."""

from analysis.topics.calibration.answer import answer

__all__ = ["answer"]
