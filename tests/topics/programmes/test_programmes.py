from __future__ import annotations

import zipfile
from itertools import pairwise

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.answer import Unanswered
from analysis.model.areas import Area
from analysis.model.breaks import KNOWN_BREAKS, Break, breaks, month_status
from analysis.model.cube import build_cube, panel
from analysis.model.errors import AreaError, ContractError
from analysis.model.ground import build_crosswalk
from analysis.model.partly import Partly
from analysis.model.period_pairs import PeriodPair, before_and_after
from analysis.model.periods import Period, parse_month
from analysis.topics import programmes
from analysis.topics.programmes.measure.programme_ground import (
    deliverables,
    overlap,
    programme_counts,
    rest_without_programmes,
)
from analysis.topics.programmes.say import in_short
from data.areas.area_files import read_areas
from data.desk import Desk
from data.review import review_of
from tests.made.real import cleveland

STREET_NAMES = (
    "Tilery Road",
    "Tilery Way",
    "Northport Road",
    "Gooseport Road",
    "Westport Close",
    "Knightport Road",
)


def area(name: str, *ground: str) -> Area:
    return Area(name.lower(), name, "programme area", "cleveland", frozenset(ground))


def records(*rows: tuple) -> pd.DataFrame:
    columns = ["programme", "area", "deliverable", "planned", "delivered", "date", "status"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["date"] = pd.to_datetime(frame["date"])
    return frame


def test_latest_row_of_a_deliverable_is_the_figure_to_date():
    table = deliverables(
        records(
            ("S5", "Portrack", "packs", 100, 100, "2024-06-01", "delivered"),
            ("S5", "Portrack", "packs", 100, 40, "2024-01-01", "under way"),
            ("S5", "Portrack", "columns", 9, None, "2024-01-01", ""),
            ("S5", "Ropner", "nightfall", None, None, None, "under way"),
        )
    )
    assert table["deliverable"].tolist() == ["columns", "packs", "nightfall"]
    assert table["share"].fillna(-1).tolist() == [-1, 1, -1]
    assert table["outstanding"].fillna(-1).tolist() == [-1, 0, -1]
    with pytest.raises(ContractError, match="status"):
        deliverables(records().drop(columns="status"))


def test_overlap_says_when_two_programmes_cannot_be_told_apart():
    stockton = area("Stockton", "A", "B", "C")
    whole = overlap(area("Portrack", "A"), [stockton, area("Thornaby", "T")])
    assert (whole.share, whole.patrolled) == (1, ("Stockton",))
    assert whole.sentence.startswith("All of the ground of Portrack was patrolled too (Stockton)")
    half = overlap(area("Both", "A", "X"), [stockton])
    assert half.sentence.startswith("1 of 2 units of the ground of Both")
    assert overlap(area("Ropner", "X"), [stockton]).separable
    with pytest.raises(AreaError, match="has no ground"):
        overlap(area("None"), [stockton])


units = st.frozensets(st.sampled_from("ABCDEFGH"), min_size=1)


@given(units, units, units)
def test_second_rest_holds_no_treated_and_no_programme_ground(all_ground, treated, programme):
    district = Area("d", "D", "district", "cleveland", all_ground)
    left = all_ground - treated - programme
    if not left:
        with pytest.raises(AreaError, match="Nothing of D is left"):
            rest_without_programmes(district, [area("T", *treated)], [area("P", *programme)])
        return
    rest = rest_without_programmes(district, [area("T", *treated)], [area("P", *programme)])
    assert rest.ground == left
    assert rest.name == "Rest of D, without programme ground"


def test_group_is_counted_over_the_months_that_all_its_types_have():
    first = parse_month("2022-10")
    rows = [
        (ground, first + at, kind, n)
        for at in (0, 12, 13)
        for ground, kind, n in (("A", "Burglary", 3), ("A", "Robbery", 1), ("B", "Burglary", 50))
    ]
    counts = pd.DataFrame(rows, columns=["ground_code", "month", "crime_type", "incidents"])
    held = panel(build_cube(counts, ["A", "B"], [first, first + 12, first + 13]))
    pair = PeriodPair(Period(first, first + 1), Period(first + 12, first + 13))
    table = programme_counts(held, [area("A", "A")], pair, {"Both": ("Burglary", "Robbery")})
    row = table.iloc[0]
    assert row[["baseline", "comparison", "difference", "percent"]].tolist() == [4, 4, 0, 0]
    assert row[["baseline_days", "comparison_days"]].tolist() == [31, 31]
    assert "Nov 2022 is not published" in row["reason"]


def test_proposed_areas_follow_the_rules_they_state(shared, real_street):
    defined = read_areas().areas
    portrack, ropner = defined["portrack-and-tilery"], defined["ropner"]
    assert {d.kind for d in (portrack, ropner)} == {"programme area"}
    assert not portrack.treated
    assert not ropner.treated
    lookup = pd.read_csv(shared / "geography" / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    crosswalk = build_crosswalk(lookup)
    located = real_street.loc[(real_street["Month"] >= "2023-06") & real_street["Longitude"].notna()]
    located = located.assign(ground=located["LSOA code"].map(crosswalk.ground_of))
    named = located.loc[located["Location"].str.removeprefix("On or near ").isin(STREET_NAMES)]
    assert set(named["ground"]) == {unit.ground_code for unit in portrack.units} == {"E01012266"}

    wards = gpd.read_file(shared / "geography" / "wards_2025_cleveland.geojson").to_crs(27700)
    ward = wards.loc[wards["WD25NM"] == "Ropner"].geometry.iloc[0]
    lsoas = gpd.read_file(shared / "geography" / "lsoa_2021_cleveland.geojson").to_crs(27700)
    of = lsoas["LSOA21CD"].map(crosswalk.ground_of)
    inside, whole = (
        lsoas.geometry.intersection(ward).area.groupby(of).sum(),
        lsoas.geometry.area.groupby(of).sum(),
    )
    snap = pd.read_csv(shared / "geography" / "snap_points_lsoa21_cleveland.csv")
    at = gpd.points_from_xy(snap["Longitude"], snap["Latitude"], crs=4326).to_crs(27700)
    shares = pd.DataFrame(
        {
            "land": inside / whole,
            "points": pd.Series(at.within(ward)).groupby(snap["LSOA code"].map(crosswalk.ground_of)).mean(),
        }
    )
    chosen = shares.index[(shares > 0.5).any(axis=1)]
    assert set(chosen) == {unit.ground_code for unit in ropner.units}
    stated = (shares * 100).round().astype("Int64")
    assert stated.loc["E01012217"].tolist() == [99, 100]
    assert stated.loc["E01012218"].tolist() == [63, 40]
    assert stated.loc["E01012264"].tolist() == [16, 54]
    assert stated.loc["E01012262"].tolist() == [24, 44]
    assert stated.loc["E01033477"].tolist() == [33, 25]


def test_portrack_and_tilery_lies_wholly_in_the_patrolled_stockton_set():
    defined = read_areas().areas
    areas = {key: area(d.name, *(unit.ground_code for unit in d.units)) for key, d in defined.items()}
    patrolled = [areas[key] for key, d in defined.items() if d.treated]
    assert overlap(areas["portrack-and-tilery"], patrolled).share == 1
    assert overlap(areas["ropner"], patrolled).separable


def test_breaks_are_those_inside_the_span_that_touch_the_crime_type():
    span = Period.parse("2022-07:2024-06")
    assert [b.what for b in breaks(span)] == [
        "Counting rules changed",
        "Small areas redrawn",
    ]
    review = review_of("cleveland")
    assert [b.what for b in breaks(span, own=review.breaks)][2:] == [
        "Patrols begin",
        "Safer Streets 5 begins",
    ]
    assert "Counting rules changed" not in [b.what for b in breaks(span, ["Shoplifting"])]
    revised = Break(parse_month("2024-01"), "January revised", "", "release 2024-05", "data")
    found = breaks(Period.parse("2022-01:2024-06"), ["Burglary"], own=[revised])
    assert [b.what for b in found] == ["Map points refreshed", "Small areas redrawn", "January revised"]
    assert all(b.source and b.why for b in KNOWN_BREAKS)


def test_map_points_are_others_from_july_2022_on(shared):
    points = {}
    for archive in sorted((shared / "real").glob("*.zip")):
        with zipfile.ZipFile(archive) as held:
            for month in ("2022-05", "2022-06", "2022-07", "2022-08"):
                name = f"{month}/{month}-cleveland-street.csv"
                if name in held.namelist():
                    rows = pd.read_csv(held.open(name), usecols=["Longitude", "Latitude"]).dropna()
                    points[month] = set(zip(rows["Longitude"], rows["Latitude"], strict=True))
    kept = {b: len(points[a] & points[b]) / len(points[b]) for a, b in pairwise(sorted(points))}
    assert {month: round(share, 2) for month, share in kept.items()} == {
        "2022-06": 0.62,
        "2022-07": 0.04,
        "2022-08": 0.61,
    }


def test_a_month_with_a_partly_published_type_is_flagged():
    first = parse_month("2023-01")
    counts = pd.DataFrame(
        {
            "ground_code": "A",
            "month": [first, first + 1, first + 2, first + 4],
            "crime_type": "Burglary",
            "incidents": [100, 59, 100, 60],
        }
    )
    held = panel(build_cube(counts, ["A"], [first, first + 1, first + 2, first + 4]))
    table = month_status(held)
    median = 80
    assert table["share"].fillna(-1).tolist() == [100 / median, 59 / median, 100 / median, -1, 60 / median]
    assert table["status"].tolist() == ["published", "published", "published", "gap", "published"]
    cell = Partly(first + 1, "Burglary", 59, 100, ("far below",))
    left_out = {(first + 1, "Burglary"): cell}
    low = month_status(panel(build_cube(counts, ["A"], list(counts["month"]), left_out), partly=left_out))
    assert low["status"].tolist() == ["published", "partly published", "published", "gap", "published"]


def test_clevelands_december_is_a_gap_and_its_low_winter_is_not_flagged(shared):
    held, _ = cleveland(shared)
    table = month_status(held).set_index("month")
    assert table.index[table["status"] != "published"].astype(str).tolist() == ["2022-12"]


def test_real_counts_before_and_after_safer_streets_leave_december_out(shared):
    held, _ = cleveland(shared)
    pair = before_and_after(parse_month("2023-10"), held.span)
    defined = read_areas().areas["ropner"]
    ropner = area("Ropner", *(unit.ground_code for unit in defined.units))
    table = programme_counts(held, [ropner], pair).set_index("group")
    assert (table["baseline_days"] == 242).all()  # October to June without December, no leap day
    assert table["reason"].str.contains("Dec 2022").all()
    assert table.loc["Anti-social behaviour", ["baseline", "comparison"]].gt(0).all()


def test_what_was_delivered_in_short_sums_one_name_and_counts_what_has_no_number():
    delivered = pd.DataFrame(
        {
            "deliverable": ["Packs", "Rails", "Packs", "Columns", "Posters", "Walks"],
            "delivered": [60.0, float("nan"), 40.0, 9.0, 0.0, 1_200.0],
        }
    )
    assert in_short(delivered) == (
        "Delivered: Packs, 100; Columns, 9; Posters, 0; 1 more with a number; 1 deliverable without a number."
    )


def test_a_demonstration_says_that_its_places_are_invented_and_asks_for_no_codes(demonstration_store):
    desk = Desk(demonstration_store)
    answer = programmes.answer(
        desk.programmes(desk.case(desk.default_selection("cleveland"))), "safer_streets"
    )
    said = "The demonstration has no ground of Ropner: its places are invented. Get real months first."
    assert answer["cards"] == Unanswered(said)
