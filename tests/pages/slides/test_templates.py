"""The office's own template: used in its size and layouts, or refused in a sentence that names it and says what to do."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

from analysis.model.errors import RefusedError
from pages.pack.slides import write
from pages.pack.slides.template import office
from tests.made import slides_read

KINDS = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@pytest.fixture(scope="module")
def short(invented):
    """The contents of the Overview alone: board, areas, method and caveats."""
    facts = replace(invented.facts, has_review=False)
    return replace(invented, chapters=tuple(c for c in invented.chapters if c.key == "overview"), facts=facts)


def template(path: Path, change=None, *, wide: bool = False) -> Path:
    shown = Presentation()
    if wide:
        shown.slide_width, shown.slide_height = Inches(13.333), Inches(7.5)
    if change is not None:
        change(shown)
    shown.save(str(path))
    return path


def rezipped(path: Path, into: Path, change) -> Path:
    """Return a copy of a file with its entries changed: ``change`` gets name and content and gives the content back."""
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in packed.namelist():
            copy.writestr(name, change(name, packed.read(name)))
    return into


def refused(path: Path) -> str:
    with pytest.raises(RefusedError) as problem:
        office(path)
    sentence = str(problem.value)
    assert f"“{path.name}”" in sentence
    assert sentence.endswith(".")
    return sentence


def keep(shown, *names: str) -> None:
    for layout in list(shown.slide_layouts):
        if layout.name not in names:
            shown.slide_layouts.remove(layout)


@pytest.mark.parametrize("layouts", [(), ("Title Slide", "Title Only"), ("Title and Content",), ("Blank",)])
def test_a_4_3_template_is_used_whatever_layouts_it_has(short, tmp_path, layouts):
    path = template(tmp_path / "office.pptx", (lambda shown: keep(shown, *layouts)) if layouts else None)
    write(short, tmp_path / "deck.pptx", path)
    shown = slides_read.opened(tmp_path / "deck.pptx")
    assert (shown.slide_width, shown.slide_height) == (Inches(10), Inches(7.5))
    assert len(shown.slides) >= 7
    assert slides_read.overfull(shown) == []
    assert slides_read.overlapping(shown) == []
    said = "\n".join(words for slide in shown.slides for words in slides_read.texts(slide))
    assert "Click to add" not in said
    assert "Thornaby Town Centre: " in said


def test_a_wide_template_keeps_its_own_look_and_loses_its_samples(short, tmp_path):
    def sample(shown):
        for layout in (0, 1):
            slide = shown.slides.add_slide(shown.slide_layouts[layout])
            slide.shapes.title.text = "Lorem ipsum of the agency"

    path = template(tmp_path / "office.potx", sample, wide=True)
    kind = (b"presentationml.presentation.main+xml", b"presentationml.template.main+xml")
    rezipped(
        path, tmp_path / "real.potx", lambda name, c: c.replace(*kind) if name == "[Content_Types].xml" else c
    )
    write(short, tmp_path / "deck.pptx", tmp_path / "real.potx")
    shown = slides_read.opened(tmp_path / "deck.pptx")
    assert next(iter(shown.slide_layouts)).name == "Title Slide"
    assert not [w for slide in shown.slides for w in slides_read.texts(slide) if "Lorem" in w]
    with zipfile.ZipFile(tmp_path / "deck.pptx") as packed:
        assert not [name for name in packed.namelist() if b"Lorem ipsum" in packed.read(name)]


def test_under_a_dark_ground_or_a_shape_the_body_has_white_paper(short, tmp_path):
    def dark(shown):
        fill = shown.slide_master.background.fill
        fill.solid()
        fill.fore_color.rgb = slides_rgb("12436D")

    def plain(shown):
        fill = shown.slide_master.background.fill
        fill.solid()
        fill.fore_color.rgb = slides_rgb("F7F7F7")

    papers = {}
    for name, change in (("dark", dark), ("plain", plain)):
        write(short, tmp_path / f"{name}-deck.pptx", template(tmp_path / f"{name}.pptx", change))
        shown = slides_read.opened(tmp_path / f"{name}-deck.pptx")
        papers[name] = [
            shape.shape_type is not None and shape.shape_type == 1 and shape.width > Inches(8)
            for shape in list(shown.slides)[1].shapes
        ].count(True)
    assert papers == {"dark": 1, "plain": 0}


def slides_rgb(text: str):
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(text))


def test_a_template_without_a_layout_is_refused(tmp_path):
    def none(shown):
        for layout in list(shown.slide_layouts):
            shown.slide_layouts.remove(layout)

    assert "no slide layout" in refused(template(tmp_path / "office.pptx", none))


def test_slides_too_small_for_18_points_are_refused(tmp_path):
    def small(shown):
        shown.slide_width, shown.slide_height = Pt(500), Pt(300)

    assert "18 points" in refused(template(tmp_path / "office.pptx", small))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_powerpoint_file_is_refused(tmp_path, content):
    path = tmp_path / "office.pptx"
    path.write_bytes(content)
    assert "no PowerPoint file" in refused(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "cannot be read" in refused(tmp_path / "none.pptx")


def test_a_zip_of_something_else_is_refused(tmp_path):
    path = tmp_path / "office.pptx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<w/>")
    assert "no PowerPoint file" in refused(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "office.pptx"
    template(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        for at in range(7):
            packed.writestr(f"ppt/media/image{at}.png", b"\0" * 49_000_000)
    assert path.stat().st_size < 1_000_000
    assert "unpacks to more" in refused(path)


def test_thousands_of_entries_are_refused(tmp_path):
    path = template(tmp_path / "office.pptx")
    with zipfile.ZipFile(path, "a") as packed:
        for at in range(5_001):
            packed.writestr(f"x/{at}", b"")
    assert "unpacks to more" in refused(path)


@pytest.mark.parametrize("name", ["ppt/vbaProject.bin", "ppt/activeX/activeX1.xml"])
def test_macros_and_controls_are_refused(tmp_path, name):
    path = template(tmp_path / "office.pptx")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(name, b"x")
    assert "macros" in refused(path)


def test_an_embedded_object_is_refused(tmp_path):
    path = template(tmp_path / "office.pptx")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("ppt/embeddings/oleObject1.bin", b"x")
    assert "embedded object" in refused(path)


def test_a_link_to_something_outside_is_refused(tmp_path):
    path = template(tmp_path / "first.pptx")
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://evil.example/x.png" TargetMode="External"/></Relationships>'
    )

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</Relationships>", link) if "slideMaster1.xml.rels" in name else content

    assert "outside of it" in refused(rezipped(path, tmp_path / "office.pptx", change))


def test_a_document_type_is_refused(tmp_path):
    path = template(tmp_path / "first.pptx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'

    def change(name: str, content: bytes) -> bytes:
        return bomb + re.sub(rb"^<\?xml.*?\?>", b"", content) if name == "ppt/presentation.xml" else content

    assert "no PowerPoint file" in refused(rezipped(path, tmp_path / "office.pptx", change))


@pytest.mark.parametrize(
    "part", ["ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml", "[Content_Types].xml"]
)
def test_broken_xml_is_refused(tmp_path, part):
    path = template(tmp_path / "first.pptx")
    broken = rezipped(path, tmp_path / "office.pptx", lambda name, c: c[: len(c) // 2] if name == part else c)
    assert "no PowerPoint file" in refused(broken)


def test_a_shape_of_the_master_under_the_body_is_seen():
    from pages.pack.slides.ground import is_light
    from pages.pack.slides.page import Box

    shown = Presentation()
    layout = shown.slide_layouts[5]
    assert is_light(layout, Box(50, 130, 600, 300))
    slide = shown.slides.add_slide(layout)
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(0), Pt(400), Pt(720), Pt(140))
    layout.shapes._spTree.append(shape._element)
    assert not is_light(layout, Box(50, 130, 600, 300))
    assert is_light(layout, Box(50, 130, 600, 200))
