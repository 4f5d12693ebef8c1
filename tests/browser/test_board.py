"""The board in a real browser: by keys alone, by a click, and from a link opened cold."""

from __future__ import annotations


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
    # it is said in one sentence, and the focus stays on the cell
    page.get_by_role("status").filter(has_text="Billingham Town Centre: burglary. ▼ fell more than").wait_for(
        state="attached"
    )
    focused = "document.activeElement.shadowRoot?.activeElement?.dataset.cell"
    assert page.evaluate(focused) == "billingham-town-centre~burglary"
