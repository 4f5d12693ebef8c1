"""The rows of the topic: what a review says of a page, and what the office keeps of it."""

from analysis.topics.actions.measure.page_actions import PAGES, names_of_page, of_page, published_lines

__all__ = ["PAGES", "names_of_page", "of_page", "published_lines"]
