"""Blocks as shapes that can be edited: paragraphs, tables, panels, legends, charts, and pictures with their words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from analysis.drawing import encoded
from analysis.drawing.board import Standing
from analysis.drawing.figure import ACCENT, PARTNER
from analysis.drawing.maps.shown import Key, Mark
from pages.pack.slides import measure
from pages.pack.slides.charts import draw_chart
from pages.pack.slides.deck import (
    FONT,
    INK,
    QUIET,
    WHITE,
    Charts,
    Grid,
    GridCell,
    Legend,
    Line,
    Panels,
    Picture,
    Scatter,
    Words,
)
from pages.pack.slides.fit import AFTER, HANG, Placed
from pages.pack.slides.legend import laid_out
from pages.pack.slides.page import GAP, Box, Page, beside
from pages.pack.slides.panel import AFTER as PANEL_AFTER
from pages.pack.slides.panel import INSIDE, panel_lines
from pages.pack.slides.table import ACROSS, TOLD, upright

LOOKS: dict[Standing, tuple[str, str]] = {
    "fell more": (ACCENT, WHITE),
    "rose more": (PARTNER, INK),
    "fell less": ("#FDE3D5", INK),
    "rose less": ("#D8E2EC", INK),
    "ordinary": ("", QUIET),
    "too few": ("#F1F2F4", QUIET),
    "missing": ("#F1F2F4", QUIET),
}
"""Ground and letters of a verdict: the accent fell more than similar places, its partner rose more; all else is quiet."""

LINES: dict[Mark, Any] = {"line": None, "dashes": MSO_LINE.DASH, "dots": MSO_LINE.ROUND_DOT}

MARKS: dict[Mark, Any] = {
    "circle": MSO_SHAPE.OVAL,
    "diamond": MSO_SHAPE.DIAMOND,
    "square": MSO_SHAPE.RECTANGLE,
    "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE,
}

PANEL, HAIR = "#F3F4F6", "#C3C8CD"

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's “No Style, No Grid”: the look of a table is then its own, whatever the template's."""


def draw_block(shapes: Any, placed: Placed, page: Page, at: datetime) -> None:
    """Draw a block in its box."""
    block, box = placed.block, placed.box
    if isinstance(block, Words):
        text_box(shapes, box, block.lines)
    elif isinstance(block, Grid):
        _table(shapes, placed, block)
    elif isinstance(block, Panels):
        for card, part in zip(block.cards, _panel_boxes(box, len(block.cards)), strict=True):
            _panel(shapes, part, card, page)
    elif isinstance(block, Charts):
        many = len(block.charts)
        for chart, part in zip(block.charts, beside(box, (1.0,) * many), strict=True):
            frame = draw_chart(shapes, chart, part, at, legend=isinstance(chart, Scatter))
            _describe(frame, "Chart", chart.alt)
    elif isinstance(block, Legend):
        _legend(shapes, box, block, page)
    elif isinstance(block, Picture):
        _picture(shapes, box, block)


def text_box(shapes: Any, box: Box, lines: Iterable[Line], after: float = AFTER) -> Any:
    """Draw paragraphs in a box of their own, and return it."""
    made = shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    write_lines(made.text_frame, lines, after)
    return made


