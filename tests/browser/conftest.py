"""A real server on loopback and a real Chromium in front of it: what a person sees."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.screen import listen
from tests.browser.waiting import WAIT, settle, still
from tests.exhaustive import EXHAUSTIVE

PROJECT = Path(__file__).parents[2]
ARTEFACTS = PROJECT / "tests" / "artefacts"
"""Pictures are kept here for a person to look at, most of them in an exhaustive run; the folder is not tracked."""

CHROMIUM_FLAGS = [
    "--no-sandbox", "--ignore-gpu-blocklist", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu-compositing",
    "--disable-gpu-rasterization", "--font-render-hinting=none", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--js-flags=--no-turbofan --no-maglev",
]  # fmt: skip
"""Only maps are painted through WebGL. Letters stand where their widths say, as in a browser with a window.

A page lives for seconds: machine code made better by and by costs more than it gives. Without it a page takes six sevenths
of the processor. (Without a thread that paints it would take less again, and nothing would ever be painted.)
"""

SOFTWARE_WEBGL = (
    ["--use-gl=angle", "--use-angle=gl-egl"],
    ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
)
"""Mesa's, where it is installed: a map's first picture takes it about 1.5 s, and 6 s Chromium's own."""

HAS_WEBGL = "!!document.createElement('canvas').getContext('webgl2')"


PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
"""What a phone calls itself. The app is not told the window's width, and opens maps by this."""

HEIGHT = 1000
"""Pixels of height of every window, until a test asks for another."""

NARROW = 640
"""Pixels of width under which a window is taken for a phone's."""


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(store: Path, **settings: str) -> Iterator[str]:
    """Run the app on this store, with further environment variables, and yield its address."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
    ]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, "TOWN_CENTRES_STORE": str(store), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + WAIT / 1000
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
                break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(WAIT / 1000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # the same Chromium without a browser's window of its own, where it is installed: a page costs a sixth less
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not chromium:
        pytest.skip(
            "Chromium is not installed (Debian package “chromium” or “chromium-headless-shell”; .ci/run installs both)"
        )
    with sync_playwright() as playwright:
        launched = _with_webgl(playwright.chromium, chromium)
        yield launched
        launched.close()


def _with_webgl(chromium: BrowserType, path: str) -> Browser:
    for flags in SOFTWARE_WEBGL:
        launched = chromium.launch(executable_path=path, args=[*CHROMIUM_FLAGS, *flags])
        page = launched.new_page()
        painted = page.evaluate(HAS_WEBGL)
        page.close()
        if painted:
            return launched
        launched.close()
    raise RuntimeError("This Chromium paints no WebGL, with Mesa or with its own software")


@pytest.fixture(scope="session")
def real_app(real_store) -> Iterator[str]:
    """The app over the real months, with lookup and boundaries."""
    with serving(real_store.path) as address:
        yield address


@pytest.fixture(scope="session")
def demonstration_app(demonstration_store) -> Iterator[str]:
    """The app as a newcomer meets it: nothing imported yet."""
    with serving(demonstration_store.path) as address:
        yield address


@pytest.fixture(scope="session")
def readers(browser: Browser) -> Iterator[Callable[[int, str], BrowserContext]]:
    """Return a function that gives the reader with a screen of this width, in a light or a dark room.

    A reader's browser keeps the app's programs from page to page, as anybody's does; each page is a session of its own.
    """
    known: dict[tuple[int, str], BrowserContext] = {}

    def reader(width: int, scheme: str) -> BrowserContext:
        if (width, scheme) not in known:
            known[width, scheme] = browser.new_context(
                viewport={"width": width, "height": HEIGHT},
                color_scheme=scheme,
                reduced_motion="reduce",
                user_agent=PHONE if width < NARROW else None,
            )
            known[width, scheme].set_default_timeout(WAIT)
            # an empty page that stays keeps the browser's window: to make another with its buttons for every page that
            # opens alone took a third of what opening it takes
            known[width, scheme].new_page()
        return known[width, scheme]

    yield reader
    for context in known.values():
        context.close()


class Tabs:
    """The tabs of all readers. One that a test has done with is used again, empty and with nothing kept for its session.

    A tab keeps the app's programs compiled; a new one takes two thirds more of the processor to open a page.
    """

    def __init__(self, readers: Callable[[int, str], BrowserContext]) -> None:
        self._readers = readers
        self._free: dict[tuple[int, str], list[Page]] = {}

    def take(self, width: int, scheme: str) -> Page:
        """Return an empty tab. It notes in ``outside`` every request that is not to the app, and in ``maps`` the maps it is sent."""
        free = self._free.setdefault((width, scheme), [])
        page = free.pop() if free else self._new(width, scheme)
        page.outside, page.maps = [], []
        return page

    def _new(self, width: int, scheme: str) -> Page:
        page = self._readers(width, scheme).new_page()
        page.reader = (width, scheme)
        page.on("request", lambda request: _note_outside(page.outside, request.url))
        listen(page)
        return page

    def give_back(self, page: Page) -> None:
        """Empty a tab for the next test; one that was closed, or does not answer, is let go of."""
        width, scheme = page.reader
        try:
            page.evaluate("sessionStorage.clear()")
            page.goto("about:blank")
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": HEIGHT})
        except PlaywrightError:
            page.close()
        else:
            self._free[width, scheme].append(page)


class Opener:
    """Opens an address in an empty tab, waits for the footer, and gives in the end every tab back that it took."""

    def __init__(self, tabs: Tabs) -> None:
        self._tabs = tabs
        self._open: list[Page] = []

    def __call__(self, address: str, *, width: int = 1280, scheme: str = "light", name: str = "") -> Page:
        """Return the page."""
        page = self._tabs.take(width, scheme)
        self._open.append(page)
        page.goto(address)
        settle(page)
        _close_first_notice(page)
        if name:
            keep(page, name)
        return page

    def give_back(self, page: Page) -> None:
        """Let the next page have this one's tab."""
        self._open.remove(page)
        self._tabs.give_back(page)

    def end(self) -> None:
        """Give back what was not given back."""
        for page in [*self._open]:
            self.give_back(page)


