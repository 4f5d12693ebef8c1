"""The port's questions as Ibis expressions, which an engine turns into what it understands. None of them is asked here."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from data.engines.port import TIE_BREAK, First, RowsWanted


def wanted_rows(rows: ibis.Table, wanted: RowsWanted) -> ibis.Table:
    """Return the rows that are wanted; a filter names its column only where something is asked of it."""
    if wanted.period is not None:
        first, last = (month.to_timestamp().date() for month in (wanted.period.first, wanted.period.last))
        rows = rows.filter(rows.month >= first, rows.month <= last)
    if wanted.crime_types is not None:
        rows = rows.filter(rows.crime_type.isin(list(wanted.crime_types)))
    if wanted.lsoa_codes is not None:
        rows = rows.filter(rows.lsoa_code.isin(list(wanted.lsoa_codes)))
    if wanted.last_outcomes is not None:
        named = rows.last_outcome.isin([outcome for outcome in wanted.last_outcomes if outcome is not None])
        without = rows.last_outcome.isnull()
        rows = rows.filter(named | without if None in wanted.last_outcomes else named)
    return rows


def counted(rows: ibis.Table, wanted: RowsWanted, keys: Sequence[str]) -> ibis.Table:
    """Return the keys and ``incidents``, one row for each combination there is, in their order."""
    grouped = wanted_rows(rows, wanted).group_by(list(keys)).agg(incidents=ibis._.count())
    return grouped.order_by(list(keys))


def listed(
    rows: ibis.Table, wanted: RowsWanted, columns: Sequence[str], order: Sequence[str], first: First | None
) -> ibis.Table:
    """Return these columns of the rows, in total order; the ``first`` of them where given.

    Where the columns are all that it is ordered by, too, the order stands outermost, as Spark's own promise asks.
    """
    keys = list(dict.fromkeys([*order, *TIE_BREAK]))
    outermost = set(keys) <= set(columns)
    chosen = wanted_rows(rows, wanted)
    if first is not None and first.of_each:
        among = ibis.row_number().over(ibis.window(group_by=first.of_each, order_by=keys))
        chosen = chosen.filter(among < first.number)
    ordered = (chosen.select(*columns) if outermost else chosen).order_by(keys)
    shown = ordered if first is None or first.of_each else ordered.limit(first.number)
    return shown if outermost else shown.select(*columns)


def values_of(rows: ibis.Table, wanted: RowsWanted, column: str) -> ibis.Table:
    """Return the values of a column, each once and in order, missing last."""
    # by groups: for Spark, Ibis 12 puts the columns of a filter into a DISTINCT behind it, which then keeps repeats
    return (
        wanted_rows(rows, wanted)
        .group_by(column)
        .agg(incidents=ibis._.count())
        .select(column)
        .order_by(column)
    )
