"""Rows of totals in a table of records: known for what they are, so that nothing counts twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analysis.records.contract import RecordKind, Row

ADDED_UP = frozenset({"count", "number", "money", "duration"})
"""Types of columns under which a spreadsheet puts a sum."""

_NAME = r"(?:grand|sub|overall|sum|running|final)?[\s-]?totals?"
_EXACT = re.compile(rf"(?:{_NAME}|sum)\s*[:=]?\Z", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:.{{1,60}}[\s:–-])?(?:{_NAME}|sum)(?:\s*[:=(–-].{{0,60}}|\s.{{0,40}})?\Z", re.IGNORECASE
)
_TOLERANCE = 1e-6


def is_total_row(kind: RecordKind, texts: Sequence[str], places: Mapping[str, int]) -> bool:
    """Return whether a row that is no whole record is one of totals.

    It is where a needed cell is blank and its first filled cell says so (“Total”, “Grand total:”, “Thornaby
    total” as Excel writes subtotals), or where nothing but figures that add up stand in it.
    """
    filled = [place for place, text in enumerate(texts) if text]
    given = {name: texts[place] if place < len(texts) else "" for name, place in places.items()}
    if not filled or all(given[column.name] for column in kind.required):
        return False
    if _LABEL.match(texts[filled[0]]):
        return True
    figures = {places[c.name] for c in kind.columns if c.type in ADDED_UP and c.name in places}
    named = [column for column in kind.required if column.type not in ADDED_UP]
    return bool(named) and not any(given[c.name] for c in named) and set(filled) <= figures


def names_a_total(kind: RecordKind, row: Row) -> str:
    """Return the heading of a needed column of words that holds the word total and nothing else, or nothing."""
    words = (column for column in kind.required if column.type == "text")
    return next((column.heading for column in words if _EXACT.match(str(row[column.name] or ""))), "")


def adds_up(kind: RecordKind, row: Row, before: Sequence[Row]) -> bool:
    """Return whether every figure of a row is the sum of the figures before it (of two rows at least)."""
    sums = []
    for column in kind.columns:
        if column.type in ADDED_UP and row[column.name] is not None:
            total = sum(earlier[column.name] or 0 for earlier in before)
            sums.append(abs(total - row[column.name]) <= _TOLERANCE * max(total, 1))
    return len(before) > 1 and bool(sums) and all(sums)
