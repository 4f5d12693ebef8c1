"""Which charts a figure is on slides: a registry of kinds of figure, each known by the columns of its data.

A figure of another kind becomes a picture (`pages.pack.slides.pictures`), and the notes say so. Adding a kind is one function and
its line in `KINDS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.drawing.answer import DrawnFigure
from analysis.drawing.figure import ACCENT, BASELINE, PARTNER, QUIET
from analysis.model import formats
from analysis.model.periods import month_label
from analysis.topics.perceptions.measure import QUADRANTS
from pages.pack.slides.deck import Chart, Scatter, Series

Drawn = tuple[Chart | Scatter, ...]

OUTCOMES = {
    "Positive outcome": "#28A197",
    "Positive so far": "#8A9299",
    "No positive outcome": "#C9CED4",
    "Outcomes not comparable": "#EDEFF1",
}
"""Colours as the page's figure has them, from below."""


@dataclass(frozen=True)
class Kind:
    """A kind of figure: the columns that its data have, and what makes charts of them."""

    columns: frozenset[str]
    charts: Callable[[DrawnFigure], Drawn]


def native(figure: DrawnFigure) -> Drawn:
    """Return the figure as editable charts, one a panel, in its order; none where no kind fits."""
    have = frozenset(figure.data.columns)
    kind = next((each for each in KINDS if each.columns <= have), None)
    return kind.charts(figure) if kind is not None and len(figure.data) else ()


def _values(numbers: Iterable[float]) -> tuple[float | None, ...]:
    """Return numbers with None where one is missing: a gap of the chart, and no zero."""
    return tuple(None if pd.isna(each) or not math.isfinite(each) else float(each) for each in numbers)


def _months(figure: DrawnFigure) -> Drawn:
    """One year over the other, a chart for each place and crime type."""
    charts = []
    data = figure.data
    periods = list(dict.fromkeys(data["period"]))
    for (area, crime_type), rows in data.groupby(["area", "crime_type"], sort=False):
        series = []
        for at, period in enumerate(periods):
            of = rows.loc[rows["period"] == period]
            newest = at == len(periods) - 1
            series.append(
                Series(period, _values(of["incidents"]), QUIET if newest else BASELINE, dashed=not newest)
            )
        longest = rows.loc[rows["period"] == periods[-1], "month"]
        names = tuple(month.split(" ")[0] for month in longest)
        gaps = [
            month for month, count in zip(rows["month"], rows["incidents"], strict=True) if pd.isna(count)
        ]
        charts.append(
            Chart(
                "lines",
                area,
                names,
                tuple(series),
                f"Lines of {crime_type.lower()} recorded by month in {area}, {' and '.join(periods)}."
                + (f" No line where nothing is published: {', '.join(dict.fromkeys(gaps))}." if gaps else ""),
                above=crime_type,
            )
        )
    return tuple(charts)


def _dosage(figure: DrawnFigure) -> Drawn:
    """What was recorded where patrols went, and elsewhere, month by month."""
    data = figure.data
    months = tuple(month_label(pd.Period(month, "M")) for month in data["month"])
    wanted = (
        ("patrol_hours", "Patrol hours", PARTNER),
        ("incidents", "Recorded on the patrolled ground", ACCENT),
        ("comparator_incidents", "Recorded on the rest", BASELINE),
    )
    return tuple(
        Chart("lines", title, months, (Series(title, _values(data[name]), colour),), f"{title}, by month.")
        for name, title, colour in wanted
        if name in data and data[name].notna().any()
    )


def _quarters(figure: DrawnFigure) -> Drawn:
    """Columns by quarter with their parts, a chart a place; a quarter that is not published keeps its place, empty."""
    data = figure.data
    firsts = pd.PeriodIndex(data["first_month"], freq="M")
    starts = list(pd.period_range(firsts.min(), firsts.max(), freq="M"))[::3]
    names = tuple(start.strftime("%b %y") for start in starts)
    charts = []
    for area, rows in data.groupby("area", sort=False):
        series = []
        for part, colour in OUTCOMES.items():
            of = rows.loc[rows["part"] == part].set_index("first_month")["crimes"]
            if of.empty:
                continue
            series.append(
                Series(part, _values(of.get(start.strftime("%Y-%m"), math.nan) for start in starts), colour)
            )
        held = set(rows["first_month"])
        empty = [
            name for name, start in zip(names, starts, strict=True) if start.strftime("%Y-%m") not in held
        ]
        charts.append(
            Chart(
                "columns",
                area,
                names,
                tuple(series),
                f"Columns of crimes recorded by quarter in {area}, by outcome; a quarter is named by its first month."
                + (
                    f" No column where a quarter is not published whole: {', '.join(empty)}." if empty else ""
                ),
            )
        )
    return tuple(charts)


def _calendar(figure: DrawnFigure) -> Drawn:
    """The twelve months of a year against an ordinary month, a chart a place."""
    return tuple(
        Chart(
            "lines",
            area,
            tuple(rows["month"]),
            (Series("100 is an ordinary month", _values(rows["index"]), ACCENT),),
            f"Recorded a day by calendar month in {area}; 100 is an ordinary month.",
        )
        for area, rows in figure.data.groupby("area", sort=False)
    )


def _spans(figure: DrawnFigure) -> Drawn:
    """Sums and patrols as bars over their days."""
    data = figure.data
    first = pd.to_datetime(data["first_day"])
    days = (pd.to_datetime(data["last_day"]) - first).dt.days + 1
    colours = {"Money": ACCENT, "Patrols": PARTNER}
    kinds = list(dict.fromkeys(data["kind"]))
    # the unseen series begins each bar on its first day: a day counted as a spreadsheet does
    begins = tuple(float((day - pd.Timestamp("1899-12-30")).days) for day in first)
    shown = tuple(
        Series(
            kind,
            tuple(float(n) if of == kind else None for n, of in zip(days, data["kind"], strict=True)),
            colours.get(kind, QUIET),
        )
        for kind in kinds
    )
    return (Chart("spans", "", tuple(data["name"]), (Series("First day", begins, ""), *shown), figure.alt),)


def _survey(figure: DrawnFigure) -> Drawn:
    """Places by what was felt and what was recorded."""
    data = figure.data.loc[figure.data["share"].notna() & figure.data["incidents"].notna()]
    first = data["quadrant"] == QUADRANTS[0]
    groups = []
    for name, colour, rows in (
        (formats.capital(QUADRANTS[0]), PARTNER, data.loc[first]),
        ("Other places", ACCENT, data.loc[~first]),
    ):
        points = tuple(
            (float(row.incidents), 100 * float(row.share), str(row.place)) for row in rows.itertuples()
        )
        if points:
            groups.append((name, colour, points))
    # LibreOffice loses a group of one point that stands before a larger one
    groups.sort(key=lambda group: -len(group[2]))
    return (Scatter("Recorded incidents", "Felt unsafe, %", tuple(groups), figure.alt),) if groups else ()


KINDS = (
    Kind(frozenset({"area", "crime_type", "period", "position", "month", "incidents"}), _months),
    Kind(frozenset({"month", "incidents", "comparator_incidents"}), _dosage),
    Kind(frozenset({"area", "quarter", "first_month", "part", "crimes"}), _quarters),
    Kind(frozenset({"area", "month", "months", "index"}), _calendar),
    Kind(frozenset({"name", "first_day", "last_day", "kind"}), _spans),
    Kind(frozenset({"place", "share", "incidents", "quadrant"}), _survey),
)
