"""How a sentence reads aloud: its words, and the Flesch-Kincaid grade. Names, crime types and figures are one short word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pyphen import Pyphen

from analysis.model.vocabulary import CRIME_TYPES

_HYPHENS = Pyphen(lang="en_GB")
_FIGURE = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?%?")
_END = re.compile(r"(?<=[.!?])\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a point between digits ends none."""
    return [each for each in _END.split(text.strip()) if each]


def plain(text: str, names: Iterable[str] = ()) -> str:
    """The text with each name, crime type and figure as the word "it"."""
    for name in sorted({*names, *CRIME_TYPES}, key=len, reverse=True):
        text = re.sub(re.escape(name), "it", text, flags=re.IGNORECASE)
    return _FIGURE.sub("it", text)


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z’']+", text)


@cache
def syllables(word: str) -> int:
    return len(_HYPHENS.inserted(word.lower()).split("-"))


def grade(text: str, names: Iterable[str] = ()) -> float:
    """Flesch-Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    read = plain(text, names)
    counted = [words(each) for each in sentences(read)]
    every = [word for each in counted for word in each]
    return 0.39 * len(every) / len(counted) + 11.8 * sum(map(syllables, every)) / len(every) - 15.59


def longest(text: str, names: Iterable[str] = ()) -> int:
    """Words of the longest sentence."""
    return max(len(words(each)) for each in sentences(plain(text, names)))
