"""What every test may ask for: the real files beside the checkout, where they are there."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from tests.exhaustive import set_apart, times
from tests.sharing_out import Together, rank

# no test may touch the store of whoever runs it: what opens one without naming it gets an empty one (of this process)
_NOBODYS_STORE = tempfile.TemporaryDirectory(prefix="town-centres-tests-")
os.environ["TOWN_CENTRES_STORE"] = str(Path(_NOBODYS_STORE.name) / "store")

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"

# a loaded machine is slow, not wrong: no property fails for the time that an example takes
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("usual", UNTIMED, max_examples=times(15, 40))
settings.register_profile(
    "thorough", UNTIMED, max_examples=400
)  # --hypothesis-profile=thorough, after a change
settings.load_profile("usual")

KIND_OF_FOLDER = {
    "bench": "bench",
    "browser": "browser",
    "data": "store",
    "engines": "store",
    "frame": "pages",
    "golden": "pages",
    "pages": "pages",
}
"""What is not named here is a unit test, or one of a store where it asks for one."""
STORES = {"bare_store", "real_store", "demonstration_store"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only repeats, and mark each test by its kind: its folder's, and whether it is a property.

    The files that take longest come first, so that both workers end at once.
    """
    items[:], repeats = set_apart(items, config.args)
    config.hook.pytest_deselected(items=repeats)
    items.sort(key=lambda item: rank(item.path.relative_to(PROJECT).as_posix()))
    for item in items:
        folder = item.path.relative_to(PROJECT / "tests").parts[0]
        asks_a_store = STORES & set(getattr(item, "fixturenames", ()))
        item.add_marker(KIND_OF_FOLDER.get(folder) or ("store" if asks_a_store else "unit"))
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")


def pytest_collection_finish() -> None:
    """Let Python's collector leave alone what was imported, and look less often.

    What a worker imports is half a million objects, and pages drawn once are kept for all tests that look at them: to go
    through these again and again took a tenth of the time of tests of pages.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    # handed back at the end, so that libraries can take leave of their own objects
    atexit.register(gc.unfreeze)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> Together:
    """Share out the tests by files that go together."""
    return Together(config, log)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and reference numbers; a test that needs it is skipped where it is absent."""
    if not (SHARED / "real").is_dir():
        pytest.skip("the folder of real data (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def made_once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Return a function that has a folder of this name made once in a run, whichever worker asks first."""
    # each worker's base is a folder in that of the run
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = run / name, run / f"{name}.made"
        with FileLock(run / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                make(folder)
                done.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def bare_store(shared, made_once):
    """A store of Cleveland's real files, July 2022 to June 2024, with nothing else. Never import into it."""
    from data.store import open_store

    def make(folder: Path) -> None:
        report = open_store(folder).import_police_uk(shared / "real" / "cleveland-2022-07-to-2024-06.zip")
        assert report.ok, str(report)

    return open_store(made_once("bare-store", make))


@pytest.fixture(scope="session")
def real_store(shared, bare_store, made_once):
    """The same with lookup and boundaries. Never import into it."""
    from data.store import open_store

    def make(folder: Path) -> None:
        shutil.copytree(bare_store.path, folder)
        store, geography = open_store(folder), shared / "geography"
        store.import_lookup(geography / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
        store.import_geography(
            geography / "lsoa_2011_cleveland.geojson", geography / "lsoa_2021_cleveland.geojson"
        )

    return open_store(made_once("real-store", make))


@pytest.fixture(scope="session")
def demonstration_store(made_once):
    """The store as a newcomer has it: no real month held, the demonstration in its place. Never import into it."""
    from data.demo import build_demonstration
    from data.store import open_store

    store = open_store(made_once("demonstration-store", lambda folder: build_demonstration(folder) and None))
    assert store.is_demonstration
    return store
