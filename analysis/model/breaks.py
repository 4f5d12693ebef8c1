"""Coverage: months that are partly published, and the breaks that a long chart must mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.model.cube import Panel
from analysis.model.old_types import not_a_type
from analysis.model.periods import Period, parse_month
from analysis.model.vocabulary import OLD_CRIME_TYPES

BreakKind = Literal["data", "rules", "programme"]


@dataclass(frozen=True)
class Break:
    """Something that makes the months before and after it unlike.

    ``month`` is the first month after it, ``what`` the words on the chart, ``why`` what it does to a series,
    ``source`` where it is said. ``crime_types`` are those it touches (all where empty).
    """

    month: pd.Period
    what: str
    why: str
    source: str
    kind: BreakKind
    crime_types: tuple[str, ...] = ()


KNOWN_BREAKS: tuple[Break, ...] = (
    Break(
        parse_month("2022-07"),
        "Map points refreshed",
        "Incidents snap to other anonymised points than before, so an LSOA may gain or lose "
        "some at its edge.",
        "data.police.uk files of Cleveland: 4 % of the points of July 2022 stand in June 2022 too, against "
        "55 to 63 % from any other month to the next",
        "data",
    ),
    Break(
        parse_month("2023-06"),
        "Small areas redrawn",
        "Files carry 2021 codes throughout; December 2022 to May 2023 mix both. Counts here are on ground "
        "that both share.",
        "police.uk files of Cleveland as published; ONS exact-fit lookup 2011 to 2021",
        "data",
    ),
    Break(
        parse_month("2023-05"),
        "Counting rules changed",
        "One principal offence is counted where a victim reports several by one offender at a time; some "
        "offensive messages, and disturbances over when police arrive, need not be recorded; a record is "
        "easier to cancel. Fewer are recorded with nothing else changed. Announced on 13 April 2023; "
        "reported to take effect from mid-May 2023. The official sources read give no day, and forces may "
        "differ.",
        "Home Office, “Police given more time to focus on solving crimes and protecting public”, 13 April "
        "2023, and the Minister's answer to written question 181272, 24 April 2023; the month: Police "
        "Oracle, “Changes to counting rules to take effect in mid-May”, April 2023",
        "rules",
        ("Violence and sexual offences", "Public order", "Criminal damage and arson"),
    ),
    Break(
        parse_month("2011-09"),
        "More crime types",
        "police.uk went from six crime types to eleven. Whether violent crime had held what became public disorder and "
        "weapons is not known.",
        "Crime types of data.police.uk as public readers of its archive list them; no file of those months was seen here",
        "data",
        ("Violent crime",),
    ),
)
"""Kept by hand. A review's programme starts and releases that revised a month are added by the caller."""


def breaks(
    span: Period,
    crime_types: Iterable[str] = (),
    *,
    own: Iterable[Break] = (),
) -> tuple[Break, ...]:
    """Return the breaks inside the span, in order of month and name.

    A break on the first month of the span is left out: nothing before it is shown. With ``crime_types``, only
    those that touch one of them; ``own`` adds the caller's (programme starts, revised months).
    """
    wanted = set(crime_types)
    found = [
        b
        for b in (*KNOWN_BREAKS, *own)
        if span.first < b.month <= span.last
        and (not wanted or not b.crime_types or wanted.intersection(b.crime_types))
    ]
    return tuple(sorted(found, key=lambda b: (b.month, b.what)))


def month_status(panel: Panel) -> pd.DataFrame:
    """Return each month of the span and how fully it was published by the force: month, incidents, share,
    status.

    ``incidents`` are all crime types on all ground (NaN in a gap), ``share`` that of the median published
    month, ``status`` "published", "partly published" (a crime type of it is, by `Panel.partly`) or "gap",
    ``types_missing`` the crime types not published, or only partly, in a month that otherwise was. Types that the force
    never records do not count as missing.
    """
    published = panel.published
    ever = published.any(axis=0)
    by_type = np.nansum(panel.values, axis=0)
    held = pd.Series(published.any(axis=1), index=panel.months)
    totals = pd.Series(by_type.sum(axis=1), index=panel.months).where(held)
    share = totals / totals.median()
    partly = {month for month, _ in panel.partly}
    status = [
        "partly published" if month in partly else "gap" if gap else "published"
        for month, gap in zip(panel.months, totals.isna(), strict=True)
    ]
    names = np.array(panel.crime_types, dtype=object)
    # an old type is not missing where there was none of it any more
    ended = not_a_type(panel.months, panel.crime_types) & np.isin(names, OLD_CRIME_TYPES)
    missing = [
        tuple(names[ever & ~row & ~over]) if row.any() else ()
        for row, over in zip(published, ended, strict=True)
    ]
    return pd.DataFrame(
        {
            "month": panel.months,
            "incidents": totals.to_numpy(),
            "share": share.to_numpy(),
            "status": status,
            "types_missing": missing,
        }
    )
