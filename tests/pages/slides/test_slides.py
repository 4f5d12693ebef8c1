"""The slides of the review and of the demonstration: they lie in their boxes, say what the answers say, and are the same again."""

from __future__ import annotations

import math
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from analysis.drawing.answer import Text, Unanswered
from analysis.drawing.board import Board
from analysis.drawing.cards import Cards
from analysis.drawing.figure import Table
from pages.pack.slides import write
from pages.pack.slides.kinds import native
from tests.made import slides_read

WHICH = ("invented", "real")
NUMBER = re.compile(r"£?\d[\d,.:]*%?")


@pytest.fixture(params=WHICH)
def deck(request, written):
    contents = request.getfixturevalue(request.param)
    return contents, slides_read.opened(written(contents, request.param))


def slide_of(shown, title: str):
    return next(
        slide
        for slide in shown.slides
        if slide.shapes.title is not None and slide.shapes.title.text.startswith(title)
    )


def test_every_text_lies_in_its_box_and_on_its_slide(deck):
    _, shown = deck
    assert slides_read.overfull(shown) == []
    assert slides_read.overlapping(shown) == []


def test_an_overfull_slide_is_seen(real, written, tmp_path):
    shown = slides_read.opened(written(real, "real"))
    box = next(
        shape
        for shape in shown.slides[1].shapes
        if shape.name == "TextBox 2" or (shape.has_text_frame and shape.text_frame.text)
    )
    box.text_frame.paragraphs[0].runs[0].text = (
        "These are many more words than any box of this slide holds. " * 40
    )
    assert any("points of text" in each for each in slides_read.overfull(shown))


def test_letters_are_18_points_and_more_and_sources_12(deck):
    _, shown = deck
    small = {(kind, size) for kind, size in slides_read.sizes(shown) if size < 18}
    assert {kind for kind, _ in small} <= {"Source", "Slide Number Placeholder"}
    assert {size for _, size in small} == {12.0}
    for slide in shown.slides:
        for chart in slides_read.charts(slide):
            assert {
                int(each.get("sz")) for each in chart._chartSpace.iter(qn("a:defRPr")) if each.get("sz")
            } <= {1800}


def test_the_slides_stand_in_the_order_of_the_review(real, written):
    shown = slides_read.opened(written(real, "real"))
    titles = [slide.shapes.title.text for slide in shown.slides]
    begins = (
        "Are our town centres safer",
        "5 of 48 changes",
        "Shoplifting: not one of 3 changes is more than ordinary",
        "Month by month: recorded shoplifting",
        "5 deliverables",
        "Safer Streets: ",
        "1,066 patrols",
        "Hotspot patrols: ",
        "Two figures on anti-social behaviour",
        "4 of 24 changes",
        "Proposed centres: ",
        "Billingham Town Centre: ",
        "Thornaby Town Centre: ",
        "Stockton Town Centre: ",
        "Of 120 published figures",
        "Night-time economy: ",
        "Next steps and areas of concern",
        "How can OPCC",
        "Questions that",
        "How sure are we?",
        "Keep in mind",
    )
    at = [next(i for i, title in enumerate(titles) if title.startswith(begin)) for begin in begins]
    assert at == sorted(at)


def said_in(contents) -> str:
    """Return all that the parts of a pack say, numbers of charts apart."""
    said = [contents.title, contents.release, contents.body]
    for chapter in contents.chapters:
        said += [chapter.question, *chapter.notes, *(words for _, words in chapter.leads)]
        if chapter.certificate is not None:
            said += [chapter.certificate.line, *chapter.certificate.heads]
        for section, each in chapter.named():
            said += [section.title, *section.said, *(words for _, words in section.leads)]
            said += part_says(each.part)
    return "\n".join(said)


