"""Import of outlines of the whole country, beside a plain read and write of the same file, and the memory of both.

    python -m pytest tests/bench/test_bench_geography.py --benchmark-only -s

35,000 made LSOAs of 49 corners each (1.7 million in all, as in the generalised boundaries), and as many as the limit
on vertices lets through (100 MB of coordinates). Each run is a process of its own, so that peak memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data.made_outlines import grid, shapefile, zipped

PROJECT = Path(__file__).parents[2]
MEASURED = """
import json, resource, sys, time
import geopandas as gpd
from data.store import open_store
start = time.perf_counter()
{work}
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({{"seconds": seconds, "peak_mb": peak}}))
"""
PLAIN = MEASURED.format(work="gpd.read_file(sys.argv[1]).to_crs(27700).to_parquet(sys.argv[2] + '.parquet')")
IMPORT = MEASURED.format(work="assert open_store(sys.argv[2]).import_geography(sys.argv[1]).rows > 34_000")


def run(code: str, source: Path, target: Path) -> dict[str, float]:
    """Run one of the two in a fresh process and return its seconds and peak megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(source), str(target)],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """The same outlines in each form, and a GeoPackage just under the limit."""
    folder = tmp_path_factory.mktemp("country")
    cells = grid(250, 140, edge=12)
    cells.to_file(folder / "country.gpkg")
    cells.to_crs(4326).to_file(folder / "country.geojson")
    zipped(folder / "country.zip", shapefile(cells, folder / "shp"))
    grid(250, 140, edge=44).to_file(folder / "limit.gpkg")
    return folder


@pytest.mark.parametrize("name", ["country.gpkg", "country.geojson", "country.zip", "limit.gpkg"])
def test_import_beside_a_plain_read_and_write(benchmark, country, tmp_path, name):
    plain = run(PLAIN, country / name, tmp_path / "plain")
    done = benchmark.pedantic(lambda: run(IMPORT, country / name, tmp_path / "store"), rounds=1)
    benchmark.extra_info |= {
        "plain_seconds": round(plain["seconds"], 1), "plain_peak_mb": round(plain["peak_mb"]),
        "import_seconds": round(done["seconds"], 1), "import_peak_mb": round(done["peak_mb"]),
        "ratio": round(done["seconds"] / plain["seconds"], 1),
    }  # fmt: skip
    sys.stdout.write(f"\n{name}: {benchmark.extra_info}\n")
    assert done["peak_mb"] < 1500
