"""The list of what pages send: a change is named, and a value is one value however it was carried."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.golden.__main__ import main
from tests.golden.html_text import Html
from tests.golden.maps import pointed_texts
from tests.golden.reader import chart_rows
from tests.golden.rows import Row, hashes, read_rows, write_hashes, write_rows

ROWS = [
    Row("review/overview", "default", "Outcomes", "table", "Billingham / Drugs", "Difference", "−4"),
    Row("review/overview", "default", "Outcomes", "table", "Billingham / Drugs", "% change", "−44%"),
    Row("review/overview", "default", "Outcomes", "sentence", "", "", "Compared: 12 months."),
    Row("review/overview", "default", "Outcomes", "sentence", "", "", "Compared: 12 months."),
]


@pytest.fixture
def two(tmp_path):
    """Two folders, the second with one value changed."""
    folders = tmp_path / "old", tmp_path / "new"
    changed = [row._replace(value="−5") if row.value == "−4" else row for row in ROWS]
    for folder, rows in zip(folders, (ROWS, changed), strict=True):
        folder.mkdir()
        write_rows(rows, folder / "real.tsv.gz")
        write_hashes(hashes(rows), folder / "real.tsv")
    return folders


def test_a_list_is_read_as_it_was_written_and_equals_itself(two, capsys):
    old, _ = two
    assert read_rows(old / "real.tsv.gz") == sorted(ROWS)
    assert main(["compare", str(old), str(old)]) == 0
    assert capsys.readouterr().out == "No difference.\n"


def test_a_changed_value_is_named_with_its_page_and_part(two, capsys):
    old, new = map(str, two)
    assert main(["compare", old, new]) == 1
    said = capsys.readouterr().out
    assert "review/overview · default · Outcomes: 1 rows only in the old, 1 only in the new" in said
    assert "table | Billingham / Drugs | Difference: “−4” -> “−5”" in said
    assert "Compared" not in said


def test_hashes_alone_name_the_part(two, capsys):
    old, new = two
    (old / "real.tsv.gz").unlink()
    assert main(["compare", str(old), str(new)]) == 1
    assert "review/overview · default · Outcomes: 4 rows, " in capsys.readouterr().out


def test_a_sentence_said_once_less_is_a_difference(two, tmp_path, capsys):
    fewer = tmp_path / "fewer.tsv.gz"
    write_rows(ROWS[:-1], fewer)
    assert main(["compare", str(two[0] / "real.tsv.gz"), str(fewer)]) == 1
    assert "“Compared: 12 months.” -> nothing" in capsys.readouterr().out


def test_data_of_a_chart_are_equal_beside_its_specification_and_in_it():
    day = pd.Timestamp(2023, 7, 1)
    held = [{"month": day, "n": 3, "rate": float("nan")}, {"month": day, "n": 1.0, "rate": 1 / 3}]
    sent = [
        {"month": "2023-07-01T00:00:00", "n": 1, "rate": 0.333333333333},
        {"month": "2023-07-01", "n": 3, "rate": None},
    ]
    drawn = {"layer": [{"mark": "line", "data": {"name": "a"}}, {"mark": "point", "data": {"name": "a"}}]}
    inline = {"layer": [{"mark": each["mark"], "data": {"values": sent}} for each in drawn["layer"]]}
    old = list(chart_rows("chart", drawn, {"a": held}))
    assert (
        old
        == list(chart_rows("chart", inline, {}))
        == list(chart_rows("chart", {**drawn, "datasets": {"a": sent}}, {}))
    )
    assert ("chart", "data 1 00001", "rate", "0.333333333") in old


def test_a_heading_that_spans_rows_is_part_of_each_rows_name():
    table = Html(
        '<table><thead><tr><th scope="col">Place</th><th scope="col">Type</th><th scope="col">n</th></tr></thead><tbody>'
        '<tr><th scope="rowgroup" rowspan="2">A &amp; B</th><th scope="row">Drugs</th><td>1</td></tr>'
        '<tr><th scope="row">Robbery</th><td>2 to&nbsp;3</td></tr></tbody></table>'
    ).tables[0]
    assert table.named() == [("A & B / Drugs", [("n", "1")]), ("A & B / Robbery", [("n", "2 to 3")])]


def test_the_text_of_a_place_is_read_from_the_style_sheet():
    sheet = '<style>.pointed::after{white-space:pre-line}.p0::after{content:"3 \\22 recorded\\22 "}.pm1::after{content:"a\\a b"}</style>'
    assert pointed_texts([sheet]) == {"0": '3 "recorded"', "m1": "a b"}
