"""What a national store costs, beside plain equivalents on the same files, and what judging it does: one command prints all.

    nice -n 15 python -m tests.bench.nation FOLDER [--months 36] [--a-month 500000] [--copied 8] [--rounds 3]

It makes months of a made nation (`made_nation`), imports each and removes its files, and needs about 4 GB of disk for 36
months; FOLDER is emptied of them at the end unless ``--keep`` is given. The last lines are those of `judging --country`,
over a made country of its own. Every ratio is of two pieces of work of one run, by the time on the clock and by the
processor's; on a machine that others use the second says more.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.model.cube import build_panel
from data.police_uk.kept_counts import COUNTS_FOLDER, read_kept
from data.police_uk.manifest import month_file
from data.police_uk.place_counts import counts_of_files
from data.store import Store, open_store
from data.store.force_tables import counted_places
from tests.bench import judging
from tests.bench.made_nation import A_MONTH, CAPITAL, Nation

PROJECT = Path(__file__).parents[2]
LAST_MONTH = "2026-11"
SMALL = "made-20"
"""A force of ordinary size: a forty-second part of what the capital leaves."""

CHILD = """
import json, sys, time
{setup}
start, cpu = time.perf_counter(), time.process_time()
{work}
# not ru_maxrss, which a process takes over from the one that began it
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
print(json.dumps({{"seconds": time.perf_counter() - start, "processor": time.process_time() - cpu,
    "peak_mb": int(peak) / 1024}}))
"""
COPY = CHILD.format(
    setup="import duckdb, glob\nfiles = sorted(glob.glob(sys.argv[1] + '/*/*.csv'))\n"
    "con = duckdb.connect()\ncon.execute('SET enable_progress_bar = false')",
    work='con.execute(f"COPY (SELECT * FROM read_csv({files}, all_varchar=true)) '
    "TO '{sys.argv[2]}.parquet' (FORMAT parquet, COMPRESSION zstd)\")",
)
IMPORT = CHILD.format(
    setup="from data.store import open_store",
    work="report = open_store(sys.argv[2]).import_police_uk(sys.argv[1])\nassert report.ok, report",
)
WITHOUT_COUNTS = CHILD.format(
    setup="from data.police_uk import coming, importer\nfrom pathlib import Path\n"
    "coming.Coming._renew = lambda *given: None",
    work="assert importer.import_files(Path(sys.argv[2]), [Path(sys.argv[1])]).ok",
)
FIRST_PAGE = CHILD.format(
    setup="from streamlit.testing.v1 import AppTest\napp = AppTest.from_file('app.py', default_timeout=900)\n"
    "app.query_params['force'] = sys.argv[1]",
    work="app.run()\nassert not app.exception and not app.error, (app.exception, app.error)",
)
STATUS = ["-m", "data", "status"]


def child(code: str, *given: object, store: Path | None = None) -> dict[str, float]:
    """Run one piece of work in a process of its own; return its seconds, processor time and peak of memory."""
    environment = os.environ | ({"TOWN_CENTRES_STORE": str(store)} if store else {})
    command = [sys.executable, "-c", code, *map(str, given)]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def best(rounds: int, work: Callable[[], Any]) -> dict[str, float]:
    """Return the least seconds and processor time of some rounds: the one least disturbed."""
    found = []
    for _ in range(rounds):
        start, cpu = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - start, time.process_time() - cpu))
    return {"seconds": min(each[0] for each in found), "processor": min(each[1] for each in found)}


def line(what: str, ours: dict[str, float], plain: dict[str, float], aim: str) -> None:
    """Print one row of the table."""
    clock, cpu = (ours[each] / plain[each] for each in ("seconds", "processor"))
    peak = f"{ours['peak_mb']:.0f} MB" if "peak_mb" in ours else ""
    print(
        f"| {what} | {ours['seconds']:.3f} s | {plain['seconds']:.3f} s | {clock:.2f} | {cpu:.2f} | {aim} | {peak} |",
        flush=True,
    )


def months(count: int) -> list[str]:
    """The months made, in order: so many up to the last, since an import takes none that is still to come."""
    return [str(each) for each in pd.period_range(end=LAST_MONTH, periods=count, freq="M")]


def beside_copy(nation: Nation, folder: Path, count: int, rounds: int) -> None:
    """CSV to store against DuckDB's own COPY of the same files."""
    files = folder / "copied"
    files.mkdir(exist_ok=True)
    for month in months(count):
        nation.month(month).rename(files / month)
    taken: dict[str, list[dict[str, float]]] = {"copy": [], "bare": [], "whole": []}
    for _ in range(rounds):  # they take turns, so that each meets the same neighbours
        for name, code in (("copy", COPY), ("bare", WITHOUT_COUNTS), ("whole", IMPORT)):
            target = folder / "target"
            taken[name].append(child(code, files, target))
            shutil.rmtree(target, ignore_errors=True)
            Path(f"{target}.parquet").unlink(missing_ok=True)
    shutil.rmtree(files)
    least = {
        name: {
            key: (max if key == "peak_mb" else min)(each[key] for each in found)
            for key in ("seconds", "processor", "peak_mb")
        }
        for name, found in taken.items()
    }
    line("CSV to store, counts not renewed, against COPY", least["bare"], least["copy"], "0.6")
    line("CSV to store, counts renewed, against COPY", least["whole"], least["copy"], "0.8")


