"""Charts that PowerPoint can edit, drawn with python-pptx: axes from zero, gaps as gaps, letters of 18 points."""

from __future__ import annotations

import math
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from analysis.drawing import encoded
from analysis.drawing.figure import PARTNER
from pages.pack.slides import measure
from pages.pack.slides.deck import FONT, INK, QUIET, TEXT, Chart, Scatter, Series
from pages.pack.slides.page import Box

GRID = "#D9DCE0"

STEPS = (1, 2, 5)
TICKS = 4
"""Steps of an axis at most: in 18 points there is room for no more."""

FORMS = {
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "columns": XL_CHART_TYPE.COLUMN_STACKED,
    "spans": XL_CHART_TYPE.BAR_STACKED,
}

MOST_NAMED = 4
"""Points of a scatter with their names: those that the title speaks of."""


def draw_chart(shapes: Any, chart: Chart | Scatter, box: Box, at: datetime, *, legend: bool) -> Any:
    """Draw a chart in a box, with a workbook of its numbers inside, and return its frame."""
    if isinstance(chart, Scatter):
        return _scatter(shapes, chart, box, at)
    data = CategoryChartData(number_format="#,##0")
    data.categories = [encoded.slide_text(name) for name in chart.categories]
    for series in chart.series:
        data.add_series(encoded.slide_text(series.name), series.values)
    frame = shapes.add_chart(FORMS[chart.form], *_emu(box), data)
    made = frame.chart
    _workbook(made, _rows(chart), at)
    _letters(made)
    _title(made, chart.title, box)
    made.has_legend = legend and sum(bool(series.colour) for series in chart.series) > 1
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
        made.legend.font.size = Pt(TEXT)
    {"lines": _lines, "columns": _columns, "spans": _spans}[chart.form](made, chart, box)
    _gaps(made)
    return frame


def step_of(top: float) -> float:
    """Return the distance of the ticks on an axis from zero to ``top``: 1, 2 or 5 times a power of ten, whole."""
    for power in range(0, 12):
        for step in STEPS:
            if step * 10**power * TICKS >= top:
                return float(step * 10**power)
    return top / TICKS


def _lines(made: Any, chart: Chart, box: Box) -> None:
    top = max((value for series in chart.series for value in series.values if value is not None), default=1.0)
    _value_axis(made.value_axis, top)
    _category_axis(made, chart, box)
    for drawn, series in zip(made.plots[0].series, chart.series, strict=True):
        drawn.smooth = False
        line = drawn.format.line
        line.color.rgb = _rgb(series.colour)
        line.width = Pt(3 if not series.dashed else 2.5)
        if series.dashed:
            line.dash_style = MSO_LINE.DASH
        # a month that stands alone between two gaps is seen by its mark
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE
        drawn.marker.size = 6
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = _rgb(series.colour)
        drawn.marker.format.line.color.rgb = _rgb(series.colour)


def _columns(made: Any, chart: Chart, box: Box) -> None:
    totals = [
        sum(value or 0 for value in column) for column in zip(*(s.values for s in chart.series), strict=True)
    ]
    _value_axis(made.value_axis, max(totals, default=1.0))
    _category_axis(made, chart, box)
    plot = made.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    for drawn, series in zip(plot.series, chart.series, strict=True):
        _fill(drawn, series)


def _spans(made: Any, chart: Chart, box: Box) -> None:
    plot = made.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    begins = [value for value in chart.series[0].values if value is not None]
    ends = [
        (first or 0) + sum(series.values[at] or 0 for series in chart.series[1:])
        for at, first in enumerate(chart.series[0].values)
    ]
    axis = made.value_axis
    _value_axis(axis, 1.0)
    axis.minimum_scale, axis.maximum_scale = min(begins) - 15, max(ends) + 15
    months = (max(ends) - min(begins)) / 30.4
    axis.major_unit = 30.4375 * max(1, math.ceil(months / 4))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "mmm yyyy", False
    made.category_axis.reverse_order = True
    made.category_axis.format.line.color.rgb = _rgb(GRID)
    for drawn, series in zip(plot.series, chart.series, strict=True):
        _fill(drawn, series)


