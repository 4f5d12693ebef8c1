"""From a fresh install to the verdicts of one's own town centres by clicks, against services on this machine.

A click is what a reader does with a mouse or a key to choose: each test counts its own.
"""

from __future__ import annotations

import re

import pytest

from data.store import open_store
from pages.frame.menu import MENU
from tests.browser import screen
from tests.browser.conftest import keep, serving
from tests.browser.waiting import WAIT, settle
from tests.made import another_force
from tests.made.archive_server import real_files, redirecting, write_edition
from tests.made.ons_server import OnsServer, real_layers
from tests.made.real import BILLINGHAM
from tests.made.shopping_streets import outlines

BESIDE, BY_KEYS = "E01012197", "E01012275"
"""Stockton-on-Tees 002A, beside Billingham's own, and 002D."""


@pytest.fixture(scope="module")
def services(shared, tmp_path_factory):
    """Both services beside the app: Cleveland's real files and layers, and those of another force, made."""
    folder = tmp_path_factory.mktemp("archives")
    files = real_files(shared) | another_force.street_files()
    write_edition(folder / "2024-06.zip", "2024-06", files, ("durham",))
    (folder / "latest.zip").symlink_to("2024-06.zip")
    layers = another_force.joined(real_layers(shared), another_force.layers())
    with redirecting(folder) as (archives, _), OnsServer(layers) as ons:
        yield {"TOWN_CENTRES_ARCHIVE": archives.address, "TOWN_CENTRES_GEOGRAPHY": ons.address}


@pytest.fixture(scope="module")
def fresh_store(tmp_path_factory):
    """Where the app as it is installed keeps what it holds."""
    return tmp_path_factory.mktemp("fresh") / "store"


@pytest.fixture(scope="module")
def fresh_app(services, fresh_store):
    """The app as it is installed, nothing held."""
    with serving(fresh_store, **services) as address:
        yield address


@pytest.fixture
def clicks(open_page):
    """Return a function that clicks and counts; its ``count`` is how often it was called."""

    def click(place) -> None:
        click.count += 1
        place.click()

    click.count = 0
    return click


def test_two_clicks_lead_from_the_demonstration_to_real_verdicts(fresh_app, open_page, clicks):
    page = open_page(fresh_app)
    page.get_by_text("Demonstration data.").first.wait_for()
    clicks(page.get_by_role("link", name="Get real months"))
    clicks(page.get_by_role("button", name="Get the data of Cleveland Police"))
    page.get_by_role("progressbar").wait_for()
    # the Overview opens by itself when all is held
    page.get_by_role("heading", name="Are our town centres safer than a year before?").wait_for(timeout=WAIT)
    assert clicks.count == 2
    page.get_by_text("Demonstration data.").wait_for(state="detached")
    settle(page)
    words = page.locator(".headline").inner_text()
    assert "changes are more than ordinary ups and downs" in words  # verdicts: lookup and boundaries came too
    named = page.locator('.board button[data-cell="thornaby-town-centre~burglary"]').get_attribute(
        "aria-label"
    )
    assert named.startswith("Thornaby Town Centre, burglary: 22 to 10")
    keep(page, "fresh-overview-after-two-clicks")


def test_what_was_fetched_stands_on_your_data_and_three_clicks_lead_to_an_area_of_an_outline(
    fresh_app, open_page, clicks, shared, tmp_path
):
    file = tmp_path / "centres.gpkg"
    outlines(shared, 100).to_file(file)
    page = open_page(fresh_app)
    clicks(page.locator("nav").get_by_role("link", name="Data", exact=True))
    page.get_by_text("Done. Every page answers from what is held now.").wait_for()
    settle(page)
    assert "held, with wards" in page.locator(".stMain").inner_text()
    keep(page, "your-data-before-centres")
    place = page.locator(".st-key-give-centres-first-0").get_by_test_id("stBaseButton-secondary")
    with page.expect_file_chooser() as chooser:
        clicks(place)
    chooser.value.set_files(file)
    # the page of town centres opens by itself when they are held
    page.get_by_role("heading", name=MENU["Explore"]["explore/centres"].question).wait_for(timeout=WAIT)
    settle(page)
    # ground is named by its ward, and its rule and confidence stand beside the map
    page.get_by_text(re.compile(r"Billingham would take Billingham Central ward \(002E\)")).first.wait_for()
    words = page.locator(".stMain").inner_text()
    assert "four fifths of the centre" in words and "confidence medium" in words
    clicks(page.get_by_role("button", name="Keep it as an area"))
    page.get_by_text("Billingham is kept.").wait_for()
    assert clicks.count == 3
    settle(page)
    keep(page, "centres-kept")
    # it stands on the board as any town centre does
    page.get_by_role("link", name="See the changes of Billingham on the board").click()
    page.locator('.board button[data-cell="billingham~shoplifting"]').wait_for()


