"""What every figure carries, and the few looks that all of them share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd

# the house style is `styled`; Altair's own would set a size, and refuse a table of more than 5,000 rows
alt.theme.enable("none")
alt.data_transformers.disable_max_rows()

ACCENT, PARTNER, QUIET = "#12436D", "#F46A25", "#3D3D3D"
"""Government Analysis Function: the pair for two things set against each other, and dark grey for marks."""

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
    cannot see it needs, ``data`` the numbers drawn, ``caveat`` what it does not show.
    """

    title: str
    subtitle: str
    alt: str
    chart: AnyChart
    data: pd.DataFrame
    caveat: str = ""


@dataclass(frozen=True, eq=False)
class Table:
    """A table as text for the screen, with the numbers behind it for the download.

    ``shown`` has formatted text only; its index is the row heading. ``data`` has plain numbers. ``whole`` makes the file
    to take away where the table shows the first rows of many.
    """

    title: str
    subtitle: str
    shown: pd.DataFrame
    data: pd.DataFrame
    notes: tuple[str, ...] = ()
    whole: Callable[[], bytes] | None = None


def styled(chart: AnyChart) -> AnyChart:
    """Return the chart with the one house style: quiet grid, no box, text of 13 px and more."""
    with_style: AnyChart = (
        chart.configure_view(strokeWidth=0)
        .configure_axis(
            labelFontSize=12,
            titleFontSize=12,
            labelColor=QUIET,  # Streamlit's own grey has a contrast of 3.7 on white
            titleColor=QUIET,
            grid=True,
            gridOpacity=0.35,
            domainOpacity=0.5,
        )
        .configure_header(
            labelFontSize=13, labelFontWeight="bold", labelColor=QUIET, title=None, labelPadding=6
        )
        .configure_legend(labelFontSize=13, labelColor=QUIET, title=None, orient="top", symbolStrokeWidth=3)
    )
    return with_style
