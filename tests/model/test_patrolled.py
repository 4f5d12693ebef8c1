from __future__ import annotations

import pandas as pd
import pytest

from analysis.model.areas import Area, Yardsticks
from analysis.model.cube import build_cube, panel
from analysis.model.errors import AreaError
from analysis.model.ground import crosswalk_without_lookup
from analysis.model.patrolled import patrolled_places, without_patrolled
from analysis.model.periods import Period, parse_month
from analysis.model.vocabulary import NEIGHBOURHOOD_CRIME
from analysis.topics.change.measure.crime_groups import grouped
from analysis.topics.patrols.measure.patrol_cost import logged_period, patrol_costs, seconds_by_hotspot

CROSSWALK = crosswalk_without_lookup(
    [
        ("E01000001", "Ashby 001A", "Ashby", ("E01000001",), ("E01000001",)),
        ("E01000002", "Ashby 001B", "Ashby", ("E01000002",), ("E01035001", "E01035002")),
        ("E01000003", "Bexton 001A", "Bexton", ("E01000003",), ("E01000003",)),
    ]
)
CENTRE = Area("ashby-centre", "Ashby Centre", "town centre", "f", frozenset({"E01000001"}), True, "ashby")
DISTRICT = Area("ashby", "Ashby", "district", "f", frozenset({"E01000001", "E01000002"}))
AREAS = {CENTRE.key: CENTRE, DISTRICT.key: DISTRICT}


def log(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    """Each row: day, hotspot, LSOA; every patrol runs from 10:00 to 11:00."""
    table = pd.DataFrame(rows, columns=["date", "hotspot", "lsoa"])
    table["date"] = pd.to_datetime(table["date"])
    table["start"] = (table["date"] + pd.Timedelta(hours=10)).dt.tz_localize("Europe/London")
    table["end"] = table["start"] + pd.Timedelta(hours=1)
    return table


def placed(*rows: tuple[str, str, str | None]):
    return patrolled_places(
        log(*rows), areas=AREAS, names={"The Square": CENTRE.key}, crosswalk=CROSSWALK, ground=CROSSWALK.table
    )


def test_a_hotspot_is_placed_by_name_key_or_the_name_it_is_known_by():
    found = placed(
        ("2024-01-01", "Ashby centre", None),
        ("2024-01-02", "ashby-centre", None),
        ("2024-01-03", "The Square", None),
    )
    assert [(p.area.key, p.hotspots) for p in found.places] == [
        ("ashby-centre", ("Ashby centre", "The Square", "ashby-centre"))
    ]
    assert found.ground == {"E01000001"}
    assert found.note == ""


def test_a_hotspot_by_lsoa_of_either_vintage_is_a_place_of_its_own():
    found = placed(("2024-01-01", "Mill Lane", "E01035002"), ("2024-01-02", "Mill Lane", "E01000003"))
    (place,) = found.places
    assert place.area.ground == {"E01000002", "E01000003"}
    assert (place.area.name, place.area.kind, place.area.district, place.area.treated) == (
        "Mill Lane",
        "own",
        "ashby",
        True,
    )


def test_a_district_is_no_hotspot_and_an_unknown_place_is_named():
    found = placed(("2024-01-01", "Ashby", None), ("2024-01-02", "Moon", "E01099999"))
    assert found.places == ()
    assert found.unplaced == ("Ashby", "Moon")
    assert found.note.startswith("No ground is known of Ashby, Moon")


def test_patrolled_ground_leaves_the_rest_which_is_named_so():
    rest = Area("rest-of-ashby", "Rest of Ashby", "rest", "f", frozenset({"E01000002", "E01000003"}))
    against = Yardsticks(DISTRICT, rest)
    assert without_patrolled(against, frozenset({"E01000001"})) is against
    left = without_patrolled(against, frozenset({"E01000002"})).rest
    assert (left.ground, left.name) == ({"E01000003"}, "Rest of Ashby, without patrolled ground")
    with pytest.raises(AreaError, match="no comparator"):
        without_patrolled(against, rest.ground)


def funding(first: str, last: str, places) -> pd.DataFrame:
    days = {"first_day": pd.to_datetime([first]), "last_day": pd.to_datetime([last])}
    return pd.DataFrame({"programme": ["P"], "amount": [300.0], **days, "places": [places]})


PATROLS = log(
    ("2024-01-31", "The Square", None), ("2024-02-10", "The Square", None), ("2024-02-11", "The Square", None)
)


def cost(money: pd.DataFrame, patrols: pd.DataFrame | None = PATROLS):
    (found,) = patrol_costs(
        money,
        period=logged_period(PATROLS),
        seconds=seconds_by_hotspot(PATROLS),
        log=patrols,
        place_of={"The Square": "Ashby Centre"},
    )
    return found


def test_the_hours_of_a_log_are_brought_to_the_days_of_the_money():
    assert logged_period(PATROLS) == Period.parse("2024-01:2024-02")
    assert seconds_by_hotspot(PATROLS) == {"The Square": 10_800}
    found = cost(funding("2024-02-01", "2024-02-29", ("Ashby Centre",)))
    assert (found.gbp_per_hour, found.hours) == (150, 2)


def test_a_published_total_cannot_be_brought_to_other_days():
    found = cost(funding("2024-02-01", "2024-02-29", "Ashby Centre hotspot"), None)
    assert found.gbp_per_hour is None
    assert "1 Feb 2024 – 29 Feb 2024, the hours 1 Jan 2024 – 29 Feb 2024" in found.reason
    assert found.shared_places == {"Ashby Centre"}


@pytest.mark.parametrize(
    ("first", "last", "places"),
    [
        ("2024-02-01", "2024-03-31", ("Ashby Centre",)),
        ("2024-02-01", "2024-02-29", ("Ashby Centre", "Elsewhere")),
    ],
)
def test_money_for_more_days_or_places_than_the_log_has_no_cost(first, last, places):
    assert cost(funding(first, last, places)).gbp_per_hour is None


def test_a_group_is_the_sum_of_its_types_and_a_gap_where_one_of_them_is():
    months = pd.period_range("2024-01", "2024-02", freq="M")
    counts = pd.DataFrame(
        [("E01000001", months[0], t, n) for t, n in zip(NEIGHBOURHOOD_CRIME, (1, 2, 4, 8), strict=True)]
        + [("E01000001", months[1], "Burglary", 16)]
        + [("E01000001", months[0], "Drugs", 5)],
        columns=["ground_code", "month", "crime_type", "incidents"],
    )
    one = panel(build_cube(counts, ["E01000001"], list(months)))
    group = grouped(one, NEIGHBOURHOOD_CRIME)
    assert list(group.series({"E01000001"}, "Burglary")) == [15, 16]
    assert list(group.series({"E01000001"}, "Drugs")) == list(one.series({"E01000001"}, "Drugs"))
    broken = one.values.copy()
    broken[:, 0, 7] = float("nan")  # robbery not published in the first month
    gap = grouped(type(one)(one.ground, one.months, broken), NEIGHBOURHOOD_CRIME)
    assert gap.held("Burglary") == (parse_month("2024-02"),)
