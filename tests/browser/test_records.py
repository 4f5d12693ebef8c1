"""An office brings its register through the page: the shops appear, and the version before can be put back."""

from __future__ import annotations

import shutil
import urllib.request

import pytest

from tests.browser.conftest import keep, serving
from tests.browser.screen import PATIENCE
from tests.browser.waiting import settle

HEADER = "date,shop,locality,district,offence,value,evidence_passed,outcome"


@pytest.fixture
def own_app(real_store, tmp_path):
    """The app over a copy of the real months, which the test may write to."""
    shutil.copytree(real_store.path, tmp_path / "store")
    with serving(tmp_path / "store") as address:
        yield address


def register(tmp_path, shop: str, offences: int):
    """A register in which one shop of Stockton had so many offences in the comparison period."""
    rows = [
        f"2023-{7 + n % 6:02d}-1{n % 9},{shop},Stockton,Stockton-on-Tees,Shoplifting,£20,yes,charged"
        for n in range(offences)
    ]
    file = tmp_path / f"{shop.split(maxsplit=1)[0].lower()}.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return file


FOLDER = "Retail offence register: template, upload, versions"


def unfold(page) -> None:
    """Open the folder of the register and wait until what is in it stands still."""
    page.locator("summary", has_text=FOLDER).click()
    page.get_by_role("button", name="Template (CSV)").first.wait_for(state="visible")
    # not by the network's silence: the worker of the page's map counts as a request that never ends
    page.locator('[data-testid="stFileUploaderDropzoneInput"]').first.wait_for(state="attached")
    settle(page)


def holds_a_file(page) -> bool:
    """Return whether the server has a file that was given in its memory, as it tells its owner."""
    origin = page.evaluate("() => location.origin")
    asked = urllib.request.Request(f"{origin}/_stcore/metrics", headers={"Origin": origin})
    with urllib.request.urlopen(asked) as answer:
        return "UploadedFileManager" in answer.read().decode()


def wait_for_file(page, *, held: bool) -> None:
    """Wait until the server says that it has a file in its memory, or has none: it counts what it holds only now and then."""
    for _ in range(PATIENCE):
        if holds_a_file(page) == held:
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"A file that was given is {'not' if held else 'still'} in the server's memory.")


def bring(page, file, version: int) -> None:
    unfold(page)
    page.locator('[data-testid="stFileUploaderDropzoneInput"]').first.set_input_files(file)
    page.get_by_text("Nothing is kept yet").first.wait_for()
    wait_for_file(page, held=True)
    page.get_by_role("button", name="Keep this retail offence register").click()
    page.wait_for_function(
        "words => document.body.innerText.includes(words)",
        arg=f"The office’s own records, version {version}:",
    )
    settle(page)
    wait_for_file(page, held=False)


def choose_version(page, version: str) -> None:
    """Choose a version from the list, and wait until the page stands on it."""
    option = page.get_by_role("option", name=version, exact=True)
    while not option.is_visible():
        # a list that opens while the page is still being written closes again
        settle(page)
        page.get_by_role("combobox", name="Version of the retail offence register").click()
        page.wait_for_timeout(500)
    option.click()
    back = page.get_by_role("button", name="Put this version in use").first
    page.wait_for_function("button => !button.disabled", arg=back.element_handle())
    settle(page)


def tables_of(page) -> str:
    return "\n".join(page.locator("div.table").all_text_contents())  # those in folds too


def test_a_register_given_through_the_page_outlives_a_wrong_file_and_can_be_put_back(
    own_app, open_page, tmp_path
):
    page = open_page(f"{own_app}/retail_crime?folds=open")
    assert "No records of the office’s own are held" in page.locator(".stMain").inner_text()
    bring(page, register(tmp_path, "Alpha Grocer", 12), 1)
    assert "Alpha Grocer" in tables_of(page)
    said = page.locator(".st-key-announcer").get_by_role("status")
    said.filter(has_text="Kept and in use as version 1").wait_for(state="attached")
    keep(page, "retail-with-register")

    page = open_page(f"{own_app}/retail_crime?folds=open")
    bring(page, register(tmp_path, "Beta Chemist", 60), 2)
    assert "Beta Chemist" in tables_of(page)
    assert "Alpha Grocer" not in tables_of(page)

    page = open_page(f"{own_app}/retail_crime?folds=open")
    unfold(page)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name,telephone\nA Person,01642 000000\n", encoding="utf-8")
    page.locator('[data-testid="stFileUploaderDropzoneInput"]').first.set_input_files(wrong)
    page.wait_for_function("() => document.body.innerText.includes('This is not a retail offence register')")
    settle(page)
    wait_for_file(page, held=False)
    assert page.locator('[data-testid="stFileUploaderFile"]').count() == 0  # and so has the box
    assert "A Person" not in page.locator(".stMain").inner_text()
    assert "Beta Chemist" in tables_of(page)

    choose_version(page, "1")
    page.get_by_role("button", name="Put this version in use").first.click()
    page.wait_for_function("() => document.body.textContent.includes('Alpha Grocer')")
    settle(page)
    assert "Alpha Grocer" in tables_of(page)
    assert "Beta Chemist" not in tables_of(page)
