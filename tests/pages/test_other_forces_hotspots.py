"""Hotspots and Safer Streets of a force without a review: they stand, and speak of no review and of no place of another."""

from __future__ import annotations

import shutil

import pytest

from data.records import keep_records, read_upload
from data.store import open_store
from tests.pages.conftest import text_of
from tests.pages.test_overview import STREET

HOTSPOTS, SAFER_STREETS = "pages/review/hotspots.py", "pages/review/safer_streets.py"

FOREIGN = (
    "Stockton",
    "Cleveland",
    "Yarm",
    "Thornaby",
    "Billingham",
    "Portrack",
    "Ropner",
    "the review",
    "pilot",
)

LOG = (
    "Date,Hotspot,Start,End,Officers,Resident engagements,LSOA\n"
    "2022-03-05,High Street,10:00,11:30,2,3,E01008162\n"
    "2022-05-05,High Street,10:00,10:30,2,1,E01008162\n"
)
FUNDING = (
    "Programme,Amount,From,To,Places,What it pays for\n"
    "Hotspot patrols,£100,2022-03-01,2022-05-31,High Street,delivery\n"
    "Safer Streets,£500,2022-02-01,2022-12-31,Quayside,cameras\n"
)
DELIVERABLES = (
    "Programme,Area,Deliverable,Planned,Delivered,Date,Status\n"
    "Safer Streets,Quayside,Cameras,4,3,2022-06-01,under way\n"
)
AREAS = """
[areas.quayside]
name = "Quayside"
kind = "programme area"
force = "northumbria"
district = "Gateshead"
programme = "Safer Streets"
ground = [{ lsoa_2011 = "E01008162", name = "Gateshead 001A", lsoa_2021 = ["E01008162"] }]
"""


@pytest.fixture(scope="module")
def other_force(tmp_path_factory):
    """A made force with nothing but its months: 20 rows of ASB a month in three LSOAs, half as many in the second year."""
    folder = tmp_path_factory.mktemp("northumbria")
    (folder / "files").mkdir()
    lsoas = (
        ("E01008162", "Gateshead 001A"),
        ("E01008163", "Gateshead 001B"),
        ("E01008700", "Sunderland 002B"),
    )
    for month, times in (
        (f"{year}-{month:02d}", 20 // (year - 2020)) for year in (2021, 2022) for month in range(1, 13)
    ):
        rows = [
            f",{month},Northumbria Police,Northumbria Police,-1.6,54.9,On or near High Street,{code},{name},"
            "Anti-social behaviour,,"
            for code, name in lsoas
            for _ in range(times)
        ]
        file = folder / "files" / f"{month}-northumbria-street.csv"
        file.write_text("\n".join([STREET, *rows]) + "\n", encoding="utf-8")
    store = open_store(folder / "store")
    assert store.import_police_uk(folder / "files").ok
    return store


@pytest.fixture
def with_records(other_force, tmp_path):
    """The same with a log, sums, deliverables and an area that its office gave."""
    shutil.copytree(other_force.path, tmp_path / "store")
    store = open_store(tmp_path / "store")
    for kind, content in (("patrol-log", LOG), ("funding", FUNDING), ("deliverables", DELIVERABLES)):
        report = read_upload(kind, f"{kind}.csv", content.encode())
        assert not len(report.refused), report.sentences
        keep_records(store.path, kind, report)
    (store.path / "areas.toml").write_text(AREAS, encoding="utf-8")
    return store


def clean(app) -> str:
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert [warning.value for warning in app.warning] == []
    words = text_of(app)
    assert [word for word in FOREIGN if word in words] == []
    return words


def test_without_records_the_pages_stand_and_ask_for_them(run_app, other_force):
    words = clean(run_app(other_force, HOTSPOTS))
    assert "No patrol of this force is held. Give a patrol log below" in words
    assert "No sum for Hotspot patrols is in the funding records." in words
    assert "Where were the patrols?" not in words and "As columns" not in words
    assert "Why do two figures" not in words
    words = clean(run_app(other_force, SAFER_STREETS))
    assert "No area of Safer Streets is named for this force." in words
    assert words.count("No area of Safer Streets is named for this force.") == 1
    assert "No sum for Safer Streets is in the funding records." in words
    assert "Did it move next door?" not in words


def test_with_its_offices_records_the_pages_show_what_those_give(run_app, with_records):
    words = clean(run_app(with_records, HOTSPOTS))
    assert "High Street. 2 patrols, 2 hours." in words
    assert (
        "Patrolled months against the same months a year before: Mar 2022 – May 2022 against Mar 2021"
        in words
    )
    # 2 hours of the log for £100, of the same days and place
    assert "A cost per patrol hour can be given for 1 of 1 sums" in words and "£50" in words
    words = clean(run_app(with_records, SAFER_STREETS))
    assert "Before and after February 2022" in words
    assert "Cameras 4 3 75%" in words
    assert "Safer Streets £500 1 Feb 2022 31 Dec 2022" in words
    assert "Feb 2022 – Dec 2022 against Feb 2021 – Dec 2021" in words
