"""Every case of the shared folder, from the importer to the sentence on the screen.

The police.uk ones are made from the real zip by its own `make.py`; each is imported over the real months, as an office
would. Office records have tests of their own in `tests/data/test_records_cases.py`; here a line each.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.topics import change
from data.desk import Desk
from data.police_uk.report import ImportReport
from data.records import read_upload
from data.store import Store, open_store
from tests.pages.conftest import start, text_of

OVERVIEW, DATA = "pages/review/overview.py", "pages/about/data.py"


@pytest.fixture(scope="module")
def cases(shared, made_once) -> Path:
    """The folder of the police.uk cases, made once."""

    def make(folder: Path) -> None:
        subprocess.run([sys.executable, str(shared / "cases" / "make.py"), str(folder)], check=True)

    return made_once("shared-cases", make)


@pytest.fixture(scope="module")
def imported(real_store, cases, tmp_path_factory):
    """Return a function that imports a case over the real months: the store, and what the import says."""

    def over(name: str, **how: object) -> tuple[Store, ImportReport]:
        folder = tmp_path_factory.mktemp(name) / "store"
        shutil.copytree(real_store.path, folder)
        store = open_store(folder)
        return store, store.import_police_uk(cases / name, **how)

    return over


@pytest.fixture
def page(monkeypatch):
    """Return a function that gives the words of a page over a store."""

    def words(store: Store, script: str = OVERVIEW) -> str:
        app = start(monkeypatch, store, script)
        assert not app.exception
        assert [error.value for error in app.error] == []
        return text_of(app)

    return words


def leads(store: Store) -> dict[str, str]:
    """Return the sentence on each town centre that the Overview has, by its name."""
    desk = Desk(store)
    said = change.answer(desk.case(desk.default_selection("cleveland"))).leads
    assert isinstance(said, tuple)
    return dict(said)


def accused(words: str) -> str:
    """Return what the page says of published counts that differ."""
    start_at = words.index("published figures,")
    return words[start_at : words.index("Every published figure", start_at)]


# asb-in-round-numbers


def test_five_made_months_of_asb_are_named_left_out_and_lead_no_sentence(imported, page):
    store, report = imported("asb-in-round-numbers")
    assert report.ok
    assert any(
        "200, 400, 300, 300 and 400 recorded where about 1,200 to 1,500 are ordinary" in said
        for said in report.remarks
    )
    words = page(store)
    assert (
        "Antisocial behaviour 111 39 −72" in words
    )  # not 201 to 53: six calendar months that both years have whole
    assert "Compared: 6 months on each side" in words
    assert (
        "Anti-social behaviour of Jul 2023, Sep 2023, Nov 2023, Feb 2024 and May 2024 is only partly published"
        in words
    )
    thornaby = leads(store)["Thornaby Town Centre"]
    assert "Recorded criminal damage and arson fell from 92 to 33 (−64%)" in thornaby
    assert "Fell more than similar places" in thornaby
    assert "Some months of anti-social behaviour are only partly published" in thornaby
    assert "Recorded anti-social behaviour" not in thornaby
    assert "Antisocial behaviour" not in accused(words)
    # every other type is as it was
    assert "Shoplifting 63 95 +32" in words


def test_about_data_lists_the_made_months_by_month_and_type(imported, page):
    store, _ = imported("asb-in-round-numbers")
    words = page(store, DATA)
    assert "5 months of a crime type are only partly published" in words
    assert "Feb 2024 Cleveland Police Anti-social behaviour 300 about 1,200" in words
    assert "a round number that returns" in words


# no-location-in-one-year


def test_a_year_that_lost_a_quarter_of_its_locations_has_no_fall_and_accuses_nobody(imported, page):
    store, report = imported("no-location-in-one-year")
    assert report.ok
    words = page(store)
    assert (
        "Without a location, and so in no area’s count, are none of the first period’s rows and 25% of the second’s"
        in words
    )
    assert "Antisocial behaviour 124 88 −36 −29% −29% −25% 0%, 25%" in words
    for sentence in leads(store).values():
        assert "Locations missing" in sentence
        assert " fell" not in sentence
        assert " rose more" not in sentence
    told = accused(words)
    # the three cells that the real months contradict too, and no other
    assert told.count("double count is likely") == 2
    assert re.findall(r"(\d+) differ", words)[0] == "9"
    rows = told.split("Likely reason")[1].split("How whole the data are")[0]
    assert "Jul 2022 – Jun 2023" in rows
    assert "Jul 2023 – Jun 2024" not in rows


# month-of-14-rows, cut-in-a-later-release


@pytest.mark.parametrize(
    ("name", "here", "held", "month"),
    [
        ("month-of-14-rows", "14", "7,690", "Mar 2024"),
        ("cut-in-a-later-release", "2,000", "8,556", "May 2024"),
    ],
)
def test_a_stub_in_place_of_a_month_is_refused_unless_asked_for_by_name(
    imported, page, name, here, held, month
):
    store, report = imported(name, release="2024-09")
    assert not report.ok
    assert f"the file has {here} rows where {held} are held" in report.refused[0]
    assert "--replace" in report.refused[0]
    assert "Antisocial behaviour 201 88 −113" in page(store)

    store, report = imported(name, release="2024-09", replace=True)
    assert report.ok
    assert f"{month}" in " ".join(report.remarks)
    words = page(store)
    assert "Antisocial behaviour 201 88 −113" not in words
    assert f"of {month} is only partly published" in words
    assert "Compared: 10 months on each side" in words


# one-month-twice


def test_a_month_that_stands_twice_is_refused_or_flagged_with_its_crime_ids(imported, page):
    _, report = imported("one-month-twice")
    assert "16,296 rows where 8,148 are held" in report.refused[0]
    assert "6,689 rows of it repeat the Crime ID of an earlier row" in report.refused[0]

    store, report = imported("one-month-twice", replace=True)
    said = " ".join(report.remarks)
    assert (
        "6,689 rows of 13,378 with a Crime ID bear one that an earlier row of the file has (2cfc71ba6dc0…"
        in said
    )
    assert "rows stand in the file twice" in said
    words = page(store)
    assert "Compared: 10 months on each side" in words
    assert "of Oct 2023 is only partly published" in words


def test_a_month_twice_in_an_empty_store_is_known_by_its_crime_ids(cases, tmp_path):
    store = open_store(tmp_path / "store")
    report = store.import_police_uk(cases / "one-month-twice")
    assert report.ok
    assert {str(cell.month) for cell in store.partly("cleveland").values()} == {"2023-10"}


# the other months of an import are taken, and the command says it by its exit code


def test_one_month_refused_leaves_the_others_and_the_exit_code_is_1(real_store, cases, tmp_path, capsys):
    from data.__main__ import main

    folder = tmp_path / "store"
    shutil.copytree(real_store.path, folder)
    both = tmp_path / "both"
    shutil.copytree(cases / "month-of-14-rows", both)
    shutil.copytree(cases / "asb-in-round-numbers" / "2023-07", both / "2023-07")
    assert main(["import", "--store", str(folder), str(both)]) == 1
    said = capsys.readouterr().out
    assert "1 file replaced what was held; 1 file refused." in said
    assert main(["import", "--store", str(folder), "--replace", str(both)]) == 0


# the real months themselves


def test_the_real_months_show_no_flag(real_store, page):
    assert real_store.partly("cleveland") == {}
    words = page(real_store, DATA)
    assert "No month of a crime type is only partly published" in words
    words = page(real_store)
    assert "Every row has a location" in words
    assert "Locations missing" not in words.replace("Locations missing. ", "")  # its meaning, behind a title


# office records


@pytest.mark.parametrize(
    ("name", "rows", "refused"),
    [
        ("a-sep-semicolon.csv", 2, 0),
        ("c-merged-days.xlsx", 4, 0),
        ("g-retail-unknown-value.csv", 16, 0),
        ("h-retail-evidence.csv", None, 0),
        ("i-a-sheet-a-month.xlsx", None, 0),
    ],
)
def test_office_records_lose_no_row_that_can_be_read(shared, name, rows, refused):
    key = "retail-register" if "retail" in name else "patrol-log"
    report = read_upload(key, name, (shared / "cases" / name).read_bytes())
    assert len(report.refused) == refused
    assert len(report.accepted) == rows if rows else len(report.accepted) > 0


def test_the_time_of_filling_in_a_form_is_not_the_patrols(shared):
    report = read_upload(
        "patrol-log", "j-form-export.xlsx", (shared / "cases" / "j-form-export.xlsx").read_bytes()
    )
    assert len(report.accepted) > 0
    assert any("Start time" in sentence for sentence in report.sentences)