def _scatter(shapes: Any, chart: Scatter, box: Box, at: datetime) -> Any:
    data = XyChartData(number_format="#,##0")
    for name, _colour, points in chart.groups:
        series = data.add_series(encoded.slide_text(name))
        for across, up, _place in points:
            series.add_data_point(across, up)
    frame = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *_emu(box), data)
    made = frame.chart
    rows: list[list[object]] = []
    for name, _colour, points in chart.groups:
        # python-pptx points each series at its own block of rows: name over the second column, a blank row between
        values: list[list[object]] = [[across, up] for across, up, _ in points]
        rows += [[None, name], *values, [None, None]]
    _workbook(made, rows, at)
    _letters(made)
    made.has_title = False
    made.has_legend = True
    made.legend.position = XL_LEGEND_POSITION.BOTTOM
    made.legend.include_in_layout = False
    top = max(across for _, _, points in chart.groups for across, _, _ in points)
    _value_axis(made.category_axis, top)
    _value_axis(made.value_axis, 100)
    made.value_axis.maximum_scale = 100
    for axis, words in ((made.category_axis, chart.across), (made.value_axis, chart.up)):
        axis.has_title = True
        axis.axis_title.text_frame.text = words
    for drawn, (_name, colour, points) in zip(made.plots[0].series, chart.groups, strict=True):
        drawn.format.line.fill.background()
        drawn.marker.style = XL_MARKER_STYLE.DIAMOND if colour == PARTNER else XL_MARKER_STYLE.CIRCLE
        drawn.marker.size = 12
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = _rgb(colour)
        if (
            colour != PARTNER or len(points) > MOST_NAMED
        ):  # more names would cover each other; the table after it has them all
            continue
        for which, (_across, _up, place) in enumerate(points):
            label = drawn.points[which].data_label
            label.position = XL_LABEL_POSITION.ABOVE
            label.text_frame.text = encoded.slide_text(place)
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(TEXT)
    _gaps(made)
    return frame


def _rows(chart: Chart) -> list[list[object]]:
    """Return the workbook behind a chart as python-pptx refers to it: categories in the first column, a series a column."""
    heads: list[object] = [None, *(series.name for series in chart.series)]
    return [
        heads,
        *(
            [name, *values]
            for name, *values in zip(chart.categories, *(s.values for s in chart.series), strict=True)
        ),
    ]


def _workbook(made: Any, rows: list[list[object]], at: datetime) -> None:
    """Put a workbook behind a chart: text as text (python-pptx would make a formula of “=…”), and no date of the clock."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    book.set_properties({"created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet()
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(down, right, encoded.slide_text(value))
            elif isinstance(value, (int, float)):
                sheet.write_number(down, right, float(value))
    book.close()
    made.part.chart_workbook.update_from_xlsx_blob(into.getvalue())


def _value_axis(axis: Any, top: float) -> None:
    step = step_of(top)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, step * math.ceil(max(top, 1) / step), step
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = _rgb(GRID)
    axis.major_gridlines.format.line.width = Pt(0.75)
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.font.size = Pt(TEXT)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False


def _category_axis(made: Any, chart: Chart, box: Box) -> None:
    axis = made.category_axis
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = _rgb("#8A9299")
    axis.tick_labels.font.size = Pt(TEXT)
    axis.has_major_gridlines = False
    # letters lie flat: of many names each second or third is written
    widest = max((measure.width_of(name, TEXT) for name in chart.categories), default=1.0) + 8
    room = (box.width - 60) / max(len(chart.categories), 1)
    every = max(1, math.ceil(widest / room))
    element = axis._element
    for tag in ("tickLblSkip", "tickMarkSkip"):
        skip = etree.SubElement(element, f"{{{element.nsmap['c']}}}{tag}")
        skip.set("val", str(every))
        last = element.find(f"{{{element.nsmap['c']}}}noMultiLvlLbl")
        if last is not None:
            last.addprevious(skip)


def _fill(drawn: Any, series: Series) -> None:
    if not series.colour:
        drawn.format.fill.background()
        drawn.format.line.fill.background()
        return
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = _rgb(series.colour)
    drawn.format.line.color.rgb = _rgb("#8A9299")
    drawn.format.line.width = Pt(0.5)


def _letters(made: Any) -> None:
    made.font.size = Pt(TEXT)
    made.font.color.rgb = _rgb(QUIET)
    made.font.name = FONT


def _title(made: Any, title: str, box: Box) -> None:
    made.has_title = bool(title)
    if title:
        frame = made.chart_title.text_frame
        frame.text = measure.shortened(encoded.slide_text(title), TEXT, box.width - 20, 2, bold=True)
        made.chart_title.include_in_layout = False
        run = frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold, run.font.color.rgb = Pt(TEXT), True, _rgb(INK)


def _gaps(made: Any) -> None:
    """See to it that what is missing is a gap: no zero, and no line over it."""
    chart = made._chartSpace.chart
    element = chart.find("{*}dispBlanksAs")
    if element is None:
        element = etree.SubElement(chart, f"{{{chart.nsmap['c']}}}dispBlanksAs")
    element.set("val", "gap")


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))


def _emu(box: Box) -> tuple[Any, Any, Any, Any]:
    return Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)
