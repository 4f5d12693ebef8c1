"""What axe finds on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


@dataclass(frozen=True)
class Violation:
    """A rule that an element breaks, on the page of a link as it looked; ``element`` is Streamlit's name of it, if it has one."""

    link: str
    look: str
    rule: str
    element: str
    html: str


def violations(
    page: Page, link: str, look: str, options: dict | None = None, context: dict | None = None
) -> Iterator[Violation]:
    """Yield what axe finds on the page as it stands, or in the part of it that ``context`` names."""
    asked = {"resultTypes": ["violations"], **(options or {})}
    response = Axe().run(page, context=context, options=asked).response
    for each in response["violations"]:
        for node in each["nodes"]:
            named = re.match(r"<[^>]*?data-testid=\"(st\w+)\"", node["html"])
            yield Violation(link, look, each["id"], named[1] if named else "", node["html"])