def test_the_area_kept_has_the_ground_that_was_added_and_taken_away_by_clicks_and_by_keys(
    fresh_app, fresh_store, open_page
):
    page = open_page(f"{fresh_app}/centres")  # what the test before imported
    screen.painted(page)
    for code, words in ((BESIDE, "Add Billingham"), (BILLINGHAM, "Take away Billingham")):
        before = len(page.maps)
        screen.point_to(page, screen.unit(page, code), click=True)
        button = page.get_by_role("button", name=words)
        button.click()
        button.wait_for(
            state="detached"
        )  # what was clicked is done with: the next click speaks of itself alone
        screen.sent_anew(page, before + 1)
        settle(page)
        screen.painted(page)
    # without a mouse: the list of small areas; 002D is found alone, where several match the first choice is all of them
    page.get_by_role("combobox", name=re.compile("^Small areas that stand for it")).focus()
    page.keyboard.type("002D")
    page.get_by_role("option", name=re.compile("002D")).wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.locator(".stMultiSelect", has_text="002D").wait_for()
    settle(page)
    page.get_by_label("Name of the area").fill("Billingham by hand")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Keep it as an area").click()
    page.get_by_text("Billingham by hand is kept.").wait_for()
    kept = open_store(fresh_store).areas("cleveland")["billingham-by-hand"]
    assert kept.ground == {BESIDE, BY_KEYS}


FOLD = "Back up all that is held in one file"


def test_a_back_up_goes_from_one_store_into_another_by_buttons_and_another_file_is_refused(
    fresh_app, fresh_store, open_page, tmp_path
):
    page = open_page(f"{fresh_app}/data")
    screen.open_fold(page, FOLD)
    with page.expect_download() as download:
        page.get_by_role("button", name="Back up all that is held").click()
    download.value.save_as(tmp_path / "ours.zip")
    (tmp_path / "letter.zip").write_text("Dear Commissioner")
    with serving(tmp_path / "store") as app:
        page = open_page(f"{app}/data")
        screen.open_fold(page, FOLD)
        for name, words in (
            ("letter.zip", "letter.zip: the zip is cut short or damaged."),
            ("ours.zip", "ours.zip, made on"),
        ):
            fold = page.locator("details", has=page.locator("summary", has_text=FOLD))
            with page.expect_file_chooser() as chooser:
                fold.get_by_test_id("stBaseButton-secondary").click()
            chooser.value.set_files(tmp_path / name)
            page.get_by_role("button", name="Put it in the place of all that is held").click()
            page.get_by_text(words).wait_for()
            settle(page)
        keep(page, "your-data-after-a-restore")
        page.get_by_text("Demonstration data.").wait_for(state="detached")
    ours, theirs = open_store(fresh_store), open_store(tmp_path / "store")
    assert theirs.cube("cleveland").equals(ours.cube("cleveland"))
    assert theirs.areas("cleveland") == ours.areas("cleveland")


def test_another_force_is_one_click_more_and_no_word_is_of_cleveland(services, open_page, clicks, tmp_path):
    with serving(tmp_path / "store", **services) as app:
        page = open_page(app)
        clicks(page.get_by_role("link", name="Get real months"))
        force = page.get_by_role("combobox", name="Police force")
        force.wait_for()
        clicks(force)
        force.fill(another_force.FORCE_NAME)
        page.keyboard.press("Enter")
        clicks(page.get_by_role("button", name=f"Get the data of {another_force.FORCE_NAME}"))
        page.get_by_role("heading", name="Are our town centres safer").wait_for(timeout=WAIT)
        page.get_by_text("Demonstration data.").wait_for(state="detached")
        assert clicks.count == 3
        settle(page)
        page.locator(".board button").first.wait_for()
        words = page.locator(".stApp").inner_text()
        assert "East Riding" in words and another_force.FORCE_NAME in words
        assert not [word for word in another_force.WORDS_OF_OTHERS if word in words]
        keep(page, "another-force-overview-after-three-clicks")
