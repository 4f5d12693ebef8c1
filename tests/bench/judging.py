"""Every centre judged: the tables of a made country by each engine, and the two ratios of its speed. One command prints all.

    python -m tests.bench.judging                      # four forces: some minutes
    python -m tests.bench.judging --country            # 43 forces, 325 districts, two centres in each
    python -m tests.bench.judging --spark              # and the same table by Spark

Wall times mean something on a quiet machine only, so processor time stands beside each. No place in it is real.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.model.evidence import EVIDENCE_COLUMNS, to_frame
from analysis.topics.change.measure import area_evidence
from analysis.topics.country.measure import EVIDENCE_TYPES, RULE, judge
from data.areas import read_areas
from data.desk import Desk
from data.engines.beside import in_processes, one_after_another
from data.engines.choosing import ENGINE
from data.engines.duckdb import DuckDBEngine
from data.judging import Judging, judge_forces
from data.store import open_store
from tests.made.small_country import Country, areas_file, made_store

SMALL = Country(forces=4, districts=12, lsoas=60, nowhere=False)
WHOLE = Country(forces=43, districts=325, lsoas=60, nowhere=False)


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock and of processors, those of processes begun included; what was made."""

    wall: float
    processor: float
    made: Any

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.processor:.1f} s of processors)"


def taken(work: Callable[[], Any]) -> Taken:
    """Return what some work took and gave."""
    begun, before = time.perf_counter(), _processor()
    made = work()
    return Taken(time.perf_counter() - begun, _processor() - before, made)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def one_by_one(path: Path, file: Path, force: str) -> pd.DataFrame:
    """Return the evidence of a force's areas as a page has it, each from a desk that knows nothing yet."""
    tables = []
    keys = range(len(Desk(open_store(path)).areas_of_file(read_areas(file), [force])[force]))
    for at in keys:
        desk = Desk(open_store(path))
        _, area = desk.areas_of_file(read_areas(file), [force])[force][at]
        case = desk.case(replace(desk.default_selection(force), areas=()))
        tables.append(to_frame(area_evidence(case, area)))
    return pd.concat(tables, ignore_index=True)


def judged(
    path: Path, file: Path, forces: tuple[str, ...], how: Callable[..., pd.DataFrame] | None
) -> pd.DataFrame:
    """Return the table of these forces; ``how`` takes the place of the engine's own way of doing them beside each other."""
    desk = Desk(open_store(path))
    further = desk.areas_of_file(read_areas(file), forces)
    own = DuckDBEngine.each_force
    if how is not None:
        DuckDBEngine.each_force = lambda self, *asked: how(*asked, DuckDBEngine)  # type: ignore[method-assign]
    try:
        return judge_forces(desk, Judging(judge, EVIDENCE_TYPES, RULE, further), forces)
    finally:
        DuckDBEngine.each_force = own  # type: ignore[method-assign]


def main(arguments: list[str] | None = None) -> int:
    """Make the country, print each line, and return 0; 1 where two ways that must agree do not."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.judging", description=__doc__)
    parser.add_argument(
        "--country", action="store_true", help="43 forces, 325 districts, two centres in each"
    )
    parser.add_argument("--spark", action="store_true", help="the same table by Spark, too")
    parser.add_argument(
        "--folder", type=Path, help="where the made store is, or is put; default a temporary one"
    )
    given = parser.parse_args(arguments)
    os.environ.pop(ENGINE, None)
    with tempfile.TemporaryDirectory(prefix="town-centres-judging-") as temporary:
        return _measure(given.folder or Path(temporary), WHOLE if given.country else SMALL, spark=given.spark)


def _measure(folder: Path, country: Country, *, spark: bool) -> int:
    path, file = folder / "store", folder / "centres.toml"
    if not path.exists():
        made = taken(lambda: (made_store(folder, country), areas_file(folder, country)))
        print(f"made and imported: {made}", flush=True)
    forces = open_store(path).forces()
    print(
        f"{len(forces)} forces, {country.districts} districts, {country.districts * country.lsoas:,} LSOAs, "
        f"{2 * country.districts} centres, {country.months} months; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        flush=True,
    )
    agree = [_one_force(path, file, forces[0])]
    single = taken(lambda: judged(path, file, forces, one_after_another))
    both = taken(lambda: judged(path, file, forces, lambda *asked: in_processes(*asked, workers=2)))
    agree.append(single.made.equals(both.made))
    print(
        f"country, forces one after another: {single}; in two processes: {both}; {single.wall / both.wall:.2f} times as fast "
        f"(aim 1.6); equal: {agree[-1]}; largest process {_largest()} MB",
        flush=True,
    )
    if spark:
        os.environ[ENGINE] = "spark"
        other = taken(lambda: judged(path, file, forces, None))
        agree.append(other.made.equals(single.made))
        print(
            f"country by Spark, its start included: {other}; equal: {agree[-1]}, {len(other.made):,} rows",
            flush=True,
        )
    return 0 if all(agree) else 1


def _one_force(path: Path, file: Path, force: str) -> bool:
    plain = taken(lambda: one_by_one(path, file, force))
    together = taken(lambda: judged(path, file, (force,), one_after_another))
    rows = together.made[list(EVIDENCE_COLUMNS)]
    equal = rows.equals(plain.made.astype(rows.dtypes.to_dict()))
    print(
        f"all areas of {force}, one by one through the desk: {plain}; judged: {together}; "
        f"{plain.wall / together.wall:.1f} times as fast (aim 10), {plain.processor / together.processor:.1f} by processors; "
        f"equal: {equal}",
        flush=True,
    )
    return equal


def _largest() -> int:
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        // 1024
    )


if __name__ == "__main__":
    sys.exit(main())
