"""The table on the page: headings with scope, spans that add up, and nothing from a file run as markup."""

from __future__ import annotations

import pandas as pd

from pages.frame.html_table import html_table


def test_a_repeated_first_heading_spans_its_rows():
    index = pd.MultiIndex.from_tuples([("A", "x"), ("A", "y"), ("B", "x")], names=["Place", "Type"])
    drawn = html_table(pd.DataFrame({"Recorded": ["1", "2", "3"]}, index=index))
    assert '<th scope="rowgroup" rowspan="2">A</th>' in drawn
    assert '<th scope="rowgroup" rowspan="1">B</th>' in drawn
    assert drawn.count("<tr>") == 4
    assert drawn.count('<th scope="row">') == 3


def test_words_stand_to_the_left_and_figures_to_the_right():
    frame = pd.DataFrame(
        {
            "n": ["1,234", "–"],
            "why": ["none held", "x"],
            "of": ["12 of 37", "0.20 to 0.95"],
            "share": ["under 1%", "over 99%"],
            "ends": ["under 1% to 7%", "93% to over 99%"],
            "outcomes": ["12", "not comparable"],
        }
    )
    drawn = html_table(frame.set_index(pd.Index(["a", "b"], name="Row")))
    assert '<th scope="col" class="words">why</th>' in drawn
    assert '<th scope="col">n</th>' in drawn
    assert '<th scope="col">of</th>' in drawn
    assert '<th scope="col">share</th>' in drawn
    assert '<th scope="col">ends</th>' in drawn
    assert '<th scope="col">outcomes</th>' in drawn
    assert "0.20\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}0.95" in drawn


def test_what_comes_from_a_file_is_never_markup():
    frame = pd.DataFrame({"<b>": ["<script>alert(1)</script>"]}, index=pd.Index(["<i>"], name="<u>"))
    drawn = html_table(frame)
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_where_there_is_little_width_a_heading_of_rows_has_a_row_of_its_own_and_one_column_stays():
    index = pd.MultiIndex.from_tuples([("A", "x"), ("A", "y"), ("B", "x")], names=["Place", "Type"])
    drawn = html_table(pd.DataFrame({"n": ["1", "2", "3"], "m": ["4", "5", "6"]}, index=index), narrow=True)
    assert "rowspan" not in drawn
    assert drawn.count('<th scope="rowgroup" class="over" colspan="3">') == 2
    assert '<th scope="col" class="row-name">Place, Type</th>' in drawn
    body = drawn.split("<tbody>")[1]
    assert [row.count("<td") for row in body.split("<tr>")[1:]] == [0, 2, 2, 0, 2]
    assert [row.count("<th") for row in body.split("<tr>")[1:]] == [1, 1, 1, 1, 1]


def test_a_table_with_one_heading_a_row_is_the_same_at_any_width():
    frame = pd.DataFrame({"n": ["1", "2"]}, index=pd.Index(["a", "b"], name="Row"))
    assert html_table(frame, narrow=True) == html_table(frame)
