"""What a run of the tests repeats, and what of it is asked for by name: ``TOWN_CENTRES_EXHAUSTIVE=1``, before a release.

A behaviour is tried on each page, store, name or moment that may differ in kind. The same code tried again on further ones
is a repetition: it takes minutes, and has found nothing that the first had not. Each of these tests runs always, with the
parameters that stand beside it here (one that has none there only repeats); the others are counted by pytest as deselected.
A parameter that ever failed stays. What depends on the page itself and is held for four pages alone is
said: paper, the meeting view, and axe with every fold open; the others of these the exhaustive run alone looks at. A test
that is asked for by its name (``file.py::test``) runs whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TypeVar

import pytest
from hypothesis import settings

EXHAUSTIVE = os.environ.get("TOWN_CENTRES_EXHAUSTIVE", "") not in {"", "0"}

T = TypeVar("T")

# pages of the app without a browser, by what only they draw
BOARD = "pages/review/overview.py"  # the board, its reason, charts, a map, an area of one's own
CARDS = "pages/review/hotspots.py"  # cards, an office's records, money, a map of marks
PLACES = "pages/explore/high_crime.py"  # a picker of its own, places in order, a map of clusters
LIST = "pages/explore/incidents.py"  # filters of the page's own, single rows, maps by view
MODEL = "pages/explore/evaluation.py"  # what would have been without it: charts of estimates
DATA = "pages/about/data.py"  # what is held, forms, every kind of record
PACK = "pages/about/pack.py"  # files by name, choices of parts

EVER: dict[str, tuple[str, ...]] = {
    # which filters a page draws is asked of every page (test_every_page); that each changes it, of each kind of use
    "tests/pages/test_filters.py::test_a_page_draws_the_filters_that_change_it_and_no_other": (
        BOARD, LIST, PLACES, DATA,
    ),
    # a chapter of each page over real months; over simulated ones, those with records of which the demonstration has any
    "tests/pages/test_pack_chapters.py::test_what_a_page_shows_is_in_its_chapter_and_nothing_else": (
        "*real_store*", "*overview*", "*hotspots*", "*perceptions*",
    ),
    # a district's name on a board, in a list of rows, and where names are given
    "tests/pages/test_names.py::test_every_figure_of_every_page_is_the_same_before_and_after": (
        BOARD, LIST, DATA,
    ),
    # drawn by what the area changes: board, patrolled ground, rows, estimates; and a page that it does not change
    "tests/pages/test_own_area.py::test_every_page_draws_with_an_area_of_ones_own_beside_the_town_centres": (
        BOARD, CARDS, LIST, MODEL, DATA,
    ),
    "tests/pages/test_own_area.py::test_every_page_draws_with_an_area_over_two_districts_alone": (
        BOARD, LIST, DATA,
    ),
    # one that hangs is given up, and so is one that was killed while it was a copy
    "tests/pages/test_pack_two.py::test_a_copy_that_is_killed_leaves_nothing_undone": (),
    # each cell of it is read by openpyxl; slides are opened in an office program always
    "tests/pages/test_pack_files.py::test_the_workbook_opens_in_an_office_program": (),
    # the demonstration's slides have every kind of chart and table; both are laid out in test_slides
    "tests/pages/slides/test_rendered.py::test_every_slide_is_a_page_with_something_on_it": ("invented",),
    # Markdown, a formula, signs that no font has, the longest, half a letter
    "tests/pages/slides/test_hostile_slides.py::test_a_name_comes_out_as_text": ("0", "5", "7", "13", "14"),
    "tests/pages/slides/test_other_cases.py::test_a_page_left_out_takes_its_slides_with_it": ("hotspots",),
    # TeX, letters without a form, a nought, letters from the right
    "tests/drawing/test_maps_hostile.py::test_a_picture_is_drawn_and_a_letter_without_a_form_is_a_box": (
        "4", "7", "10", "11",
    ),
    # each store with the periods of the review, and one with half of them
    "tests/data/test_proposals.py::test_no_figure_or_verdict_of_the_three_is_another_with_proposals_than_without": (
        "*periods0*", "*real_store*",
    ),
    # what every page sends is read without a browser (tests/pages/test_hostile_names.py); these draw each element that a
    # name can stand in: board, charts, maps, rows, lists to choose from, files by name
    "tests/browser/test_hostile_names.py::test_no_request_leaves_every_map_is_drawn_and_no_link_is_foreign": (
        BOARD, LIST, PACK,
    ),
    # by the same kind of job and the same download; what is in a whole pack is read in tests/pages
    "tests/browser/test_pack.py::test_three_clicks_from_a_fresh_start_give_the_pack": ("page",),
    # that they stay closed is asked of a browser that keeps things
    "tests/browser/test_first_visit.py::test_a_browser_that_keeps_nothing_keeps_them_closed_for_the_session": (),
    # the demonstration is drawn on every page in tests/pages
    "tests/browser/test_pages.py::test_a_page_opens_over_demonstration_data_and_says_so": ("overview",),
    # a map on a phone is that of the Overview, tapped in the dark
    "tests/browser/test_maps.py::test_the_simulated_survey_is_mapped_and_says_that_it_is_simulated": ("1280",),
}  # fmt: skip
"""Tests that repeat, and which of their parameters run always, as they stand in brackets (``*`` for anything)."""

PRINTED = ("", "incidents", "evaluation", "methods")
"""Links of pages put on paper: the board, filters with map and list, charts alone, and a document of many sheets."""

IN_A_MEETING = ("", "hotspots", "incidents", "perceptions")
"""Links of pages shown on both walls: the board and a reason, cards with a map, chart and map, and what asks for records.

A meeting goes through all its screens by keys besides.
"""

UNFOLDED = ("", "incidents", "retail_crime", "data")
"""Links of pages that axe looks at with every fold open: all that we draw stands in these. The others are looked at as they open."""


def some(usual: Sequence[T], every: Iterable[T]) -> list[T]:
    """Return those of ``every`` that are usual, in its order; all of them in an exhaustive run."""
    every = list(every)
    assert all(each in every for each in usual), usual
    return [each for each in every if EXHAUSTIVE or each in usual]


def times(usual: int, exhaustive: int) -> int:
    """Return how often something is tried: kills, flipped bytes, seconds without a connection."""
    return exhaustive if EXHAUSTIVE else usual


def examples(number: int, **more) -> settings:
    """Return the settings of a property that has so many made-up examples in an exhaustive run, and a third of them else."""
    return settings(max_examples=times(max(4, number // 3), number), deadline=None, **more)


def set_apart(items: list[pytest.Item], asked: Iterable[str]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Part tests into those to run and those that only repeat; ``asked`` is what the command line names.

    A parameter that is to run always and that no test has is an error: it would be a check that nobody misses.
    """
    if EXHAUSTIVE or any("::" in each for each in asked):
        return items, []
    usual: dict[str, set[str]] = {}
    runs, repeats = [], []
    for item in items:
        name = item.nodeid.split("[")[0]
        wanted = EVER.get(name)
        if wanted is None:
            runs.append(item)
            continue
        parameters = item.callspec.id if hasattr(item, "callspec") else ""
        matched = {each for each in wanted if fnmatchcase(parameters, each)}
        usual.setdefault(name, set()).update(matched)
        (runs if matched else repeats).append(item)
    for name, seen in usual.items():
        if missing := set(EVER[name]) - seen:
            raise pytest.UsageError(f"tests/exhaustive.py: {name} has no {', '.join(sorted(missing))}")
    return runs, repeats