def part_says(part) -> list[str]:
    if isinstance(part, Text):
        return [part.text]
    if isinstance(part, Unanswered):
        return [part.sentence]
    if isinstance(part, Board):
        cells = [cell for row in part.cells for cell in row]
        return [part.sentence, part.rest, part.compared, *(f"{c.counts} {c.percent}" for c in cells)]
    if isinstance(part, Cards):
        return [
            w
            for c in part.cards
            for w in (c.place, *c.also, c.note, *(f"{f.value} {f.words}" for f in c.figures))
        ]
    if isinstance(part, Table):
        return [part.title, part.subtitle, *part.notes, part.shown.reset_index().to_string(max_colwidth=None)]
    said = [getattr(part, "title", ""), getattr(part, "subtitle", ""), getattr(part, "caveat", "")]
    return said + [key.label for _, keys in getattr(part, "legend", ()) for key in keys]


COUNTED = re.compile(r"\d+ of \d+ changes?|[Nn]ot one of \d+ changes?|\d+ more\. |base under 50|OGL v3\.0")
"""What slides count themselves: changes of an area's column, and rows that are elsewhere; and words of ours."""


def test_every_number_on_a_slide_is_one_of_the_answers(deck):
    contents, shown = deck
    known = set(NUMBER.findall(said_in(contents)))
    for slide in shown.slides:
        for words in slides_read.texts(slide):
            plain = COUNTED.sub("", words.replace("\N{NO-BREAK SPACE}", " "))
            strange = {each.rstrip(".,:") for each in NUMBER.findall(plain)} - {
                each.rstrip(".,:") for each in known
            }
            assert not strange, (words, strange)


def test_the_board_says_each_cell_as_the_answer_has_it(deck):
    contents, shown = deck
    board = contents.chapter("overview").get("board")
    cells = {
        (row, column.short): cell
        for row, line in zip(board.rows, board.cells, strict=True)
        for column, cell in zip(board.columns, line, strict=True)
    }
    seen = set()
    for slide in shown.slides:
        for shape in slide.shapes:
            if not (
                getattr(shape, "has_table", False)
                and shape.has_table
                and shape.table.cell(0, 0).text == "Crime type"
            ):
                continue
            heads = [cell.text for cell in shape.table.rows[0].cells]
            if heads[1] not in {column.short for column in board.columns}:
                continue
            for row in list(shape.table.rows)[1:]:
                first, *rest = (cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells)
                for head, text in zip(heads[1:], rest, strict=True):
                    cell = cells.get((first, head))
                    if cell is not None and cell.counts in text:
                        assert text.split("\n")[0] == f"{cell.counts}  {cell.percent}".rstrip()
                        seen.add((first, head))
    assert seen == set(cells)


def test_an_area_s_slide_hides_small_percentages_and_tells_zero_from_missing(deck):
    contents, shown = deck
    board = contents.chapter("overview").get("board")
    for at, column in enumerate(board.columns):
        if column.proposed:
            continue
        slide = slide_of(shown, f"{column.name}: ")
        table = next(
            shape.table for shape in slide.shapes if getattr(shape, "has_table", False) and shape.has_table
        )
        rows = [
            [cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells]
            for row in list(table.rows)[1:]
        ]
        for (crime_type, counts, change, _), line in zip(rows, board.cells, strict=True):
            cell = line[at]
            assert (crime_type, counts) == (cell.crime_type, cell.counts)
            assert change == (cell.percent or ("–" if "–" in cell.counts else "not given"))


def test_charts_have_the_figures_numbers_and_gaps_where_months_are_missing(deck):
    contents, shown = deck
    months = contents.chapter("overview").get("monthly")
    wanted = {(c.title, c.above): c for c in native(months)}
    for column in contents.chapter("overview").get("board").columns:
        if column.proposed:
            continue
        slide = slide_of(shown, f"{column.name}: ")
        [chart] = slides_read.charts(slide)
        above = next(t for t in slides_read.texts(slide) if t.endswith(", month by month")).removesuffix(
            ", month by month"
        )
        data = months.data.loc[(months.data["area"] == column.name) & (months.data["crime_type"] == above)]
        for series in chart.plots[0].series:
            of = data.loc[data["period"] == series.name, "incidents"]
            assert [None if pd.isna(v) else float(v) for v in of] == [
                None if v is None else float(v) for v in series.values
            ]
        assert (column.name, above) in wanted
        assert chart._chartSpace.find(f".//{qn('c:dispBlanksAs')}").get("val") == "gap"


