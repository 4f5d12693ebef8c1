"""The meeting view in a real browser: what is read from the back of a room, gone through by keys, and left again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable

import pytest

from tests.browser import room, screen
from tests.browser.conftest import ARTEFACTS
from tests.browser.cutting import way_to
from tests.browser.meeting import ORDER, WHERE, Seen
from tests.browser.test_each_page import STREAMLITS_OWN
from tests.browser.visit import LINKS, SHOWN
from tests.browser.waiting import WAIT, settle, still
from tests.exhaustive import times

SMALLEST = 18
"""Pixels of a letter in a window of 1280 x 720, sources apart."""

LARGER = 1.5
"""Times that a text is larger than outside the meeting view."""

BAR = 60
"""Pixels of height of the bar at the foot of a window of 1280 x 720."""

TARGET = 44
"""Pixels across anything that is pressed."""

SCREENS = 11
"""Of a meeting: six questions, the reason of a cell after each of the two boards, the map after three with cards."""

READ_AT_A_DESK = {"centres", "how_to_read", "data", "country", "pack", "methods", "accessibility"}
"""Pages about the program: no screen of a meeting leads to them, and the glossary stands for their form."""

CONNECTION = """there => there === (
    document.querySelector('[data-testid=stApp]').dataset.testConnectionState === 'CONNECTED')"""
"""Whether the page says that it is connected to the app, as Streamlit writes it down for tests."""

CUT = float(os.environ.get("TOWN_CENTRES_CUT", times(3, 30)))
"""Seconds that the connection stays cut. Streamlit's server keeps a reader for two minutes, so 3 s and 30 s come back in
the same way; an exhaustive run, or ``TOWN_CENTRES_CUT=30``, tries the whole 30."""


@pytest.fixture
def seen(visit) -> Callable[[str], Seen]:
    """Return a function that gives what was seen of a screen on both walls, in the visit to its page."""
    return lambda link: visit(link.split("?", maxsplit=1)[0]).meeting[link]


SCREENS_SHOWN = [link for link in ORDER if link.split("?")[0] in SHOWN]

each_screen = pytest.mark.parametrize("link", SCREENS_SHOWN, ids=lambda link: link or "overview")
each_wall = pytest.mark.parametrize("width", [wall["width"] for wall in room.WALLS])


@each_wall
@each_screen
def test_nothing_but_sources_is_smaller_than_can_be_read_from_the_back(seen, link, width):
    texts = seen(link).texts[width]
    small = [each for each in texts if not each.source and each.size < SMALLEST * width / 1280 - 0.01]
    assert texts
    assert not small


@each_wall
@each_screen
def test_every_text_is_half_as_large_again_as_outside_the_meeting_view(seen, link, width):
    look = seen(link)
    shared = [each for each in look.texts[width] if each.words in look.outside and not each.source]
    # Windows of 1280 and 1920 pixels are read from the same chairs
    less = [
        (each, look.outside[each.words])
        for each in shared
        if each.size < LARGER * look.outside[each.words] * width / 1280 - 0.3
    ]
    assert shared
    assert not less


@each_wall
@each_screen
def test_what_is_pressed_is_44_pixels_across(seen, link, width):
    targets = seen(link).targets[width]
    assert targets
    assert [each for each in targets if min(each["width"], each["height"]) < TARGET - 0.01] == []


@each_wall
@each_screen
def test_question_answer_picture_and_sources_stand_under_each_other(seen, link, width):
    boxes = seen(link).boxes[width]
    assert None not in boxes
    tops = [box["y"] for box in boxes]
    assert tops == sorted(tops)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)


@each_screen
def test_nothing_to_choose_is_in_the_way_and_nothing_is_beside_the_wall(seen, link):
    look = seen(link)
    assert look.barred == 0
    assert not look.sideways


@each_screen
def test_the_meeting_view_has_no_violation_of_ours(seen, link):
    ours = [each for each in seen(link).violations if (each.rule, each.element) not in STREAMLITS_OWN]
    assert not ours, "\n".join(map(str, ours))


@each_wall
@pytest.mark.parametrize("link", [link for link in SCREENS_SHOWN if ORDER[link] == WHERE])
def test_a_map_is_seen_whole_without_scrolling(seen, link, width):
    box = seen(link).boxes[width][WHERE.index(screen.MAP)]
    height = next(wall["height"] for wall in room.WALLS if wall["width"] == width)
    assert box["y"] + box["height"] <= height - BAR * width / 1280


def test_every_page_of_the_menu_was_looked_at():
    assert {link.split("?")[0] for link in ORDER} | READ_AT_A_DESK == set(LINKS)


# through a meeting


def at(page, number: int) -> None:
    """Wait until the screen of this number, from 1, is shown whole."""
    page.get_by_text(f"Screen {number} of {SCREENS}", exact=True).wait_for()
    page.wait_for_function("number => !document.querySelector('[data-stale=true]')", arg=number)
    settle(page)
    still(page)


def scrolled(page) -> float:
    return page.evaluate("document.querySelector('.stMain').scrollTop")


def to_the_foot(page, key: str = "PageDown") -> None:
    """Press the key until the screen's foot is seen, and it would lead on."""
    rest = "document.querySelector('.stMain')"
    while page.evaluate(f"{rest}.scrollHeight - {rest}.clientHeight - {rest}.scrollTop") > 2:
        before = scrolled(page)
        page.keyboard.press(key)
        page.wait_for_function("before => document.querySelector('.stMain').scrollTop > before", arg=before)
        still(page)


