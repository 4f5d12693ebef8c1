"""Maps as they stand on the screen: where a place is in the picture of a map, and what colour it has there.

A place's pixel is worked out here by the arithmetic of web maps, from the view the page was sent and the outlines it
fetched, so that what is read in the picture owes nothing to the code under test but the view itself.
"""

from __future__ import annotations

import io
import json
import math
import re
import urllib.request
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from PIL import Image
from playwright.sync_api import Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from analysis.drawing.maps.palette import DARK, LIGHT
from tests.browser.waiting import WAIT, settle, still

FAILED = Path(__file__).parents[1] / "artefacts" / "map-that-failed.png"

MAP = ".stDeckGlJsonChart"
TILE = 512
"""Pixels across the whole world at zoom 0."""

PATIENCE = 60
"""Pictures that are looked at, half a second apart, before a map counts as not drawn: a guard, not a measure."""

NEAR = 6
"""Levels of red, green and blue that a colour may be off."""

THROUGH = 24
"""The same for a mark, which lets a twelfth of the ground show through."""


def listen(page: Page) -> None:
    """Note in ``page.maps`` every map that the app sends to this page, as the browser gets it."""
    kept: dict[str, ForwardMsg] = {}
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: _note(page.maps, kept, frame))
    )


def _note(maps: list[dict], kept: dict[str, ForwardMsg], frame: str | bytes) -> None:
    if isinstance(frame, str):
        return
    message = ForwardMsg()
    message.ParseFromString(frame)
    # what the browser was sent before and keeps is sent by its hash alone
    if message.WhichOneof("type") == "ref_hash":
        message = kept.get(message.ref_hash, message)
    elif message.hash:
        kept[message.hash] = message
    if message.WhichOneof("type") == "delta" and message.delta.new_element.HasField("deck_gl_json_chart"):
        maps.append(json.loads(message.delta.new_element.deck_gl_json_chart.json))


def sent_anew(page: Page, before: int) -> None:
    """Wait until the page was sent another map after the first so many."""
    for _ in range(5 * PATIENCE):
        if len(page.maps) > before:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the app sent no further map")


def layer(page: Page, name: str) -> dict | None:
    """Return a layer of the map that the page was sent last, None where it has none of that name."""
    return next((each for each in page.maps[-1]["layers"] if each["id"] == name), None)


def ground(page: Page) -> dict[str, shapely.Geometry]:
    """Return the outlines that the map's ground is drawn from, by code, in degrees."""
    return _outlines(re.match(r"https?://[^/]+", page.url)[0] + layer(page, "ground")["data"])


@cache
def _outlines(address: str) -> dict[str, shapely.Geometry]:
    with urllib.request.urlopen(address) as answer:
        features = json.load(answer)["features"]
    return {each["properties"]["code"]: shapely.geometry.shape(each["geometry"]) for each in features}


