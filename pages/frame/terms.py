"""The words that have a meaning on the screen: the program's own, and those of the reviews that are held."""

from __future__ import annotations

from functools import lru_cache

from analysis.drawing.glossary import Term, marked, with_more
from data.review import reviews


@lru_cache(maxsize=1)
def all_terms() -> tuple[Term, ...]:
    """Return every term, A to Z."""
    return with_more(
        Term(each.name, each.meaning, (each.name, *each.spellings))
        for review in reviews().values()
        for each in review.terms
    )


def explained(markup: str) -> str:
    """Return a block of HTML in which the first mention of each term has its meaning with it (`glossary.marked`)."""
    return marked(markup, all_terms())
