"""Published reviews as content: one folder a review."""

from data.review.reader import FOLDER, REVIEW_TABLES, ValueKind, read_review

__all__ = ["FOLDER", "REVIEW_TABLES", "ValueKind", "read_review"]
