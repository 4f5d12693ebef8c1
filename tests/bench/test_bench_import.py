"""Import from a folder against DuckDB's own copy of the same files, 4 million rows, and the memory of both.

    python -m pytest tests/bench/test_bench_import.py -n 0 --benchmark-only -s

The target is 1.5 times the copy, and memory under 1 GB. The rows are Cleveland's real files (23 months), repeated
under made force names. Each run is a process of its own, so that peak memory is its own; the two take turns, and the
times are of the work alone, without starting Python.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
FORCES = int(os.environ.get("BENCH_FORCES", "22"))  # 22 x 185,582 rows = 4.1 million
ROUNDS = 3

MEASURED = """
import json, resource, sys, time
{setup}
start = time.perf_counter()
{work}
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"seconds": seconds, "peak_mb": peak}}))
"""
COPY = MEASURED.format(
    setup="import duckdb, glob\nfiles = sorted(glob.glob(sys.argv[1] + '/*/*.csv'))",
    work='duckdb.connect().execute(f"COPY (SELECT * FROM read_csv({files}, all_varchar=true)) '
    "TO '{sys.argv[2]}.parquet' (FORMAT parquet, COMPRESSION zstd)\")",
)
IMPORT = MEASURED.format(
    setup="from data.store import open_store",
    work="report = open_store(sys.argv[2]).import_police_uk(sys.argv[1])\nassert report.ok, report",
)


def run(code: str, source: Path, target: Path) -> dict[str, float]:
    """Run one of the two in a fresh process and return its seconds and peak megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(source), str(target)],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    shutil.rmtree(target, ignore_errors=True)
    Path(f"{target}.parquet").unlink(missing_ok=True)
    return json.loads(done.stdout.splitlines()[-1])  # DuckDB draws a progress bar before it


@pytest.fixture(scope="module")
def sources(shared, tmp_path_factory):
    """A folder and a zip of the same 4 million rows."""
    folder = tmp_path_factory.mktemp("bench") / "files"
    names = [f"force-{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(FORCES)]
    archive = folder.parent / "files.zip"
    with (
        zipfile.ZipFile(shared / "real" / "cleveland-2022-07-to-2024-06.zip") as real,
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out,
    ):
        for member in (name for name in real.namelist() if name.endswith("-street.csv")):
            data = real.read(member)
            for name in names:
                path = folder / member.replace("cleveland", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                out.write(path, path.relative_to(folder).as_posix())
    yield {"folder": folder, "zip": archive}
    shutil.rmtree(folder.parent)


@pytest.mark.parametrize("given", ["folder", "zip"])
def test_import_beside_one_big_copy(benchmark, sources, tmp_path, given):
    copies = []

    def copy() -> None:
        copies.append(run(COPY, sources["folder"], tmp_path / "copy"))

    imports = []

    def bring() -> None:
        imports.append(run(IMPORT, sources[given], tmp_path / "store"))

    benchmark.pedantic(bring, setup=copy, rounds=ROUNDS)
    # the machine is never quite quiet: the best of each is the one least disturbed
    copied, imported = (min(r["seconds"] for r in results) for results in (copies, imports))
    peak = max(r["peak_mb"] for r in imports)
    benchmark.extra_info |= {
        "copy_seconds": round(copied, 2), "import_seconds": round(imported, 2),
        "ratio": round(imported / copied, 2), "peak_mb": round(peak),
    }  # fmt: skip
    sys.stdout.write(f"\n{given}: {benchmark.extra_info}\n")
    assert peak < 1000
