"""The whole quarters inside a period: a register is shown for no other months."""

from __future__ import annotations

import pandas as pd

from analysis.model.errors import PeriodError
from analysis.model.periods import Period

MONTHS = 3


def quarters_of(period: Period) -> tuple[pd.Period, ...]:
    """Return the calendar quarters that lie whole inside a period, in order; there may be none."""
    wanted = pd.period_range(period.first.asfreq("Q"), period.last.asfreq("Q"), freq="Q")
    return tuple(quarter for quarter in wanted if _first(quarter) in period and _last(quarter) in period)


def narrowed(period: Period) -> Period:
    """Return the months of the whole quarters inside a period. PeriodError, which says what to choose, without any."""
    quarters = quarters_of(period)
    if not quarters:
        raise PeriodError(
            f"No whole quarter lies in {period.label}. A register is shown for whole quarters alone (January to March, April "
            "to June, July to September, October to December), so that no offence can be had from two choices of months. "
            "Choose months that hold one."
        )
    return Period(_first(quarters[0]), _last(quarters[-1]))


def narrowed_note(period: Period) -> tuple[str, ...]:
    """Say that a period was narrowed to its whole quarters; nothing where it holds no other months."""
    own = narrowed(period)
    return () if own == period else (f"Whole quarters alone are counted: {own.label} of {period.label}.",)


def _first(quarter: pd.Period) -> pd.Period:
    return quarter.asfreq("M", how="start")


def _last(quarter: pd.Period) -> pd.Period:
    return quarter.asfreq("M", how="end")
