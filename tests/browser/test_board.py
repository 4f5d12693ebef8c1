"""The board in a real browser: on one screen with its reason, by keys alone, and from a link opened cold."""

from __future__ import annotations

import pytest

SCREEN = {"width": 1280, "height": 720}


def boxes(page, *selectors: str) -> list[dict]:
    found = [page.locator(selector).first.bounding_box() for selector in selectors]
    assert all(found), dict(zip(selectors, found, strict=True))
    return found


def inside(box: dict) -> bool:
    right, foot = box["x"] + box["width"], box["y"] + box["height"]
    return box["x"] >= 0 and box["y"] >= 0 and right <= SCREEN["width"] and foot <= SCREEN["height"]


def test_the_first_screen_holds_sentence_board_and_reason(real_app, open_page):
    page = open_page(real_app)
    page.set_viewport_size(SCREEN)
    page.locator(".reason .map").wait_for()
    seen = boxes(page, ".headline", ".board table", ".reason", "text=How sure are we?")
    assert all(map(inside, seen)), seen
    # the reason stands at the side of the board, and no cell is cut
    assert seen[2]["x"] >= seen[1]["x"] + seen[1]["width"]
    cells = page.locator(".board button").evaluate_all(
        "all => all.map(b => [b.scrollWidth - b.clientWidth, b.innerText, b.getAttribute('aria-label')])"
    )
    assert len(cells) == 24
    assert all(over <= 0 for over, _, _ in cells), cells


def test_keys_alone_reach_a_reason_and_its_link_opens_cold(real_app, open_page):
    page = open_page(real_app)
    page.locator('.board button[tabindex="0"]').focus()
    assert page.locator('.board button[tabindex="0"]').count() == 1
    # from Thornaby's criminal damage, the first that stands out, to Stockton's shoplifting
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.get_by_role("heading", name="Stockton Town Centre: shoplifting").wait_for()
    page.wait_for_url("**cell=stockton-town-centre*shoplifting*")
    # one more Tab leaves the board
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.shadowRoot?.querySelector('.board') ?? null") is None
    again = open_page(page.url)
    again.get_by_role("heading", name="Stockton Town Centre: shoplifting").wait_for()
    assert again.locator('.board button[aria-pressed="true"]').get_attribute("aria-label") == (
        "Stockton Town Centre, shoplifting: 346 to 378, +9%, within ordinary ups and downs"
    )


def test_a_click_changes_the_reason_and_not_the_page(real_app, open_page):
    page = open_page(real_app)
    page.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    page.locator('.board button[data-cell="billingham-town-centre~burglary"]').click()
    page.get_by_role("heading", name="Billingham Town Centre: burglary").wait_for()
    assert page.evaluate("document.querySelector('h1').dataset.same") == "yes"


@pytest.mark.parametrize("link", ["hotspots", "retail_crime", "safer_streets"])
def test_the_first_screen_holds_the_cards_and_a_picture(real_app, open_page, link):
    page = open_page(f"{real_app}/{link}")
    page.set_viewport_size(SCREEN)
    cards = page.locator("li.card")
    cards.first.wait_for()
    assert cards.count() == 3
    assert all(inside(card.bounding_box()) for card in cards.all())
    assert inside(page.locator(".stDeckGlJsonChart").first.bounding_box())
