"""Slides as they are drawn: title, blocks, source, number, and what the speaker reads."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Pt

from analysis.drawing import encoded
from pages.pack.slides import measure
from pages.pack.slides.blocks import sentences
from pages.pack.slides.deck import (
    FINE,
    QUIET,
    WHITE,
    Line,
)
from pages.pack.slides.fit import AFTER, Fitted
from pages.pack.slides.ground import is_light
from pages.pack.slides.house import OPENING
from pages.pack.slides.page import GAP, Box, Page
from pages.pack.slides.shapes import bar, draw_block, text_box, write_lines
from pages.pack.slides.template import TITLES, layout_for

OPENING_SIZES = (44.0, 40.0, 36.0, 32.0, 28.0, 24.0)
OPENING_TEXT = 22.0

NAMES_SOURCE = re.compile(r"Source|Boundaries|Contains|©|OGL|Licence")

LICENCE, LICENCE_SHORT = "Open Government Licence v3.0", "OGL v3.0"

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""What tells a sentence with the period."""

SIMULATED = "DEMONSTRATION DATA: months and places are simulated."


def draw_slide(shown: Any, page: Page, fitted: Fitted, at: datetime, *, simulated: bool) -> None:
    """Draw one slide into a presentation."""
    slide = fitted.slide
    layout = layout_for(shown, slide.opening)
    made = shown.slides.add_slide(layout)
    if slide.opening:
        _opening(made, page, fitted)
    else:
        _title(made, page, fitted)
        if not is_light(layout, page.body, page.source):
            _paper(made.shapes, page)
        for placed in fitted.blocks:
            draw_block(made.shapes, placed, page, at)
    source = " ".join(filter(None, (SIMULATED if simulated else "", slide.source)))
    # on the opening slide the template chooses the ground: no colour of ours can be trusted on it
    _source(made.shapes, page, source, bold=simulated, colour=_on_opening(layout) if slide.opening else QUIET)
    _number(made, layout, page)
    _without_empty(made)
    # the source line may be shortened on the slide
    said = [encoded.slide_text(each) for each in (*slide.notes, slide.source) if each]
    made.notes_slide.notes_text_frame.text = "\n".join(dict.fromkeys(said))


# the frame of a slide


def _title(made: Any, page: Page, fitted: Fitted) -> None:
    holder = next((each for each in made.placeholders if each.placeholder_format.type in TITLES), None)
    title = encoded.slide_text(fitted.title)
    if holder is None:
        text_box(made.shapes, page.title, [Line(title, bold=True, size=fitted.title_size)])
        return
    frame = holder.text_frame
    frame.text = title
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for run in frame.paragraphs[0].runs:
        run.font.size = Pt(fitted.title_size)
        run.font.bold = True


