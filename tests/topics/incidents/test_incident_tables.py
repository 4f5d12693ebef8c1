"""Trend and rows of single incidents, places of a survey on their ground, and where shoplifting rose and fell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.cube import build_cube, panel
from analysis.model.evidence import Evidence
from analysis.model.ground import crosswalk_without_lookup
from analysis.model.periods import Period, parse_month
from analysis.topics.incidents.show.incident_tables import incidents_table, trend_data, trend_figure
from analysis.topics.perceptions.measure.perceived_places import place_ground, recorded_on
from analysis.topics.retail.show.shoplifting_table import shoplifting_title

A, B = "E01000001", "E01000002"
MONTHS = [parse_month(text) for text in ("2024-01", "2024-02", "2024-04")]  # March is not published
COUNTS = panel(
    build_cube(
        pd.DataFrame(
            [(A, month, "Drugs", 12) for month in MONTHS] + [(B, MONTHS[0], "Drugs", 3)],
            columns=["ground_code", "month", "crime_type", "incidents"],
        ),
        [A, B],
        MONTHS,
    )
)
SPAN = Period.parse("2024-01:2024-04")


def test_a_published_month_with_none_is_0_and_one_not_published_is_a_gap():
    counted = pd.DataFrame({"crime_type": ["Drugs"], "month": [MONTHS[0]], "incidents": [5]})
    data = trend_data(counted, COUNTS, ["Drugs"], SPAN)
    np.testing.assert_array_equal(data["incidents"], [5, 0, np.nan, 0])
    figure = trend_figure(data, "Places: all.", SPAN)
    assert figure.title == "5 incidents recorded, most in Jan 2024 (5)"
    assert "Not published: Mar 2024" in figure.caveat


def test_a_cut_list_says_how_many_there_are_and_a_point_is_only_near():
    rows = pd.DataFrame(
        {
            "month": [pd.Timestamp("2024-01-01")] * 2,
            "crime_type": ["Drugs"] * 2,
            "location": ["On or near Park", None],
            "lsoa_name": ["Town 001A", None],
            "last_outcome": [None, "Charged"],
        }
    )
    table = incidents_table(rows, 2000, "", SPAN)
    assert table.title == "2 of 2,000 incidents are listed here; the download has all"
    assert table.shown.to_numpy().tolist() == [
        ["Drugs", "Park", "Town 001A", "No outcome given"],
        ["Drugs", "not named", "no location given", "Charged"],
    ]
    assert incidents_table(rows, 2, "", SPAN).title == "2 incidents"
    assert incidents_table(rows.head(0), 0, "", SPAN).title.startswith("No recorded incident matches")


def survey(place: str, lsoa: str | None = None, at: tuple[float, float] | None = None) -> pd.DataFrame:
    x, y = at or (np.nan, np.nan)
    return pd.DataFrame({"place": [place], "lsoa": [lsoa], "longitude": [x], "latitude": [y]})


def test_a_place_has_the_ground_of_its_lsoa_else_of_its_point_else_of_its_name():
    import geopandas as gpd
    from shapely.geometry import box

    crosswalk = crosswalk_without_lookup([(A, "Town 001A", "Town", (A,), (A, "E01033801"))])
    outlines = gpd.GeoDataFrame(
        {"ground_code": [A, B]}, geometry=[box(440000, 510000, 450000, 520000), box(0, 0, 9, 9)], crs=27700
    )
    area = Area("square", "The Square", "town centre", "made", frozenset({B}))
    asked = pd.concat(
        [
            survey("Path", "E01033801"),
            survey("Gate", at=(-1.31, 54.52)),
            survey("the square"),
            survey("Nowhere"),
            survey("Sea", at=(3.0, 54.5)),
        ],
        ignore_index=True,
    )
    found = place_ground(asked, crosswalk=crosswalk, areas=[area], boundaries=outlines)
    assert found == {"Path": {A}, "Gate": {A}, "the square": {B}}
    assert "Gate" not in place_ground(asked, crosswalk=crosswalk, areas=[area])


def test_what_was_recorded_on_a_place_counts_published_months_alone():
    table = recorded_on(COUNTS, {"Path": frozenset({A, B}), "Sea": frozenset({"E01999999"})}, ["Drugs"], SPAN)
    assert table.to_numpy().tolist() == [["Path", 39.0]]
    march = Period.parse("2024-03:2024-03")
    assert recorded_on(COUNTS, {"Path": frozenset({A})}, ["Drugs"], march).empty


def test_where_shoplifting_rose_is_said_before_where_it_fell():
    counts = {"A": (1414, 1863), "B": (2208, 2075), "C": (1616, 1842), "D": (1588, 1591)}
    evidence = [
        Evidence(
            area=area,
            baseline_incidents=before,
            comparison_incidents=after,
            percent_change=100 * (after / before - 1),
        )
        for area, (before, after) in counts.items()
    ]
    assert shoplifting_title(evidence) == (
        "Recorded shoplifting rose in A and C; it fell in B; it was about the same in D"
    )
    unlike = replace(evidence[0], percent_change=float("nan"))
    assert shoplifting_title([unlike]) == "Recorded shoplifting cannot be compared in A"
