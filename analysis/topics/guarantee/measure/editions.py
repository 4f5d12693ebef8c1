"""Which months' outcomes were looked at on the same day: the editions that the months held come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.model.month_file import MonthFile
from analysis.model.periods import Period
from analysis.topics.retail.measure import UNDER_INVESTIGATION, UNEVEN

NONE_BY_CHANCE = 0.001
"""A month with no crime under investigation is of another edition than the one before it, unless that had this chance."""

_RELEASE = re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z")


@dataclass(frozen=True)
class Edition:
    """The months that one release gave. ``last`` is the month until which outcomes had come in, as far as is known."""

    name: str
    last: pd.Period


def editions(files: Iterable[MonthFile], outcomes: pd.DataFrame) -> Mapping[pd.Period, Edition]:
    """Return the edition of each month of these files.

    ``outcomes`` has month, outcome, incidents. Months are of one edition where their release has the same name. Where
    none is named they must come from one file, and the share “Under investigation” must not go from `UNEVEN` or more
    to none from one month to the next: in one edition a later month is never the more settled one. That it could be
    chance is told by the month's own number (``(1 − share) ** crimes``, at most `NONE_BY_CHANCE`). What such a change
    does not show cannot be seen. A named edition reaches to its own month, another to its last month held.
    """
    still_open = _still_open(outcomes)
    groups: dict[tuple[str, int], list[pd.Period]] = {}
    before: dict[str, pd.Period] = {}
    runs: dict[str, int] = {}
    for each in sorted(files, key=lambda file: file.month):
        origin = each.release or f"\0{each.source}"
        run = runs.setdefault(origin, 0)
        if not each.release and origin in before and _settled_anew(still_open, before[origin], each.month):
            run = runs[origin] = run + 1
        before[origin] = each.month
        groups.setdefault((origin, run), []).append(each.month)
    return {
        month: edition
        for (origin, _), months in groups.items()
        for edition in [_edition(origin, months)]
        for month in months
    }


def _edition(origin: str, months: list[pd.Period]) -> Edition:
    whole = Period(months[0], months[-1])
    if origin.startswith("\0"):
        return Edition(f"a release that is not named, {whole.label}", whole.last)
    last = pd.Period(origin, freq="M") if _RELEASE.match(origin) else whole.last
    return Edition(f"release {origin}", max(last, whole.last))


def _still_open(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return by month: incidents, and the share of them under investigation."""
    marked = outcomes.assign(open=outcomes["incidents"].where(outcomes["outcome"] == UNDER_INVESTIGATION, 0))
    table = marked.groupby("month")[["open", "incidents"]].sum()
    return table.assign(share=table["open"] / table["incidents"])


def _settled_anew(still_open: pd.DataFrame, before: pd.Period, month: pd.Period) -> bool:
    if before not in still_open.index or month not in still_open.index:
        return False
    share, crimes = still_open.loc[before, "share"], still_open.loc[month, "incidents"]
    none = still_open.loc[month, "open"] == 0
    return bool(none and share >= UNEVEN and (1 - share) ** crimes <= NONE_BY_CHANCE)
