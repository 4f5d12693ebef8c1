"""What a review published beside what the months held give."""

from analysis.topics.published.answer import answer, headline

__all__ = ["answer", "headline"]