def test_the_workbook_in_a_chart_holds_what_the_chart_shows(real, written):
    shown = slides_read.opened(written(real, "real"))
    slide = slide_of(shown, "Billingham Town Centre: ")
    [chart] = slides_read.charts(slide)
    sheet = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    heads, *rows = sheet.iter_rows(values_only=True)
    assert list(heads[1:]) == [series.name for series in chart.plots[0].series]
    assert [row[0] for row in rows] == list(chart.plots[0].categories)
    for at, series in enumerate(chart.plots[0].series, start=1):
        assert [row[at] for row in rows] == [None if v is None else v for v in series.values]
    # December 2022 is not published: an empty cell, not a zero
    assert rows[5][0] == "Dec"
    assert rows[5][1] is None


def test_learned_words_stand_in_the_method_and_in_notes_alone(deck):
    _, shown = deck
    learned = re.compile(r"\bLSOAs?\b|\bp-value\b|95% interval|\b[Rr]atio\b|common ground")
    for slide in shown.slides:
        title = slide.shapes.title.text
        if not title.startswith("How sure are we?"):
            assert not [words for words in slides_read.texts(slide) if learned.search(words)], title


def test_nothing_is_said_to_be_caused(deck):
    _, shown = deck
    causes = re.compile(r"\b(caused|because of the patrols|thanks to|led to|due to)\b", re.IGNORECASE)
    assert not [w for slide in shown.slides for w in slides_read.texts(slide) if causes.search(w)]


def test_every_slide_with_a_figure_has_notes_with_its_source_and_coverage(deck):
    contents, shown = deck
    whole = contents.chapter("overview").certificate.line
    for slide in shown.slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.strip()
        if slides_read.charts(slide) and "funding" not in notes.lower():
            assert re.search(r"Source|Simulated|SIMULATED", notes), slide.shapes.title.text
            assert "How whole the data are" in notes or "coverage" in notes.lower()
    assert whole in slide_of(shown, "Keep in mind").notes_slide.notes_text_frame.text


def test_pictures_charts_and_tables_have_words_for_who_cannot_see_them(deck):
    _, shown = deck
    for slide in shown.slides:
        for shape in slide.shapes:
            drawn = shape.shape_type in (MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.CHART, MSO_SHAPE_TYPE.TABLE)
            if drawn:
                assert len(shape._element.xpath(".//p:cNvPr")[0].get("descr", "")) > 20


def test_simulated_months_are_named_so_on_every_slide(invented, real, written):
    for contents, name in ((invented, "invented"), (real, "real")):
        shown = slides_read.opened(written(contents, name))
        marked = [
            any("DEMONSTRATION DATA" in words for words in slides_read.texts(slide)) for slide in shown.slides
        ]
        assert all(marked) if name == "invented" else not any(marked)


def test_the_same_contents_and_moment_give_the_same_bytes(real, written, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    plain = replace(real, manifest={})
    write(plain, tmp_path / "one.pptx")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write(plain, tmp_path / "two.pptx")
    assert (tmp_path / "one.pptx").read_bytes() == (tmp_path / "two.pptx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.pptx") as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 9, 21, 14, 13, 20)}
        core = packed.read("docProps/core.xml").decode()
        assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2026-09-21T14:13:20Z"] * 2
        for name in packed.namelist():
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(BytesIO(packed.read(name))) as book:
                    assert b"2026-09-21T14:13:20Z" in book.read("docProps/core.xml")


def test_no_number_of_a_chart_is_not_a_number(deck):
    _, shown = deck
    for slide in shown.slides:
        for chart in slides_read.charts(slide):
            for series in chart.plots[0].series:
                assert all(value is None or math.isfinite(value) for value in series.values)
