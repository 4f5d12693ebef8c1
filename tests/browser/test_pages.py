"""What a person sees in a real browser: the light of the room, the numbers, the filters, the demonstration."""

from __future__ import annotations

import pytest

from tests.browser import screen
from tests.browser.conftest import keep
from tests.browser.waiting import settle


def test_a_page_that_stands_open_follows_the_light_of_the_room_with_map_and_charts(real_app, open_page):
    page = open_page(f"{real_app}/?folds=open")
    screen.painted(page)
    charts_are_painted(page, "rgb(255, 255, 255)")
    sent = len(page.maps)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    # what the server drew follows with the reader's next change
    page.locator(".st-key-change").get_by_role("button").click()
    page.get_by_text("Show percentages on small bases", exact=True).click()
    screen.sent_anew(page, sent)
    settle(page)
    screen.painted(page)
    charts_are_painted(page, "rgb(17, 21, 26)")
    keep(page, "real-overview-1280-dark")
    assert page.outside == []


def charts_are_painted(page, ground: str) -> None:
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg.marks')].map(svg => {
            const marks = [...svg.querySelectorAll('.mark-line path, .mark-symbol path, .mark-rule line')];
            const seen = marks.filter(mark => { const box = mark.getBoundingClientRect(); return box.width + box.height > 2; });
            const inks = new Set(seen.map(mark => getComputedStyle(mark).stroke + getComputedStyle(mark).fill));
            return [seen.length, inks.size];
        })"""
    )
    assert len(drawn) == 2, "the interval figure and the monthly figure"
    assert all(marks > 10 and inks > 1 for marks, inks in drawn), drawn
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == ground


# what each page says over the demonstration is tested without a browser (tests/pages): here, that it comes to be seen
@pytest.mark.parametrize("link", ["", "perceptions"], ids=lambda link: link or "overview")
def test_a_page_opens_over_demonstration_data_and_says_so(demonstration_app, open_page, link):
    page = open_page(f"{demonstration_app}/{link}")
    if page.maps:
        screen.painted(page)
    keep(page, f"demonstration-{link or 'overview'}")
    assert "Months and places are simulated" in page.locator(".banner").first.inner_text()
    assert page.locator('[data-testid="stException"]').count() == 0


def test_the_numbers_on_the_screen_are_those_of_the_real_months(real_app, open_page):
    page = open_page(real_app)
    screen.unfold(page)
    rows = [
        row.inner_text().split("\t")[-6:]
        for row in page.locator("table.numbers tr", has_text="Antisocial behaviour").all()
    ]
    assert ["201", "88", "−113", "−56%", "−4%", "+1%"] in rows, rows
    assert "Fell more than similar places" in page.locator(".answers").inner_text()


def test_taking_town_centres_away_changes_page_and_link(real_app, open_page):
    page = open_page(f"{real_app}/?folds=open")
    assert page.locator(".answers p").count() == 3
    page.locator(".st-key-change").get_by_role("button").click()
    for name in ("Billingham Town Centre", "Stockton Town Centre"):
        page.get_by_role("button", name=f"Remove {name}").last.click()
        settle(page)
    page.wait_for_function("() => document.querySelectorAll('.answers p').length === 1")
    assert page.locator(".answers p").inner_text().startswith("Thornaby Town Centre.")
    assert "area=Thornaby" in page.url
    again = open_page(page.url)
    assert again.locator(".answers p").count() == 1


def test_the_filters_stay_when_the_page_changes(real_app, open_page):
    page = open_page(f"{real_app}/?area=Thornaby+Town+Centre")
    page.locator("nav").get_by_role("link", name="Evaluation", exact=True).click()
    page.wait_for_function("() => document.querySelector('h1')?.innerText.startsWith('Did this area')")
    settle(page)
    assert "area=Thornaby" in page.url
    screen.unfold(page)
    assert page.locator(".answers").inner_text().startswith("Thornaby Town Centre.")
