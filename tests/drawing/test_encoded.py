"""Text from outside on its way out: shown as it was written, and never more than text."""

from __future__ import annotations

import csv
import io
import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing import encoded
from data.exports import csv_bytes
from tests.exhaustive import examples

HOSTILE = {
    "picture": "![x](http://evil.example/x.png)",
    "link": "[Click to sign in](http://evil.example)",
    "address": "see https://evil.example/a or www.evil.example, mail a@evil.example",
    "html": '<img src="http://evil.example/x.png" onerror=alert(1)>',
    "colour": ":red[x] :material/delete: :smile:",
    "tex": r"$\frac{1}{0}$ and $x^$",
    "directive": "@@#a.b",
    "function": "@@=a(",
    "formula": "x,=cmd|'/C calc'!A0",
    "quote": 'x, "=cmd',
    "nul": "a\0b",
    "turned": "abc\u202edef",
    "list": "- x",
    "heading": "# x",
    "numbered": "1. x",
    "lines": "a\n# b\r\n=c",
    "long": "x" * 5_000,
    "letters": "ሀ𓀀Ａ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_markdown_has_no_mark_left_that_is_not_escaped(text):
    line = encoded.markdown(text)
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", line)
    assert not re.search(r"[\\`*_\[\]<>$~\n\0\u202e]", bare)
    assert not re.search(
        r"https?:|www\.|[\w.+-]@|:[\w/]+:", bare
    )  # what is made a link or a picture after escapes
    assert not re.match(r"[-+#]|\d+[.)]", bare)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_markdown_shows_the_text_as_it_was_written(text):
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", encoded.markdown(text)).replace(encoded.JOINER, "")
    assert shown == encoded.plain(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Baseline from Jul 2022 to Jun 2023: 1,234 incidents (12%), “as published”.",
        "“An area of your own”, in the filters",
        "Stockton-on-Tees 001A",
        "Koper 1995 (Justice Quarterly 12:649), at 22:15",
        "Import boundaries with: python -m data import-geography FILE…",
    ],
)
def test_our_own_sentences_stay_as_they_are(sentence):
    assert encoded.markdown(sentence) == sentence
    assert encoded.plain(sentence) == sentence
    assert encoded.deck_text(sentence) == sentence


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_of_a_map_is_a_directive(text):
    assert not encoded.deck_text(text).startswith("@@")


@given(st.text())
@examples(60)
def test_a_style_sheet_shows_the_text_and_nothing_ends_its_string(text):
    written = encoded.css_string(text)
    assert not set(written) & set('"\n\r<>{}')
    # as a browser reads it: a backslash, hexadecimal digits and one space are a character
    shown = re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), written)
    assert shown == text.replace("\0", "")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_line_above_a_csv_table_begins_no_formula_and_swallows_no_row(text):
    written = csv_bytes(pd.DataFrame({"a,b": ["x,=y", "1"]}), [text, "Second"]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows[1] == ["# Second"]
    assert rows[2:] == [["a,b"], ["x,=y"], ["1"]]
    assert rows[0][0].startswith("# ")
    for cell in rows[0]:
        assert cell.lstrip(" \"'")[:1] not in {"=", "@", "+", "-"} or cell.lstrip().startswith("'")


@given(st.text(alphabet="=+-@,;|\"' \tab\n", max_size=12))
@examples(200)
def test_whatever_stands_above_a_table_its_cells_begin_no_formula(text):
    for cell in next(csv.reader([encoded.heading_line(text)])):
        assert cell.lstrip()[:1] not in {"=", "@", "+", "-", "\t"}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CON", "con-table.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ("ሀ", "table.csv"),
        ("a" * 5_000, "a" * 100 + ".csv"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(title, name):
    assert encoded.file_name(title, "csv") == name


def test_a_sheet_has_a_name_that_excel_takes():
    name = encoded.sheet_name("'[a]:*?/\\b\0'" + "x" * 40)
    assert len(name) <= 31
    assert not set("[]:*?/\\\0") & set(name)
    assert name.strip("'") == name
    assert encoded.sheet_name("''") == "Sheet"


def test_a_line_of_a_log_is_one_line():
    assert encoded.log_line("a\nb\x1b[31m" + "x" * 600).count("\n") == 0
    assert len(encoded.log_line("x" * 600)) == 500
    assert json.dumps(encoded.log_line("a\u2028b")) == '"a b"'


def test_html_is_shown_as_it_was_written_and_in_its_own_order():
    assert encoded.html_text('<a href="x">\0\u202e & b') == "&lt;a href=&quot;x&quot;&gt; &amp; b"
    assert encoded.html_text("12 %\N{NO-BREAK SPACE}é") == "12 %\N{NO-BREAK SPACE}é"
