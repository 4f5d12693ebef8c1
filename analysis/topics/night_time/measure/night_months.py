"""Night-time economy by month: the recorded crime types that go with it, and how the months of a year differ.

police.uk has months and no days or hours: nothing here is about the night. The ground is chosen for its
night-time trade; what is recorded on it includes the day.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.model.cube import Panel
from analysis.model.vocabulary import SMALL_BASE, CrimeType

NIGHT_TIME_TYPES: tuple[CrimeType, ...] = (
    "Violence and sexual offences",
    "Public order",
    "Robbery",
    "Drugs",
    "Possession of weapons",
)
FEWEST_ORDINARY_MONTHS = 8
"""Under this many other months the spread of ordinary months is not known well enough to judge a December."""


def indicators(
    panel: Panel,
    ground: Collection[str],
    crime_types: Collection[str] = NIGHT_TIME_TYPES,
    *,
    name: str = "The area",
) -> pd.DataFrame:
    """Return recorded incidents by month and crime type on this ground: month, crime_type, incidents.

    NaN in a gap. Types in the order given, months in order. Drugs and weapons are mostly recorded because
    police looked: more of them may be more searching.
    """
    frames = [
        pd.DataFrame(
            {
                "month": panel.months,
                "crime_type": crime_type,
                "incidents": panel.series(ground, crime_type, name=name).to_numpy(),
            }
        )
        for crime_type in crime_types
    ]
    return pd.concat(frames, ignore_index=True)


def daily_rate(
    panel: Panel,
    ground: Collection[str],
    crime_types: Collection[str] = NIGHT_TIME_TYPES,
    *,
    name: str = "The area",
) -> pd.Series:
    """Return incidents of these types together per day, by month; NaN where any of the types has a gap."""
    total = pd.Series(0.0, index=panel.months)
    for crime_type in crime_types:
        total = total + panel.series(ground, crime_type, name=name)
    return total / np.asarray(panel.months.days_in_month)


def month_pattern(rate: pd.Series) -> pd.DataFrame:
    """Return how the months of a year differ: calendar_month (1 to 12), months (how many held), index.

    ``rate`` is a daily rate by month (`daily_rate`), so that a long month is not a busy one. ``index`` is the
    mean rate of that calendar month over the mean of the twelve means, times 100: 100 is an ordinary month.
    NaN for a calendar month that is not held. A calendar month held once shows that one month, and a rise
    or fall over the years bends the pattern where the years are not whole: ``months`` says which.
    """
    known = rate.dropna()
    by_month = known.groupby(pd.PeriodIndex(known.index).month)
    table = pd.DataFrame({"months": by_month.size(), "rate": by_month.mean()}).reindex(range(1, 13))
    table["months"] = table["months"].fillna(0).astype(int)
    table["index"] = table["rate"] / table["rate"].mean() * 100
    return table.rename_axis("calendar_month").reset_index()[["calendar_month", "months", "index"]]


@dataclass(frozen=True)
class DecemberEffect:
    """December against the months beside it: a ratio with its interval, or the reason why there is none.

    ``decembers`` and ``ordinary_months`` count the months that could be judged (both neighbours held);
    ``judged`` names the Decembers, ``not_judged`` those of the series that could not be, ``not_held`` every
    month of the series that is a gap. ``recorded`` counts the incidents of the Decembers judged, ``beside``
    those of the Novembers and Januaries next to them: what the ratio rests on.
    """

    ratio: float
    low: float
    high: float
    decembers: int
    ordinary_months: int
    reason: str = ""
    judged: tuple[pd.Period, ...] = ()
    not_judged: tuple[pd.Period, ...] = ()
    not_held: tuple[pd.Period, ...] = ()
    recorded: float = np.nan
    beside: float = np.nan

    @property
    def direction(self) -> Literal["higher", "lower", ""]:
        """How December stood to the months beside it; "" where the interval takes in 1, or there is none.

        An end of exactly 1 takes it in.
        """
        return "higher" if self.low > 1 else "lower" if self.high < 1 else ""

    @property
    def percent(self) -> float:
        """How far December stood from the months beside it, in per cent, less what other months do."""
        return 100 * (self.ratio - 1)

    @property
    def small_base(self) -> bool:
        """Whether the months beside December have fewer than `SMALL_BASE` incidents: no percentage is quoted."""
        return not self.beside >= SMALL_BASE


def december_effect(rate: pd.Series) -> DecemberEffect:
    """Return how far December's daily rate stands from that of November and January, with a 95 % interval.

    For each month whose two neighbours are held, the log of its daily rate over their mean. The ratio is the
    exponential of the mean over Decembers less the mean over the other months; the interval takes the spread
    of the *other* months as ordinary (t distribution, k Decembers and n others: spread x sqrt(1/k + 1/n)),
    so it holds all that months do by themselves, not the counts' chance alone. Null: December is a month
    like any other. Not to be trusted with few incidents; neighbouring months share neighbours, so the
    interval is if anything a little narrow. Months beside December (November and January) are not among the
    others, since December is their neighbour. No ratio is given with no December, under
    `FEWEST_ORDINARY_MONTHS` others, or a month without an incident.
    """
    from scipy.stats import t

    beside = (rate.shift(1) + rate.shift(-1)) / 2
    calendar = pd.PeriodIndex(rate.index).month
    usable = rate.notna() & beside.notna()
    december = usable & (calendar == 12)
    other = usable & ~np.isin(calendar, (11, 12, 1))
    k, n = int(december.sum()), int(other.sum())
    index = pd.PeriodIndex(rate.index)
    # whole incidents again: a rate is incidents over days
    counts = (rate * np.asarray(index.days_in_month)).round()
    next_to = december.shift(1, fill_value=False) | december.shift(-1, fill_value=False)

    def effect_of(ratio: float, low: float, high: float, reason: str = "") -> DecemberEffect:
        return DecemberEffect(
            ratio,
            low,
            high,
            k,
            n,
            reason,
            judged=tuple(index[december]),
            not_judged=tuple(index[(calendar == 12) & ~december]),
            not_held=tuple(index[rate.isna()]),
            recorded=float(counts[december].sum()),
            beside=float(counts[next_to].sum()),
        )

    def refused(reason: str) -> DecemberEffect:
        return effect_of(np.nan, np.nan, np.nan, reason)

    if not k:
        return refused(
            "No December is held with the November and the January beside it. Import those months."
        )
    if n < FEWEST_ORDINARY_MONTHS:
        return refused(
            f"Only {n} other months have both neighbours held, too few to say what an ordinary month does. "
            "Import a longer history."
        )
    judged = december | other
    if (rate[judged] <= 0).any() or (beside[judged] <= 0).any():
        return refused(
            "Some months have no incident at all, so a ratio says nothing. Choose more ground or types."
        )
    logs = np.log(rate / beside)
    effect = logs[december].mean() - logs[other].mean()
    half = t.ppf(0.975, n - 1) * logs[other].std(ddof=1) * np.sqrt(1 / k + 1 / n)
    return effect_of(float(np.exp(effect)), float(np.exp(effect - half)), float(np.exp(effect + half)))
