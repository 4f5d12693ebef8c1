"""The real files of Cleveland: the counts that the project rests on, and the traps measured in them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.model.cube import panel
from analysis.model.periods import Period, compared_months
from analysis.model.vocabulary import CRIME_TYPES, SLIDE_CRIME_TYPES

BASELINE, COMPARISON = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")

# "Counts for checking": baseline (11 months), comparison (12), comparison like for like (11), in the slide's order
COUNTS = {
    "billingham-town-centre": (
        "124 72 62 163 23 98 8 7", "119 53 37 117 9 71 5 12", "114 46 36 100 9 54 4 12"),
    "thornaby-town-centre": (
        "201 92 59 126 22 63 3 6", "96 36 51 126 13 104 9 4", "88 33 46 116 10 95 8 4"),
    "stockton-town-centre": (
        "663 305 514 1510 200 346 179 65", "629 361 392 1466 186 411 184 63", "577 331 371 1368 173 378 166 62"),
    "stockton-on-tees": (
        "4496 2757 2458 9412 1418 2208 637 250", "4589 2600 1835 8640 1309 2252 679 208",
        "4319 2403 1717 7996 1218 2075 630 199"),
    "rest-of-stockton-on-tees": (
        "3508 2288 1823 7613 1173 1701 447 172", "3745 2150 1355 6931 1101 1666 481 129",
        "3540 1993 1264 6412 1026 1548 452 121"),
}  # fmt: skip


@pytest.mark.parametrize("key", COUNTS)
@pytest.mark.parametrize("lookup", ["with the lookup", "without it"])
def test_counts_for_checking(key, lookup, real_store, bare_store):
    store = real_store if lookup == "with the lookup" else bare_store
    held, area = panel(store.cube("cleveland")), store.areas("cleveland")[key]
    rows = held.rows(area.ground)
    found: list[list[int]] = [[], [], []]
    for crime_type in SLIDE_CRIME_TYPES:
        compared = compared_months(BASELINE, COMPARISON, held.held(crime_type))
        for column, months in zip(
            found, (compared.baseline, COMPARISON.months, compared.comparison), strict=True
        ):
            column.append(int(held.totals(months, crime_type)[rows].sum()))
    assert [" ".join(map(str, column)) for column in found] == list(COUNTS[key])


def test_every_row_of_the_zip_is_held(real_store):
    manifest = real_store.manifest()
    street = manifest.loc[manifest["kind"] == "street"]
    assert street["rows_kept"].sum() == 185_582 and manifest["rows_refused"].sum() == 0
    assert manifest.groupby("kind")["rows_kept"].sum()["outcomes"] == 115_514
    assert real_store.street("cleveland").count().execute() == 185_582


def test_identical_asb_rows_are_not_dropped(real_store):
    street = real_store.street("cleveland")
    columns = [name for name in street.columns if name != "source_row"]
    assert 185_582 - street.select(columns).distinct().count().execute() == 11_978


def test_december_2022_is_a_gap_and_not_a_zero(real_store):
    december = pd.Period("2022-12", "M")
    coverage = real_store.coverage("cleveland")
    street = coverage.loc[coverage["kind"] == "street"].set_index("month")
    assert street.index[street["status"] == "gap"].tolist() == [december]
    assert np.isnan(street.loc[december, "incidents"])
    cube = real_store.cube("cleveland")
    assert cube.loc[cube["month"] == december, "incidents"].isna().all()
    assert (street.loc[street["status"] != "gap", "status"] == "published").all()


def test_both_vintages_stand_in_the_files_of_winter_2022(real_store):
    vintage = real_store.vintages("cleveland").set_index("month")["vintage"]
    assert set(vintage[:"2022-11"]) == {"2011"}
    assert set(vintage["2023-01":"2023-05"]) == {"2011 and 2021"}
    assert set(vintage["2023-06":]) == {"2021"}


def test_the_cube_holds_every_located_incident_and_places_with_none(real_store):
    cube, ground = real_store.cube("cleveland"), real_store.ground("cleveland")
    assert cube["incidents"].sum() == 185_582
    assert len(cube) == len(ground) * 24 * len(CRIME_TYPES)
    assert ground["in_force"].sum() == 351
    outside = set(ground.loc[~ground["in_force"], "ground_code"])
    assert cube.loc[cube["ground_code"].isin(outside), "incidents"].sum() == 41


def test_crime_ids_join_street_and_outcomes(real_store):
    street, outcomes = real_store.street("cleveland"), real_store.outcomes("cleveland")
    twice = (
        street.filter(street["crime_id"].notnull())  # noqa: PD004  (Ibis has no other)
        .group_by("crime_id")
        .agg(rows=lambda t: t.count())
        .filter(lambda t: t["rows"] > 1)
    )
    assert twice.count().execute() == 1
    assert outcomes.semi_join(street, "crime_id").count().execute() > 0.5 * 115_514


def test_districts_follow_the_incidents_where_areas_toml_names_none(real_store):
    from data.areas import read_areas
    from data.store import force_tables

    definitions = read_areas()
    definitions = type(definitions)(**{**vars(definitions), "forces": {}})
    ground = force_tables.force_ground(
        real_store._counts("cleveland").table("lsoa_code", "lsoa_name", located=True),
        real_store.crosswalk(),
        definitions,
        "cleveland",
    )
    assert sorted(ground.loc[ground["in_force"], "district_name"].unique()) == [
        "Hartlepool",
        "Middlesbrough",
        "Redcar and Cleveland",
        "Stockton-on-Tees",
    ]
