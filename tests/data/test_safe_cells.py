from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.exports.safe_cells import safe_cell, safe_csv, safe_excel, safe_frame
from data.records import read_upload, records_csv

HOSTILE = ["=1+1", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize(
    "value",
    [-15, -1.5, np.nan, None, pd.NaT, True, "-15", "+9%", "-1,234.5", "−15", "a=b", "", "£5", "01:30"],
)
def test_numbers_and_plain_text_stay_as_they_are(value):
    assert safe_cell(value) is value or safe_cell(value) == value


def test_headings_index_lists_and_categories_are_made_harmless_and_numbers_keep_their_type():
    frame = pd.DataFrame(
        {"=h": pd.Categorical(["=a", "b"]), "n": [-1, 2], "list": [("=a", "b"), ()]},
        index=pd.Index(["@i", "j"], name="-k-"),
    )
    safe = safe_frame(frame)
    assert list(safe.columns) == ["'=h", "n", "list"]
    assert safe["'=h"].tolist() == ["'=a", "b"]
    assert safe["list"].tolist() == ["'=a; b", ""]
    assert safe["n"].dtype == frame["n"].dtype
    assert (safe.index.tolist(), safe.index.name) == (["'@i", "j"], "'-k-")
    two = safe_frame(frame.set_index("n", append=True))
    assert two.index.tolist() == [("'@i", -1), ("j", 2)]
    assert frame.loc["@i", "=h"] == "=a"


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_no_cell_of_a_csv_begins_with_a_sign_unless_it_is_a_number(texts):
    written = safe_csv(pd.DataFrame({"t": texts})).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(written, newline="")):
        for cell in row:
            start = cell.lstrip()[:1]
            assert start not in {"=", "@"}
            assert (
                start not in {"+", "-"}
                or cell.strip("+-%")
                .replace(",", "")
                .replace(".", "")
                .replace("e", "")
                .replace("E", "")
                .replace("+", "")
                .replace("-", "")
                .isdigit()
            )


def test_a_workbook_holds_text_and_no_formula_and_local_clock_times():
    moment = pd.Timestamp("2023-08-01 22:15", tz="Europe/London")
    frame = pd.DataFrame({"t": HOSTILE, "n": -1.5, "at": moment, "month": pd.Period("2023-08")})
    book = load_workbook(io.BytesIO(safe_excel({"A/B": frame})))
    rows = list(book["A B"].iter_rows(min_row=2))
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert rows[0][1].value == -1.5
    assert str(rows[0][2].value) == "2023-08-01 22:15:00"
    assert rows[0][3].value == "2023-08"


def test_records_with_hostile_text_are_held_as_written_and_leave_harmless():
    text = 'district,shop\nD,"=1+1"\nD,\'=2+2\n'
    held = read_upload("shop-plans", "p.csv", text.encode()).accepted
    assert held["shop"].tolist() == ["=1+1", "=2+2"]
    assert b"'=1+1" in records_csv("shop-plans", held)
    assert read_upload("shop-plans", "p.csv", records_csv("shop-plans", held)).accepted.equals(held)
