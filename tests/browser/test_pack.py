"""From a fresh start, three clicks give files to take away; how many seconds that takes is said, and not judged."""

from __future__ import annotations

import time
import zipfile

import pytest

from tests.browser.conftest import keep, serving
from tests.browser.waiting import WAIT, settle


@pytest.fixture
def fresh(tmp_path):
    with serving(tmp_path / "store") as address:
        yield address


def of_the_whole_pack(page) -> None:
    page.get_by_role("link", name="Pack", exact=True).click()  # one
    page.get_by_role("button", name="Make the pack").click()  # two


def of_this_page(page) -> None:
    page.locator("summary", has_text="Download this page").click()  # one
    page.get_by_role("button", name="Make the files of this page").click()  # two


@pytest.mark.parametrize(
    ("two_clicks", "tables", "suffixes"),
    [
        (of_this_page, 3, (".xlsx", ".html", "manifest.json")),
        (of_the_whole_pack, 60, (".xlsx", ".html", ".pdf", "manifest.json")),
    ],
    ids=["page", "whole"],
)
def test_three_clicks_from_a_fresh_start_give_the_pack(
    fresh, open_page, tmp_path, capsys, two_clicks, tables, suffixes, request
):
    page = open_page(fresh)
    page.get_by_text("Demonstration data.").first.wait_for()
    began = time.monotonic()
    two_clicks(page)
    page.get_by_role("progressbar").wait_for()
    page.get_by_role("button", name="Cancel").wait_for()
    keep(page, f"pack-being-made-{request.node.callspec.id}")
    whole = page.get_by_role("button", name="Download all of it (zip)")
    whole.wait_for(timeout=10 * WAIT)  # a guard against hanging only
    made = time.monotonic() - began
    with page.expect_download(timeout=WAIT) as arriving:
        whole.click()  # three
    file = tmp_path / "pack.zip"
    arriving.value.save_as(file)
    seconds = time.monotonic() - began
    settle(page)
    keep(page, f"pack-made-{request.node.callspec.id}")
    with capsys.disabled():
        print(f"\nThe pack was made in {made:.1f} s and downloaded by a third click after {seconds:.1f} s")
    with zipfile.ZipFile(file) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
    for suffix in suffixes:
        assert any(name.endswith(suffix) for name in names), suffix
    assert sum(name.endswith(".csv") for name in names) > tables
