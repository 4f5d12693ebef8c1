from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from analysis.model.errors import RefusedError
from analysis.records import record_kind
from data.records import (
    read_upload,
    record_files,
    record_kinds,
    template_csv,
    template_excel,
)

TODAY = dt.date(2024, 12, 31)
HEAD = ["Date", "Hotspot", "Start", "End"]
ROW = [dt.date(2023, 8, 1), "A", dt.time(22, 15), dt.time(23, 5)]


def read(content: bytes, name: str = "log.xlsx", key: str = "patrol-log"):
    return read_upload(key, name, content, today=TODAY)


def packed(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(*rows: list, **sheets: list[list]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    return packed(book)


def rebuilt(content: bytes, **parts: bytes) -> bytes:
    """The workbook with parts added or replaced; slashes and dots in their names are given as __ and _dot_."""
    stream = io.BytesIO()
    new = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as package:
        for member in old.namelist():
            if member not in new:
                package.writestr(member, old.read(member))
        for name, part in new.items():
            package.writestr(name, part, compress_type=zipfile.ZIP_DEFLATED)
    return stream.getvalue()


# --- CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_in_the_encodings_and_delimiters_offices_use(encoding, delimiter):
    lines = ["Date,Hotspot,Start,End,Note", "2023-08-01,Café £ corner,22:15,23:05,n"]
    text = "\r\n".join(lines).replace(",", delimiter)
    report = read(text.encode(encoding), "log.csv")
    assert report.accepted["hotspot"].tolist() == ["Café £ corner"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them_under_a_title_and_past_blank_lines():
    text = "Patrols of August\n\nDate,Hotspot,Start,End\n2023-08-01,A,22:15,23:05\n,,,\n2023-08-02,,1,2\n"
    report = read(text.encode(), "log.csv")
    assert (len(report.accepted), report.refused["row"].tolist()) == (1, [6])
    assert report.refused_csv().decode("utf-8-sig").splitlines()[0] == "row,reason"


def test_a_row_with_more_cells_than_headings_is_refused_and_a_shorter_one_is_blank_at_the_end():
    text = "Date,Hotspot,Start,End,Note\n2023-08-01,A,22:15,23:05\n2023-08-01,A,20:15,21:05,a,b\n"
    report = read(text.encode(), "log.csv")
    assert len(report.accepted) == 1
    assert "more cells than the 5 headings" in report.refused["reason"].iloc[0]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "log.csv", "is empty"),
        (b"\n\n", "log.csv", "no rows"),
        (b"a\0b", "log.csv", "not a table of text"),
        (b"Date,Hotspot\x81\x8d", "log.csv", "not a table of text"),
        (b"\xff\xfea", "log.csv", "not a table of text"),
        (b"Date,Hotspot,Start\n" + b"x" * 200_000, "log.csv", "cannot be read as CSV"),
        (b"Date,Hotspot,Start\n" + b"," * 300 + b"x", "log.csv", "more than 200 columns"),
        (b"plain text", "log.xlsx", "not a workbook"),
        (b"PK\x03\x04 not a zip", "log.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "log.xlsx", "password"),
        (b"Month,Crime type\n2023-08,Drugs\n", "street.csv", "not a patrol log"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_with_a_sentence(content, name, said):
    with pytest.raises(RefusedError, match=said):
        read(content, name)


def test_a_file_or_table_beyond_the_limits_is_refused(monkeypatch):
    monkeypatch.setattr(record_files, "LARGEST_FILE", 10)
    with pytest.raises(RefusedError, match="larger than"):
        read(b"Date,Hotspot,Start,End", "log.csv")
    monkeypatch.undo()
    monkeypatch.setattr(record_files, "MOST_ROWS", 2)
    with pytest.raises(RefusedError, match="more than 2 rows"):
        read(b"Date,Hotspot,Start,End\na\nb\nc\n", "log.csv")


def test_a_file_name_with_folders_and_control_characters_is_shown_plainly():
    with pytest.raises(RefusedError, match=r"^log\.csv is empty"):
        read(b"", "..\\..\\secret/log\n.csv")


# --- workbooks


def test_a_workbook_with_true_dates_and_times_is_read():
    report = read(
        workbook(HEAD, ROW, [dt.datetime(2023, 8, 2), "A", dt.datetime(2023, 8, 2, 23, 30), "00:30"])
    )
    assert report.accepted["duration_minutes"].tolist() == [50, 60]
    assert report.refused.empty


def test_serial_numbers_count_from_the_workbooks_own_epoch():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(HEAD)
    book.active.append(["43679", "A", "22:15", "23:05"])
    book.active.append([dt.date(2023, 8, 3), "A", "20:15", "21:05"])
    report = read(packed(book))
    assert report.accepted["date"].dt.strftime("%Y-%m-%d").tolist() == ["2023-08-03"] * 2
    assert any("counted from 1904" in said for said in report.sentences)


def test_part_days_and_long_times_of_excel_are_read():
    book = Workbook()
    book.active.append([*HEAD, "Duration"])
    book.active.append([dt.date(2023, 8, 1), "A", 0.9270833333, None, dt.timedelta(minutes=50)])
    book.active.append([dt.date(2023, 8, 1), "A", dt.time(20, 0), 1.0, None])
    book.active["D3"].number_format = "hh:mm"
    book.active.append([dt.date(2023, 8, 1), "A", dt.time(10, 0), None, 22406 / 1440])
    book.active["E4"].number_format = "[h]:mm:ss"
    report = read(packed(book))
    assert report.accepted["duration_minutes"].tolist() == [50, 240]
    assert "373 h 26 min" in report.refused["reason"].iloc[0]


def test_the_sheet_that_has_the_headings_is_read_and_the_others_named():
    report = read(workbook(["Contents"], Log=[HEAD, ROW], Shops=[["shop"]]))
    assert len(report.accepted) == 1
    assert any("sheet Log; left out: Sheet, Shops" in said for said in report.sentences)


def test_a_sheet_that_repeats_another_is_refused_with_both_named():
    with pytest.raises(RefusedError, match=r"2 sheets .*Sheet, July"):
        read(workbook(HEAD, ROW, July=[HEAD, ROW]))


def test_a_hidden_sheet_is_not_read():
    book = load_workbook(io.BytesIO(workbook(["Contents"], Log=[HEAD, ROW])))
    book["Log"].sheet_state = "hidden"
    with pytest.raises(RefusedError, match="not a patrol log"):
        read(packed(book))


def test_merged_headings_are_refused_by_naming_what_is_missing():
    book = Workbook()
    book.active.append(["When", None, "Hotspot"])
    book.active.append([None, None, None])
    book.active.merge_cells("A1:B1")
    with pytest.raises(RefusedError, match="Date and Start are missing"):
        read(packed(book))


def test_notes_beside_the_table_are_left_out_and_said():
    report = read(workbook(HEAD, [*ROW, None, "see Ann"]))
    assert len(report.accepted) == 1
    assert any("1 column without a heading" in said for said in report.sentences)


def test_a_formula_counts_by_its_saved_result_and_without_one_is_not_known():
    unsaved = workbook([*HEAD, "Officers", "Sum"], [*ROW, "=1+1", "=2+2"])
    report = read(unsaved)
    assert report.accepted["officers"].isna().all()
    assert "Cell E2 holds a formula without its result" in report.unread["reason"].iloc[0]
    needed = read(workbook(HEAD, [ROW[0], '=CONCAT("A")', *ROW[2:]]))
    assert "Cell B2 holds a formula without its result" in needed.refused["reason"].iloc[0]
    with zipfile.ZipFile(io.BytesIO(unsaved)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    saved = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
    )
    assert saved != sheet
    accepted = read(rebuilt(unsaved, xl__worksheets__sheet1_dot_xml=saved)).accepted
    assert accepted["officers"].tolist() == [2]


def test_an_excel_error_refuses_its_row_where_the_column_is_needed_and_is_else_not_known():
    rows = [*ROW, "#REF!", "x"], [ROW[0], "B", *ROW[2:], "fine", "#N/A"], [ROW[0], "#REF!", *ROW[2:], "", ""]
    report = read(workbook([*HEAD, "Note", "Other"], *(list(row) for row in rows)))
    assert report.refused["reason"].tolist() == ["Cell B4 holds the Excel error #REF!; correct it."]
    assert report.unread.to_numpy().tolist() == [
        ["2", "Note", "#REF!", "Cell E2 holds the Excel error #REF!; correct it"]
    ]
    assert report.accepted["note"].fillna("").tolist() == ["", "fine"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = rebuilt(workbook(HEAD, ROW), xl__media__bomb_dot_xml=b"\0" * 120_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(RefusedError, match="unpacks to more than 100 MB"):
        read(bomb)


def test_macros_document_types_and_other_packages_are_refused():
    plain = workbook(HEAD, ROW)
    with pytest.raises(RefusedError, match="holds macros"):
        read(rebuilt(plain, xl__vbaProject_dot_bin=b"x"))
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><worksheet>&lol;</worksheet>'
    with pytest.raises(RefusedError, match="damaged"):
        read(rebuilt(plain, xl__worksheets__sheet1_dot_xml=laughs))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(RefusedError, match="not an Excel workbook"):
        read(other.getvalue(), "log.ods")


# --- templates


@pytest.mark.parametrize("kind", record_kinds(), ids=lambda kind: kind.key)
def test_templates_have_the_contracts_headings_an_example_and_notes(kind):
    for name, content in (("t.csv", template_csv(kind.key)), ("t.xlsx", template_excel(kind.key))):
        report = read(content, name, kind.key)
        assert report.dropped == ()
        assert "example row of the template" in report.refused["reason"].iloc[0]
    book = load_workbook(io.BytesIO(template_excel(kind.key)))
    assert book.sheetnames == ["Data entry", "Notes"]
    noted = [row[0].value for row in book["Notes"].iter_rows()]
    assert noted[1 : len(kind.columns) + 1] == [column.heading for column in kind.columns]


def test_a_filled_excel_template_is_read():
    book = load_workbook(io.BytesIO(template_excel("patrol-log")))
    sheet = book["Data entry"]
    headings = [cell.value for cell in sheet[1]]
    values = dict(zip(HEAD, ROW, strict=True))
    for position, heading in enumerate(headings, start=1):
        sheet.cell(2, position).value = values.get(heading)
    assert read(packed(book)).accepted["hotspot"].tolist() == ["A"]
    assert record_kind("patrol-log").names[0] == "date"
