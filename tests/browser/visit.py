"""A visit: a page opened once by its link and looked at in every way that the tests ask about.

Opening a page is most of the time of a test in a browser. So each page is opened once in a wide window. There some are
printed, shown to a meeting, and unfolded for axe (`tests/exhaustive.py` says which). On a phone, one reader goes through
all of them by the menu. What is found is written down; each behaviour is then a test of its own over what was written down
(`test_each_page`, `test_print`, `test_meeting`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from pages.frame.menu import MENU
from tests.browser import meeting, paper, reach, screen
from tests.browser.axe import Violation, violations
from tests.browser.conftest import HEIGHT, keep
from tests.browser.waiting import settle, still
from tests.exhaustive import EXHAUSTIVE, IN_A_MEETING, PRINTED, UNFOLDED, some

NAMES = {
    ("" if script == "review/overview" else script.split("/")[1]): entry.name
    for section in MENU.values()
    for script, entry in section.items()
}
"""Each page's link, and its name in the menu."""
LINKS = tuple(NAMES)
ON_PAPER, SHOWN, OPENED = (some(usual, LINKS) for usual in (PRINTED, IN_A_MEETING, UNFOLDED))
"""Those that are put on paper, shown to a meeting, and looked at by axe with every fold open."""
IN_BAR = tuple(
    link
    for link, entry in zip(
        NAMES, (each for section in MENU.values() for each in section.values()), strict=True
    )
    if entry.in_bar
)
"""Those that the menu leads to."""

WIDE, PHONE = (1280, "light"), (390, "dark")
"""The two ways that every page is opened: the width of the window, and the light of the room."""

EVERYWHERE = ("", "incidents")
"""Looked at by night and on a phone too: the board, reason and folds, and filters of its own, map, legend, long table."""

ON_A_PHONE = {
    "runOnly": ["color-contrast", "scrollable-region-focusable", "target-size", "heading-order", "region"]
}
"""What can change with the width: what lies over what, scrolls, stands close, or is left out."""

BY_NIGHT = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""All that a scheme changes are colours; the rest was looked at by day, in the same page."""

FRAME = {"include": [[".st-key-menu"], [".st-key-looking"], [".st-key-way-on"]]}
"""What stands round every page, and is the same on each: looked at by itself on the first."""

CHIPS = {"include": [["span[data-tag]"]]}
"""What is chosen, in the fields under “Change”."""

WINDOW, MOST_SCREENS = 844, 4
"""Pixels of height of a phone's window, and how many of them a page has at the most before its folds."""

NARROWEST = 320

SCREEN = {"width": 1280, "height": 720}
"""The least screen that is promised to show what a page leads with."""

BOARD = (".headline", ".board table", ".reason", "text=How sure are we?")
CHART = meeting.CHART

FIRST_SCREEN = {
    "": BOARD,
    **dict.fromkeys(("hotspots", "retail_crime", "safer_streets"), ("li.card", screen.MAP)),
    "nte": (*BOARD, "text=Granted:"),
    "perceptions": ('[data-testid="stAlert"]',),
    "incidents": (screen.MAP, CHART),
    "evaluation": ("li.card", CHART),
    "high_crime": (".table tbody tr", screen.MAP),
    "centres": (screen.MAP, ".st-key-centre-keep"),
}
"""What the first screen of a page is to hold, by its link: its answer and a picture, or what asks for the records."""

HAS_SCHEME = "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme"


@dataclass
class Visit:
    """What was seen of a page: ``boxes`` and ``cells`` are those of its first screen, where one is promised."""

    link: str
    title: str
    heading: bool
    exceptions: int
    sideways: bool
    next_title: str = ""
    outside: list[str] = field(default_factory=list)
    boxes: dict[str, list[dict]] = field(default_factory=dict)
    cells: list[list] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    of_frame: dict[str, list[Violation]] = field(default_factory=dict)
    """By look."""
    of_chips: dict[str, list[Violation]] = field(default_factory=dict)
    """What is chosen, under “Change”: by look."""
    screens: float = 0.0
    """How many times as high as a phone's window the page is, with its folds as they come."""
    answer: float = 0.0
    """Pixels from the top of a phone's window to where the answer begins."""
    small: list[list] = field(default_factory=list)
    """What is smaller than a finger on a phone."""
    narrow: dict[str, bool] = field(default_factory=dict)
    """Whether the page scrolls sideways in a window of 320 pixels: a phone's, and one of 1,280 at 400 per cent."""
    cut: list[list] = field(default_factory=list)
    """Texts that are cut off when a reader spaces them."""
    stops: list[dict] = field(default_factory=list)
    """Where Tab leads, on `EVERYWHERE`."""
    tree: list[reach.Node] = field(default_factory=list)
    """What a screen reader is given."""
    sheets: paper.Sheets | None = None
    """What it comes to on paper, printed from a dark room."""
    meeting: dict[str, meeting.Seen] = field(default_factory=dict)
    """Its screens in a meeting, by their links."""


