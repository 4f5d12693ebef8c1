"""The demonstration data: they add up to the review, repeat, and cannot be taken for real ones."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from analysis.model.contiguity import build_contiguity
from analysis.model.cube import panel
from analysis.model.errors import RefusedError
from analysis.model.formats import percent
from analysis.model.vocabulary import CRIME_TYPES, SLIDE_CRIME_TYPES
from data.areas import read_areas
from data.demo import MARKER, build_demonstration
from data.demo.demo_counts import YEARS, district_totals
from data.demo.demo_ground import TOWN_CENTRES
from data.police_uk.importer import DEMONSTRATION
from data.review import read_review
from data.store import Store, open_store

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def store(demonstration_store) -> Store:
    return demonstration_store


@pytest.fixture(scope="module")
def rows(store) -> pd.DataFrame:
    return store.street("cleveland").to_pandas()


def test_it_is_marked_as_simulated_and_holds_24_months_of_one_force(store):
    assert store.is_demonstration
    marker = json.loads((store.path / DEMONSTRATION / MARKER).read_text())
    assert marker["simulated"] is True
    assert store.forces() == ("cleveland",)
    assert store.months("cleveland") == YEARS[0].months + YEARS[1].months
    assert store.manifest()["rows_refused"].sum() == 0
    assert (store.coverage("cleveland")["status"] == "published").all()


def test_the_three_areas_have_the_published_totals_in_both_years(store):
    counts, areas = panel(store.cube()), store.areas()
    for row in read_review("outcomes").itertuples():
        ground = counts.rows(areas[row.area].ground)
        held = [int(counts.totals(year.months, row.crime_type)[ground].sum()) for year in YEARS]
        assert held == [row.baseline_incidents, row.comparison_incidents], (row.area, row.crime_type)


def test_the_district_changes_by_the_published_percentages(store):
    counts, district = panel(store.cube()), store.areas()["stockton-on-tees"]
    published = read_review("outcomes").set_index("crime_type")["district_percent_change"]
    for crime_type in CRIME_TYPES:
        before, after = (int(counts.totals(year.months, crime_type).sum()) for year in YEARS)
        assert (before, after) == district_totals()[crime_type]
        if crime_type in SLIDE_CRIME_TYPES:
            printed = percent(100 * (after - before) / before).replace("−", "-").rstrip("%")
            assert printed == str(published[crime_type].iloc[0])
    assert set(counts.ground) == district.ground


def test_two_builds_are_equal_to_the_last_row(store, tmp_path):
    again = open_store(build_demonstration(tmp_path))
    same = [s.manifest().drop(columns=["imported_at"]) for s in (store, again)]
    pd.testing.assert_frame_equal(*same)
    lookups = [pd.read_parquet(s.path / DEMONSTRATION / "lookup.parquet") for s in (store, again)]
    pd.testing.assert_frame_equal(*lookups)
    assert store.boundaries().equals(again.boundaries())


def test_only_the_town_centres_carry_real_codes_and_other_names_say_that_they_are_invented(store, rows):
    areas = read_areas().areas
    real = {code for key in TOWN_CENTRES for unit in areas[key].units for code in unit.codes}
    assert set(rows["lsoa_code"]) & real == real
    others = rows.loc[~rows["lsoa_code"].isin(real)]
    assert others["lsoa_code"].str.fullmatch(r"E01999\d{3}").all()
    assert others["lsoa_name"].str.startswith("Invented place ").all()
    named = rows.loc[rows["lsoa_code"].isin(real), "lsoa_name"]
    assert named.str.startswith("Stockton-on-Tees ").all()
    assert rows["location"].dropna().str.startswith("On or near Invented Street ").all()
    assert set(store.ground()["district_name"]) == {"Stockton-on-Tees"}
    # at sea, east of every point of the real district
    assert rows["longitude"].min() > -0.6
    for key in ("hartlepool", "middlesbrough", "redcar-and-cleveland"):
        assert not store.areas()[key].ground


def test_both_vintages_stand_in_the_months_in_which_the_real_files_have_them(store):
    vintages = store.vintages("cleveland").set_index("month")
    first, last = pd.Period("2022-12"), pd.Period("2023-05")
    mixed = (vintages["rows_2011"] > 0) & (vintages["rows_2021"] > 0)
    assert list(mixed[mixed].index) == list(pd.period_range(first, last, freq="M"))
    assert (vintages.loc[vintages.index < first, "rows_2021"] == 0).all()
    assert (vintages.loc[vintages.index > last, "rows_2011"] == 0).all()
    changes = pd.read_parquet(store.path / DEMONSTRATION / "lookup.parquet")["CHGIND"]
    assert set(changes) == {"U", "S", "M"}


def test_about_a_tenth_of_the_locations_are_empty_until_april_2023_and_none_after(rows):
    # the importer keeps a bare “On or near ” as a location that is not given
    empty = rows["location"].isna().groupby(pd.PeriodIndex(rows["month"], freq="M")).mean()
    assert empty[empty.index <= pd.Period("2023-04")].between(0.07, 0.13).all()
    assert (empty[empty.index > pd.Period("2023-04")] == 0).all()


def test_antisocial_behaviour_has_no_identifier_and_repeats_itself_as_in_the_real_files(rows):
    asb = rows["crime_type"] == "Anti-social behaviour"
    assert rows.loc[asb, "crime_id"].isna().all()
    assert rows.loc[~asb, "crime_id"].notna().all()
    assert rows.loc[asb].drop(columns="source_row").astype(str).duplicated().any()


def test_antisocial_behaviour_peaks_in_summer(store):
    counts = panel(store.cube())
    series = counts.series(counts.ground, "Anti-social behaviour")
    by_month = series.groupby(series.index.month).sum()
    assert by_month[[6, 7, 8]].min() > by_month[[12, 1, 2]].max()


def test_places_vary_from_year_to_year_more_than_chance_would_have_them(store):
    counts, areas = panel(store.cube()), store.areas()
    rest = counts.rows(areas["rest-of-stockton-on-tees"].ground)
    before, after = (counts.totals(year.months, "Anti-social behaviour")[rest] for year in YEARS)
    n, share = before + after, after.sum() / (before + after).sum()
    large = n >= 100
    z2 = (after - n * share) ** 2 / (n * share * (1 - share))
    assert large.sum() >= 20
    assert 3 < z2[large].mean() < 12


def test_the_layout_hangs_together_with_town_centres_in_it(store):
    contiguity = build_contiguity(store.boundaries())
    assert len(contiguity.neighbours) == 127
    assert contiguity.is_connected(set(contiguity.neighbours))
    assert contiguity.is_connected(store.areas()["stockton-town-centre"].ground)
    assert {len(around) for around in contiguity.neighbours.values()} == {3, 4, 6}
    assert store.boundaries().crs == gpd.GeoSeries(crs="EPSG:27700").crs
    assert set(store.boundaries()["ground_code"]) == set(store.ground()["ground_code"])


def test_it_is_built_once_again_only_for_a_newer_recipe_and_leftovers_are_swept(store, tmp_path):
    target = build_demonstration(tmp_path) / DEMONSTRATION
    stamp = target.stat().st_ino
    build_demonstration(tmp_path)
    assert target.stat().st_ino == stamp
    (tmp_path / ".demonstration-killed").mkdir()
    (target / MARKER).write_text('{"recipe": 0}')
    build_demonstration(tmp_path)
    assert json.loads((target / MARKER).read_text())["recipe"] != 0
    assert [path.name for path in tmp_path.glob(".demonstration-*")] == []


def test_two_processes_at_once_leave_one_whole_store(tmp_path):
    code = "import sys; from data.demo import build_demonstration; build_demonstration(sys.argv[1])"
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen(command, cwd=PROJECT) for _ in range(2)]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    assert len(open_store(tmp_path).months("cleveland")) == 24
    names = {path.name for path in tmp_path.iterdir()}
    assert names <= {DEMONSTRATION, ".demonstration.lock", ".state"}


def test_a_folder_that_cannot_be_written_to_gets_a_sentence(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(RefusedError, match=re.escape(str(file))):
        build_demonstration(file / "store")
