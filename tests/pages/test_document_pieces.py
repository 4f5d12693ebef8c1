"""A document's tables are drawn by us, its other Markdown by Streamlit, and no word of it is lost."""

from __future__ import annotations

import re

from pages.frame import document_pieces, documents
from pages.frame.document_pieces import DocumentTable, html_of, pieces

DOCUMENT = """# Title
Before.

## Of **marks**
| a | |
|---|---:|
| **one** of `x` | 2 < 3 |
| \\| | |

After | all.
"""


def test_a_table_is_a_piece_of_its_own_under_its_heading():
    before, table, after = pieces(DOCUMENT)
    assert before == "# Title\nBefore.\n\n## Of **marks**"
    assert table == DocumentTable("Of **marks**", ("a", ""), (("**one** of `x`", "2 < 3"), ("|", "")))
    assert after.strip() == "After | all."


def test_a_table_has_its_marks_its_row_headings_and_no_empty_heading():
    drawn = html_of(pieces(DOCUMENT)[1])
    assert '<th scope="row"><strong>one</strong> of <code>x</code></th><td>2 &lt; 3</td>' in drawn
    assert '<th scope="col">a</th><td></td>' in drawn
    assert "<th></th>" not in drawn
    assert 'tabindex="0" role="group" aria-label="Table under “Of marks”"' in drawn


def test_no_row_of_the_methods_is_lost_and_none_is_left_to_markdown():
    methods = documents.methods()
    drawn = pieces(methods)
    tables = [piece for piece in drawn if isinstance(piece, DocumentTable)]
    written = [line for line in methods.split("\n") if line.startswith("|")]
    assert sum(2 + len(table.rows) for table in tables) == len(written)
    assert all(len(row) == len(table.heads) for table in tables for row in table.rows)
    assert not any(re.search(r"^\|", piece, re.M) for piece in drawn if isinstance(piece, str))
    assert not any(mark in document_pieces.html_of(table) for table in tables for mark in ("**", "`"))


def test_chapters_are_all_of_a_document_each_under_its_own_title():
    first, *rest = document_pieces.chapters(documents.methods())
    assert first.text.startswith("# Methods")
    assert [each.title for each in rest[:2]] == ["Words", "Sources"]
    assert first.text + "".join(f"## {each.title}\n{each.text}" for each in rest) == documents.methods()