def visited(open_: Callable[..., Page], app: str, link: str) -> Visit:
    """Open the page of a link cold in a wide window, look at it in every way, and close it."""
    page = open_(f"{app}/{link}", width=WIDE[0], scheme=WIDE[1])
    boxes, cells = _first_screen(page, link) if link in FIRST_SCREEN else ({}, [])
    seen = _first_look(page, link)
    seen.boxes, seen.cells = boxes, cells
    _picture(page, f"real-{link or 'overview'}-{WIDE[0]}-{WIDE[1]}")
    seen.tree = reach.tree(page)
    if link in EVERYWHERE:
        seen.stops = reach.stops(page)
    seen.cut = reach.cut_when_spaced(page)
    _narrow(page, seen, "400%")
    texts = meeting.texts_outside(page) if link in SHOWN else {}
    if not link:
        _frame(page, seen, "1280 light")
    if link in ON_PAPER:
        _on_paper(page, seen)
    if link in OPENED:
        screen.unfold(page)
    _by_day_and_by_night(page, seen)
    if link in SHOWN:
        seen.meeting = meeting.shown(page, link, texts)
    seen.exceptions += page.locator('[data-testid="stException"]').count()
    seen.outside = list(page.outside)
    open_.give_back(page)
    return seen


def walked(open_: Callable[..., Page], app: str) -> dict[str, Visit]:
    """Go through all pages on a phone in the dark as one reader does, by the menu, and return what was seen by link."""
    visits = {}
    page = open_(f"{app}/{IN_BAR[0]}", width=PHONE[0], scheme=PHONE[1])
    for link in IN_BAR:
        visits[link] = _on_a_phone(page, link)
        visits[link].next_title = _title_after(page, link)
        settle(page)
    open_.give_back(page)
    for link in (*EVERYWHERE, *(each for each in LINKS if each not in IN_BAR)):
        page = open_(f"{app}/{link}", width=PHONE[0], scheme=PHONE[1])
        if link in visits:
            _every_fold_on_a_phone(page, visits[link])
        else:
            visits[link] = _on_a_phone(page, link)
            visits[link].next_title = _title_after(page, link)
        open_.give_back(page)
    return visits


def _first_look(page: Page, link: str) -> Visit:
    if page.maps:
        screen.painted(page)
    return Visit(
        link,
        page.title(),
        page.locator("h1").first.is_visible(),
        page.locator('[data-testid="stException"]').count(),
        _is_sideways(page),
    )


def _on_a_phone(page: Page, link: str) -> Visit:
    """Look at a page on a phone as it comes, its folds closed."""
    # a finger hovers over nothing: where the menu was pressed a map may lie now, and show its buttons
    page.mouse.move(0, 0)
    seen = _first_look(page, link)
    seen.screens = page.evaluate("document.querySelector('.stMainBlockContainer').scrollHeight") / WINDOW
    page.evaluate("document.querySelector('.stMain').scrollTop = 0")
    answer = page.locator(FIRST_SCREEN.get(link, ("h1",))[0]).first.bounding_box()
    seen.answer = answer["y"] if answer else 0.0
    seen.small = reach.small(page)
    _picture(page, f"real-{link or 'overview'}-{PHONE[0]}-{PHONE[1]}")
    _narrow(page, seen, "phone")
    seen.outside = list(page.outside)
    return seen


def _is_sideways(page: Page) -> bool:
    # a wide table or figure scrolls inside its own box
    sideways: bool = page.evaluate("document.querySelector('.stMain').scrollWidth > window.innerWidth + 1")
    return sideways


