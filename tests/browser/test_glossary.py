"""A term tells its meaning on focus and on hover, in front of everything, beside the word or at the foot of a phone."""

from __future__ import annotations

import pytest

from tests.browser import screen
from tests.browser.conftest import ARTEFACTS

MEANING = """term => {
    const shown = getComputedStyle(term, '::after');
    return shown.content.includes('designated for patrol') && shown.visibility === 'visible';
}"""
SHOWN = "term => getComputedStyle(term, '::after').display !== 'none'"
IN_FRONT = """([term, x, y]) => document.elementFromPoint(x, y) === term"""


@pytest.mark.parametrize("width", [1280, 390])
def test_focus_shows_what_a_term_means(real_app, open_page, width):
    page = open_page(real_app, width=width)
    screen.unfold(page)
    term = page.locator(".notes .term", has_text="hotspots").first
    term.scroll_into_view_if_needed()
    assert not term.evaluate(MEANING)
    term.focus()
    assert term.evaluate(MEANING)
    box, height = term.bounding_box(), page.viewport_size["height"]
    below, above = box["y"] + box["height"] + 12, box["y"] - 12
    places = [(box["x"] + 8, below), (box["x"] + 8, above)] if width > 640 else [(width / 2, height - 30)]
    assert any(page.evaluate(IN_FRONT, [term.element_handle(), x, y]) for x, y in places)
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"glossary-focus-{width}.png")
    page.keyboard.press("Tab")
    assert not term.evaluate(MEANING)
    term.hover()
    assert term.evaluate(MEANING)
    page.keyboard.press("Escape")
    assert not term.evaluate(SHOWN)
    term.focus()
    assert term.evaluate(SHOWN)


def test_a_link_leads_to_its_term(real_app, open_page):
    page = open_page(f"{real_app}/glossary?sought=ward")
    assert page.locator(".stMain h3").first.inner_text() == "Ward"
    assert page.locator("#ward").count() == 1
    assert "sought=ward" in page.url


def test_a_link_to_a_term_scrolls_to_it_when_opened_cold(real_app, open_page):
    page = open_page(f"{real_app}/glossary#ward")
    page.wait_for_function(
        "() => { const top = document.getElementById('ward')?.getBoundingClientRect().top; "
        "return top >= 0 && top < window.innerHeight; }"
    )