BY_HAND = """
SELECT coalesce(l.ground_code, s.lsoa_code) AS ground_code, s.month, s.crime_type, count(*) AS incidents
FROM read_parquet(?) s LEFT JOIN lookup l ON l.lsoa_code = s.lsoa_code
WHERE s.lsoa_code IS NOT NULL GROUP BY ALL
"""


def cube_of_force(store: Store, force: str, rounds: int) -> None:
    """A force's counts by common ground, month and crime type: by hand, from its incidents, as kept, by pandas."""
    records = store._held(force, "street")
    files = [str(month_file(store.path, record)) for record in records]
    crosswalk, ground, partly = store.crosswalk(), store.ground(force)["ground_code"], store.partly(force)
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    of = crosswalk.ground_of
    con.register("given", pa.table({"lsoa_code": list(of), "ground_code": list(of.values())}))
    con.execute("CREATE TABLE lookup AS SELECT * FROM given")

    def by_pandas() -> None:
        needed = ["lsoa_code", "month", "crime_type"]
        rows = pd.concat([pd.read_parquet(file, columns=needed) for file in files], ignore_index=True)
        rows["ground_code"] = rows["lsoa_code"].map(of).astype("category")
        rows["crime_type"] = rows["crime_type"].astype("category")
        rows.groupby(["ground_code", "month", "crime_type"], observed=True).size()

    def kept() -> None:
        counts = read_kept(store.path, force, records)
        assert counts is not None
        build_panel(counted_places(counts, crosswalk), ground, partly)

    hand = best(rounds, lambda: con.sql(BY_HAND, params=[files]).to_arrow_table())
    periods = [record.key.period for record in records]

    def counted() -> None:
        counts = counts_of_files(files, periods)
        build_panel(counted_places(counts, crosswalk), ground, partly)

    rows = best(rounds, counted)
    what = f"{force}, {len(files)} months"
    line(f"{what}: cube from incidents, against SQL by hand", rows, hand, "1.1")
    line(f"{what}: cube as kept, against SQL by hand", best(rounds, kept), hand, "0.1")
    line(f"{what}: cube from incidents, against pandas", rows, best(1, by_pandas), "0.2")


