"""What is asked of the single rows for answers: counts by keys, the first rows in an order, the values of a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import pandas as pd

from analysis.model.periods import Period


@dataclass(frozen=True)
class RowsWanted:
    """Which rows of street-level data are wanted; None is any, an empty tuple is none.

    ``period`` has both ends in. Rows without an LSOA are left out where ``lsoa_codes`` are named; a None among
    ``last_outcomes`` stands for the rows that have no outcome.
    """

    period: Period | None = None
    crime_types: tuple[str, ...] | None = None
    lsoa_codes: tuple[str, ...] | None = None
    last_outcomes: tuple[str | None, ...] | None = None


def count_by(street: ibis.Table, wanted: RowsWanted, keys: Sequence[str]) -> pd.DataFrame:
    """Return the keys (missing ones too; month as pd.Period) and ``incidents``, in the keys' order."""
    counted = _filtered(street, wanted).group_by(list(keys)).agg(incidents=ibis._.count())
    return _with_months(counted.order_by(list(keys)).execute())


def rows_in_order(
    street: ibis.Table,
    wanted: RowsWanted,
    columns: Sequence[str],
    order: Sequence[str],
    limit: int | None = None,
) -> pd.DataFrame:
    """Return these columns of the rows in this order (month as pd.Period), the first ``limit`` of them where given."""
    rows = _filtered(street, wanted).order_by(list(order))
    return _with_months((rows if limit is None else rows.limit(limit)).select(*columns).execute())


def values_of(street: ibis.Table, column: str) -> tuple[str, ...]:
    """Return the values of a column of text, each once and in order, without what is missing."""
    return tuple(sorted(street.select(column).distinct().execute()[column].dropna()))


def _filtered(street: ibis.Table, wanted: RowsWanted) -> ibis.Table:
    conditions = []
    if wanted.period is not None:
        first, last = (month.to_timestamp().date() for month in (wanted.period.first, wanted.period.last))
        conditions += [street.month >= first, street.month <= last]
    if wanted.crime_types is not None:
        conditions.append(street.crime_type.isin(list(wanted.crime_types)))
    if wanted.lsoa_codes is not None:
        conditions.append(street.lsoa_code.isin(list(wanted.lsoa_codes)))
    if wanted.last_outcomes is not None:
        named = street.last_outcome.isin([each for each in wanted.last_outcomes if each is not None])
        none = street.last_outcome.isnull()  # noqa: PD003 - an Ibis column has no isna
        conditions.append(named | none if None in wanted.last_outcomes else named)
    return street.filter(*conditions) if conditions else street


def _with_months(rows: pd.DataFrame) -> pd.DataFrame:
    if "month" not in rows:
        return rows
    return rows.assign(month=pd.PeriodIndex(pd.to_datetime(rows["month"]), freq="M"))


def searched_at(searches: ibis.Table, period: Period) -> pd.Series:
    """Return the moments (UTC, with the zone) of the stops and searches in the months of a period."""
    first, last = period.first.to_timestamp().date(), period.last.to_timestamp().date()
    rows = searches.filter(searches.month >= first, searches.month <= last).select("searched_at").execute()
    # the store keeps UTC without saying so in the type
    return rows["searched_at"].dt.tz_localize("UTC")
