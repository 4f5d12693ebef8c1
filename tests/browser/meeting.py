"""A page as a meeting sees it: each of its screens on both walls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser import room, screen
from tests.browser.axe import Violation, violations
from tests.browser.conftest import ARTEFACTS
from tests.exhaustive import EXHAUSTIVE

CHART = '[data-testid="stVegaLiteChart"]'

CARDS, WHERE = (
    (".looking", "h1", "li.card", ".foot"),
    (".looking", ".stHeading h3", ".legend", screen.MAP, ".foot"),
)

ORDER = {
    "": (".looking", "h1", ".headline", ".board table", ".foot"),
    "?screen=why": (".looking", ".reason h2", ".months", ".rest", ".foot"),
    "hotspots": CARDS,
    "hotspots?screen=where": WHERE,
    "retail_crime": CARDS,
    "retail_crime?screen=where": WHERE,
    "safer_streets": CARDS,
    "safer_streets?screen=where": WHERE,
    "nte": (".looking", "h1", ".headline", ".board table", "text=Granted:", ".foot"),
    "perceptions": (".looking", "h1", '[data-testid="stAlert"]', ".foot"),
    "incidents": (".looking", "h1", screen.MAP, CHART, ".foot"),
    "evaluation": (".looking", "h1", "li.card", CHART, ".foot"),
    "high_crime": (".looking", "h1", ".table", screen.MAP, ".foot"),
    "glossary": (".looking", "h1", ".foot"),
}
"""What stands under what, by link: what is looked at, the question, the answer, its picture, the sources."""

BARRED = (
    ".stExpander, .stSelectbox, .stMultiSelect, .stSlider, .stTextInput, .stCheckbox, .stFileUploader, .stDownloadButton, "
    ".st-key-change, .st-key-menu, .st-key-way-on"
)
"""What is in the way in a meeting: filters, fields, folds, the menu."""


@dataclass
class Seen:
    """A page as it was seen in the room: texts outside the view and in it, by the width of the wall, and the rest in it."""

    outside: dict[str, float] = field(default_factory=dict)
    texts: dict[int, list[room.Text]] = field(default_factory=dict)
    targets: dict[int, list[dict]] = field(default_factory=dict)
    boxes: dict[int, list[dict | None]] = field(default_factory=dict)
    barred: int = 0
    sideways: bool = False
    violations: list[Violation] = field(default_factory=list)


def texts_outside(page: Page) -> dict[str, float]:
    """Return the texts of a page that is not in the meeting view; of words that stand more than once, the smallest."""
    outside: dict[str, float] = {}
    for each in room.texts(page):
        outside[each.words] = min(each.size, outside.get(each.words, each.size))
    return outside


def shown(page: Page, link: str, outside: dict[str, float]) -> dict[str, Seen]:
    """Go into the meeting view by its button, then on to the second screen; return each, none of a page for a desk."""
    looks = {}
    for at in (each for each in ORDER if each.split("?")[0] == link):
        if not looks:
            page.get_by_role("button", name="Meeting view").click()
            page.locator(".st-key-meeting-bar").get_by_role("button", name="Leave meeting view").wait_for()
        if "?" in at:
            page.get_by_role("button", name="Next").click()
            page.wait_for_url(f"**{at.split('?')[1]}*")
            page.locator(ORDER[at][1]).locator("visible=true").first.wait_for()
        looks[at] = _look_at(page, at, outside)
    return looks


def _look_at(page: Page, link: str, outside: dict[str, float]) -> Seen:
    found = Seen(outside)
    for wall in room.WALLS:
        room.on_a_wall(page, wall)
        width = wall["width"]
        found.texts[width] = room.texts(page)
        found.targets[width] = room.targets(page)
        page.evaluate("document.querySelector('.stMain').scrollTop = 0")
        found.boxes[width] = [
            page.locator(each).locator("visible=true").first.bounding_box() for each in ORDER[link]
        ]
        if EXHAUSTIVE:
            ARTEFACTS.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "-", link) or "overview"
            page.screenshot(path=ARTEFACTS / f"meeting-{name}-{width}.png")
    found.barred = page.locator(BARRED).locator("visible=true").count()
    found.sideways = page.evaluate("document.querySelector('.stMain').scrollWidth > window.innerWidth + 1")
    found.violations = list(violations(page, link, "meeting"))
    return found
