"""The incident map: what it says of ground, points and hexagons, with ties, zero, gaps and what is left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.maps import incident_map as incident
from analysis.drawing.maps.bearings import tied
from analysis.drawing.maps.classes import NO_INCIDENT, NOT_PUBLISHED
from analysis.drawing.maps.incident_map import (
    count_ground,
    count_map,
    density_edges,
    density_map,
    mark_size,
    point_map,
    what_is_counted,
)
from analysis.drawing.maps.points import points_of, without_point
from analysis.drawing.maps.wgs84 import to_degrees
from analysis.model.errors import AnalysisError, ContractError
from tests.made.made_maps import NAMES, layers, made_counts

NAN = float("nan")
MADE = made_counts({"G00": [3, 0, NAN], "G01": [0, 0, NAN], "G02": [5, 9, NAN]})
JAN, FEB, MAR = MADE.period.months


def test_ground_is_shaded_by_its_total_and_the_title_names_the_most():
    shown = count_map(MADE, names=NAMES)
    assert shown.title == "Most in Cee: 14 of 17 recorded (shoplifting)"
    keys = shown.ground.keys
    assert [keys[at].label for at in shown.ground.table["key"]] == ["1 to 3", "0", "4 or more"]
    assert shown.ground.table["text"].tolist() == [
        "Jan 2024 – Mar 2024: 3 recorded", "Jan 2024 – Mar 2024: 0 recorded", "Jan 2024 – Mar 2024: 14 recorded",
    ]  # fmt: skip
    assert NOT_PUBLISHED not in keys  # a total of the published months has no gap; the caveat names the month
    assert "Not published and left out: Mar 2024." in shown.caveat


def test_one_month_keeps_the_scale_of_them_all():
    one, two = (count_ground(MADE, NAMES, month=month) for month in (JAN, FEB))
    assert one.keys == two.keys
    assert one.table["key"].tolist()[1] == two.table["key"].tolist()[1] == 0


def test_a_month_that_is_not_published_is_hatched_and_never_0():
    shown = count_map(MADE, month=MAR, names=NAMES)
    assert shown.title == "Mar 2024 is not published"
    assert {shown.ground.keys[at] for at in shown.ground.table["key"]} == {NOT_PUBLISHED}
    assert set(shown.ground.table["text"]) == {"Mar 2024: not published"}


def test_nothing_recorded_is_said_and_is_not_a_gap():
    shown = count_map(made_counts({"G00": [0], "G01": [0]}), names=NAMES)
    assert shown.title == "None recorded in Jan 2024: shoplifting"
    assert {shown.ground.keys[at] for at in shown.ground.table["key"]} == {NO_INCIDENT}


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ((4, 4, 1), "Most in Ay and Bee: 4 each of 9 recorded (shoplifting)"),
        ((2, 2, 2), "Most in Ay, Bee and Cee: 2 each of 6 recorded (shoplifting)"),
    ],
)
def test_those_who_tie_for_the_most_are_all_named(counts, title):
    rows = dict(zip(("G00", "G01", "G02"), ([float(count)] for count in counts), strict=True))
    assert count_map(made_counts(rows), names=NAMES).title == title


def test_many_who_tie_are_a_number():
    assert tied("ABCD") == "4 places alike" and tied("A") == "A"


def test_a_month_outside_the_period_is_a_sentence():
    with pytest.raises(AnalysisError, match="Apr 2024 lies outside Jan 2024 – Mar 2024"):
        count_map(MADE, month=pd.Period("2024-04"), names=NAMES)


def test_crime_types_in_words():
    assert what_is_counted(["Burglary"]) == "burglary"
    assert what_is_counted(["Burglary", "Drugs"]) == "burglary, drugs"
    assert what_is_counted(list("ABCDE")) == "a, b, c, d, e"
    assert what_is_counted(list("ABCDEF")) == "6 crime types together"


# points

RAW = pd.DataFrame(
    [
        ("On or near High Street", -1.31, 54.56, "Drugs", "2024-01", 2),
        ("On or near High Street", -1.31, 54.56, "Drugs", "2024-02", 1),
        ("On or near ", -1.31, 54.56, "Drugs", "2024-02", 9),
        ("On or near Parking Area", -1.31, 54.56, "Burglary", "2024-01", 1),
        ("No Location", -1.35, 54.58, "Drugs", "2024-01", 4),
        ("No Location", None, None, "Drugs", "2024-01", 7),
    ],
    columns=["location", "longitude", "latitude", "crime_type", "month", "incidents"],
).assign(month=lambda rows: pd.PeriodIndex(rows["month"], freq="M"))


def test_a_point_stands_under_one_name_with_its_months():
    points = points_of(RAW)
    assert points[["near", "crime_type", "incidents", "months"]].values.tolist() == [
        ["", "Drugs", 4, "Jan 2024: 4"],
        ["High Street", "Burglary", 1, "Jan 2024: 1"],
        ["High Street", "Drugs", 12, "Jan 2024: 2, Feb 2024: 10"],
    ]
    assert without_point(RAW) == 7
    assert points["incidents"].sum() + without_point(RAW) == RAW["incidents"].sum()


def test_many_months_are_the_first_and_the_last():
    months = pd.period_range("2023-01", periods=7, freq="M")
    rows = pd.DataFrame(
        {"location": "On or near X", "longitude": -1.3, "latitude": 54.5, "crime_type": "Drugs", "month": months, "incidents": 1}
    )  # fmt: skip
    assert points_of(rows)["months"].tolist() == ["in 7 months, Jan 2023 to Jul 2023"]


def test_no_point_is_an_empty_table_and_says_so_on_the_map():
    points = points_of(RAW.iloc[5:])
    assert points.empty
    shown = point_map(points, crime_types=["Drugs"], when="Jan 2024")
    assert shown.title == "No incident with a point was recorded" and shown.marks.table.empty


def test_every_mark_of_open_data_is_an_approximate_point_and_never_a_shop():
    shown = point_map(points_of(RAW), crime_types=["Burglary", "Drugs"], when="Jan 2024 – Feb 2024")
    rows = layers(shown)["marks"]["data"]
    assert {row["name"] for row in rows} == {"Approximate point", "Approximate point near High Street"}
    assert "no shop and no door is meant" in shown.caveat
    assert shown.title == "17 recorded incidents at 2 approximate points"


def test_a_kind_of_place_has_its_article_so_that_no_one_business_is_named():
    raw = RAW.assign(location="On or near Petrol Station")
    rows = layers(point_map(points_of(raw), crime_types=["Burglary", "Drugs"], when="then"))["marks"]["data"]
    assert {row["name"] for row in rows} == {"Approximate point near a petrol station"}


def test_one_incident_at_one_point_is_said_as_one():
    shown = point_map(points_of(RAW.iloc[3:4]), crime_types=["Burglary"], when="Jan 2024")
    assert shown.title == "1 recorded incident at 1 approximate point"


def test_each_type_has_its_colour_and_its_shape():
    shown = point_map(points_of(RAW), crime_types=["Burglary", "Drugs"], when="then")
    assert [(key.label, key.mark) for key in shown.marks.keys] == [
        ("Burglary", "circle"),
        ("Drugs", "diamond"),
    ]
    for row in shown.marks.table.itertuples():
        assert shown.marks.keys[row.key].label == row.crime_type


def test_more_than_four_types_cannot_be_told_apart():
    with pytest.raises(AnalysisError, match="5 crime types are chosen"):
        point_map(points_of(RAW), crime_types=list("ABCDE"), when="then")


def test_points_beyond_the_most_are_left_out_from_the_fewest_and_counted(monkeypatch):
    monkeypatch.setattr(incident, "MOST_POINTS", 1)
    shown = point_map(points_of(RAW), crime_types=["Burglary", "Drugs"], when="then")
    assert shown.marks.table["incidents"].tolist() == [12]
    assert (
        "The 1 largest marks are drawn; 2 smaller ones (one for each point and crime type) are not."
        in shown.caveat
    )
    assert shown.title == "17 recorded incidents at 2 approximate points, 12 of them drawn"
    assert shown.data["incidents"].sum() == 17  # the numbers have them all


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30))
def test_the_area_of_a_mark_goes_with_its_count(counts):
    size = mark_size(pd.Series(counts))
    assert size.max() <= incident.LARGEST + 1e-9
    whole = [at for at in range(len(counts)) if size[at] > 3.0]
    for at in whole:
        assert (size[at] / size[whole[0]]) ** 2 == pytest.approx(counts[at] / counts[whole[0]])


def test_a_mark_of_nothing_is_refused():
    with pytest.raises(ContractError):
        mark_size(pd.Series([0, 1]))


# hexagons


def hexagons(*rows: tuple[float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["easting", "northing", "incidents"]).assign(
        near="", crime_type="Drugs", months=""
    )


def test_incidents_of_a_hexagon_are_added_up_and_none_is_lost():
    points = hexagons((444_000, 519_000, 3), (444_000, 519_000, 2), (450_000, 522_000, 1), (NAN, NAN, 5))
    shown = density_map(points, crime_types=["Drugs"], when="then")
    assert sorted(shown.data["incidents"]) == [1, 5]
    assert shown.title == "The fullest hexagon has 5 of 6 recorded incidents"
    assert set(shown.cells.table["text"]) == {"then: 5 recorded", "then: 1 recorded"}
    assert "not to say that none took place there" in shown.caveat


def test_hexagons_that_tie_are_counted():
    points = hexagons((444_000, 519_000, 2), (450_000, 522_000, 2))
    title = density_map(points, crime_types=["Drugs"], when="then").title
    assert title == "Each of the 2 fullest hexagons has 2 of 4 recorded incidents"


def test_no_hexagon_is_said():
    shown = density_map(hexagons(), crime_types=["Drugs"], when="then")
    assert shown.title == "No incident with a point was recorded" and shown.cells.table.empty


def test_a_hexagon_is_as_large_as_the_map_says():
    import h3

    longitude, latitude = to_degrees([444_000], [519_000])
    cell = h3.latlng_to_cell(latitude[0], longitude[0], incident.CELL)
    middle = h3.cell_to_latlng(cell)
    corners = [h3.great_circle_distance(middle, corner, unit="m") for corner in h3.cell_to_boundary(cell)]
    assert np.mean(corners) == pytest.approx(incident.CELL_RADIUS, rel=0.1)


def test_sizes_and_hexagons_of_one_month_are_on_the_scale_of_all():
    both = RAW.assign(month=pd.PeriodIndex(RAW["month"], freq="M"))
    february = both.loc[both["month"] == pd.Period("2024-02")]
    alone = point_map(points_of(february), crime_types=["Burglary", "Drugs"], when="Feb 2024").marks.table
    scaled = point_map(
        points_of(february), crime_types=["Burglary", "Drugs"], when="Feb 2024", most=400
    ).marks.table
    assert (scaled["size"] < alone["size"]).all()
    edges = density_edges(both)
    shown = density_map(points_of(february), crime_types=["Drugs"], when="Feb 2024", edges=edges)
    assert len(shown.cells.keys) == len(edges)
