"""Waiting for what a page comes to, and never for a time."""

from __future__ import annotations

from playwright.sync_api import Page

WAIT = 120_000
"""Milliseconds: a guard against hanging. A loaded machine is slow, not wrong."""

DRAWN = """() => {
    if (!document.querySelector('.foot')) return false;
    const drawn = (figure, mark) => [...document.querySelectorAll(figure)].every(f => f.querySelector(mark));
    return !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')
        && drawn('[data-testid=stVegaLiteChart]', 'canvas, svg')
        && drawn('[data-testid=stDeckGlJsonChart], .stDeckGlJsonChart', 'canvas');
}"""
"""All in one question: what was drawn a moment ago may be loading again. A map is there when its canvas is."""


def settle(page: Page) -> None:
    """Wait until the page has been written to its footer and its charts and maps are drawn."""
    # asked five times a second: asked at every frame, the browser would paint frames only to be asked
    page.wait_for_function(DRAWN, timeout=WAIT, polling=200)


AT_REST = """async () => {
    const ends = each => each.effect.getComputedTiming().endTime !== Infinity;
    for (let calm = 0; calm < 3;) {
        await new Promise(done => setTimeout(() => requestAnimationFrame(done), 50));
        const moves = document.getAnimations().some(each => each.playState === 'running' && ends(each));
        calm = moves ? 0 : calm + 1;
    }
}"""
"""Three frames in a row without a movement that comes to an end: one may begin a frame after what sets it off."""


def still(page: Page) -> None:
    """Wait until nothing on the page moves or changes its colour by and by."""
    page.evaluate(AT_REST)
