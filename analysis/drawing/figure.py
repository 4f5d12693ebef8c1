"""What every figure carries, and the few looks that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
from altair.utils import schemapi

from analysis.model.periods import Period

# the house style is `styled`; Altair's own would set a size, and refuse a table of more than 5,000 rows
alt.theme.enable("none")

_tables: ContextVar[dict[str, pd.DataFrame] | None] = ContextVar("tables", default=None)


def _by_name(data: pd.DataFrame) -> dict[str, Any]:
    """Return a table's name while `specification` collects tables; its rows where somebody else draws the chart."""
    tables = _tables.get()
    if tables is None:
        return alt.to_values(data)
    name = next((name for name, table in tables.items() if table is data), f"table-{len(tables)}")
    tables[name] = data
    return {"name": name}


# rows in a specification would be copied by Altair at each layer, and are more than half of what drawing costs
alt.data_transformers.register("by name", _by_name)
alt.data_transformers.enable("by name")
schemapi.disable_debug_mode()


def specification(chart: AnyChart) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Return a chart's Vega-Lite specification, which names its tables, and the tables by name.

    Our own charts, whose form the tests check: checking each against the schema again would be half of the work, as it
    would be to check each piece of one when it is made.
    """
    tables: dict[str, pd.DataFrame] = {}
    before = _tables.set(tables)
    try:
        return chart.to_dict(validate=False), tables
    finally:
        _tables.reset(before)


ACCENT, PARTNER, QUIET = "#12436D", "#F46A25", "#3D3D3D"
"""Government Analysis Function: the pair for two things set against each other, and dark grey for marks."""

BASELINE = "#767E86"
"""The earlier year, wherever two years are drawn: grey, since only a verdict has a colour."""

CATEGORIES = ("#12436D", "#28A197", "#801650", "#F46A25")
"""At most four categories on a chart (Government Analysis Function); the same order everywhere."""

SEQUENTIAL = ("#EAF2FA", "#6BACE6", "#2073BC", "#12436D")
"""Government Analysis Function's sequential blues, from almost none."""

SOURCE = "Source: police.uk street-level data, Open Government Licence v3.0."


Frame = pd.DataFrame

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart with all that belongs to it.

    ``title`` says the finding, ``subtitle`` the statistic with its area and period, ``alt`` what a person who
    cannot see it needs, ``data`` the numbers drawn, ``caveat`` what it does not show. ``rests_on`` are the periods of its
    months, one alone or two set against each other, where they are not those of its answer.
    """

    title: str
    subtitle: str
    alt: str
    chart: AnyChart
    data: pd.DataFrame
    caveat: str = ""
    rests_on: tuple[Period, ...] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """A table as text for the screen, with the numbers behind it for the download.

    ``shown`` has formatted text only; its index is the row heading. ``data`` has plain numbers. ``whole`` makes the file
    to take away where the table shows the first rows of many, with these further lines in its head. ``rests_on`` as in
    `Figure`.
    """

    title: str
    subtitle: str
    shown: pd.DataFrame
    data: pd.DataFrame
    notes: tuple[str, ...] = ()
    whole: Callable[[Iterable[str]], bytes] | None = None
    rests_on: tuple[Period, ...] = ()


def styled(chart: AnyChart) -> AnyChart:
    """Return the chart with the one house style: quiet grid, no box, text of 13 px and more.

    The style is put on the chart itself: Altair's own `configure_…` copies all of it, once for each part of a style.
    """
    chart.config = alt.Config(
        view=alt.ViewConfig(strokeWidth=0),
        axis=alt.AxisConfig(
            labelFontSize=12,
            titleFontSize=12,
            labelColor=QUIET,  # Streamlit's own grey has a contrast of 3.7 on white
            titleColor=QUIET,
            grid=True,
            gridOpacity=0.35,
            domainOpacity=0.5,
        ),
        header=alt.HeaderConfig(
            labelFontSize=13, labelFontWeight="bold", labelColor=QUIET, title=None, labelPadding=6
        ),
        legend=alt.LegendConfig(
            labelFontSize=13, labelColor=QUIET, title=None, orient="top", symbolStrokeWidth=3
        ),
    )
    return chart
