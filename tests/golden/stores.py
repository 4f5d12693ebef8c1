"""The three stores that pages are run over: the demonstration, the real months, and these with made records."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"

NOW = dt.datetime(2024, 9, 2, 12, tzinfo=dt.UTC)
"""When records are kept, so that pages say the same day at each making."""

LOOKUP = "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv"
BOUNDARIES = ("lsoa_2011_cleveland", "lsoa_2021_cleveland", "wards_2025_cleveland", "districts_cleveland")


def store(name: str, work: Path) -> Path:
    """Return the folder of a store, made in the working folder where it is not there yet."""
    folder, done = work / name, work / f"{name}.made"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        work.mkdir(parents=True, exist_ok=True)
        STORES[name](folder, work)
        done.touch()
    return folder


def _demonstration(folder: Path, work: Path) -> None:
    _found("build_demonstration", "data.demo", "data.demo.build")(folder)


def _real(folder: Path, work: Path) -> None:
    held, geography = _found("open_store", "data.store")(folder), SHARED / "geography"
    if not geography.is_dir():
        raise SystemExit("The folder of real data (../shared) is not beside this checkout.")
    report = held.import_police_uk(SHARED / "real" / "cleveland-2022-07-to-2024-06.zip")
    if not report.ok:
        raise SystemExit(str(report))
    print(held.import_lookup(geography / LOOKUP).sentence)
    print(held.import_geography(*(geography / f"{name}.geojson" for name in BOUNDARIES)).sentence)


def _records(folder: Path, work: Path) -> None:
    """Keep made records as an office's own: files in the template's form, read, checked and kept as any file is."""
    shutil.copytree(store("real", work), folder)
    read = _found("read_upload", "data.records")
    keep = _found("keep_records", "data.records")
    for kind in _found("record_kinds", "data.records")():
        file = work / "records" / f"{kind.key}.csv"
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(_found("demo_csv", "data.demo.demo_records")(kind.key))
        report = read(kind.key, file.name, file.read_bytes(), today=NOW.date())
        print(report.summary)
        keep(folder, kind.key, report, now=NOW)


def _found(name: str, *modules: str) -> Any:
    """Return what has this name in the first of these modules that is there."""
    for module in modules:
        try:
            return getattr(import_module(module), name)
        except (ModuleNotFoundError, AttributeError):
            continue
    raise SystemExit(f"No {name} in {' or '.join(modules)}: say in tests/golden/stores.py where it lies now.")


STORES: dict[str, Callable[[Path, Path], None]] = {
    "demonstration": _demonstration,
    "real": _real,
    "records": _records,
}
