"""The three steps of a first visit: read, closed for good, and in nobody's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ARTEFACTS, PHONE
from tests.browser.visit import SCREEN
from tests.browser.waiting import WAIT, settle

STEPS = ("What the board says", "How to choose", "Where real data come from")

REFUSES = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError') } })"
"""What a browser does that keeps nothing."""


@pytest.fixture
def newcomer(browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a browser that was never here."""
    contexts = []

    def open_(address: str, *, script: str = "", **options) -> Page:
        contexts.append(browser.new_context(viewport=SCREEN, reduced_motion="reduce", **options))
        contexts[-1].set_default_timeout(WAIT)
        if script:
            contexts[-1].add_init_script(script)
        page = contexts[-1].new_page()
        page.goto(address)
        settle(page)
        return page

    yield open_
    for context in contexts:
        context.close()


def steps(page: Page):
    return page.get_by_role("region", name="First visit")


def test_the_steps_are_read_by_keys_push_nothing_down_and_stay_closed_after_a_reload(real_app, newcomer):
    page = newcomer(real_app)
    steps(page).wait_for()
    headline = page.locator(".headline").bounding_box()
    ARTEFACTS.mkdir(exist_ok=True)
    for title in STEPS:
        button = steps(page).get_by_role("button", name=title)
        button.focus()
        page.keyboard.press("Enter")
        steps(page).get_by_text(f"{title}.", exact=False).last.wait_for()
        assert button.get_attribute("aria-expanded") == "true"
        page.screenshot(path=ARTEFACTS / f"first-visit-{STEPS.index(title) + 1}.png")
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
    assert "/how_to_read" in steps(page).locator("a").evaluate("link => link.href")
    address = page.url
    steps(page).get_by_role("button", name="Close for good").click()
    steps(page).wait_for(state="hidden")
    assert page.locator(".headline").bounding_box() == headline
    page.reload()
    settle(page)
    page.locator(".st-key-first-visit").wait_for(state="attached")
    assert not steps(page).is_visible()
    assert page.locator(".headline").bounding_box() == headline
    assert page.url == address, "it is no part of the link"


def test_a_browser_that_keeps_nothing_keeps_them_closed_for_the_session(real_app, newcomer):
    page = newcomer(real_app, script=REFUSES)
    steps(page).get_by_role("button", name="Close for good").click()
    page.locator(".st-key-first-visit").wait_for(state="detached")
    for name, question in (("Data", "What data"), ("Overview", "Are our town")):
        page.locator("nav").get_by_role("link", name=name, exact=True).click()
        page.wait_for_function(
            "words => document.querySelector('h1')?.innerText.startsWith(words)", arg=question
        )
        settle(page)
    assert page.locator(".st-key-first-visit").count() == 0


def test_on_a_phone_one_button_opens_all_three_and_the_answer_stays_on_the_first_screen(real_app, newcomer):
    page = newcomer(real_app, user_agent=PHONE)
    page.set_viewport_size({"width": 390, "height": 844})
    steps(page).get_by_role("button", name="Three steps").wait_for()
    answer = page.locator(".headline").bounding_box()
    assert answer["y"] + answer["height"] <= 844
    steps(page).get_by_role("button", name="Three steps").click()
    assert [steps(page).get_by_role("listitem").nth(at).is_visible() for at in range(3)] == [True] * 3
    box = steps(page).locator("#steps").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.screenshot(path=ARTEFACTS / "first-visit-390.png")


def test_there_are_none_in_the_meeting_view(real_app, newcomer):
    page = newcomer(f"{real_app}/?meeting=true")
    assert page.locator(".st-key-first-visit").count() == 0
