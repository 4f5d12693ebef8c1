"""A value in one form, whatever carried it: an Arrow table, JSON, or text on the page."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import numbers
import re
from collections.abc import Iterable

import pandas as pd

_MIDNIGHT = re.compile(r"^(\d{4}-\d\d-\d\d)[T ]00:00:00(\.0+)?(Z|[+-]00:?00)?$")
_ZERO_FRACTION = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.0+$")


def text(value: object) -> str:
    """Return a text on one line, with plain spaces."""
    return " ".join(str(value).split())


def canonical(value: object) -> str:
    """Return a value of a data set as text: numbers to nine significant digits, a day without its midnight."""
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "true" if value else "false"
    if isinstance(value, numbers.Real):
        number = float(value) + 0.0  # which makes of a negative zero a zero
        return "" if math.isnan(number) else f"{number:.9g}"
    if isinstance(value, (pd.Timestamp, dt.datetime, dt.date)):
        return _moment(value.isoformat())
    if isinstance(value, (list, tuple, dict)) or type(value).__name__ == "ndarray":
        held = value.tolist() if type(value).__name__ == "ndarray" else value
        return text(json.dumps(_plain(held), sort_keys=True, ensure_ascii=False))
    return _moment(text(value))


def short(value: str, most: int = 400) -> str:
    """Return a value, or its length and hash where it is longer than a reader would compare."""
    return value if len(value) <= most else f"{len(value)} characters, sha256 {digest([value])}"


def digest(values: Iterable[str]) -> str:
    """Return the first 16 digits of the SHA-256 of these values in their order."""
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:16]


def numbered(names: Iterable[str]) -> list[str]:
    """Return the names, each that came before with the number of its turn."""
    turns: dict[str, int] = {}
    out = []
    for name in names:
        turns[name] = turns.get(name, 0) + 1
        out.append(name if turns[name] == 1 else f"{name} #{turns[name]}")
    return out


def _moment(value: str) -> str:
    if found := _MIDNIGHT.match(value):
        return found[1]
    return found[1] if (found := _ZERO_FRACTION.match(value)) else value


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if isinstance(value, str) else canonical(value)
