"""Workbooks made to cost much: each is refused before its cells are built, or read at a bounded cost."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from analysis.model.errors import RefusedError
from data.records import read_upload, workbook_parts
from data.records.workbook_parts import SheetShape, column_number, read_shapes

TODAY = dt.date(2024, 12, 31)
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def plain() -> bytes:
    book = Workbook()
    book.active.append(["Date", "Hotspot", "Start", "End"])
    book.active.append([dt.date(2023, 8, 1), "A", dt.time(22, 15), dt.time(23, 5)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def remade(parts: dict[str, bytes], more: bytes = b"") -> bytes:
    """The plain workbook with parts replaced or added, and with XML at the end of its rows."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        members = {name: old.read(name) for name in old.namelist()}
        members[SHEET] = members[SHEET].replace(b"</sheetData>", more + b"</sheetData>")
        for name, content in (members | parts).items():
            new.writestr(name, content)
    return stream.getvalue()


def cell(reference: str, row: int) -> bytes:
    return f'<row r="{row}"><c r="{reference}{row}" t="inlineStr"><is><t>x</t></is></c></row>'.encode()


def read(content: bytes):
    return read_upload("patrol-log", "log.xlsx", content, today=TODAY)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        pytest.param(cell("A", 1_048_576), "row 1,048,576, column 4", id="one cell in the last row"),
        pytest.param(cell("A", 999_999_999), "row 999,999,999", id="one cell below the last row"),
        pytest.param(cell("GR", 20_000), "row 20,000, column 200", id="one cell far down and far right"),
        pytest.param(b'<row r="2"><c r="GR2"><v>1</v></c></row>' * 6_000, "column 200", id="one number many times"),
        pytest.param(b"<row/>" * 300_000 + cell("A", 5), "row 5", id="rows without numbers"),
        pytest.param(b"<row>" + b"<c/>" * 20_000 + b"</row>", "column 4 or further", id="a row of blank cells"),
        pytest.param(b"<c/>" * 20_000, "column 4 or further", id="cells outside any row"),
    ],
)  # fmt: skip
def test_a_sheet_is_measured_by_its_numbers_and_refused_before_its_cells_are_built(monkeypatch, more, where):
    def built(*_: object, **__: object):
        raise AssertionError("cells were built")

    content = remade({}, more)
    assert len(content) < 30_000
    monkeypatch.setattr("data.records.record_workbooks._cut_sheet", built)
    with pytest.raises(RefusedError, match=rf"{where}.* 1,000,000 cells are read at most"):
        read(content)


def test_blank_cells_with_a_style_below_the_table_cost_nothing():
    styled = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 30_000))
    report = read(remade({}, styled))
    assert (len(report.accepted), len(report.refused)) == (1, 0)
    shape = read_shapes("log.xlsx", remade({}, styled))[SHEET]
    assert (shape.last_row, shape.last_column, shape.rows, shape.built) == (2, 4, 2, 8)


def test_sheets_together_stay_under_the_limit_too(monkeypatch):
    monkeypatch.setattr(workbook_parts, "MOST_CELLS", 10)
    workbook_parts.check_cells("f", [("A", SheetShape(2, 4, 2, 8))])
    with pytest.raises(RefusedError, match="sheets A, B of f have more than the 10 cells"):
        workbook_parts.check_cells("f", [("A", SheetShape(2, 4, 2, 8)), ("B", SheetShape(2, 4, 2, 8))])


def test_texts_and_styles_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(workbook_parts, "_MOST_WALKED", 1_000)
    texts = f'<sst xmlns="{SPREADSHEET}">{"<si/>" * 2_000}</sst>'.encode()
    with pytest.raises(RefusedError, match="more texts or styles than are read"):
        read(remade({"xl/sharedStrings.xml": texts}))


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "docProps/core.xml", "xl/other.bin"])
def test_a_document_type_is_refused_wherever_it_stands(name, encoding):
    far = f'<?xml version="1.0" encoding="{encoding}"?><!--{"x" * 200_000}-->{DOCTYPE}<worksheet/>'
    with pytest.raises(RefusedError, match="is damaged"):
        read(remade({name: far.encode(encoding)}))


def test_merged_cells_beyond_reason_are_refused_or_passed_over(monkeypatch):
    monkeypatch.setattr("data.records.record_workbooks.MOST_CELLS", 50)
    book = Workbook()
    book.active.append(["Date", "Hotspot", "Start", "End"])
    for hour in range(8, 20):
        book.active.append([dt.date(2023, 8, 1), "A", dt.time(hour, 0), dt.time(hour, 30)])
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package:
        sheet = package.read(SHEET)
    ranges = b'<mergeCells count="9">' + b'<mergeCell ref="B2:B13"/>' * 9 + b"</mergeCells>"
    with pytest.raises(RefusedError, match="too many merged cells"):
        read(remade({SHEET: sheet.replace(b"</sheetData>", b"</sheetData>" + ranges)}))


def test_letters_of_columns_count_as_excel_counts_them():
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16_384]
