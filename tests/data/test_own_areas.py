"""Keeping an area of one's own in the store: round trip, what is refused, and the project's file untouched."""

from __future__ import annotations

import shutil

import pytest

from analysis.model.errors import RefusedError
from analysis.model.own_area import own_area
from data.areas.area_files import PROJECT_AREAS
from data.store import kept_areas, open_store
from data.store.kept_areas import save_own_area
from data.store.removed_areas import remove_own_area


@pytest.fixture
def store(demonstration_store, tmp_path):
    shutil.copytree(demonstration_store.path, tmp_path / "store")
    return open_store(tmp_path / "store")


def made(store, name="Yarm", units=("E01012266",)):
    return own_area(name, units, store.ground("cleveland"), store.areas("cleveland"), "cleveland")


def test_a_kept_area_is_an_area_of_the_force_and_the_tracked_file_stays(store):
    before = PROJECT_AREAS.read_bytes()
    area = made(store, 'Yarm "High" Street\\')
    file = save_own_area(store, area)
    kept = store.areas("cleveland")["yarm-high-street"]
    assert (kept.name, kept.ground, kept.kind, kept.treated) == (area.name, area.ground, "own", False)
    assert kept.district == "stockton-on-tees"
    assert file.is_relative_to(store.path)
    assert PROJECT_AREAS.read_bytes() == before


def test_a_second_area_stands_beside_the_first_and_the_fingerprint_changes(store):
    save_own_area(store, made(store))
    before = store.fingerprint()
    save_own_area(store, made(store, "Norton", ["E01012276"]))
    assert store.fingerprint() != before
    assert {"yarm", "norton"} <= set(store.areas("cleveland"))


def test_a_name_that_is_kept_already_is_refused_and_the_file_stays(store):
    area = made(store)
    file = save_own_area(store, area)
    before = file.read_bytes()
    with pytest.raises(RefusedError, match="already kept"):
        save_own_area(store, area)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.glob(".areas*") if path.name != ".areas.lock"] == []


def test_ground_in_two_districts_is_not_kept_as_one(real_store):
    ground = real_store.ground("cleveland")
    own = ground.loc[ground["in_force"]]
    units = [
        own.loc[own["district_name"] == name, "ground_code"].iloc[0]
        for name in ("Hartlepool", "Middlesbrough")
    ]
    with pytest.raises(RefusedError, match="Hartlepool, Middlesbrough"):
        save_own_area(real_store, made(real_store, "Both", units))


def test_no_more_areas_are_kept_than_the_filters_can_show(store, monkeypatch):
    monkeypatch.setattr(kept_areas, "MOST_KEPT", 2)
    save_own_area(store, made(store, "One"))
    save_own_area(store, made(store, "Two", ["E01012276"]))
    with pytest.raises(RefusedError, match=r"^2 areas are kept, and no more can be"):
        save_own_area(store, made(store, "Three", ["E01012267"]))
    assert kept_areas.kept_areas(store) == {"one": "One", "two": "Two"}
    before = store.fingerprint()
    remove_own_area(store, "one")
    assert store.fingerprint() != before
    save_own_area(store, made(store, "Three", ["E01012267"]))
    assert list(kept_areas.kept_areas(store)) == ["three", "two"]
