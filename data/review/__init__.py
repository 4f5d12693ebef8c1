"""Published reviews as content: one folder a review."""

from data.review.held import review_of, reviews
from data.review.reader import FOLDER, REVIEW_TABLES, ValueKind, read_review

__all__ = [
    "FOLDER",
    "REVIEW_TABLES",
    "ValueKind",
    "read_review",
    "review_of",
    "reviews",
]
