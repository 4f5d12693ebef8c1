"""The data dictionary names what the store returns: every table, every column, in its order and of its type."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from analysis.model.vocabulary import KINDS
from analysis.topics.country.measure import EVIDENCE_TYPES
from data.judging import OWN_COLUMNS
from data.police_uk.file_names import COLUMNS
from data.store.centres import held_centres, import_centres

DICTIONARY = Path(__file__).parents[2] / "data" / "dictionary.csv"
NATURE = {
    "string": "text", "date": "date", "binary": "binary", "float64": "number", "int32": "number", "int64": "number",
    "boolean": "true or false", "timestamp(6)": "time",
}  # fmt: skip
JUDGED = {"text": "text", "number": "number", "whole": "number", "flag": "true or false"}
"""By the natures of `data.engines.port`."""


@pytest.fixture(scope="module")
def dictionary():
    return pd.read_csv(DICTIONARY, keep_default_na=False)


@pytest.fixture
def filled(made, store):
    """A store with a month of each kind."""
    made.street(
        "2023-07",
        made.rows("2023-07", count=2)
        + made.rows("2023-07", count=1, **{"LSOA code": "", "Crime ID": f"{9:064x}"}),
    )
    outcomes = [row | {"Outcome type": "Local resolution"} for row in made.rows("2023-07")]
    made.file(
        "2023-07-cleveland-outcomes.csv",
        made.text(outcomes, [c.source for c in COLUMNS["outcomes"]] + ["Month"]),
    )
    search = [
        {
            "Type": "Person search",
            "Date": "2023-07-03T00:00:00+00:00",
            "Outcome linked to object of search": "True",
        }
    ]
    columns = [c.source for c in COLUMNS["stop-and-search"]]
    made.file("2023-07-cleveland-stop-and-search.csv", made.text(search, columns))
    report = store.import_police_uk(made.folder)
    assert report.ok and not report.remarks, str(report)
    square = {"geometry": [box(440000, 520000, 441000, 521000)]}
    for name, columns in {
        "lsoa": {"LSOA21CD": ["E01012267"]},
        "ward": {"WD25CD": ["E05009853"], "WD25NM": ["Made ward"], "LAD25NM": ["Stockton-on-Tees"]},
    }.items():
        gpd.GeoDataFrame(columns | square, crs="EPSG:27700").to_file(made.folder / f"{name}.geojson")
    store.import_geography(made.folder / "lsoa.geojson", made.folder / "ward.geojson")
    gpd.GeoDataFrame({"name": ["Made centre"]} | square, crs="EPSG:27700").to_file(
        made.folder / "centre.gpkg"
    )
    import_centres(store, made.folder / "centre.gpkg")
    return store


def test_rows_on_disk(filled, dictionary):
    tables = dict(
        zip(
            KINDS,
            (f("cleveland") for f in (filled.street, filled.outcomes, filled.stop_and_search)),
            strict=True,
        )
    )
    for kind, table in tables.items():
        named = dictionary.loc[dictionary["table"] == kind]
        assert named["column"].tolist() == list(table.columns)
        assert named["type"].tolist() == [NATURE[str(t)] for t in table.schema().types]


def test_tables_that_the_store_returns(filled, dictionary):
    tables = {
        "manifest": filled.manifest(), "coverage": filled.coverage("cleveland"), "cube": filled.cube(),
        "boundaries": filled.boundaries(), "screen_boundaries": filled.screen_boundaries(),
        "districts": filled.districts(), "wards": filled.wards(),
        "centres": held_centres(filled),
        "ground": filled.ground(), "vintages": filled.vintages("cleveland"), "unlocated": filled.unlocated("cleveland"),
    }  # fmt: skip
    for name, table in tables.items():
        assert dictionary.loc[dictionary["table"] == name, "column"].tolist() == list(table.columns), name
    assert set(dictionary["table"]) == {*tables, *KINDS, "judged"}


def test_the_table_of_every_centre_judged(dictionary):
    columns = {**OWN_COLUMNS, **EVIDENCE_TYPES, **dict.fromkeys(("easting", "northing"), "number")}
    named = dictionary.loc[dictionary["table"] == "judged"]
    assert named["column"].tolist() == list(columns)
    assert named["type"].tolist() == [JUDGED[nature] for nature in columns.values()]


def test_every_column_has_a_meaning_and_is_named_once(dictionary):
    assert (dictionary[["type", "meaning"]] != "").all(axis=None)
    assert not dictionary.duplicated(["table", "column"]).any()
