"""What is too much for a slide goes on over further ones, or says how much more there is and where; nothing is lost or clipped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pages.pack.slides import measure
from pages.pack.slides.deck import MOST_SLIDES, TEXT, Column, Grid, GridCell, Line, Slide, Words, bullets
from pages.pack.slides.fit import SIZES, fitted, title_of
from pages.pack.slides.page import Box, page_of

PAGE = page_of(960, 540, Box(36, 22, 888, 74))
SENTENCE = "Recorded burglary fell from 23 to 9; the rest of the district fell by 13%."


def lines_of(slides):
    return [
        line
        for slide in slides
        for placed in slide.blocks
        if isinstance(placed.block, Words)
        for line in placed.block.lines
    ]


def grid(rows: int, words: str = "about 1 in 49") -> Grid:
    return Grid(
        ("Place", "Recorded", "Verdict"),
        tuple((GridCell(f"Place {at}"), GridCell(str(at)), GridCell(words)) for at in range(rows)),
    )


def test_a_few_words_stand_large_and_many_small_on_further_slides():
    few, many = (fitted(Slide("Title", (Column((bullets(*[SENTENCE] * n),)),)), PAGE) for n in (3, 20))
    assert [line.size for line in lines_of(few)] == [SIZES[0]] * 3
    assert len(few) == 1
    assert [line.size for line in lines_of(many)] == [TEXT] * 20
    assert [slide.title for slide in many] == ["Title", "Title (continued)"]


@given(st.integers(1, 120), st.booleans())
def test_every_line_stands_on_a_slide_or_is_counted(number, headed):
    said = [Line(f"{at}: {SENTENCE}", bold=headed and at % 5 == 0, bullet=True) for at in range(number)]
    slides = fitted(
        Slide("Title", (Column((Words(tuple(said)),)),), rest="The rest is in the workbook."), PAGE
    )
    shown = lines_of(slides)
    assert len(slides) <= MOST_SLIDES
    more = [line.text for line in shown if line.text.endswith("The rest is in the workbook.")]
    if more:
        assert int(more[0].split(" ")[0]) + len(shown) - 1 == number
    else:
        assert [line.text for line in shown] == [line.text for line in said]
    for slide in slides:
        for placed in slide.blocks:
            assert placed.box.bottom <= PAGE.body.bottom + 0.01


@given(st.integers(0, 90), st.sampled_from(["ordinary", SENTENCE, SENTENCE * 3, "x" * 60]))
def test_every_row_stands_on_a_slide_or_is_counted(rows, words):
    slides = fitted(
        Slide("Title", (Column((grid(rows, words),)),), rest="The rest is in the workbook."), PAGE
    )
    shown = [row for slide in slides for placed in slide.blocks for row in placed.block.rows]
    more = [row[0].text for row in shown if row[0].text.endswith("The rest is in the workbook.")]
    assert (int(more[0].split(" ")[0]) + len(shown) - 1 if more else len(shown)) == rows
    for slide in slides:
        for placed in slide.blocks:
            assert abs(sum(placed.heights) - placed.box.height) < 0.01
            assert placed.box.bottom <= PAGE.body.bottom + 0.01
            assert sum(placed.widths) <= PAGE.body.width + 0.01


def test_a_table_with_more_columns_than_fit_goes_on_beside_its_first_column():
    heads = ("Place", *(f"Incidents-{at}-recorded" for at in range(8)))
    rows = (tuple(GridCell("Thornaby" if at == 0 else f"{at},000") for at in range(9)),)
    slides = fitted(Slide("Title", (Column((Grid(heads, rows),)),)), PAGE)
    parts = [placed.block for slide in slides for placed in slide.blocks]
    assert all(part.heads[0] == "Place" for part in parts)
    assert [head for part in parts for head in part.heads[1:]] == list(heads[1:])


def test_what_is_shortened_stands_whole_in_the_notes():
    long = " ".join([SENTENCE] * 12)
    slide = Slide("Title", (Column((bullets(long), grid(1, long))),))
    [first, *_] = fitted(slide, PAGE)
    assert long in first.slide.notes
    assert any(long in note and note != long for note in first.slide.notes)
    assert "stands whole in the notes" in first.slide.source


def test_a_title_that_names_too_much_keeps_its_count():
    long = (
        "4 of 24 changes are more than ordinary ups and downs. " + "Burglary in a very long place, down. " * 8
    )
    title, size = title_of(long, PAGE)
    assert title == "4 of 24 changes are more than ordinary ups and downs"
    assert size == 30.0


@given(st.text(max_size=400))
def test_a_title_fits_its_box(words):
    title, size = title_of(words, PAGE)
    assert measure.height_of(title, size, PAGE.title.width, bold=True) <= PAGE.title.height + 0.01
