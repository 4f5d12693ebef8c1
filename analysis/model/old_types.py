"""Which crime types police.uk had in which months: today's 14, and two that ended with April 2013.

The old two are types of their own and are never counted as any of today's. They can be chosen where every month asked of has
them, so that no comparison sets them against anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analysis.model.english import is_are, listed
from analysis.model.periods import Period, month_in_full
from analysis.model.vocabulary import (
    CRIME_TYPES,
    LAST_OLD_MONTH,
    OLD_CRIME_TYPES,
    OLD_SINCE,
    PANEL_TYPES,
    PUBLISHED_SINCE,
)

LAST_OLD = pd.Period(LAST_OLD_MONTH, freq="M")
"""The last month of the old types."""

NAMED_TOGETHER = 4
"""So many types are named in a sentence: it stays short enough to be read."""


def types_of_months(first: pd.Period) -> tuple[str, ...]:
    """Return the types that months from this one on may hold: the 14, and the old ones where it has them."""
    return PANEL_TYPES if first <= LAST_OLD else CRIME_TYPES


def types_to_choose(months: Iterable[pd.Period]) -> tuple[str, ...]:
    """Return the types that can be chosen together with these months: the old ones where none is later than they are."""
    return PANEL_TYPES if all(month <= LAST_OLD for month in months) else CRIME_TYPES


def types_of_periods(*periods: Period) -> tuple[str, ...]:
    """Return the types that can be asked of in all of these periods."""
    return types_to_choose(period.last for period in periods)


def months_that_have(crime_type: str, span: Period) -> Period:
    """Return the months of a span up to the last in which there was such a type; the span where none of them had it."""
    over = crime_type in OLD_CRIME_TYPES and span.first <= LAST_OLD < span.last
    return Period(span.first, LAST_OLD) if over else span


def not_a_type(months: pd.PeriodIndex, crime_types: Sequence[str]) -> np.ndarray:
    """Return month x crime type: True where police.uk had no such type, or its word did not yet mean what it means today."""
    begins = [PUBLISHED_SINCE.get(each) or OLD_SINCE.get(each) or str(months[0]) for each in crime_types]
    ends = [LAST_OLD_MONTH if each in OLD_CRIME_TYPES else str(months[-1]) for each in crime_types]
    at = np.asarray(months.astype("int64"))[:, None]
    first, last = (np.asarray(pd.PeriodIndex(each, freq="M").astype("int64")) for each in (begins, ends))
    return np.asarray((at < first) | (at > last))


def left_out(crime_types: Iterable[str]) -> str:
    """Say which of these types are left out with months that have them no more; nothing where none is."""
    chosen = set(crime_types)
    old = [f"“{each}”" for each in OLD_CRIME_TYPES if each in chosen]
    if not old:
        return ""
    ended = month_in_full(LAST_OLD)
    return (
        f"{listed(old)} {is_are(len(old))} left out: police.uk had {'it' if len(old) == 1 else 'them'} until {ended}, and not in "
        "all months chosen."
    )


def explained(first: pd.Period) -> tuple[str, ...]:
    """Return what the types of months from this one on were until April 2013, in sentences; none where all are later."""
    if first > LAST_OLD:
        return ()
    names = listed([f"“{each}”" for each in OLD_CRIME_TYPES])
    sentences = [
        f"Until {month_in_full(LAST_OLD)} police.uk had other crime types.",
        f"{names} are types of their own, never counted as any of today’s.",
    ]
    for since in sorted(set(PUBLISHED_SINCE.values())):
        month = pd.Period(since, freq="M")
        if first < month:
            missing = [each for each in CRIME_TYPES if PUBLISHED_SINCE.get(each) == since]
            first_four, others = missing[:NAMED_TOGETHER], missing[NAMED_TOGETHER:]
            sentences.append(f"Missing, and not zero, before {month_in_full(month)}: {listed(first_four)}.")
            if others:
                sentences.append(f"So {is_are(len(others))} {listed(others)}.")
    for name, since in OLD_SINCE.items():
        month = pd.Period(since, freq="M")
        if first < month:
            sentences.append(
                f"“{name}” began in {month_in_full(month)}; whether “{OLD_CRIME_TYPES[0]}” held it before is not known."
            )
    return tuple(sentences)