def _opening(made: Any, page: Page, fitted: Fitted) -> None:
    """Put question, months and places into the template's opening slide, in its own colours."""
    slide = fitted.slide
    holders = {each.placeholder_format.type: each for each in made.placeholders}
    title = next((holders[kind] for kind in TITLES if kind in holders), None)
    white = _on_opening(made.slide_layout)
    under = holders.get(PP_PLACEHOLDER.SUBTITLE)
    lines = [Line(words, size=OPENING_TEXT) for words in slide.under.split("\n")]
    if title is None or under is None:
        _title(made, page, fitted)
        text_box(made.shapes, page.body, lines)
        return
    room = title.width / measure.POINT / page.wide
    for size in OPENING_SIZES:
        many = int(title.height / measure.POINT // (size * measure.LINE))
        if len(measure.wrapped(slide.title, size, room, bold=True)) <= many:
            break
    words = measure.shortened(slide.title, size, room, max(many, 1), bold=True)
    write_lines(title.text_frame, [Line(words, bold=True, size=size, colour=white)], after=0.0, font="")
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    room, left = under.width / measure.POINT / page.wide, under.height / measure.POINT
    kept: list[Line] = []
    for line in lines:
        many = max(0, int((left - AFTER) // (line.size * measure.LINE)))
        if many == 0:
            break
        text = measure.shortened(line.text, line.size, room, many)
        left -= measure.height_of(text, line.size, room) + AFTER
        kept.append(Line(text, size=line.size, colour=white))
    write_lines(under.text_frame, kept, font="")


def _paper(shapes: Any, page: Page) -> None:
    """Lay white paper under body and source."""
    body, foot = page.body, page.source
    left, top = min(body.left, foot.left) - GAP / 2, body.top - GAP / 3
    right = max(body.left + body.width, foot.left + foot.width) + GAP / 2
    bar(shapes, Box(left, top, right - left, foot.bottom + GAP / 3 - top), WHITE)


def _source(shapes: Any, page: Page, words: str, *, bold: bool, colour: str) -> None:
    if not words:
        return
    room = page.source.width
    lines = int(page.source.height // (FINE * measure.LINE))
    text = source_line(encoded.slide_text(words), room, lines, bold=bold)
    box = text_box(shapes, page.source, [Line(text, size=FINE, colour=colour, bold=bold)], after=0.0)
    box.name = "Source"


def source_line(words: str, room: float, lines: int, *, bold: bool) -> str:
    """Return a source line of at most so many lines: where data come from stands whole, what is counted may be shortened.

    The licence loses its long name first, then what is counted its sentences, the one with the period last, then words.
    """
    short = words.replace(LICENCE, LICENCE_SHORT)
    at = short.find("Source")
    head, tail = (short[:at].rstrip(), short[at:]) if at > 0 else ("", short)
    mark, head = (
        (f"{SIMULATED} ", head.removeprefix(SIMULATED).strip()) if head.startswith(SIMULATED) else ("", head)
    )
    # what is counted stands in the legend, too, where the sources of two counts leave it no room
    tails = (tail, " ".join(each for each in sentences(tail) if NAMES_SOURCE.search(each)))
    whole, parted = sentences(head), head.split(" ")
    runs = [whole[at:end] for at in range(len(whole)) for end in range(len(whole), at, -1)]
    runs.sort(key=lambda run: (not YEAR.search(" ".join(run)), -len(run)))
    tries = (
        words,
        *(f"{mark}{' '.join([*run, each])}" for run in runs for each in tails),
        *(
            f"{mark}{' '.join(parted[:many]).rstrip('.,;:')}… {tail}"
            for many in range(len(parted) - 1, 0, -1)
        ),
    )
    fitting = (each for each in tries if len(measure.wrapped(each, FINE, room, bold)) <= lines)
    return next(fitting, None) or measure.shortened(f"{mark}{tail}", FINE, room, lines, bold)


def _on_opening(layout: Any) -> str:
    """Return the colour of small letters on an opening slide: white on the house's accent, else the template's own."""
    return WHITE if layout.name == OPENING else ""


def _number(made: Any, layout: Any, page: Page) -> None:
    """Take the template's number of a slide over, where it does not stand in the way of the source line."""
    for holder in layout.placeholders:
        if holder.placeholder_format.type != PP_PLACEHOLDER.SLIDE_NUMBER or holder.left is None:
            continue
        left, top = holder.left / measure.POINT, holder.top / measure.POINT
        across = (
            left < page.source.left + page.source.width
            and left + holder.width / measure.POINT > page.source.left
        )
        down = top < page.source.bottom and top + holder.height / measure.POINT > page.body.top
        if across and down:
            continue
        element = deepcopy(holder.element)
        element.nvSpPr.cNvPr.set("id", str(1 + max(shape.shape_id for shape in made.shapes)))
        made.shapes._spTree.append(element)


def _without_empty(made: Any) -> None:
    """Take away placeholders that nothing was put into: they would say “Click to add text” to whoever edits."""
    for holder in list(made.placeholders):
        empty = holder.has_text_frame and not holder.text_frame.text.strip()
        if (
            empty and holder.placeholder_format.type != PP_PLACEHOLDER.SLIDE_NUMBER
        ) or not holder.has_text_frame:
            holder.element.getparent().remove(holder.element)
