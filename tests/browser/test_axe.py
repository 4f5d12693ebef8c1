"""No page has a violation of ours by axe, with every fold open: by day, by night and on a phone.

One reader goes from page to page by the menu, as people do: a page is then drawn in a browser that has the app's
programs, and the whole walk takes less than half of what opening each page cold does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from pages.frame.menu import MENU
from tests.browser.conftest import settle
from tests.browser.test_pages import LINKS

NAMES = dict(zip(LINKS, [entry.name for section in MENU.values() for entry in section.values()], strict=True))

EVERYWHERE = ("", "incidents")
"""Looked at by night and on a phone too: the board, reason and folds, and filters of its own, map, legend, long table."""

ON_A_PHONE = {
    "runOnly": ["color-contrast", "scrollable-region-focusable", "target-size", "heading-order", "region"]
}
"""What can change with the width: what lies over what, scrolls, stands close, or is left out."""

BY_NIGHT = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""All that a scheme changes are colours; the rest was looked at by day, in the same page."""

STREAMLITS_OWN = {
    # its link to the content stands before its only landmark, and its place in the page cannot be chosen
    ("region", "stSkipToContent"): len(LINKS),
    # a file's box is a <section role="presentation"> that has a label; it is Streamlit's, and so is its label
    ("presentation-role-conflict", "stFileUploaderDropzone"): 13,
}
"""What Streamlit 1.67 breaks by itself: rule, element, and how many there are over all pages by day."""

ALL_OPEN = """() => {
    const shut = [...document.querySelectorAll('.stMain details:not([open]) > summary')];
    shut.forEach(each => each.click());
    return !shut.length;
}"""
IS_DARK = "() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'"


@dataclass(frozen=True)
class Violation:
    """A rule that an element breaks, on the page of a link as it looked; ``element`` is Streamlit's name of it, if it has one."""

    link: str
    look: str
    rule: str
    element: str
    html: str


def violations(page: Page, link: str, look: str, options: dict | None = None) -> Iterator[Violation]:
    """Yield what axe finds on the page as it stands."""
    response = Axe().run(page, options={"resultTypes": ["violations"], **(options or {})}).response
    for each in response["violations"]:
        for node in each["nodes"]:
            named = re.match(r"<[^>]*?data-testid=\"(st\w+)\"", node["html"])
            yield Violation(link, look, each["id"], named[1] if named else "", node["html"][:160])


def unfold(page: Page) -> None:
    """Open every fold, and wait until what was in them is drawn."""
    page.wait_for_function(ALL_OPEN, polling=400)
    page.wait_for_timeout(300)  # a fold opens by a movement
    settle(page)


@pytest.fixture(scope="module")
def found(real_app, open_for_all) -> list[Violation]:
    page = open_for_all(real_app)
    seen: list[Violation] = []
    for link, name in NAMES.items():
        if link:
            page.locator("nav").get_by_role("link", name=name, exact=True).click()
            page.wait_for_function("name => document.title.startsWith(name + ' –')", arg=name)
            settle(page)
        unfold(page)
        seen += violations(page, link, "1280 light")
        if link in EVERYWHERE:
            page.emulate_media(color_scheme="dark")
            page.wait_for_function(IS_DARK)
            page.wait_for_timeout(500)  # the titles of folds come to their colour by and by
            seen += violations(page, link, "1280 dark", BY_NIGHT)
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 390, "height": 1000})
            settle(page)
            seen += violations(page, link, "390 light", ON_A_PHONE)
            page.set_viewport_size({"width": 1280, "height": 1000})
            settle(page)
    return seen


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link or "overview")
def test_a_page_has_no_violation_of_ours(found, link):
    ours = [each for each in found if each.link == link and (each.rule, each.element) not in STREAMLITS_OWN]
    assert not ours, "\n".join(map(str, ours))


def test_streamlits_own_violations_do_not_grow(found):
    counts = Counter((each.rule, each.element) for each in found if each.look == "1280 light")
    assert {key: counts[key] for key in STREAMLITS_OWN if counts[key] > STREAMLITS_OWN[key]} == {}