def test_keys_alone_lead_through_a_whole_meeting(real_app, open_page):
    page = open_page(f"{real_app}/?meeting=true")
    page.set_viewport_size(room.WALLS[0])
    at(page, 1)
    ARTEFACTS.mkdir(exist_ok=True)
    # into the board: a cell is the next screen
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.shadowRoot?.activeElement?.dataset.cell ?? ''"):
            break
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    at(page, 2)
    page.get_by_role("heading", name="Stockton Town Centre: shoplifting").wait_for()
    assert page.locator(".board").is_hidden()
    questions, sizes = [], {}
    for number in range(3, SCREENS + 1):
        # by turns as a hand on the keyboard and as a remote does it: to the foot of the screen, and on
        if number % 2:
            page.keyboard.press("ArrowRight")
        else:
            to_the_foot(page)
            page.keyboard.press("PageDown")
        at(page, number)
        assert scrolled(page) == 0
        assert page.locator(".looking").is_visible()
        questions.append(page.locator("h1").first.inner_text())
        answer = [each for each in room.texts(page) if not each.source]
        sizes[f"{number} {questions[-1]}"] = min(each.size for each in answer)
    assert [each.split()[0] for each in dict.fromkeys(questions)] == [
        "What",
        "Where",
        "What",
        "What",
        "Where",
    ]
    assert min(sizes.values()) >= SMALLEST
    (ARTEFACTS / "meeting-sizes.json").write_text(json.dumps(sizes, indent=1), encoding="utf-8")
    # at the last there is no next; and back to the cell that was chosen
    page.keyboard.press("ArrowRight")
    for number in range(SCREENS - 1, 1, -1):
        page.keyboard.press("ArrowLeft" if number % 2 else "PageUp")
        at(page, number)
    page.get_by_role("heading", name="Stockton Town Centre: shoplifting").wait_for()


def test_keys_alone_find_why_a_change_stands_out(real_app, open_page):
    page = open_page(real_app)
    page.set_viewport_size(room.WALLS[0])
    page.get_by_role("button", name="Meeting view").focus()
    page.keyboard.press("Enter")
    at(page, 1)
    # from the first that stands out, which has the board's one Tab stop, up to the first of its column
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.shadowRoot?.activeElement?.dataset.cell ?? ''"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    at(page, 2)
    reason = page.locator(".reason").inner_text()
    assert "Billingham Town Centre: violence and sexual offences" in reason
    assert "fell more than similar places" in reason
    assert "fell from 163 to 100" in reason
    assert re.search(r"about 1 in \d+ ended as far below", reason)
    assert min(each.size for each in room.texts(page) if not each.source) >= SMALLEST