def _narrow(page: Page, seen: Visit, name: str) -> None:
    """Look at the page in the least window that is promised: a small phone's, or one of 1,280 pixels at 400 per cent."""
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    still(page)
    seen.narrow[name] = _is_sideways(page)
    if name == "400%" and seen.link in EVERYWHERE:
        keep(page, f"400-per-cent-{seen.link or 'overview'}")
    page.set_viewport_size({"width": width, "height": HEIGHT})
    settle(page)


def _picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page, and give the window the height of all others again."""
    if not EXHAUSTIVE:
        return
    keep(page, name)
    page.set_viewport_size({"width": page.viewport_size["width"], "height": HEIGHT})
    settle(page)


def _first_screen(page: Page, link: str) -> tuple[dict[str, list[dict]], list[list]]:
    """Measure what the first screen is to hold, in a window of the least size, before anything is scrolled to."""
    page.set_viewport_size(SCREEN)
    for selector in FIRST_SCREEN[link]:
        page.locator(selector).first.wait_for()
    if FIRST_SCREEN[link][: len(BOARD)] == BOARD:
        page.locator(".reason .map").wait_for()
    still(page)
    boxes = {
        selector: [each.bounding_box() for each in page.locator(selector).all()]
        for selector in FIRST_SCREEN[link]
    }
    cells = page.locator(".board button").evaluate_all(
        "all => all.map(b => [b.scrollWidth - b.clientWidth, b.innerText, b.getAttribute('aria-label')])"
    )
    page.set_viewport_size({"width": SCREEN["width"], "height": HEIGHT})
    settle(page)
    return boxes, cells


def _on_paper(page: Page, seen: Visit) -> None:
    """Print the page from a dark room."""
    _in_the_light(page, "dark")
    if not seen.link:
        _frame(page, seen, "1280 dark")
    seen.sheets = paper.printed(page, f"paper-{seen.link or 'overview'}")
    _in_the_light(page, "light")


def _by_day_and_by_night(page: Page, seen: Visit) -> None:
    seen.violations += violations(page, seen.link, "1280 light")
    if seen.link in EVERYWHERE:
        _in_the_light(page, "dark")
        seen.violations += violations(page, seen.link, "1280 dark", BY_NIGHT)
        _in_the_light(page, "light")


def _every_fold_on_a_phone(page: Page, seen: Visit) -> None:
    _in_the_light(page, "light")
    if not seen.link:
        _frame(page, seen, "390 light")
    screen.unfold(page)
    seen.violations += violations(page, seen.link, "390 light", ON_A_PHONE)


def _frame(page: Page, seen: Visit, look: str) -> None:
    """Look at what stands round the page, then at what is chosen under “Change”."""
    seen.of_frame[look] = list(violations(page, seen.link, look, context=FRAME))
    page.locator(".st-key-change").get_by_role("button").click()
    first = page.get_by_text("Like for like", exact=True).first
    first.wait_for()
    # the fields come after their names: the browser fetches them then
    page.locator("span[data-tag]").first.wait_for()
    # asked of the chips alone: what axe names is the word inside one, which does not say that it stands in one
    seen.of_chips[look] = list(violations(page, seen.link, look, {"runOnly": ["color-contrast"]}, CHIPS))
    _picture(page, f"menu-change-{look.replace(' ', '-')}")
    page.keyboard.press("Escape")
    first.wait_for(state="hidden")


def _in_the_light(page: Page, scheme: str) -> None:
    """Let the room be light or dark, and wait until the page has followed: titles of folds do so by and by."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(HAS_SCHEME, arg=scheme)
    still(page)


def _title_after(page: Page, link: str) -> str:
    """Go on to the next page of the menu (from the last to the first), and return the title that it comes to."""
    name, was, question = NAMES[next_of(link)], page.title(), page.locator("h1").first.inner_text()
    page.maps.clear()
    page.outside.clear()
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("nav").get_by_role("link", name=name, exact=True).click()
    page.wait_for_function("was => document.title !== was", arg=was)
    page.wait_for_function("was => document.querySelector('h1')?.innerText !== was", arg=question)
    return page.title()


def next_of(link: str) -> str:
    """Return the link of the page after this one in the menu; of one that is not in it, the first."""
    return IN_BAR[(IN_BAR.index(link) + 1) % len(IN_BAR)] if link in IN_BAR else IN_BAR[0]