def write_lines(frame: Any, lines: Iterable[Line], after: float = AFTER, font: str = FONT) -> None:
    """Write paragraphs into a shape, as they were measured: no margins, one line spacing, nothing that shrinks by itself."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = encoded.slide_text(line.text)
        run.font.size, run.font.bold = Pt(line.size), line.bold
        if font:  # else the placeholder's own
            run.font.name = font
        if line.colour:  # else that of the placeholder
            run.font.color.rgb = _rgb(line.colour)
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after, paragraph.space_before, paragraph.line_spacing = Pt(after), Pt(0), 1.0
        properties = paragraph._p.get_or_add_pPr()
        for old in properties.findall(qn("a:buNone")) + properties.findall(qn("a:buChar")):
            properties.remove(old)
        properties.set("marL", str(round(HANG * measure.POINT) if line.bullet else 0))
        properties.set("indent", str(-round(HANG * measure.POINT) if line.bullet else 0))
        mark = etree.SubElement(properties, qn("a:buChar" if line.bullet else "a:buNone"))
        if line.bullet:
            mark.set("char", "•")


def _table(shapes: Any, placed: Placed, grid: Grid) -> None:
    rows, columns = len(grid.rows) + 1, len(grid.heads)
    box = placed.box
    frame = shapes.add_table(rows, columns, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    table = frame.table
    properties = table._tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = NO_STYLE
    table.horz_banding = False
    for at, width in enumerate(placed.widths):
        table.columns[at].width = Pt(width)
    for at, height in enumerate(placed.heights):
        table.rows[at].height = Pt(height)
    for at, head in enumerate(grid.heads):
        _cell(table.cell(0, at), GridCell(head, bold=True), ACCENT, grid, at)
    for down, row in enumerate(grid.rows, start=1):
        for at, cell in enumerate(row):
            _cell(table.cell(down, at), cell, HAIR, grid, at)
    _describe(frame, "Table", f"Table: {', '.join(grid.heads)}; {len(grid.rows)} rows.")


def _cell(made: Any, cell: GridCell, under: str, grid: Grid, column: int) -> None:
    made.margin_left = made.margin_right = Pt(ACROSS)
    made.margin_top = made.margin_bottom = Pt(upright(grid))
    made.vertical_anchor = MSO_ANCHOR.MIDDLE
    ground, letters = LOOKS[cell.standing] if cell.standing else ("", INK)
    told = cell.standing in TOLD
    frame = made.text_frame
    frame.word_wrap = True
    for at, words in enumerate(cell.text.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if column in grid.at_right else PP_ALIGN.LEFT
        paragraph.line_spacing, paragraph.space_after, paragraph.space_before = 1.0, Pt(0), Pt(0)
        run = paragraph.add_run()
        run.text = encoded.slide_text(words)
        run.font.size, run.font.bold, run.font.name = Pt(grid.size), cell.bold or told, FONT
        run.font.color.rgb = _rgb(letters)
    _border(made, under, 1.5 if under == ACCENT else 0.75)
    if ground:
        made.fill.solid()
        made.fill.fore_color.rgb = _rgb(ground)


def _border(made: Any, colour: str, points: float) -> None:
    """Draw the line under a cell."""
    properties = made._tc.get_or_add_tcPr()
    line = etree.SubElement(properties, qn("a:lnB"))
    line.set("w", str(round(points * measure.POINT)))
    fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    fill.set("val", colour.lstrip("#"))


def _panel_boxes(box: Box, many: int) -> list[Box]:
    width = (box.width - GAP * (many - 1)) / max(many, 1)
    return [Box(box.left + at * (width + GAP), box.top, width, box.height) for at in range(many)]


def _panel(shapes: Any, box: Box, card: Any, page: Page) -> None:
    """Draw a card: a quiet ground, a bar in the colour of its verdict, its lines."""
    ground, letters = LOOKS[card.standing] if card.standing else ("", INK)
    bar(shapes, box, PANEL)
    bar(shapes, Box(box.left, box.top, 6, box.height), ground or HAIR)
    top, width = box.top + INSIDE, box.width - 2 * INSIDE - 6
    for at, line in enumerate(panel_lines(card)):
        height = measure.height_of(line.text, line.size, width, line.bold)
        part = Box(box.left + INSIDE + 6, top, width, height)
        if at == 1 and ground:
            bar(shapes, Box(part.left - 6, part.top - 2, part.width + 8, part.height + 4), ground)
            line = Line(line.text, line.bold, line.bullet, line.size, letters)  # noqa: PLW2901
        text_box(shapes, part, [line], after=0.0)
        top += height + PANEL_AFTER


def bar(shapes: Any, box: Box, colour: str) -> None:
    """Draw a rectangle of one colour, which is ornament."""
    made = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    made.fill.solid()
    made.fill.fore_color.rgb = _rgb(colour)
    made.line.fill.background()
    _flat(made)


def _flat(made: Any) -> None:
    """Take the template's shadow and outline off a shape, and tell a screen reader that it is ornament."""
    style = made._element.find(qn("p:style"))
    if style is not None:
        made._element.remove(style)
    _decorative(made)


def _legend(shapes: Any, box: Box, legend: Legend, page: Page) -> None:
    for entry in laid_out(legend, box):
        bold = entry.key is None
        text_box(shapes, entry.box, [Line(entry.text, bold=bold)], after=0.0)
        if entry.key is not None and entry.swatch is not None:
            _swatch(shapes, entry.swatch, entry.key)


def _swatch(shapes: Any, box: Box, key: Key) -> None:
    """Draw what stands for a key: ground, hatched ground, a line or a mark."""
    if key.mark in LINES:
        middle = box.top + box.height / 2
        line = shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Pt(box.left), Pt(middle), Pt(box.left + box.width), Pt(middle)
        )
        line.line.color.rgb, line.line.width = _rgb(key.colour), Pt(3)
        if LINES[key.mark] is not None:
            line.line.dash_style = LINES[key.mark]
        _flat(line)
        return
    square = Box(box.left + (box.width - box.height) / 2, box.top, box.height, box.height)
    at = square if key.mark in MARKS else box
    shape = MARKS.get(key.mark, MSO_SHAPE.RECTANGLE)
    made = shapes.add_shape(shape, Pt(at.left), Pt(at.top), Pt(at.width), Pt(at.height))
    if key.mark == "hatch":
        made.fill.patterned()
        made.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        made.fill.fore_color.rgb, made.fill.back_color.rgb = _rgb(key.colour), _rgb(WHITE)
    else:
        made.fill.solid()
        made.fill.fore_color.rgb = _rgb(key.colour)
    made.line.color.rgb, made.line.width = _rgb("#8A9299"), Pt(0.5)
    _flat(made)


def _picture(shapes: Any, box: Box, picture: Picture) -> None:
    made = shapes.add_picture(BytesIO(picture.make(box.width / box.height)), Pt(box.left), Pt(box.top))
    scale = min(box.width / (made.width / measure.POINT), box.height / (made.height / measure.POINT))
    made.width, made.height = int(made.width * scale), int(made.height * scale)
    _describe(made, "Map", picture.alt)


def _describe(made: Any, name: str, alt: str) -> None:
    properties = made._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", encoded.slide_text(alt))
    properties.set("name", f"{name} {properties.get('id')}")


_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def _decorative(made: Any) -> None:
    """Tell a screen reader that a shape is ornament."""
    made._element.xpath(".//p:cNvPr")[0].append(etree.fromstring(_DECORATIVE))


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))