def pixel_of(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a point lies in the picture of a map that has not been moved (x to the right, y down)."""
    return pixels_of(page, [(longitude, latitude)])[0]


def pixels_of(page: Page, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the same for many points, given as longitude and latitude."""
    view = page.maps[-1]["initialViewState"]
    size = page.locator(MAP).bounding_box()
    world, height = TILE * 2 ** view["zoom"], _height(view["latitude"])
    return [
        (
            size["width"] / 2 + world * (longitude - view["longitude"]) / 360,
            size["height"] / 2 - world * (_height(latitude) - height),
        )
        for longitude, latitude in points
    ]


def _height(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


def unit(page: Page, code: str) -> tuple[float, float]:
    """Return the pixel of a point inside a unit of ground."""
    inside = ground(page)[code].representative_point()
    return pixel_of(page, inside.x, inside.y)


def point_to(page: Page, at: tuple[float, float], *, click: bool = False) -> None:
    """Move the mouse to a pixel of the map, and click there if asked."""
    page.locator(MAP).scroll_into_view_if_needed()
    box = page.locator(MAP).bounding_box()
    x, y = box["x"] + at[0], box["y"] + at[1]
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    if click:
        page.mouse.click(x, y)


def picture(page: Page) -> np.ndarray:
    """Return the map as it stands on the screen: rows, columns, and red, green, blue."""
    return np.asarray(Image.open(io.BytesIO(page.locator(MAP).screenshot())).convert("RGB")).astype(int)


def drawn(page: Page, *checks: Callable[[np.ndarray], bool]) -> np.ndarray:
    """Look at the map until all checks hold of one picture of it, and return that picture."""
    seen = picture(page)
    for _ in range(PATIENCE):
        if all(check(seen) for check in checks):
            return seen
        page.wait_for_timeout(500)
        seen = picture(page)
    failed = [at for at, check in enumerate(checks) if not check(seen)]
    FAILED.parent.mkdir(exist_ok=True)
    Image.fromarray(seen.astype(np.uint8)).save(FAILED)
    raise AssertionError(
        f"the map never came to look as it should (checks {failed}); its last picture is {FAILED}"
    )


def has(at: tuple[float, float], colour: str, off: int = NEAR) -> Callable[[np.ndarray], bool]:
    """Return the check that a pixel has a colour (#RRGGBB), give or take so many levels; one out of view has none."""

    def check(seen: np.ndarray) -> bool:
        pixel = around(seen, at, 0.5, 0.5)
        return pixel.size > 0 and min(at) >= 0 and bool(near(pixel, [colour], off).all())

    return check


def around(seen: np.ndarray, at: tuple[float, float], across: float, up: float) -> np.ndarray:
    """Return the part of a picture so many pixels to either side of a place."""
    x, y = at
    low, left = max(round(y - up), 0), max(round(x - across), 0)
    return seen[low : max(round(y + up), low + 1), left : max(round(x + across), left + 1)]


def near(seen: np.ndarray, colours: Iterable[str], off: int = NEAR) -> np.ndarray:
    """Return for each pixel whether it has one of these colours."""
    wanted = np.array([[int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in colours])
    return (np.abs(seen[..., None, :] - wanted).max(axis=-1) <= off).any(axis=-1)


def share(seen: np.ndarray, colours: Iterable[str]) -> float:
    """Return the share of the pixels that have one of these colours."""
    return float(near(seen, colours).mean())


def fills(page: Page) -> list[str]:
    """Return the colours that the ground of the page's map is filled with."""
    shaded = layer(page, "ground")
    if shaded is None:
        return []
    _, *colours = shaded["updateTriggers"]["getFillColor"]
    return ["#" + "".join(f"{each:02X}" for each in colour[:3]) for colour in colours]


def swatches(page: Page) -> list[tuple[str, str]]:
    """Return the words and the colour (#RRGGBB) of each key of the legend, as the browser draws them."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('.legend .key')].map(key => {
            const mark = key.querySelector('.swatch i') || key.querySelector('.swatch, .symbol');
            const style = getComputedStyle(mark);
            const ink = mark.matches('i') ? style.borderTopColor : mark.matches('.symbol') ? style.color
                : style.backgroundImage === 'none' ? style.backgroundColor : style.backgroundImage;
            return [key.innerText.replace(/^[●◆■▲]/, '').trim(), ink];
        })"""
    )
    return [(words, _hex(ink)) for words, ink in found]


def _hex(ink: str) -> str:
    red, green, blue = re.search(r"rgba?\((\d+), (\d+), (\d+)", ink).groups()
    return f"#{int(red):02X}{int(green):02X}{int(blue):02X}"


def pointed_at(page: Page, words: str) -> str:
    """Wait until the map tells of something whose name has these words; return the name and the lines under it."""
    page.wait_for_function(
        """words => { const tip = document.querySelector('.deck-tooltip');
            return tip && getComputedStyle(tip).display !== 'none' && tip.innerText.includes(words); }""",
        arg=words,
        polling=100,
    )
    name, content = page.evaluate(
        """() => [document.querySelector('.deck-tooltip').innerText.trim(),
                  getComputedStyle(document.querySelector('.deck-tooltip .pointed'), '::after').content]"""
    )
    lines = re.sub(r"\\[aA] ?", "\n", content.strip('"'))
    return f"{name}\n{lines}"


def unfold(page: Page) -> None:
    """Open every fold of the page, as a reader does who wants to see all of it: by the button at its foot.

    Folders of records open by themselves.
    """
    if (all_of_it := page.get_by_role("button", name="Open every part of this page")).count():
        all_of_it.click()
        page.get_by_role("button", name="Close every part of this page").wait_for(timeout=WAIT)
        settle(page)
    page.evaluate(
        "() => document.querySelectorAll('.stMain details:not([open]) > summary').forEach(each => each.click())"
    )
    still(page)  # a fold opens by a movement
    settle(page)  # and a map that comes into view is drawn anew


def open_fold(page: Page, title: str) -> None:
    """Open the fold of this title, and wait until what is in it is drawn."""
    fold = page.locator("details", has=page.locator("summary", has_text=title)).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    page.wait_for_function(
        "fold => fold.children.length > 1 && fold.innerText.length > 100", arg=fold.element_handle()
    )
    settle(page)


def painted(page: Page) -> np.ndarray:
    """Wait until the map is more than an empty frame in the page's theme, and return its picture.

    A twentieth of it at the least has the colours of the ground's classes (of a map without ground, of what lies
    outside the force), and half of it these, land or what lies outside: on a phone, a whole force fills little more.
    A map in a fold is looked at by opening it.
    """
    if not page.locator(MAP).first.is_visible():
        unfold(page)
    dark = page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    look = DARK if dark else LIGHT
    shaded = [colour for colour in fills(page) if colour != look.land] or [look.outside]
    return drawn(
        page,
        lambda seen: share(seen, shaded) > 0.05,
        lambda seen: share(seen, [*shaded, look.land, look.outside]) > 0.5,
    )