def test_a_remote_leaves_the_board_its_keys_and_the_buttons_lead_on(real_app, open_page):
    page = open_page(f"{real_app}/?meeting=true")
    page.set_viewport_size(room.WALLS[0])
    at(page, 1)
    to_the_foot(page)
    page.locator('.board button[tabindex="0"]').focus()
    to_the_foot(page)
    for key in ("PageDown", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    still(page)
    at(page, 1)
    page.evaluate("document.activeElement.blur()")
    page.get_by_role("button", name="Next").click()
    at(page, 2)
    page.get_by_role("button", name="Previous").click()
    at(page, 1)


def test_a_cell_that_is_picked_already_opens_its_screen_too(real_app, open_page):
    page = open_page(f"{real_app}/?meeting=true")
    at(page, 1)
    page.locator('.board button[aria-pressed="true"]').click()
    at(page, 2)
    page.wait_for_url("**screen=why*")
    again = open_page(page.url)
    at(again, 2)


def state(page) -> dict:
    """Return what a reader has made of a page: its address, the folds that are open, the cell, and what is chosen."""
    return page.evaluate(
        """() => ({
            address: [...new URL(location.href).searchParams].map(String).sort(),
            folds: [...document.querySelectorAll('.stMain details')].map(d => [d.innerText.split('\\n')[0], d.open]),
            cell: document.querySelector('h1').innerText,
            chosen: [...document.querySelectorAll('.stSelectbox')].map(each => each.innerText),
        })"""
    )


def test_leaving_brings_the_page_back_as_it_was(real_app, open_page):
    page = open_page(f"{real_app}/?one_crime=Burglary")
    page.locator('.board button[data-cell="billingham-town-centre~burglary"]').click()
    page.get_by_role("heading", name="Billingham Town Centre: burglary").wait_for()
    for title in ("Month by month, every crime type", "How sure are we?"):
        screen.open_fold(page, title)
    before = state(page)
    page.get_by_role("button", name="Meeting view").click()
    at(page, 1)
    page.keyboard.press("ArrowRight")
    at(page, 2)
    page.get_by_role("heading", name="Billingham Town Centre: burglary").wait_for()
    page.get_by_role("button", name="Leave meeting view").click()
    page.locator(".st-key-menu").wait_for()
    page.locator(".st-key-meeting").wait_for(state="detached")
    settle(page)
    still(page)
    page.wait_for_function("() => !location.href.includes('screen=why')")
    assert state(page) == before
    screen.painted(page)


def test_a_link_for_maps_on_a_projector_opens_in_the_meeting_view(real_app, open_page):
    page = open_page(f"{real_app}/hotspots?projector=true")
    at(page, 3)
    page.wait_for_url("**meeting=true*")
    assert "projector" not in page.url


def test_a_connection_that_was_cut_comes_back_to_the_same_screen(real_app, open_page):
    with way_to(real_app) as (way, address):
        page = open_page(f"{address}/?meeting=true&cell=billingham-town-centre~burglary")
        at(page, 1)
        page.keyboard.press("ArrowRight")
        at(page, 2)
        way.cut()
        page.wait_for_function(CONNECTION, arg=False, timeout=WAIT)
        page.wait_for_timeout(CUT * 1000)  # not a wait for something to be there: the cut itself
        way.mend()
        # whoever presses on is led on as soon as the app is there again: what is pressed before that is lost
        page.wait_for_function(CONNECTION, arg=True, timeout=WAIT)
        at(page, 2)
        page.get_by_role("heading", name="Billingham Town Centre: burglary").wait_for()
        page.keyboard.press("ArrowRight")
        at(page, 3)
