"""The grammar of counts and lists, in one place: "1 row is", "2 rows are", "a, b and c".

Figures are written by `analysis.model.formats`; here they meet their nouns and verbs.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.model.formats import number

MOST_NAMED = 5
"""Things named in a sentence; more would be a list, not a sentence."""


def plural(count: float, noun: str, many: str = "") -> str:
    """Return the noun as the count wants it: ``row``, ``rows``; ``many`` where the plural is not with an s."""
    return noun if count == 1 else many or f"{noun}s"


def counted(count: float, noun: str, many: str = "") -> str:
    """Return ``1 row``, ``2 rows``, ``0 rows`` or ``1,234 entries``: a count with its noun."""
    return f"{number(count)} {plural(count, noun, many)}"


def agree(count: float, one: str, many: str) -> str:
    """Return the word that goes with one, or that with none or several: ``agree(n, "looks", "look")``."""
    return one if count == 1 else many


def is_are(count: float) -> str:
    """Return ``is`` for one, ``are`` otherwise."""
    return agree(count, "is", "are")


def was_were(count: float) -> str:
    """Return ``was`` for one, ``were`` otherwise."""
    return agree(count, "was", "were")


def listed(items: Iterable[object], last: str = "and") -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``; nothing for no items."""
    texts = [str(item) for item in items]
    return f" {last} ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def first_of(items: Iterable[object], most: int = MOST_NAMED) -> str:
    """Return the items as `listed` does, the first ``most`` by name and the rest by number: ``a, b and 3 others``.

    One too many is named rather than called "1 other", which would be no shorter.
    """
    texts = [str(item) for item in items]
    rest = len(texts) - most
    return listed(texts) if rest <= 1 else listed([*texts[:most], f"{number(rest)} others"])


def numbered(noun: str, numbers: Iterable[object], most: int = MOST_NAMED) -> str:
    """Return ``row 3``, ``rows 3 and 4`` or ``rows 3, 4, 5, 6, 7 and 12 others``; numbers as they stand, unspaced."""
    texts = [str(label) for label in numbers]
    return f"{plural(len(texts), noun)} {first_of(texts, most)}"


def lower_first(text: str) -> str:
    """Return the text with a small letter at its start, to stand within a sentence; ``ASB`` and ``LSOA`` stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return the text with a capital at its start."""
    return text[:1].upper() + text[1:]