@pytest.fixture(scope="session")
def tabs(readers) -> Tabs:
    return Tabs(readers)


@pytest.fixture
def open_page(tabs) -> Iterator[Opener]:
    """Return what opens an address cold, waits for the footer and notes any outside request."""
    opener = Opener(tabs)
    yield opener
    opener.end()


@pytest.fixture(scope="module")
def open_for_all(tabs) -> Iterator[Opener]:
    """The same for pages that the tests of a module look at one after another."""
    opener = Opener(tabs)
    yield opener
    opener.end()


@pytest.fixture(scope="session")
def visit(real_app, tabs) -> Iterator[Callable]:
    """Return a function that gives what was seen of a page, and goes there the first time that it is asked for.

    It is asked for with the page's link and, for a phone, how it is looked at. Files that ask share a worker
    (`tests/sharing_out.py`).
    """
    from tests.browser import visit as visits

    known: dict = {}

    open_ = Opener(tabs)

    def seen(link: str, look: tuple[int, str] = visits.WIDE) -> visits.Visit:
        if (link, look) not in known and look == visits.PHONE:
            known.update({(each, look): found for each, found in visits.walked(open_, real_app).items()})
        elif (link, look) not in known:
            known[link, look] = visits.visited(open_, real_app, link)
        return known[link, look]

    yield seen
    open_.end()


def is_own(url: str) -> bool:
    """Return whether a request stays with the app on loopback, or inside the browser."""
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


def _note_outside(seen: list[str], url: str) -> None:
    if not is_own(url):
        seen.append(url)


def _close_first_notice(page: Page) -> None:
    # Streamlit says once after a server start that a deep link does not exist, while it opens it all the same: it
    # learns the pages from the first run of app.py, and a folder called pages makes it look there before that
    notice = page.get_by_role("dialog").filter(has_text="Page not found")
    if notice.count():
        notice.get_by_role("button", name="Close").click()
        notice.wait_for(state="detached")


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page in an exhaustive run, for a person to look at.

    Streamlit scrolls an inner box, so the window is made as tall as it.
    """
    if not EXHAUSTIVE:
        return
    ARTEFACTS.mkdir(exist_ok=True)
    width = page.viewport_size["width"]
    height = page.evaluate("document.querySelector('.stMainBlockContainer').scrollHeight + 80")
    page.set_viewport_size({"width": width, "height": int(height)})
    still(page)
    settle(page)  # a map that comes into view, or is given another size, is drawn anew
    page.screenshot(path=ARTEFACTS / f"{name}.png")
