"""Boundaries, the lookup and an office's own areas beside the months of a store."""

from __future__ import annotations

from data.store import open_store

OWN = """
[areas.portrack]
name = "Portrack"
kind = "own"
force = "cleveland"
district = "Stockton-on-Tees"
ground = [{ lsoa_2011 = "E01012266", lsoa_2021 = ["E01035197", "E01035198"] }]
"""


def test_boundaries_before_the_lookup_are_joined_when_it_comes_and_missing_ground_is_said(shared, tmp_path):
    folder = shared / "geography"
    store = open_store(tmp_path)
    store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip")
    bare = store.import_geography(folder / "lsoa_2021_cleveland.geojson")
    assert "No lookup is held" in bare.sentence
    before = store.fingerprint()
    store.import_lookup(folder / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    assert store.fingerprint() != before
    outlines = store.boundaries()
    assert outlines is not None
    own = store.ground("cleveland").query("in_force")["ground_code"]
    assert set(outlines["ground_code"]) == set(own)
    assert len(own) == 351
    again = store.import_geography(folder / "lsoa_2011_cleveland.geojson")
    assert again.rows == 351
    assert "without a boundary" not in again.sentence


def test_an_office_s_own_area_is_there_as_soon_as_its_file_is(shared, tmp_path):
    store = open_store(tmp_path)
    store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip")
    assert "portrack" not in store.areas("cleveland")
    before = store.fingerprint()
    (tmp_path / "areas.toml").write_text(OWN)
    assert store.areas("cleveland")["portrack"].ground == {"E01012266"}
    assert store.fingerprint() != before
