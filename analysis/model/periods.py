"""Whole months: the two periods of a comparison and the months of them that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.model.english import counted, is_are
from analysis.model.errors import PeriodError
from analysis.model.partly import Partly, told

YEAR = 12
"""Months of a year."""

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z")


def parse_month(text: str) -> pd.Period:
    """Return a calendar month from ``YYYY-MM``; anything else is a PeriodError that says so."""
    if not _MONTH.match(text):
        raise PeriodError(f"“{text}” is not a month. Write it as year and month, for example 2023-07.")
    return pd.Period(text, freq="M")


def month_label(month: pd.Period) -> str:
    """Return ``Jul 2022``, the one spelling of a month on screen."""
    return str(month.strftime("%b %Y"))


def month_in_full(month: pd.Period) -> str:
    """Return ``July 2022``, for a heading."""
    return str(month.strftime("%B %Y"))


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole calendar months, both ends in."""

    first: pd.Period
    last: pd.Period

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodError(
                f"The period ends ({month_label(self.last)}) before it begins ({month_label(self.first)}). "
                "Choose a last month that is the first month or later."
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period written ``2022-07:2023-06``; a single month may stand alone."""
        first, colon, last = text.strip().partition(":")
        return cls(parse_month(first), parse_month(last if colon else first))

    @property
    def months(self) -> tuple[pd.Period, ...]:
        """Every month of the period, in order."""
        return tuple(pd.period_range(self.first, self.last, freq="M"))

    @property
    def days(self) -> int:
        """The number of days in the period."""
        return days_in(self.months)

    @property
    def label(self) -> str:
        """``Jul 2022 – Jun 2023``, as shown on screen."""
        if self.first == self.last:
            return month_label(self.first)
        return f"{month_label(self.first)} – {month_label(self.last)}"

    def __len__(self) -> int:
        return int((self.last - self.first).n + 1)

    def __contains__(self, month: object) -> bool:
        return isinstance(month, pd.Period) and self.first <= month <= self.last

    def __str__(self) -> str:
        return f"{self.first}:{self.last}"

    def shifted(self, months: int) -> Period:
        """Return the period of the same length, moved by so many months."""
        return Period(self.first + months, self.last + months)


def days_in(months: Iterable[pd.Period]) -> int:
    """Return the days of these months together (the exposure of a count)."""
    return sum(month.days_in_month for month in months)


@dataclass(frozen=True)
class ComparedMonths:
    """The months whose counts are set against each other, and those that were left out.

    The missing ones are not published or, where ``partly`` names them, only partly.
    """

    baseline: tuple[pd.Period, ...]
    comparison: tuple[pd.Period, ...]
    missing_baseline: tuple[pd.Period, ...]
    missing_comparison: tuple[pd.Period, ...]
    like_for_like: bool
    partly: tuple[Partly, ...] = ()

    @property
    def comparable(self) -> bool:
        """True when both sides hold the same number of months, calendar month for calendar month."""
        return [m.month for m in self.baseline] == [m.month for m in self.comparison] and bool(self.baseline)

    @property
    def reason(self) -> str:
        """Say which months are missing or only partly published, with the numbers; nothing when none is."""
        return "; ".join(words for words in (self._not_published(), self._partly_published()) if words)

    def _not_published(self) -> str:
        partly = {cell.month for cell in self.partly}
        missing = [m for m in (*self.missing_baseline, *self.missing_comparison) if m not in partly]
        if not missing:
            return ""
        names = ", ".join(month_label(month) for month in missing)
        is_are = "is" if len(missing) == 1 else "are"
        if self.like_for_like:
            return (
                f"{names} {is_are} not published here, so the same calendar "
                f"month{'' if len(missing) == 1 else 's'} of the other year "
                f"{'is' if len(missing) == 1 else 'are'} left out too"
            )
        return f"{names} {is_are} not published here, so a percentage would compare unlike months"

    def _partly_published(self) -> str:
        if not self.partly:
            return ""
        if not self.like_for_like:
            return f"{told(self.partly)}, so a percentage would compare unlike months"
        months = dict.fromkeys(cell.month.strftime("%B") for cell in self.partly)
        which = f"{next(iter(months))} is" if len(months) == 1 else "these calendar months are"
        return f"{told(self.partly)}, so {which} left out of both years"


def check_two(baseline: Period, comparison: Period) -> None:
    """Raise PeriodError, which says how many months are missing, where one period stands for both (`default_pair`)."""
    if baseline == comparison:
        missing = YEAR + 1 - len(comparison)
        if missing < 1:
            raise PeriodError(
                f"The two periods are the same ({comparison.label}). Choose a baseline that ends before the comparison begins."
            )
        raise PeriodError(
            f"{counted(len(comparison), 'month')} of {comparison.label} cannot be set against the year before: a comparison "
            f"takes {YEAR + 1} months in a row, so {counted(missing, 'month')} {is_are(missing)} missing. Import earlier "
            "or later months of the force."
        )


def check_pair(baseline: Period, comparison: Period) -> None:
    """Raise PeriodError unless the two periods can be compared like for like.

    They must be of one length, begin in the same calendar month, and the baseline must end before the
    comparison begins.
    """
    check_two(baseline, comparison)
    if len(baseline) != len(comparison):
        raise PeriodError(
            f"The periods differ in length: {len(baseline)} months ({baseline.label}) against "
            f"{len(comparison)} ({comparison.label}). Choose periods of the same length, "
            "or switch like for like off."
        )
    if baseline.first.month != comparison.first.month:
        raise PeriodError(
            f"The periods cover different calendar months ({comparison.label} against {baseline.label}), "
            "so a difference could be the season. Begin both in the same calendar month, "
            "or switch like for like off."
        )
    if baseline.last >= comparison.first:
        raise PeriodError(
            f"The periods overlap or stand in the wrong order ({comparison.label} against {baseline.label}). "
            "Choose a baseline that ends before the comparison begins."
        )


def check_held(period: Period, span: Period) -> None:
    """Raise PeriodError when a period reaches outside the span of months held."""
    if period.first < span.first or period.last > span.last:
        raise PeriodError(
            f"{period.label} reaches outside the months held ({span.label}). "
            "Choose months inside that span, or import the missing files."
        )


def compared_months(
    baseline: Period,
    comparison: Period,
    held: Iterable[pd.Period],
    *,
    like_for_like: bool = True,
    partly: Iterable[Partly] = (),
) -> ComparedMonths:
    """Return the months of each side that enter the comparison.

    ``held`` are the months published (for the crime type asked about), and ``partly`` those that are not among them
    because they are only partly published; the ones inside the two periods are named in the result. Like for like, a month missing on
    one side takes its partner on the other side out as well; the pairs are matched by position, so the two
    periods must pass `check_pair`. Otherwise each side keeps whatever is held.
    """
    published = set(held)
    missing_baseline = tuple(m for m in baseline.months if m not in published)
    missing_comparison = tuple(m for m in comparison.months if m not in published)
    if like_for_like:
        check_pair(baseline, comparison)
        pairs = [
            (b, c)
            for b, c in zip(baseline.months, comparison.months, strict=True)
            if b in published and c in published
        ]
        kept_b, kept_c = tuple(b for b, _ in pairs), tuple(c for _, c in pairs)
    else:
        kept_b = tuple(m for m in baseline.months if m in published)
        kept_c = tuple(m for m in comparison.months if m in published)
    gone = {*missing_baseline, *missing_comparison}
    named = tuple(cell for cell in partly if cell.month in gone)
    return ComparedMonths(kept_b, kept_c, missing_baseline, missing_comparison, like_for_like, named)


def default_pair(span: Period) -> tuple[Period, Period]:
    """Return the periods that a page opens with: the last twelve months held and the twelve before.

    With under 24 months held, the last months that have a partner a year before. With no calendar month in two years the
    whole span stands for both: what needs one period answers, and what needs two says how many months are missing
    (`check_two`).
    """
    pairs = min(len(span) - YEAR, YEAR)
    if pairs < 1:
        return span, span
    comparison = Period(span.last - (pairs - 1), span.last)
    return comparison.shifted(-YEAR), comparison
