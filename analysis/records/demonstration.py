"""What the makers of demonstration records are given, and what several of them share.

A maker is pure: it draws on streams of chance that it is handed, and on lines of text, and returns rows as an
office would type them. Every shop it makes up says so in its name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Draw = Callable[[], float]
"""The next number of a seeded stream, from 0 to under 1.

No other draw is asked for: only the stream of `random.Random.random` is promised to stay the same in later Pythons.
"""
DemoRow = dict[str, str]
"""One row as text, by the contract's column names; a column that is not named is blank."""

TRADES = ("Grocer", "Chemist", "Clothes shop", "Off-licence", "Hardware shop", "Department store")

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class DemoInputs:
    """What a maker is given: ``stream`` (a stream of its own for each label), ``towns`` (town, district) and
    the ``lines`` of its own kind."""

    stream: Callable[[str], Draw]
    towns: tuple[tuple[str, str], ...] = ()
    lines: tuple[Mapping[str, str], ...] = ()


def given_lines(inputs: DemoInputs) -> list[DemoRow]:
    """Return the lines given as they are, for a kind in which nothing is left to chance."""
    return [dict(line) for line in inputs.lines]


def pick(draw: Draw, items: Sequence[_Item]) -> _Item:
    """Return one of the items, each as likely as the next."""
    return items[int(draw() * len(items))]


def shops_of(inputs: DemoInputs) -> list[tuple[str, str, str]]:
    """Return shop, town, district; the earlier a shop in its town, the more often it is struck."""
    return [
        (f"Invented {trade} of {town}", town, district) for town, district in inputs.towns for trade in TRADES
    ]
