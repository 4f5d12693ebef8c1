"""A page on paper: as it is printed by its button, read from Chromium's PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image
from playwright.sync_api import Page
from pypdfium2 import raw

from tests.browser.conftest import ARTEFACTS
from tests.browser.waiting import settle

A4 = (595, 842)
READY = "body[data-printed=yes]"


@dataclass(frozen=True)
class Sheets:
    """What a page came to on paper: the words of each sheet, its picture, where its words lie, and pictures in it."""

    texts: list[str]
    pictures: list[Image.Image]
    boxes: list[tuple[float, float, float, float]]
    images: list[Image.Image]

    @property
    def words(self) -> str:
        """All words, on one line."""
        return re.sub(r"\s+", " ", " ".join(self.texts))


def printed(page: Page, name: str) -> Sheets:
    """Print a page that stands open, and return its sheets; they are kept under this name."""
    press(page)
    ARTEFACTS.mkdir(exist_ok=True)
    path = ARTEFACTS / f"{name}.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    return read(path)


def press(page: Page) -> None:
    """Press the button, and wait until the browser is asked to print."""
    page.evaluate("() => { window.print = () => { document.body.dataset.printed = 'yes' } }")
    page.get_by_role("button", name="Print this page").click()
    page.wait_for_selector(READY, state="attached")
    settle(page)


def read(path) -> Sheets:
    """Return the sheets of a PDF, and keep a picture of each beside it."""
    texts, pictures, boxes, images = [], [], [], []
    with pdfium.PdfDocument(path) as document:
        for number, sheet in enumerate(document, 1):
            assert [round(side) for side in sheet.get_size()] == list(A4)
            text = sheet.get_textpage()
            texts.append(text.get_text_range())
            boxes += [text.get_rect(at) for at in range(text.count_rects())]
            pictures.append(sheet.render(scale=1.3).to_pil().convert("RGB"))
            pictures[-1].save(path.with_name(f"{path.stem}-{number}.png"))
            images += [
                each.get_bitmap().to_pil().convert("RGB")
                for each in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
            ]
    return Sheets(texts, pictures, boxes, images)
