"""The one place where a number becomes text: thousands with a comma, minus as a minus sign.

Rounding is to the nearest, halves away from zero, as the review prints its percentages. A missing figure
is an en dash, never a zero and never ``nan``.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

MISSING = "–"
MINUS = "−"


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


def signed(value: float, places: int = 0) -> str:
    """Return ``+12``, ``−15`` or ``0``: a change."""
    return MISSING if _missing(value) else _text(_rounded(value, places), signed=True)


def percent(value: float, places: int = 0) -> str:
    """Return a change in per cent, ``−11%`` or ``+9%``; the value is already in per cent."""
    return MISSING if _missing(value) else _text(_rounded(value, places), signed=True) + "%"


def share(value: float, places: int = 0) -> str:
    """Return a part of a whole, ``46%``; the value is a fraction between 0 and 1."""
    return MISSING if _missing(value) else _text(_rounded(value * 100, places)) + "%"


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


def _missing(value: float | None) -> bool:
    return value is None or not math.isfinite(value)
