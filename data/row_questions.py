"""What is asked of the store's single rows: the only questions put to its tables outside the store."""

from __future__ import annotations

import ibis
import pandas as pd

from analysis.model.periods import Period


def searched_at(searches: ibis.Table, period: Period) -> pd.Series:
    """Return the moments (UTC, with the zone) of the stops and searches in the months of a period."""
    first, last = period.first.to_timestamp().date(), period.last.to_timestamp().date()
    rows = searches.filter(searches.month >= first, searches.month <= last).select("searched_at").execute()
    # the store keeps UTC without saying so in the type
    return rows["searched_at"].dt.tz_localize("UTC")
