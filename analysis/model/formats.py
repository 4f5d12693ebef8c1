"""The one place where a number becomes text: thousands with a comma, minus as a minus sign.

Rounding is to the nearest, halves away from zero, as the review prints its percentages. A missing figure
is an en dash, never a zero and never ``nan``.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

MISSING = "–"
MINUS = "−"
_EXACT = 1e-9
"""As near as this to none or to the whole is the last digit of a sum, not a part."""


def _rounded(value: float, places: int) -> Decimal:
    # repr keeps the shortest decimal of the float, so 2.5 rounds as a person would round it
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _text(value: Decimal, *, signed: bool = False) -> str:
    digits = f"{abs(value):,}"
    if value == 0:
        return digits
    if value < 0:
        return MINUS + digits
    return ("+" if signed else "") + digits


def number(value: float, places: int = 0) -> str:
    """Return ``1,234`` or ``1,234.5``."""
    return MISSING if _missing(value) else _text(_rounded(value, places))


def counted(count: float, noun: str) -> str:
    """Return ``1 patrol`` or ``408 patrols``: a count with its noun, whose plural is with an s."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def signed(value: float, places: int = 0) -> str:
    """Return ``+12``, ``−15`` or ``0``: a change."""
    return MISSING if _missing(value) else _text(_rounded(value, places), signed=True)


def percent(value: float, places: int = 0) -> str:
    """Return a change in per cent, ``−11%`` or ``+9%``; the value is already in per cent."""
    return MISSING if _missing(value) else _text(_rounded(value, places), signed=True) + "%"


def share(value: float, places: int = 0) -> str:
    """Return a part of a whole, ``46%``; the value is a fraction between 0 and 1.

    Only none is ``0%`` and only the whole is ``100%``: a part that would round to either is ``under 1%`` or
    ``over 99%`` (``under 0.1%`` and ``over 99.9%`` with one place).
    """
    if _missing(value):
        return MISSING
    rounded, step = _rounded(value * 100, places), Decimal(1).scaleb(-places)
    if rounded == 0 and value > _EXACT:
        return f"under {_text(step)}%"
    if rounded == 100 and value < 1 - _EXACT:
        return f"over {_text(100 - step)}%"
    return _text(rounded) + "%"


def capital(text: str) -> str:
    """Return the text with a capital at its start, for a title that begins with a figure in words."""
    return text[:1].upper() + text[1:]


def ratio(value: float) -> str:
    """Return a ratio with two places, ``0.43``."""
    return number(value, 2)


def interval(low: float, high: float) -> str:
    """Return the two ends of an interval of ratios, ``0.20 to 0.95``."""
    if _missing(low) or _missing(high):
        return MISSING
    return f"{ratio(low)} to {ratio(high)}"


def pounds(value: float) -> str:
    """Return ``£135,633``."""
    return MISSING if _missing(value) else "£" + _text(_rounded(value, 0))


def duration(seconds: float) -> str:
    """Return a time to come as ``40 seconds`` or ``3 minutes``: rounded up, since it is a guess."""
    if seconds < 55:
        return counted(max(5.0, -(-seconds // 5) * 5), "second")
    return counted(-(-seconds // 60), "minute")


def _missing(value: float | None) -> bool:
    return value is None or not math.isfinite(value)
