"""What somebody at the back of a room has of a page: how large each text on it is, and each thing to press."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser import screen
from tests.browser.waiting import settle, still

WALLS = ({"width": 1280, "height": 720}, {"width": 1920, "height": 1080})
"""The two projectors that are promised to be read."""

EVERYTHING = """
function* all(root) {
    for (const each of root.querySelectorAll('*')) {
        yield each;
        if (each.shadowRoot) yield* all(each.shadowRoot);
    }
}
const parent = each => each.parentElement ?? each.getRootNode().host;
const hidden = each => {
    for (let at = each; at; at = parent(at))
        if (getComputedStyle(at).clipPath !== 'none') return true;
    const box = each.getBoundingClientRect();
    return !each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || !box.width || !box.height
        || box.right < 0 || box.bottom < -window.innerHeight * 9;
};
const within = (each, mark) => {
    for (let at = each; at; at = parent(at)) if (at.matches(mark)) return true;
    return false;
};
"""

TEXTS = (
    "() => {"
    + EVERYTHING
    + """
    const texts = [];
    for (const each of all(document.body)) {
        const words = [...each.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join(' ').trim();
        if (!words || ['STYLE', 'SCRIPT', 'TITLE', 'DESC'].includes(each.tagName.toUpperCase()) || hidden(each)) continue;
        const drawn = each.getScreenCTM?.();
        const scale = drawn ? Math.sqrt(Math.abs(drawn.a * drawn.d - drawn.b * drawn.c)) : 1;
        texts.push({ words, size: parseFloat(getComputedStyle(each).fontSize) * scale, source: within(each, '.foot') });
    }
    return texts;
}"""
)
"""Every text that is seen, with the pixels of its letters: of a chart, those of its specification times the scale drawn."""

TARGETS = (
    "() => {"
    + EVERYTHING
    + """
    const targets = [];
    const pressed = 'a[href], button, input, select, textarea, summary, [role=button], [role=slider], [role=tab]';
    for (const each of all(document.body)) {
        if (!each.matches(pressed) || hidden(each) || within(each, '[data-testid=stSkipToContent]')) continue;
        const box = each.getBoundingClientRect();
        targets.push({ name: each.getAttribute('aria-label') || each.innerText, width: box.width, height: box.height });
    }
    return targets;
}"""
)


@dataclass(frozen=True)
class Text:
    """Words on the screen and the size of their letters in pixels; ``source`` where they say where data come from."""

    words: str
    size: float
    source: bool


def texts(page: Page) -> list[Text]:
    """Return every text that is seen, names on the map included."""
    on_page = [Text(**each) for each in page.evaluate(TEXTS)]
    if not page.locator(screen.MAP).first.is_visible():
        return on_page
    names = screen.layer(page, "names")
    return on_page + [Text(each["t"], each["s"], False) for each in (names or {"data": []})["data"]]


def targets(page: Page) -> list[dict]:
    """Return name, width and height of everything that is seen and can be pressed."""
    return page.evaluate(TARGETS)


def on_a_wall(page: Page, wall: dict[str, int]) -> None:
    """Give the window the size of a wall, and wait until the page has taken it: the app is told of it, and maps come anew."""
    page.set_viewport_size(wall)
    page.wait_for_function(
        """() => {
            const bar = [...document.querySelectorAll('.st-key-meeting *')].find(each => each.shadowRoot)?.shadowRoot;
            const root = parseFloat(getComputedStyle(document.documentElement).fontSize) / 24;
            return bar && Math.abs(Number(bar.querySelector('nav').dataset.scale) - root) < 0.25;
        }"""
    )
    still(page)
    settle(page)
