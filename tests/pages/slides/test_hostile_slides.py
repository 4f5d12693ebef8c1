"""Names that somebody might write to do more than be read come out as text, on the slide, in its notes and in its workbooks."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from analysis.drawing.board import Board
from pages.pack.contents import Chapter, Contents, NamedPart
from pages.pack.slides import write
from tests.hostile import NAMES
from tests.made import slides_read

LONG = "Bahnhofsviertelstrassenfestplatzumgehungsschutzgebietsrandxx"
UNSEEN = "A\u202eB\u200f\x00C\x0b\ufffeD\ud800"
WORDS = (*NAMES, "=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", LONG, UNSEEN)


def renamed(contents: Contents, name: str) -> Contents:
    """Return the contents of the Overview with the first area called so on the board and in its months."""
    overview = contents.chapter("overview")
    old = next(iter(overview.get("board").columns)).name

    def change(each: NamedPart) -> NamedPart:
        part = each.part
        if isinstance(part, Board):
            columns = tuple(replace(c, name=name, short=name) if c.name == old else c for c in part.columns)
            cells = tuple(
                tuple(replace(c, place=name) if c.place == old else c for c in row) for row in part.cells
            )
            part = replace(part, columns=columns, cells=cells)
        elif each.name == "monthly":
            said = name.encode("utf-8", "ignore").decode()  # no table holds half a letter
            areas = [said if area == old else area for area in part.data["area"]]
            part = replace(part, data=part.data.drop(columns="area").assign(area=areas))
        return each._replace(part=part)

    sections = tuple(replace(s, parts=tuple(map(change, s.parts))) for s in overview.sections)
    chapter: Chapter = replace(overview, sections=sections, question=name)
    facts = replace(
        contents.facts, has_review=False, areas=tuple(replace(a, name=name) for a in contents.facts.areas)
    )
    return replace(contents, chapters=(chapter,), facts=facts, title=name, body=name, release=name)


@pytest.mark.parametrize("name", WORDS, ids=range(len(WORDS)))
def test_a_name_comes_out_as_text(invented, tmp_path, name):
    write(renamed(invented, name), tmp_path / "deck.pptx")
    shown = slides_read.opened(tmp_path / "deck.pptx")
    seen = "ABC D" if name == UNSEEN else " ".join(name.split())
    titles = [slide.shapes.title.text for slide in shown.slides]
    assert titles[0].startswith(seen[:30])
    assert any(title.startswith(f"{seen}: ") for title in titles)
    assert slides_read.overfull(shown) == []
    assert slides_read.overlapping(shown) == []
    for slide in shown.slides:
        assert not [shape for shape in slide.part.rels.values() if shape.is_external]
        for chart in slides_read.charts(slide):
            book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
            assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    with zipfile.ZipFile(tmp_path / "deck.pptx") as packed:
        for entry in packed.namelist():
            text = packed.read(entry).decode("utf-8", "ignore") if entry.endswith(".xml") else ""
            assert not set(text) & set("\u202e\u200f\x00\x0b\ufffe")


def test_names_of_many_places_of_sixty_letters_lie_in_their_boxes(invented, tmp_path):
    board = invented.chapter("overview").get("board")
    columns = tuple(
        replace(board.columns[0], key=f"k{at}", name=f"{at} {LONG}"[:60], short=f"{at} {LONG}"[:60])
        for at in range(9)
    )
    cells = tuple(tuple(replace(row[0], area=c.key, place=c.name) for c in columns) for row in board.cells)
    many = replace(board, columns=columns, cells=cells)
    overview = invented.chapter("overview")
    sections = tuple(
        replace(s, parts=tuple(p._replace(part=many) if p.name == "board" else p for p in s.parts))
        for s in overview.sections
    )
    facts = replace(invented.facts, has_review=False)
    write(
        replace(invented, chapters=(replace(overview, sections=sections),), facts=facts),
        tmp_path / "deck.pptx",
    )
    shown = slides_read.opened(tmp_path / "deck.pptx")
    assert slides_read.overfull(shown) == []
    said = "\n".join(w for slide in shown.slides for w in slides_read.texts(slide))
    assert all(f"{at} Bahnhof" in said for at in range(9))
