"""Files changed at random, given to the readers: each gives what it reads or a sentence, and none crashes or hangs.

    python -m tests.fuzz [outlines centres lookup areas incidents records] [--minutes 2]

For a developer who has atheris (`pip install atheris`; it has wheels for Linux): it changes whole files, the bytes of a
good one each, guided by which lines of `data` they reach. A reader that takes over 10 s, 700 MB or raises anything but a
sentence ends its run, and the file is kept in tests/artefacts.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
from shapely.geometry import box

from analysis.model.errors import AnalysisError
from analysis.records import RECORD_KINDS
from data.areas import read_areas
from data.areas.area_files import PROJECT_AREAS
from data.geography.centre_files import read_centres
from data.geography.lookup import read_lookup
from data.records.record_files import read_raw_table
from data.records.record_templates import template_csv, template_excel
from data.store import open_store
from tests.data.conftest import MadeFiles
from tests.data.made_outlines import BESIDE, SQUARE, geojson, shapefile, zipped

SECONDS, MEGABYTES = 10, 700
ARTEFACTS = Path(__file__).parent / "artefacts"
CODES = {"E01012267": SQUARE, "E01012266": BESIDE}
LOOKUP = (
    "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\r\n"
    "E01000001,A 001A,U,E01000001,A 001A,E09000001,A\r\n"
    "E01000002,A 001B,S,E01033800,A 001D,E09000001,A\r\nE01000002,A 001B,S,E01033801,A 001E,E09000001,A\r\n"
)


def _outlines(path: Path) -> None:
    with tempfile.TemporaryDirectory() as store:
        open_store(store).import_geography(path)


def _incidents(path: Path) -> None:
    with tempfile.TemporaryDirectory() as store:
        open_store(store).import_police_uk(path)


def _records(path: Path) -> None:
    for kind in RECORD_KINDS:
        read_raw_table(kind, path.name, path.read_bytes())


READERS: dict[str, Callable[[Path], object]] = {
    "outlines": _outlines,
    "centres": read_centres,
    "lookup": read_lookup,
    "areas": read_areas,
    "incidents": _incidents,
    "records": _records,
}


def seeds(reader: str, folder: Path) -> Iterator[Path]:
    """Write the good files that a reader's are made from."""
    if reader in ("outlines", "centres"):
        table = gpd.GeoDataFrame(
            {"LSOA11CD": list(CODES), "name": ["High Street", "Market"]},
            geometry=[box(444000, 519000, 444400, 519400), box(444400, 519000, 444800, 519400)],
            crs="EPSG:27700",
        )
        yield geojson(folder / "a.geojson", CODES, "LSOA11CD", name="High Street")
        yield zipped(folder / "b.zip", shapefile(table, folder / "shape"))
        table.to_file(folder / "c.gpkg", driver="GPKG")
        yield folder / "c.gpkg"
    elif reader == "lookup":
        (folder / "a.csv").write_text(LOOKUP)
        yield folder / "a.csv"
    elif reader == "areas":
        yield Path(shutil.copy(PROJECT_AREAS, folder / "a.toml"))
    elif reader == "incidents":
        made = MadeFiles(folder / "months")
        yield made.street("2023-07")
        street = made.street("2023-08")
        yield zipped(folder / "b.zip", {f"2023-08/{street.name}": street.read_bytes()})
    else:
        kind = RECORD_KINDS[0]
        (folder / "a.csv").write_bytes(template_csv(kind.key))
        yield folder / "a.csv"
        (folder / "b.xlsx").write_bytes(template_excel(kind.key))
        yield folder / "b.xlsx"


def fuzz(reader: str, seconds: int) -> int:
    """Change files for so many seconds, in this process; returns only where libFuzzer could not begin."""
    import atheris  # here: nobody else needs it

    read = READERS[reader]
    ARTEFACTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as base:
        corpus = Path(base) / "corpus"
        corpus.mkdir()
        names = []
        for number, seed in enumerate(seeds(reader, Path(base))):
            names.append(seed.name)
            (corpus / str(number)).write_bytes(bytes([number]) + seed.read_bytes())
        target = Path(base) / "given"
        target.mkdir()

        def one(content: bytes) -> None:
            # the first byte says which kind of file it is called
            given = target / names[content[0] % len(names) if content else 0]
            given.write_bytes(content[1:])
            try:
                read(given)
            except AnalysisError as problem:
                if not str(problem).strip():
                    raise AssertionError("A refusal without a sentence.") from problem

        atheris.Setup(
            [
                sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-timeout={SECONDS}", "-max_len=200000",
                f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={ARTEFACTS}/fuzz-{reader}-", "-print_final_stats=1",
            ],
            one,
        )  # fmt: skip
        atheris.Fuzz()
    return 0


_CHILD = """
import atheris
with atheris.instrument_imports(include=["data", "analysis.records"]):
    from tests.fuzz import fuzz
fuzz({reader!r}, {seconds})
"""
"""What a reader is made of is watched only where it is imported for that."""


def main() -> int:
    """Run each reader in a process of its own; 1 where one crashed, hung or took too much."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz")
    options.add_argument("readers", nargs="*", choices=[*READERS, []])
    options.add_argument("--minutes", type=float, default=2.0)
    given = options.parse_args()
    seconds = round(given.minutes * 60)
    worst = 0
    for reader in given.readers or READERS:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD.format(reader=reader, seconds=seconds)],
            capture_output=True,
            text=True,
            check=False,
        )
        told = [
            line
            for line in done.stderr.splitlines()
            if line.startswith(("stat::", "Done", "SUMMARY", "==")) or "ERROR" in line
        ]
        print(
            f"{reader}: {'no crash' if done.returncode == 0 else 'FAILED'}; " + "; ".join(told)[:400],
            flush=True,
        )
        worst |= done.returncode != 0
    return worst


if __name__ == "__main__":
    sys.exit(main())
