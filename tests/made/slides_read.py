"""A PowerPoint file read back: what stands on each slide, and what does not lie in its box, measured with the font itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.oxml.ns import qn

POINT = 12_700
FOLDER = Path("/usr/share/fonts/truetype/liberation")
SPACING = 1.149
"""Arial's own height of a line, in sizes."""


@lru_cache(maxsize=2)
def font(bold: bool) -> ImageFont.FreeTypeFont:
    """Return Liberation Sans, whose measures are Arial's; the test is skipped where it is not installed."""
    file = FOLDER / f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf"
    if not file.exists():
        pytest.skip("Liberation Sans (Debian's fonts-liberation) is not installed")
    return ImageFont.truetype(str(file), 1000)


def width(words: str, size: float, bold: bool) -> float:
    return font(bold).getlength(words) * size / 1000


def lines(words: str, size: float, room: float, bold: bool) -> int:
    """Return how many lines words make, as programs break them: at spaces, and a long word where the line ends."""
    many, used, space = 1, 0.0, width(" ", size, bold)
    for word in words.split(" "):
        long = width(word, size, bold)
        if used and used + space + long > room:
            many, used = many + 1, 0.0
        used += (space if used else 0.0) + long
        while used > room:
            many, used = many + 1, used - room
    return many


def opened(path: Path) -> Any:
    return Presentation(str(path))


def overfull(shown: Any) -> list[str]:
    """Return what does not fit: shapes off their slide, text taller than its box, tables taller than they say."""
    wide, high = shown.slide_width / POINT, shown.slide_height / POINT
    wrong = []
    for number, slide in enumerate(shown.slides, start=1):
        for shape in slide.shapes:
            said = f"slide {number}, {shape.name}"
            left, top = (shape.left or 0) / POINT, (shape.top or 0) / POINT
            across, down = (shape.width or 0) / POINT, (shape.height or 0) / POINT
            if left < -0.5 or top < -0.5 or left + across > wide + 0.5 or top + down > high + 0.5:
                wrong.append(f"{said}: off the slide")
            if shape.has_text_frame and shape.text_frame.text.strip():
                needed = frame_height(shape.text_frame, across)
                if needed > down + 1.5:
                    wrong.append(f"{said}: {needed:.0f} points of text in {down:.0f}")
            if getattr(shape, "has_table", False) and shape.has_table:
                wrong += [f"{said}: {each}" for each in table_faults(shape, high)]
    return wrong


def frame_height(frame: Any, across: float, size: float = 18.0) -> float:
    room = across - ((frame.margin_left or 0) + (frame.margin_right or 0)) / POINT
    height = 0.0
    for paragraph in frame.paragraphs:
        runs = paragraph.runs
        points = runs[0].font.size.pt if runs and runs[0].font.size else size
        bold = bool(runs and runs[0].font.bold)
        hang = int((paragraph._p.pPr.get("marL") if paragraph._p.pPr is not None else 0) or 0) / POINT
        after = paragraph.space_after.pt if paragraph.space_after is not None else 0.0
        height += lines(paragraph.text, points, room - hang, bold) * points * SPACING + after
    last = frame.paragraphs[-1]
    return height - (last.space_after.pt if last.space_after is not None else 0.0)


def table_faults(shape: Any, high: float) -> Iterator[str]:
    table = shape.table
    total = 0.0
    for row_at, row in enumerate(table.rows):
        needed = 0.0
        for at, cell in enumerate(row.cells):
            room = (table.columns[at].width - cell.margin_left - cell.margin_right) / POINT
            text = sum(
                lines(p.text, p.runs[0].font.size.pt, room, bool(p.runs[0].font.bold))
                * p.runs[0].font.size.pt
                * SPACING
                for p in cell.text_frame.paragraphs
                if p.runs
            )
            needed = max(needed, text + (cell.margin_top + cell.margin_bottom) / POINT)
        if needed > row.height / POINT + 1:
            yield f"row {row_at} needs {needed:.0f} points and has {row.height / POINT:.0f}"
        total += max(needed, row.height / POINT)
    if shape.top / POINT + total > high:
        yield "runs off the slide"


def overlapping(shown: Any) -> list[str]:
    """Return pairs of shapes with words, pictures or charts that lie over each other."""
    wrong = []
    for number, slide in enumerate(shown.slides, start=1):
        boxes = []
        for shape in slide.shapes:
            words = shape.has_text_frame and shape.text_frame.text.strip()
            drawn = (
                getattr(shape, "has_table", False)
                or getattr(shape, "has_chart", False)
                or shape.shape_type == 13
            )
            if (words or drawn) and shape.left is not None and "Slide Number" not in shape.name:
                box = [each / POINT for each in (shape.left, shape.top, shape.width, shape.height)]
                boxes.append((shape.name, box))
        for at, (name, (left, top, across, down)) in enumerate(boxes):
            for other, (left2, top2, across2, down2) in boxes[at + 1 :]:
                meets = min(left + across, left2 + across2) - max(left, left2) > 1
                if meets and min(top + down, top2 + down2) - max(top, top2) > 1:
                    wrong.append(f"slide {number}: {name} and {other}")
    return wrong


def sizes(shown: Any) -> set[tuple[str, float]]:
    """Return the sizes of letters that are written out, each with the name of its shape's kind."""
    found = set()
    for slide in shown.slides:
        for shape in slide.shapes:
            for run in shape._element.iter(qn("a:rPr")):
                if run.get("sz"):
                    found.add((re.sub(r" \d+$", "", shape.name), int(run.get("sz")) / 100))
    return found


def texts(slide: Any) -> list[str]:
    """Return every paragraph and cell of a slide, without its notes and without the number of the slide."""
    said = []
    for shape in slide.shapes:
        if shape.has_text_frame and "Slide Number" not in shape.name:
            said += [p.text for p in shape.text_frame.paragraphs if p.text.strip()]
        if getattr(shape, "has_table", False) and shape.has_table:
            said += [
                cell.text_frame.text for row in shape.table.rows for cell in row.cells if cell.text_frame.text
            ]
    return said


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if getattr(shape, "has_chart", False) and shape.has_chart]
