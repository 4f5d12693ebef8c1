"""The patrol map: areas of marks and heights of columns go with hours, on one scale over the months."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.model.errors import NeedsInputError
from analysis.topics.patrols.measure.dosage import seconds_of
from analysis.topics.patrols.show.patrol_map import (
    COLUMNS,
    DELIVERED,
    LARGEST,
    PLANNED,
    patrol_map,
    planned_hours,
)
from data.review import read_review
from tests.made.made_maps import NAMES, layers, made_counts

NAN = float("nan")
ASB = made_counts({"G00": [3, 0], "G01": [0, 4]}, crime_types=("Anti-social behaviour",))
JAN, FEB = ASB.period.months
HOUR = 3600.0


def patrols(*rows: tuple) -> pd.DataFrame:
    """Place, month, hours, patrols, resident and business engagements; each place at a point of its own."""
    where = {"Ay": (442_000.0, 512_000.0), "Bee": (447_000.0, 512_000.0), "Cee": (452_000.0, 512_000.0)}
    table = [
        (place, *where[place], month, hours * HOUR, count, residents, business)
        for place, month, hours, count, residents, business in rows
    ]
    return pd.DataFrame(table, columns=list(COLUMNS))


LOG = patrols(
    ("Ay", JAN, 9.0, 9, 4, NAN), ("Ay", FEB, 16.0, 12, 1, NAN), ("Bee", JAN, 4.0, 3, NAN, NAN), ("Cee", FEB, 1.0, 1, 1, 0)
)  # fmt: skip


def shown(rows=LOG, **how):
    return patrol_map(
        rows, ASB, **{"names": NAMES, "when": "Jan 2024 – Feb 2024", "source": "Source: a log.", **how}
    )


def sizes(drawn, key: int = 0) -> dict[str, float]:
    table = drawn.marks.table
    own = table.loc[table["key"] == key]
    return dict(zip(own["name"], own["size"], strict=True))


def test_the_area_of_a_mark_goes_with_its_hours():
    found = sizes(shown())
    assert found["Ay"] == LARGEST
    assert (found["Ay"] / found["Bee"]) ** 2 == pytest.approx(25 / 4)
    assert (found["Ay"] / found["Cee"]) ** 2 == pytest.approx(25)


def test_the_height_of_a_column_goes_with_its_hours():
    drawn = shown(raised=True)
    found = sizes(drawn)
    assert found["Ay"] / found["Bee"] == pytest.approx(25 / 4)
    assert drawn.marks.raised and "its height goes with the hours" in drawn.caveat
    assert layers(drawn)["marks"]["getElevation"] == "@@=s"
    assert "its area goes with the hours" in shown().caveat


def test_months_are_on_one_scale():
    jan, feb = sizes(shown(month=JAN)), sizes(shown(month=FEB))
    assert feb["Ay"] == LARGEST  # the most of any one month
    assert (feb["Ay"] / jan["Ay"]) ** 2 == pytest.approx(16 / 9)
    assert (feb["Ay"] / jan["Bee"]) ** 2 == pytest.approx(16 / 4)
    assert shown(month=JAN).ground.keys == shown(month=FEB).ground.keys


def test_a_place_without_a_patrol_in_a_month_keeps_its_name_and_has_no_mark():
    drawn = shown(month=JAN)
    assert "Cee" not in sizes(drawn)
    assert [name.text for name in drawn.names] == ["Ay\n9 h", "Bee\n4 h", "Cee\n0 h"]
    assert drawn.data.set_index("place").loc["Cee", ["seconds", "patrols"]].tolist() == [0, 0]


def test_a_month_whose_incidents_are_not_held_shows_the_patrols_alone():
    later = pd.Period("2024-03")
    drawn = shown(patrols(("Ay", JAN, 9.0, 9, 4, NAN), ("Ay", later, 2.0, 1, 1, 1)), month=later)
    assert drawn.ground is None and "No incidents of Mar 2024 are held" in drawn.caveat
    assert (
        "Ground:" not in drawn.subtitle and drawn.title == "Ay had the most patrol hours: 2 hours, Mar 2024"
    )
    assert "ground" not in layers(drawn)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (LOG, "Ay had the most patrol hours: 25 hours, Jan 2024 – Feb 2024"),
        (
            patrols(("Ay", JAN, 2.0, 1, 0, 0), ("Bee", JAN, 2.0, 1, 0, 0)),
            "Ay and Bee had the most patrol hours: 2 hours each, Jan 2024 – Feb 2024",
        ),
        (
            patrols(*((place, JAN, 2.0, 1, 0, 0) for place in ("Ay", "Bee", "Cee"))),
            "Ay, Bee and Cee had the most patrol hours: 2 hours each, Jan 2024 – Feb 2024",
        ),
        (patrols(("Ay", JAN, 0.0, 0, 0, 0)), "No patrol is recorded in Jan 2024 – Feb 2024"),
    ],
)
def test_titles_say_who_had_the_most(rows, title):
    assert shown(rows).title == title


def test_engagements_that_are_not_known_are_not_said_to_be_none():
    texts = dict(zip(shown().marks.table["name"], shown().marks.table["text"], strict=True))
    assert texts["Ay"] == "25 hours of patrol\n21 patrols\n5 resident engagements"
    assert texts["Bee"] == "4 hours of patrol\n3 patrols"
    assert texts["Cee"] == "1 hour of patrol\n1 patrol\n1 resident engagement\n0 business engagements"


def test_planned_hours_are_marks_of_their_own_on_the_same_scale():
    drawn = shown(planned={"Ay": 100.0, "Elsewhere": 7.0})
    assert [key for _, keys in drawn.legend[1:2] for key in keys] == [DELIVERED, PLANNED]
    planned, delivered = sizes(drawn, 1), sizes(drawn)
    assert planned == {"Ay": LARGEST}
    assert (planned["Ay"] / delivered["Ay"]) ** 2 == pytest.approx(100 / 25)
    assert shown(planned={"Ay": 100.0}, month=JAN).marks.keys == (DELIVERED,)
    assert "100.0 patrol hours planned" in set(drawn.marks.table["text"])


DELIVERABLES = pd.DataFrame(
    [
        ("ASB hotspots", "Patrol hours", "BILLINGHAM central", 400.0, "2024-01-01"),
        ("ASB Hotspots", "planned patrol hours", "Billingham Central", 420.0, "2024-02-01"),
        ("ASB Hotspots", "Patrol hours (planned)", "Thornaby", 300.0, None),
        ("ASB Hotspots", "Patrol hours", "Nowhere", 9.0, "2024-01-01"),
        ("ASB Hotspots", "Warning letters", "Thornaby", 9.0, "2024-03-01"),
        ("Safer Streets 5", "Patrol hours", "Thornaby", 9.0, "2024-03-01"),
        ("ASB Hotspots", "Patrol hours", "Thornaby", None, "2024-03-01"),
    ],
    columns=["programme", "deliverable", "area", "planned", "date"],
).assign(date=lambda rows: pd.to_datetime(rows["date"]))


def test_planned_hours_are_matched_by_name_and_the_latest_stands():
    places = {"Billingham Central": "Billingham Town Centre", "Thornaby": "Thornaby Town Centre"}
    assert planned_hours(DELIVERABLES, "ASB Hotspots", places) == {
        "Billingham Town Centre": 420.0, "Thornaby Town Centre": 300.0,
    }  # fmt: skip
    assert planned_hours(DELIVERABLES.iloc[:0], "ASB Hotspots", places) == {}


def test_of_rows_of_one_day_the_last_in_the_file_stands():
    rows = pd.concat([DELIVERABLES.iloc[:1].assign(planned=float(n)) for n in range(40)], ignore_index=True)
    assert planned_hours(rows, "ASB Hotspots", {"Billingham Central": "B"}) == {"B": 39.0}


def test_the_totals_of_the_review_come_out():
    published = read_review("patrols")
    rows = patrols(
        *(
            (place, pd.NaT, seconds_of(row.patrol_hours) / HOUR, row.patrols, row.resident_engagements, row.business_engagements)
            for place, row in zip(("Ay", "Bee", "Cee"), published.itertuples(), strict=True)
        )
    )  # fmt: skip
    drawn = shown(rows)
    assert published["area"].iloc[0] == "billingham-town-centre"
    assert drawn.data["hours"].tolist() == ["373:26:00", "359:34:00", "327:26:00"]
    assert drawn.names[0].text == "Ay\n373 h 26 min"
    assert drawn.title.startswith("Ay had the most patrol hours: 373 hours 26 minutes")


def test_without_a_place_there_is_no_map():
    with pytest.raises(NeedsInputError, match="LSOA in the log"):
        shown(LOG.iloc[:0])


def test_names_stand_over_their_marks_and_first():
    drawn = shown()
    tallest = sizes(drawn)
    for name in drawn.names:
        assert name.first and name.above > tallest[name.text.split("\n")[0]] / 2
