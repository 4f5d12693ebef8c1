"""Where people feel unsafe, beside what was recorded there."""

from analysis.topics.perceptions.answer import answer

__all__ = ["answer"]
