"""From a fresh install to the verdicts of one's own town centres: two clicks, against services on this machine."""

from __future__ import annotations

import pytest

from tests.browser.conftest import keep, serving
from tests.browser.waiting import WAIT, settle
from tests.made.archive_server import real_files, redirecting, write_edition
from tests.made.ons_server import OnsServer, real_layers


@pytest.fixture(scope="module")
def fresh_app(shared, tmp_path_factory):
    """The app as it is installed, nothing held, and both services beside it with Cleveland's real files."""
    folder = tmp_path_factory.mktemp("archives")
    files = real_files(shared)
    write_edition(folder / "2024-06.zip", "2024-06", files, ("durham",))
    (folder / "latest.zip").symlink_to("2024-06.zip")
    store = tmp_path_factory.mktemp("fresh") / "store"
    with redirecting(folder) as (archives, _), OnsServer(real_layers(shared)) as ons:
        settings = {"TOWN_CENTRES_ARCHIVE": archives.address, "TOWN_CENTRES_GEOGRAPHY": ons.address}
        with serving(store, **settings) as address:
            yield address


def test_two_clicks_lead_from_the_demonstration_to_real_verdicts(fresh_app, open_page):
    page = open_page(fresh_app)
    page.get_by_text("Demonstration data.").first.wait_for()
    page.get_by_role("link", name="Get real months").click()  # one
    page.get_by_role("button", name="Get the data of Cleveland Police").click()  # two
    page.get_by_role("progressbar").wait_for()
    # the Overview opens by itself when all is held
    page.get_by_role("heading", name="Are our town centres safer than a year before?").wait_for(timeout=WAIT)
    page.get_by_text("Demonstration data.").wait_for(state="detached")
    settle(page)
    words = page.locator(".headline").inner_text()
    assert "changes are more than ordinary ups and downs" in words  # verdicts: lookup and boundaries came too
    named = page.locator('.board button[data-cell="thornaby-town-centre~burglary"]').get_attribute(
        "aria-label"
    )
    assert named.startswith("Thornaby Town Centre, burglary: 22 to 10")
    keep(page, "fresh-overview-after-two-clicks")


def test_what_was_fetched_stands_on_your_data_and_in_its_checklist(fresh_app, open_page):
    page = open_page(f"{fresh_app}/data")
    words = page.locator(".stMain").inner_text()
    assert "Done. Every page answers from what is held now." in words
    assert "held, with wards" in words
