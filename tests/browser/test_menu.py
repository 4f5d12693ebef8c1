"""The menu, the line on what is shown and its link in a real browser: mouse, keys and phone."""

from __future__ import annotations

from pages.frame.menu import MENU
from tests.browser.conftest import keep
from tests.browser.waiting import settle

NAMES = [entry.name for section in MENU.values() for entry in section.values() if entry.in_bar]

FOCUSED = """() => {
    let at = document.activeElement
    while (at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement
    return at.id || at.textContent.trim().slice(0, 40)
}"""
MOST_STOPS = 12


def current(page) -> list[str]:
    return page.locator("nav a[aria-current=page]").all_inner_texts()


def go(page, name: str, question: str) -> None:
    page.locator("nav").get_by_role("link", name=name, exact=True).click()
    page.wait_for_function("words => document.querySelector('h1')?.innerText.startsWith(words)", arg=question)
    settle(page)


def is_said(page, words: str) -> None:
    """Wait until the page has said these words to who does not see it."""
    page.locator(".st-key-announcer").get_by_role("status").filter(has_text=words).wait_for(state="attached")


def test_every_page_is_one_click_away_and_the_filters_come_along(real_app, open_page):
    page = open_page(f"{real_app}/?area=Thornaby+Town+Centre")
    links = page.locator("nav li a")
    assert links.all_inner_texts() == NAMES
    assert all(box["y"] < 60 for box in (links.nth(at).bounding_box() for at in range(len(NAMES))))
    assert current(page) == ["Overview"]
    go(page, "Evaluation", "Did this area")
    assert current(page) == ["Evaluation"]
    is_said(page, "Did this area change more than it would have by itself?")
    assert page.title() == "Evaluation – Safe Town Centres"
    assert "/evaluation?" in page.url
    assert "area=Thornaby" in page.url
    assert "Stockton" not in page.url
    assert page.locator(".looking").inner_text().startswith("You are looking at Thornaby Town Centre")
    page.go_back()
    page.wait_for_function("() => document.querySelector('h1')?.innerText.startsWith('Are our town')")
    settle(page)
    assert current(page) == ["Overview"]


def test_a_page_opened_in_another_window_shows_the_same_choice(real_app, open_page):
    page = open_page(f"{real_app}/?area=Thornaby+Town+Centre")
    address = page.locator("nav").get_by_role("link", name="Retail", exact=True).evaluate("link => link.href")
    other = open_page(address)
    assert other.title() == "Retail – Safe Town Centres"
    assert other.locator(".looking").inner_text().startswith("You are looking at Thornaby Town Centre")


def test_a_pages_question_is_shown_on_hover_and_focus(real_app, open_page):
    page = open_page(real_app)
    tip = page.locator("nav [role=tooltip]")
    assert not tip.is_visible()
    link = page.locator("nav").get_by_role("link", name="High-crime", exact=True)
    link.hover()
    assert tip.inner_text() == "Where were most incidents recorded, and is it the same ground as before?"
    keep(page, "menu-question-1280")
    page.mouse.move(600, 600)
    assert not tip.is_visible()
    link.focus()
    assert tip.is_visible()
    page.keyboard.press("Escape")
    assert not tip.is_visible()


def test_one_button_opens_the_menu_on_a_phone(real_app, open_page):
    page = open_page(real_app, width=390)
    links = page.locator("nav li a")
    assert not links.first.is_visible()
    button = page.get_by_role("button", name="Menu")
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert all(links.nth(at).is_visible() for at in range(len(NAMES)))
    page.keyboard.press("Escape")
    assert not links.first.is_visible()
    button.click()
    go(page, "Data", "What data")
    assert not page.locator("nav li a").first.is_visible()


def test_the_way_on_leads_to_the_next_question(real_app, open_page):
    page = open_page(f"{real_app}/methods")
    page.locator(".st-key-way-on a", has_text="Next").click()
    page.wait_for_function("() => document.title.startsWith('Glossary')")
    settle(page)
    assert page.locator(".st-key-way-on a").count() == 1


def test_copy_link_takes_the_whole_choice_along_also_what_the_page_does_not_draw(
    real_app, readers, open_page
):
    readers(1280, "light").grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page(f"{real_app}/hotspots?area=Thornaby+Town+Centre&crime=Drugs")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied", exact=True).wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    assert "crime=Drugs" in link
    again = open_page(link.replace("/hotspots", "/"))
    assert "Thornaby Town Centre · Drugs" in shown_line(again)


def shown_line(page) -> str:
    return " · ".join(page.locator(".looking strong").all_inner_texts())


def test_a_choice_made_under_change_shows_in_the_line_and_back_takes_it_away(real_app, open_page):
    page = open_page(real_app)
    page.locator(".st-key-change").get_by_role("button").click()
    page.get_by_role("button", name="Remove Stockton Town Centre").last.click()
    page.wait_for_function(
        "() => document.querySelector('.looking').innerText.includes('Billingham and Thornaby')"
    )
    settle(page)
    assert "Stockton" not in page.url
    is_said(page, "Billingham and Thornaby")
    page.keyboard.press("Escape")
    page.go_back()
    page.wait_for_function("() => document.querySelector('.looking').innerText.includes('6 town centres')")
    settle(page)
    assert "Stockton" in page.url


def test_from_the_top_to_the_page_by_few_tab_stops(real_app, open_page):
    page = open_page(real_app)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to main content"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'content'")
    stops = 1
    while not page.evaluate(
        "document.querySelector('h1').compareDocumentPosition(document.activeElement) & 4"
    ):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= MOST_STOPS, page.evaluate(FOCUSED)
