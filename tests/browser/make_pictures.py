"""The pictures of “How to read this”, taken of the app itself: python -m tests.browser.make_pictures STORE

To be run anew when the board, the reason of a cell or a map looks otherwise. Over Cleveland's months of the review.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from pages.frame.guide import PICTURES
from tests.browser.conftest import CHROMIUM_FLAGS, SOFTWARE_WEBGL, serving
from tests.browser.waiting import WAIT, settle, still

SHARPER = 1.5
"""Pixels of a picture to one of the page: sharp on a good screen, and light."""

COLOURS = 128
"""Of a picture's palette: a third of the size, and no difference to be seen."""

HEIGHT = 330
"""Pixels of the page at the most: a board or a reason says what it is in its upper part."""


def take(page: Page, mark: str, name: str, height: int = HEIGHT) -> None:
    """Keep the upper part of an element as a picture."""
    element = page.locator(mark).first
    element.scroll_into_view_if_needed()
    still(page)
    box = element.bounding_box()
    clip = {**box, "height": min(box["height"], height)}
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    picture.quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


def main(store: Path) -> None:
    """Take the three pictures over this store."""
    with serving(store) as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*CHROMIUM_FLAGS, *SOFTWARE_WEBGL[0]]
        )
        context = browser.new_context(viewport={"width": 1280, "height": 1400}, device_scale_factor=SHARPER)
        context.set_default_timeout(WAIT)
        page = context.new_page()
        page.goto(f"{app}/?area=Billingham+Town+Centre&area=Thornaby+Town+Centre&area=Stockton+Town+Centre")
        settle(page)
        take(page, ".board table", "board", 300)
        take(page, ".reason", "reason", 460)
        page.goto(f"{app}/safer_streets")
        settle(page)
        page.wait_for_timeout(6000)  # the ground is painted some seconds after its canvas is there
        take(page, ".stDeckGlJsonChart", "map")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
