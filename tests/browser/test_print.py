"""Pages on paper: printed from a dark room, as Chromium's PDF, in the visit to it.

The sheets stay in `tests/artefacts` as PDF and as pictures, for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from pages.frame.menu import MENU
from tests.browser import screen
from tests.browser.conftest import ARTEFACTS
from tests.browser.paper import A4, Sheets, press, read
from tests.browser.visit import NAMES, ON_PAPER

MOST_SHEETS = 2

MARGIN = 28
"""Points of A4's margin, a little less than `print.css` asks for: 11 mm are 31."""

STILL_WIDTH = 1600
"""Pixels across the picture of a map; a chart from a dark room, whose colours are turned, is a picture of another width."""

DOCUMENTS = {
    script.split("/")[1]
    for section in MENU.values()
    for script, entry in section.items()
    if entry.is_document
}
QUESTIONS = {
    "" if script == "review/overview" else script.split("/")[1]: entry.question
    for section in MENU.values()
    for script, entry in section.items()
}

HAS_MAP = {"", "centres", "hotspots", "retail_crime", "safer_streets", "nte", "incidents", "high_crime"}
"""Pages that show a map while every fold is closed."""

SURE = {"", "hotspots", "safer_streets", "nte", "evaluation", "high_crime"}
"""Pages with a fold on how sure the figures are, which is printed though it is closed."""

NO_USE_ON_PAPER = (
    "Copy link", "Reset", "Meeting view", "Print this page", "Open every part", "Download as", "Template (CSV)",
    "Bring your own records", "Click ground to choose", "Get the data of", "Before:", "Next:",
)  # fmt: skip


@pytest.fixture
def printed(visit) -> Callable[[str], Sheets]:
    """Return a function that gives the sheets of a page, which are printed in the visit to it."""
    return lambda link: visit(link).sheets


each_page = pytest.mark.parametrize("link", ON_PAPER, ids=lambda link: link or "overview")


@each_page
def test_a_page_is_two_sheets_at_the_most_or_says_why_not(printed, link):
    sheets = printed(link)
    if link in DOCUMENTS:
        assert "takes as many sheets as it has" in sheets.words
    else:
        assert len(sheets.texts) <= MOST_SHEETS


@each_page
def test_it_has_question_sources_and_the_address_of_the_view(printed, link):
    words = printed(link).words
    assert QUESTIONS[link].split()[0] in words
    assert f"/{link}" in words
    assert "This view, printed on" in words
    assert "What the words on this page mean" not in words, "a closed fold"
    assert "Open Government Licence v3.0" in words


@each_page
def test_nothing_to_be_pressed_is_printed(printed, link):
    words = printed(link).words
    named = {"Download as"} if link == "accessibility" else set()  # the statement speaks of that button
    assert [each for each in NO_USE_ON_PAPER if each in words and each not in named] == []
    assert f"Overview {NAMES['hotspots']}" not in words


@each_page
def test_no_word_is_cut_by_the_edge_of_a_sheet(printed, link):
    outside = [
        box
        for box in printed(link).boxes
        if box[0] < MARGIN or box[1] < MARGIN or box[2] > A4[0] - MARGIN or box[3] > A4[1] - MARGIN
    ]
    assert outside == []


@each_page
def test_it_is_light_whatever_the_theme(printed, link):
    for picture in printed(link).pictures:
        pixels = np.asarray(picture.convert("L"))
        assert pixels[:20].min() == 255, "the margin of a sheet is white"
        assert (pixels > 200).mean() > 0.7


@each_page
def test_no_sheet_is_blank_and_no_picture_is(printed, link):
    sheets = printed(link)
    assert all(len(text.strip()) > 40 for text in sheets.texts)
    maps = [each for each in sheets.images if each.width == STILL_WIDTH]
    assert len(maps) == (link in HAS_MAP)
    assert all(len(each.resize((200, 200)).getcolors(40_000) or ()) > 50 for each in maps)


@pytest.mark.parametrize("link", sorted(SURE & set(ON_PAPER)), ids=lambda link: link or "overview")
def test_how_sure_the_figures_are_is_printed_though_its_fold_is_closed(printed, link):
    assert "How sure are we?" in printed(link).words
    # of the Overview's two, one has a figure and tables besides
    assert ("More of it stands behind this title" in printed(link).words) or link not in ("", "high_crime")


def test_folds_are_printed_as_they_were_left_and_the_paper_says_that_it_may_be_longer(real_app, open_page):
    page = open_page(f"{real_app}/evaluation")
    screen.open_fold(page, "Was the baseline a bad year?")
    press(page)
    path = ARTEFACTS / "paper-evaluation-open.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    words = read(path).words
    assert "Parts that were open are printed" in words
    assert "Was the baseline a bad year?" in words
    assert "Against a mixture of other places" not in words
    # on the screen nothing of it is seen, and a reader's next choice takes it away
    assert page.locator("[class*=st-key-on-paper-]").first.is_hidden()


def test_a_phone_prints_what_it_folds_away_and_a_wide_window_does_not(real_app, open_page):
    page = open_page(real_app, width=390, scheme="dark")
    press(page)
    path = ARTEFACTS / "paper-overview-from-a-phone.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    sheets = read(path)
    assert len(sheets.texts) <= MOST_SHEETS
    assert "Keep in mind" in sheets.words and "A change in what is recorded can come from" in sheets.words
    assert "What only a phone closes is printed." in sheets.words
    assert "scroll sideways" not in sheets.words
    assert "How whole the data are: 22 months" not in sheets.words, "a fold in every window"


def test_a_browsers_own_printing_says_how_a_map_is_printed(real_app, open_page):
    page = open_page(f"{real_app}/high_crime")
    path = ARTEFACTS / "paper-by-the-browser.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    words = read(path).words
    assert "press “Print this page” at the foot of the page" in words
    assert "This view, printed on" in words
