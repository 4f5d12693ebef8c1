"""The office's own template: looked at as a file before it is opened, and asked where things stand on its slides.

A PowerPoint file is a zip of XML from anywhere. What could do more than look is refused in a sentence: programs, embedded
objects, links to what is outside, a zip that unpacks without end.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE

from analysis.drawing import encoded
from analysis.model.errors import RefusedError
from data.zips import DAMAGE
from pages.pack.slides.measure import POINT
from pages.pack.slides.page import FOOT, GAP, MARGIN, SMALLEST, Box, Page, page_of

LARGEST = 50_000_000
"""Bytes of a template; the largest with pictures of a council at hand has 8 million."""

LARGEST_UNPACKED, MOST_ENTRIES = 300_000_000, 5_000
"""Bytes and files in it, unpacked: a zip bomb says more, and is not unpacked."""

LARGEST_XML = 20_000_000
"""Bytes of one of its XML files, which is read into memory whole."""

ARIALS = frozenset({"arial", "helvetica", "liberation sans", "arial narrow"})
"""Fonts that are no wider than Arial, on a machine that lacks them too."""

WIDER = 1.25
"""What any other font of titles may be wider than Arial: Verdana is, by a sixth, and what stands in for a font that is missing."""

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
CONTENT = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)

_TEMPLATE, _SHOW = (
    f"application/vnd.openxmlformats-officedocument.presentationml.{kind}.main+xml"
    for kind in ("template", "presentation")
)


def office(path: Path) -> tuple[Any, Page]:
    """Return the template with its own slides taken out, and where things stand on new ones.

    Raises RefusedError, which names the file, for what is no PowerPoint file, too large, has programs, embedded objects or links
    to what is outside of it, has slides too small for 18-point letters, or no layout to put a slide on.
    """
    name = encoded.plain(path.name)
    checked = _checked(path, name)
    try:
        shown = Presentation(checked)
        layouts, width, height = list(shown.slide_layouts), shown.slide_width, shown.slide_height
        _emptied(shown)
    except (
        PythonPptxError, KeyError, ValueError, AttributeError, TypeError, IndexError, etree.LxmlError, BadZipFile
    ) as problem:  # fmt: skip
        raise RefusedError(_broken(name)) from problem
    if not layouts:
        raise RefusedError(
            f"The template “{name}” has no slide layout, so no slide can be made of it. Add one with a title in the slide master."
        )
    page = _page(shown, layouts, (width or 0) / POINT, (height or 0) / POINT)
    if page.width < SMALLEST[0] or page.height < SMALLEST[1] or page.body.height < 0.45 * page.height:
        raise RefusedError(
            f"The slides of the template “{name}” leave too little room for letters of 18 points. Use a template of 16:9 or 4:3 "
            "whose title takes less than a third of the slide."
        )
    return shown, page


def layout_for(shown: Any, opening: bool) -> Any:
    """Return the layout of the opening slide, or of all others: with a title, and the fewest other placeholders.

    A template without any layout that has a title gives its emptiest.
    """

    def rank(layout: Any) -> tuple[bool, bool, int]:
        kinds = [holder.placeholder_format.type for holder in layout.placeholders]
        content = [kind for kind in kinds if kind not in (*TITLES, *_SMALL)]
        opens = PP_PLACEHOLDER.CENTER_TITLE in kinds or PP_PLACEHOLDER.SUBTITLE in kinds
        return not any(kind in TITLES for kind in kinds), opens != opening, len(content)

    return min(shown.slide_layouts, key=rank)


_SMALL = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def _broken(name: str) -> str:
    return (
        f"The template “{name}” is no PowerPoint file that can be read (.pptx or .potx, without a password). "
        "Save it anew in PowerPoint and try again."
    )


def _checked(path: Path, name: str) -> BytesIO:
    try:
        if path.stat().st_size > LARGEST:
            raise RefusedError(
                f"The template “{name}” is larger than 50 MB. Take its pictures out and try again."
            )
        raw = path.read_bytes()
    except OSError as problem:
        raise RefusedError(
            f"The template “{name}” cannot be read. Give the path of a .pptx or .potx file."
        ) from problem
    try:
        with ZipFile(BytesIO(raw)) as packed:
            return _safe(packed, name)
    except (*DAMAGE, KeyError, OverflowError) as problem:
        raise RefusedError(_broken(name)) from problem


def _safe(packed: ZipFile, name: str) -> BytesIO:
    """Return the file with a template's type made that of a show; RefusedError for what it may not hold."""
    entries = packed.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise RefusedError(
            f"The template “{name}” unpacks to more than a template can hold. Use one that PowerPoint saved."
        )
    names = [entry.filename.lower() for entry in entries]
    if "[content_types].xml" not in names:
        raise RefusedError(_broken(name))
    if any("vbaproject" in each or "activex" in each for each in names):
        raise RefusedError(
            f"The template “{name}” has macros or controls in it. Save it without them, as .pptx or .potx."
        )
    if any("/embeddings/" in each and not each.endswith(".xlsx") for each in names):
        raise RefusedError(f"The template “{name}” has an embedded object in it. Remove it and try again.")
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as copy:
        for entry in entries:
            content = _entry(packed, entry, name)
            copy.writestr(entry.filename, content)
    into.seek(0)
    return into


