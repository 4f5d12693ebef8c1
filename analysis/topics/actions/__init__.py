"""What is done, planned and worried about: a review's lines on a page, and the office's own actions."""

from analysis.topics.actions.answer import answer, meanwhile, published
from analysis.topics.actions.case import ActionsCase

__all__ = ["ActionsCase", "answer", "meanwhile", "published"]