def alone(store: Path, force: str, target: Path) -> Path:
    """Return a store of the same months of one force alone, by links, with the same lookup."""
    shutil.rmtree(target, ignore_errors=True)
    files = [
        *(store / "street" / force).iterdir(),
        store / COUNTS_FOLDER / f"{force}.parquet",
        store / "lookup.parquet",
    ]
    for file in files:
        to = target / file.relative_to(store)
        to.parent.mkdir(parents=True, exist_ok=True)
        os.link(file, to)
    return target


def first_page(store: Path, force: str, folder: Path, rounds: int) -> None:
    """The Overview of a force in a process that knows nothing yet: all forces held, and one."""
    one = alone(store, force, folder / "one")
    taken: dict[Path, list[dict[str, float]]] = {store: [], one: []}
    for _ in range(rounds):
        for path, found in taken.items():
            found.append(child(FIRST_PAGE, force, store=path))
    many, single = (
        {key: min(each[key] for each in found) for key in ("seconds", "processor", "peak_mb")}
        for found in taken.values()
    )
    line(f"first page of {force}, every force held against one", many, single, "1.2")
    shutil.rmtree(one)


def size_of(paths: Iterable[Path]) -> float:
    """Return the megabytes of these files."""
    return sum(path.stat().st_size for path in paths) / 2**20


def grow(nation: Nation, store: Path, count: int) -> None:
    """Import month after month, each file removed after, and print what the whole cost."""
    imports = []
    for month in months(count):
        if list(store.glob(f"street/*/{month}.json")):
            continue
        files = nation.month(month)
        imports.append(child(IMPORT, files, store))
        shutil.rmtree(files)
    open_store(store).import_lookup(nation.lookup())
    rows = int(open_store(store).manifest()["rows_kept"].sum())
    status = best(2, lambda: subprocess.run([sys.executable, *STATUS, "--store", str(store)], cwd=PROJECT,
        capture_output=True, check=True))  # fmt: skip
    counts = size_of((store / COUNTS_FOLDER).glob("*"))
    months_made, last = max(len(imports), 1), imports[-1] if imports else {"processor": 0, "peak_mb": 0}
    print(
        f"| {count} months | {rows:,} rows | {sum(each['seconds'] for each in imports) / months_made:.1f} s a month "
        f"({sum(each['processor'] for each in imports) / months_made:.1f} of processor; last {last['processor']:.1f}) "
        f"| {max((each['peak_mb'] for each in imports), default=0):.0f} MB "
        f"| {size_of(store.rglob('*.parquet')):,.0f} MB, counts {counts:.1f} "
        f"| status again {status['seconds']:.2f} s |",
        flush=True,
    )


def main() -> None:
    """Make, measure, print, and clean up."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.nation")
    options.add_argument("folder", type=Path)
    options.add_argument("--months", type=int, default=36)
    options.add_argument("--a-month", type=int, default=A_MONTH)
    options.add_argument(
        "--copied", type=int, default=8, help="months of the import against COPY; 0 for none"
    )
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--keep", action="store_true", help="leave the stores")
    options.add_argument("--no-judging", action="store_true", help="judge no country")
    asked = options.parse_args()
    folder = asked.folder
    nation, store = Nation(folder / "made", asked.a_month), folder / "store"
    print("| size | rows | import | memory | disk | status |\n|---|---|---|---|---|---|")
    grow(nation, store, asked.months)
    print(
        "\n| work | ours | plain | ratio by clock | by processor | aim | peak |\n|---|---|---|---|---|---|---|"
    )
    if asked.copied:
        beside_copy(nation, folder, asked.copied, asked.rounds)
    held = open_store(store)
    for force in (SMALL, CAPITAL):
        cube_of_force(held, force, asked.rounds)
    first_page(store, SMALL, folder, asked.rounds)
    if not asked.no_judging:
        judging.main(["--country", "--folder", str(folder / "country")])
    if not asked.keep:
        for made in ("made", "store", "country"):
            shutil.rmtree(folder / made, ignore_errors=True)


if __name__ == "__main__":
    main()