def _entry(packed: ZipFile, entry: Any, name: str) -> bytes:
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    most = LARGEST_XML if is_xml else LARGEST
    with packed.open(entry) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise RefusedError(
            f"The template “{name}” unpacks to more than a template can hold. Use one that PowerPoint saved."
        )
    if not is_xml:
        return content
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"<\x00!\x00" in content:
        raise RefusedError(_broken(name))
    if entry.filename.lower().endswith(".rels") and re.search(rb"TargetMode\s*=\s*[\"']External", content):
        raise RefusedError(
            f"The template “{name}” links to something outside of it (a picture, a file or an address). Remove the link, or put "
            "what it shows into the template."
        )
    if entry.filename.lower() == "[content_types].xml":
        if b"macroEnabled" in content:
            raise RefusedError(
                f"The template “{name}” has macros or controls in it. Save it without them, as .pptx or .potx."
            )
        content = content.replace(_TEMPLATE.encode(), _SHOW.encode())
    return content


def _emptied(shown: Any) -> None:
    """Take out the slides that a template has as samples, with what lists them besides."""
    listed = shown.slides._sldIdLst
    for each in list(listed):
        shown.part.drop_rel(each.rId)
        listed.remove(each)
    for tag in ("custShowLst", "extLst"):
        for element in shown.part._element.findall(f"{{*}}{tag}"):
            shown.part._element.remove(element)


def _page(shown: Any, layouts: list[Any], width: float, height: float) -> Page:
    """Return where things stand: the title of the layout for findings, and the body of the one with content, if there is one."""
    finding = layout_for(shown, opening=False)
    title = next(
        (_box(each) for each in finding.placeholders if each.placeholder_format.type in TITLES), None
    )
    if title is None or title.height <= 0:
        title = Box(MARGIN, 22.0, width - 2 * MARGIN, 74.0)
    page = page_of(width, height, title, _wide(shown))
    bodies = [
        _box(holder)
        for layout in layouts
        for holder in layout.placeholders
        if holder.placeholder_format.type in CONTENT
    ]
    whole = [each for each in bodies if each.width > 0.6 * width and each.height > 0.4 * height]
    if not whole:
        return page
    largest = max(whole, key=lambda each: each.width * each.height)
    top = max(largest.top, title.bottom + GAP / 2)
    source = Box(largest.left, largest.bottom - FOOT + 8, largest.width - 50, FOOT - 8)
    body = Box(largest.left, top, largest.width, source.top - 6 - top)
    return Page(width, height, title, body, source, page.wide)


def _box(holder: Any) -> Box:
    sides = (holder.left, holder.top, holder.width, holder.height)
    return Box(*((each or 0) / POINT for each in sides))


def _wide(shown: Any) -> float:
    """Return how much wider than Arial the template's fonts may be."""
    try:
        part = shown.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    except KeyError:
        return WIDER
    fonts = re.findall(rb"<a:(?:major|minor)Font>\s*<a:latin typeface=\"([^\"]*)", part.blob)
    names = {font.decode("utf-8", "replace").lower() for font in fonts}
    return 1.0 if names and names <= ARIALS else WIDER
