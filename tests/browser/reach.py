"""What somebody who uses no mouse, or no eyes, or a very large type has of a page."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser import room
from tests.browser.waiting import still

FINGER = 44
"""Pixels across what is pressed on a phone."""

IN_WORDS = """each => ['[data-testid=stMarkdownContainer] a', '.notes a', '.foot a', 'p a'].some(mark => within(each, mark))
    && !within(each, '[data-testid=stPageLink]')"""
"""A link that is a word of a sentence is as high as its line."""

SMALL = (
    "least => {"
    + room.EVERYTHING
    + """
    const small = [];
    const pressed = 'a[href], button, input, select, textarea, summary, [role=button], [role=slider], [role=tab], .stCheckbox label';
    const inWords = """
    + IN_WORDS
    + """;
    for (const each of all(document.body)) {
        if (!each.matches(pressed) || hidden(each) || inWords(each)) continue;
        if (within(each, '[data-testid=stSkipToContent]') || within(each, '.term')) continue;
        const box = each.getBoundingClientRect();
        if (Math.min(box.width, box.height) < least - 0.1)
            small.push([each.getAttribute('aria-label') || each.innerText || each.tagName, box.width, box.height]);
    }
    return small;
}"""
)

SPACED = (
    "() => {"
    + room.EVERYTHING
    + """
    const css = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }'
        + ' p { margin-bottom: 2em !important; }';
    for (const root of [document.head, ...[...all(document.body)].map(each => each.shadowRoot).filter(Boolean)]) {
        const style = document.createElement('style');
        style.className = 'spacing';
        style.textContent = css;
        root.append(style);
    }
}"""
)
"""The spacing of text of WCAG 2.2, 1.4.12."""

AS_BEFORE = (
    "() => {"
    + room.EVERYTHING
    + """
    for (const each of [...all(document)]) if (each.matches('style.spacing')) each.remove();
}"""
)

CUT = (
    "() => {"
    + room.EVERYTHING
    + """
    const cut = [];
    for (const each of all(document.querySelector('.stMain'))) {
        const words = [...each.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        const cell = each.matches('.board button');
        if (!(words || cell) || hidden(each) || within(each, 'svg, canvas, [data-tag]')) continue;
        const style = getComputedStyle(each);
        const clips = cell || (style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll');
        if (clips && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 2))
            cut.push([each.innerText, each.scrollWidth - each.clientWidth, each.scrollHeight - each.clientHeight]);
    }
    return cut;
}"""
)
"""Texts that their box cuts off."""

STOP = """() => {
    const parent = each => each.parentElement ?? each.getRootNode().host;
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body) return null;
    // what shows the focus may be the element, what it stands in, or the picture of a switch beside its hidden field
    const look = () => {
        const parts = [];
        for (let each = at, up = 0; each && up < 4; each = parent(each), up++)
            for (const one of [each, each.nextElementSibling, each.firstElementChild]) {
                if (!one) continue;
                const s = getComputedStyle(one);
                parts.push([s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join());
            }
        return parts.join(' | ');
    };
    const focused = look();
    at.blur();
    const left = look();
    at.focus({ preventScroll: true });
    return {
        name: (at.getAttribute('aria-label') || at.innerText || at.title || at.id || at.tagName).trim().slice(0, 80),
        seen: focused !== left,
    };
}"""


@dataclass(frozen=True)
class Node:
    """What Chromium tells a screen reader of an element: its role, its name, and how it says its changes."""

    role: str
    name: str
    live: str = ""
    level: int = 0


CONTROLS = frozenset(
    {"button", "link", "checkbox", "switch", "combobox", "textbox", "searchbox", "slider", "radio", "tab", "spinbutton",
     "DisclosureTriangle"}
)  # fmt: skip
PICTURES = frozenset({"image", "img", "figure", "graphics-document", "graphics-object"})


def small(page: Page) -> list[list]:
    """Return name, width and height of what is pressed by a finger and is smaller than it."""
    found: list[list] = page.evaluate(SMALL, FINGER)
    return found


def cut_when_spaced(page: Page) -> list[list]:
    """Return the texts that are cut off when a reader spaces them; the page is as before then."""
    page.evaluate(SPACED)
    still(page)
    found: list[list] = page.evaluate(CUT)
    page.evaluate(AS_BEFORE)
    still(page)
    return found


def stops(page: Page, most: int = 120) -> list[dict]:
    """Press Tab from the top of the page until it leaves it, and return each stop: its name, and whether it is seen."""
    page.evaluate("document.activeElement.blur()")
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        found.append(stop)
    return found


def tree(page: Page) -> list[Node]:
    """Return the tree that Chromium gives to a screen reader, in the order in which it is read, without what it leaves out."""
    session = page.context.new_cdp_session(page)
    nodes = {each["nodeId"]: each for each in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    read, waiting = [], [next(each["nodeId"] for each in nodes.values() if "parentId" not in each)]
    while waiting:
        node = nodes.get(waiting.pop())
        if node is None:
            continue
        waiting += reversed(node.get("childIds", []))
        if not node["ignored"]:
            own = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
            read.append(
                Node(
                    str(node["role"]["value"]),
                    str(node.get("name", {}).get("value", "")).strip(),
                    str(own.get("live") or ""),
                    int(own.get("level") or 0),
                )
            )
    return read
