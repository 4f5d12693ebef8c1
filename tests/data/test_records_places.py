"""Names of places in records: the unknown ones are asked about before anything is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.model.errors import RefusedError
from analysis.records import record_kind
from data.demo.demo_records import demo_csv
from data.records import current_version, keep_records, read_upload
from data.records.known_places import known_places

KNOWN = (
    "Stockton Town Centre",
    "Thornaby Town Centre",
    "Billingham Central",
    "Portrack & Tilery",
    "Stockton-on-Tees",
)
TODAY = dt.date(2024, 12, 31)


def log(*hotspots: str, lsoa: str = ""):
    rows = "".join(
        f"2023-08-{day:02d},{name},10:00,10:40,{lsoa}\n" for day, name in enumerate(hotspots, start=1)
    )
    text = f"Date,Hotspot,Start,End,LSOA\n{rows}"
    return read_upload("patrol-log", "log.csv", text.encode(), today=TODAY, known_places=KNOWN)


def test_a_misspelt_hotspot_is_found_with_its_rows_and_the_nearest_names():
    (place,) = log("Stokton Town Center", "Stokton Town Center", "Thornaby Town Centre").unknown_places
    assert (place.heading, place.name, place.rows) == ("Hotspot", "Stokton Town Center", 2)
    assert place.suggestions[0] == "Stockton Town Centre"
    assert place.question.startswith("Hotspot “Stokton Town Center” (2 rows) is no place")
    assert "did you mean Stockton Town Centre" in place.question


@pytest.mark.parametrize(
    "name", ["stockton town centre", "Stockton  Town-Centre", "Portrack and Tilery", "BILLINGHAM CENTRAL"]
)
def test_capitals_signs_and_the_word_and_make_no_other_place(name):
    assert log(name).unknown_places == ()


def test_a_hotspot_with_an_lsoa_of_its_own_is_not_asked_about():
    assert log("Riverside path", lsoa="E01012284").unknown_places == ()
    (place,) = log("Riverside path").unknown_places
    assert place.suggestions == ()
    assert "give its LSOA" in place.question


def test_nothing_is_unknown_where_nothing_is_known():
    text = b"Date,Hotspot,Start,End\n2023-08-01,Nowhere,10:00,10:40\n"
    assert read_upload("patrol-log", "log.csv", text, today=TODAY).unknown_places == ()


def test_words_of_ones_own_are_asked_about_only_where_they_are_nearly_a_known_name():
    text = "Programme,Amount,From,To,Places\nP,1,2023-10-01,2024-03-31,"
    places = "Stokton Town Centre; other Stockton hotspots; Thornaby; Norton High Street"
    report = read_upload("funding", "f.csv", f"{text}{places}\n".encode(), today=TODAY, known_places=KNOWN)
    assert [place.name for place in report.unknown_places] == ["Stokton Town Centre"]


def test_a_report_with_unknown_places_is_not_kept_until_somebody_decides(tmp_path):
    report = log("Stokton Town Center", "Elsewhere")
    with pytest.raises(RefusedError, match="did you mean Stockton Town Centre"):
        keep_records(tmp_path, "patrol-log", report)
    assert current_version(tmp_path, "patrol-log") is None
    renamed = report.with_places({"Stokton Town Center": "Stockton Town Centre"})
    assert [place.name for place in renamed.unknown_places] == ["Elsewhere"]
    assert renamed.accepted["hotspot"].tolist() == ["Stockton Town Centre", "Elsewhere"]
    assert renamed.accepted.dtypes.equals(report.accepted.dtypes)
    assert "“Stokton Town Center” as Stockton Town Centre" in renamed.sentences[-1]
    assert keep_records(tmp_path, "patrol-log", renamed.as_is()).rows == 2


def test_lists_of_places_are_renamed_item_by_item():
    text = b"Programme,Amount,From,To,Places\nP,1,2023-10-01,2024-03-31,Stokton Town Centre; Ropner\nQ,1,2023-10-01,2024-03-31,\n"
    report = read_upload("funding", "f.csv", text, today=TODAY, known_places=KNOWN)
    renamed = report.with_places({"Stokton Town Centre": "Stockton Town Centre"})
    assert renamed.accepted["places"].tolist() == [("Stockton Town Centre", "Ropner"), None]


def test_the_demonstration_and_the_review_name_known_places_and_an_offices_own_areas_are_known(tmp_path):
    names = known_places(tmp_path)
    assert {"Stockton Town Centre", "Billingham Central", "Hartlepool"} <= set(names)
    for key in (
        "patrol-log",
        "deliverables",
        "funding",
        "perception-survey",
        "retail-register",
        "timed-incidents",
    ):
        report = read_upload(key, "f.csv", demo_csv(key), known_places=names)
        assert report.unknown_places == (), key
    assert record_kind("patrol-log").column("hotspot").place == "known"


def test_the_command_line_refuses_with_the_questions_and_takes_the_names_as_they_are_when_told(
    command, tmp_path
):
    file = tmp_path / "log.csv"
    file.write_text("Date,Hotspot,Start,End\n2023-08-01,Stokton Town Center,10:00,10:40\n")
    code, output = command("import-records", "patrol-log", str(file))
    assert code == 1
    assert "did you mean Stockton Town Centre" in output
    assert "--as-is" in output
    assert "nothing held" in command("records", "list", "patrol-log")[1]
    checked = command("import-records", "patrol-log", str(file), "--check")
    assert (checked[0], "did you mean" in checked[1]) == (0, True)
    assert "Kept as version 1" in command("import-records", "patrol-log", str(file), "--as-is")[1]
    assert "1 row" in command("records", "list", "patrol-log")[1]
