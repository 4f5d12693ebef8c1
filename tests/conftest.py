"""What every test may ask for: the real files beside the checkout, where they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and reference numbers; a test that needs it is skipped where it is absent."""
    if not (SHARED / "real").is_dir():
        pytest.skip("the folder of real data (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def real_store(shared, tmp_path_factory):
    """A store of Cleveland's real files, July 2022 to June 2024, with lookup and boundaries. Never import into it."""
    from data.store import open_store

    store = open_store(tmp_path_factory.mktemp("real") / "store")
    report = store.import_police_uk(shared / "real" / "cleveland-2022-07-to-2024-06.zip")
    assert report.ok, str(report)
    geography = shared / "geography"
    store.import_lookup(geography / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    store.import_geography(
        geography / "lsoa_2011_cleveland.geojson", geography / "lsoa_2021_cleveland.geojson"
    )
    return store


@pytest.fixture(scope="session")
def demonstration_store(tmp_path_factory):
    """The store as a newcomer has it: no real month held, the demonstration in its place."""
    from data.demo import build_demonstration
    from data.store import open_store

    store = open_store(tmp_path_factory.mktemp("newcomer") / "store")
    build_demonstration(store.path)
    assert store.is_demonstration
    return store
