"""Every page, opened cold by its link in a wide window, and come to by the menu on a phone in the dark.

What a visit found is asked here, a behaviour a test; no test opens a page that another has opened in the same way.
No page has a violation of ours by axe, with every fold open: by day, by night and on a phone.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from tests.browser import reach
from tests.browser.visit import (
    EVERYWHERE,
    FIRST_SCREEN,
    LINKS,
    MOST_SCREENS,
    NAMES,
    PHONE,
    SCREEN,
    WIDE,
    WINDOW,
    next_of,
)

STREAMLITS_OWN = {
    # its link to the content stands before its only landmark, and its place in the page cannot be chosen
    ("region", "stSkipToContent"): len(LINKS),
    # a file's box is a <section role="presentation"> that has a label; it is Streamlit's, and so is its label
    ("presentation-role-conflict", "stFileUploaderDropzone"): 16,
}
"""What Streamlit 1.67 breaks by itself: rule, element, and how many there are over all pages by day."""

STREAMLITS_LONG_NAMES = ("Fullscreen: ", "Show data: ", "Download as PNG: ", "Copy Vega-Lite spec: ")
"""How its buttons on a picture begin: they repeat all of what the picture says, and cannot be named."""

LONGEST_NAME = 120
"""Letters: a cell of the board says place, crime type, both counts, change and verdict."""

each_page = pytest.mark.parametrize("link", LINKS, ids=lambda link: link or "overview")
each_look = pytest.mark.parametrize("look", [WIDE, PHONE], ids=lambda look: f"{look[0]}-{look[1]}")

of_the_frame = pytest.mark.parametrize(
    ("opened", "look"), [(WIDE, "1280 light"), (WIDE, "1280 dark"), (PHONE, "390 light")]
)


@each_look
@each_page
def test_a_page_opens_with_heading_and_title(visit, link, look):
    seen = visit(link, look)
    assert seen.heading
    assert seen.exceptions == 0
    assert seen.title == f"{NAMES[link]} – Safe Town Centres"


@each_look
@each_page
def test_a_page_calls_nobody_else(visit, link, look):
    assert visit(link, look).outside == []


@each_look
@each_page
def test_a_page_never_scrolls_sideways(visit, link, look):
    assert not visit(link, look).sideways


@each_page
def test_the_menu_leads_on_to_the_next_page(visit, link):
    assert visit(link, PHONE).next_title == f"{NAMES[next_of(link)]} – Safe Town Centres"


# the first screen, in the least window


def inside(box: dict | None) -> bool:
    if box is None:  # drawn nowhere
        return False
    right, foot = box["x"] + box["width"], box["y"] + box["height"]
    return box["x"] >= 0 and box["y"] >= 0 and right <= SCREEN["width"] and foot <= SCREEN["height"]


def test_the_first_screen_holds_sentence_board_and_reason(visit):
    seen = visit("")
    firsts = {selector: found[0] for selector, found in seen.boxes.items() if found}
    assert set(firsts) == set(FIRST_SCREEN[""])
    assert all(map(inside, firsts.values())), firsts
    # the reason stands at the side of the board, and no cell is cut
    board, reason = firsts[".board table"], firsts[".reason"]
    assert reason["x"] >= board["x"] + board["width"]
    assert len(seen.cells) == 48
    assert all(over <= 0 for over, _, _ in seen.cells), seen.cells


NUMBER = {"hotspots": 3, "retail_crime": 3, "safer_streets": 3, "high_crime": 10}
"""Of cards or places that the first screen is to hold, where it is more than one."""


@pytest.mark.parametrize("link", [link for link in FIRST_SCREEN if link])
def test_the_first_screen_holds_the_answer_and_a_picture(visit, link):
    boxes = visit(link).boxes
    assert set(boxes) == set(FIRST_SCREEN[link])
    for selector, all_of_it in boxes.items():
        wanted = all_of_it[: NUMBER.get(link, 1) if selector in {"li.card", ".table tbody tr"} else 1]
        assert wanted, selector
        assert all(map(inside, wanted)), (selector, wanted)
    assert len(boxes.get("li.card", ())) in {0, NUMBER.get(link, 1)}


# on a phone, and in the least window


@each_page
def test_a_page_has_four_screens_of_a_phone_at_the_most(visit, link):
    assert visit(link, PHONE).screens <= MOST_SCREENS


@pytest.mark.parametrize(
    "link", [link for link in FIRST_SCREEN if link != "centres"]
)  # there a centre is chosen first
def test_the_answer_comes_first_on_a_phone(visit, link):
    assert 0 < visit(link, PHONE).answer < WINDOW


@each_page
def test_what_is_pressed_on_a_phone_is_44_pixels_across(visit, link):
    assert visit(link, PHONE).small == []


@each_page
def test_no_page_scrolls_sideways_at_320_pixels_or_400_per_cent(visit, link):
    assert visit(link, PHONE).narrow == {"phone": False}
    assert visit(link).narrow == {"400%": False}


# by hand, and by ear


@each_page
def test_no_text_is_cut_off_when_a_reader_spaces_it(visit, link):
    assert visit(link).cut == []


@pytest.mark.parametrize("link", EVERYWHERE, ids=lambda link: link or "overview")
def test_the_focus_is_seen_at_every_stop(visit, link):
    stops = visit(link).stops
    assert len(stops) > 20
    assert [stop["name"] for stop in stops if not stop["seen"]] == []


@each_page
def test_every_control_and_every_picture_has_a_short_name(visit, link):
    named = [node for node in visit(link).tree if node.role in reach.CONTROLS | reach.PICTURES]
    assert named
    assert [node for node in named if not node.name] == []
    controls = [node for node in named if node.role in reach.CONTROLS]
    ours = [node for node in controls if not node.name.startswith(STREAMLITS_LONG_NAMES)]
    assert [node for node in ours if len(node.name) > LONGEST_NAME] == []


@each_page
def test_what_changes_is_said_when_a_reader_pauses_and_nothing_else_is(visit, link):
    live = [node for node in visit(link).tree if node.live in ("polite", "assertive")]
    assert {node.role for node in live} <= {"status", "alert"}
    assert "polite" in {node.live for node in live}
    assert all(node.name == "" for node in live if node.role == "status"), "nothing has changed yet"


@each_page
def test_headings_begin_with_the_question_and_skip_no_level(visit, link):
    levels = [node.level for node in visit(link).tree if node.role == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_a_screen_reader_comes_to_question_answer_board_reason_and_sources_in_this_order(visit):
    tree = visit("").tree
    marks = [
        ("navigation", "Pages"),
        ("heading", "Are our town centres"),
        ("region", "The answer in short"),
        ("grid", "Change by place and crime type"),
        ("region", "Why this change stands out"),
        ("sectionfooter", ""),
    ]
    at = [
        next(at for at, node in enumerate(tree) if node.role == role and node.name.startswith(name))
        for role, name in marks
    ]
    assert at == sorted(at)


@pytest.mark.parametrize("link", ["hotspots", "retail_crime", "safer_streets", "incidents", "high_crime"])
def test_a_map_says_its_finding_and_where_its_numbers_are(visit, link):
    tree = visit(link).tree
    (picture,) = [node for node in tree if node.role in reach.PICTURES and node.name.startswith("Map. ")]
    assert len(picture.name.split()) > 8
    after = tree[tree.index(picture) :]
    assert any(node.name.startswith("About this map: what it leaves out, its numbers") for node in after)


# what axe finds


@each_page
def test_a_page_has_no_violation_of_ours(visit, link):
    found = visit(link, WIDE).violations + visit(link, PHONE).violations
    ours = [each for each in found if (each.rule, each.element) not in STREAMLITS_OWN]
    assert not ours, "\n".join(map(str, ours))


def test_streamlits_own_violations_do_not_grow(visit):
    by_day = [each for link in LINKS for each in visit(link).violations if each.look == "1280 light"]
    counts = Counter((each.rule, each.element) for each in by_day)
    assert {key: counts[key] for key in STREAMLITS_OWN if counts[key] > STREAMLITS_OWN[key]} == {}


@of_the_frame
def test_the_frame_has_no_violation(visit, opened, look):
    assert visit("", opened).of_frame[look] == []


@of_the_frame
def test_what_is_chosen_under_change_can_be_read(visit, opened, look):
    assert visit("", opened).of_chips[look] == []
