"""What is asked of the rows of street-level data for answers, as tables in memory."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import pandas as pd

from analysis.model.periods import Period


def count_street_by(
    street: ibis.Table, keys: Sequence[str], crime_type: str, period: Period | None = None
) -> pd.DataFrame:
    """Return the keys (missing ones too; month as pd.Period) and ``incidents`` of one crime type, in the keys' order.

    Of the months of ``period`` alone where one is given. Values and points are police.uk's, not tidied.
    """
    wanted = [street.crime_type == crime_type]
    if period is not None:
        first, last = (month.to_timestamp().date() for month in (period.first, period.last))
        wanted += [street.month >= first, street.month <= last]
    counted = street.filter(*wanted).group_by(list(keys)).agg(incidents=ibis._.count()).execute()
    if "month" in keys:
        counted["month"] = pd.PeriodIndex(pd.to_datetime(counted["month"]), freq="M")
    return counted.sort_values(list(keys), ignore_index=True)
