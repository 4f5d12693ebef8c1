"""What a store costs as it grows: one command makes months of a made nation, imports each, and prints a table by size.

    nice -n 15 python -m tests.bench.growth FOLDER [--months 36,108,360] [--minutes 40] [--gigabytes 25] [--no-spark]

A month's files are removed as soon as they are imported: all at once they would be 47 GB. At each size it is said what an
import of a month costs (mean of the months since the size before), what renewing the counts took of the last, what a force's
first page costs cold and warm, and what `pages.judge` costs; at the least size by Spark, too. Where time or disk is used up
it stops, and says what was not reached. No place in it is real. Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from data.store import open_store
from tests.bench.made_nation import A_MONTH, Nation
from tests.bench.nation import SMALL, months, size_of

PROJECT = Path(__file__).parents[2]
SIZES = "36,108,360"
LOOKS = 0.3
"""Seconds between two looks at the memory of a piece of work and of all processes that it began."""

FREE_FOR_A_MONTH = 0.5
"""Gigabytes that one month's files need while it is made and imported."""

IMPORT = """
import json, sys, time
from data.police_uk import file_names
from data.police_uk.coming import Coming
from data.store import open_store
from data.store.status import current_status
file_names.FIRST_MONTH = "1900-01"  # thirty years of months, of which police.uk has sixteen
real, took = Coming.put_in_place, []
def timed(self):
    begun = time.perf_counter()
    real(self)
    took.append(time.perf_counter() - begun)
Coming.put_in_place = timed
store = open_store(sys.argv[2])
report = store.import_police_uk(sys.argv[1])
assert report.ok, report
current_status(store)  # as the command line does after each import
print(json.dumps({"renewed": sum(took)}))
"""
PAGE = """
import json, sys, time
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=900)
app.query_params["force"] = sys.argv[1]
def run():
    begun, cpu = time.perf_counter(), time.process_time()
    app.run()
    assert not app.exception and not app.error, (app.exception, app.error)
    return time.perf_counter() - begun, time.process_time() - cpu
cold, warm = run(), min(run() for _ in range(3))
print(json.dumps({"cold": cold[0], "cold processor": cold[1], "warm": warm[0]}))
"""


class SpentError(Exception):
    """Time or disk is used up; the text says which."""


@dataclass(frozen=True)
class Done:
    """What a piece of work took by the clock and of processors, the most memory that its processes had together, its words."""

    seconds: float
    processor: float
    megabytes: float
    said: Mapping[str, float]


class Growth:
    """A store that grows month by month, and the lines of its table."""

    def __init__(self, folder: Path, a_month: int, limits: tuple[float, float]) -> None:
        self.folder, self.store = folder, folder / "store"
        self.nation = Nation(folder / "made", a_month)
        self._end = time.monotonic() + 60 * limits[0]
        self._most = limits[1]
        self.areas = self.nation.areas()
        self._imports: list[Done] = []

    def grow(self, count: int) -> None:
        """Import the months up to this number that are not held. SpentError where time or disk is used up."""
        self._imports = []
        for at, month in enumerate(months(count)):
            if list(self.store.glob(f"street/*/{month}.json")):
                continue
            used = self._gigabytes()
            if used + FREE_FOR_A_MONTH > self._most:
                raise SpentError(f"{used:.1f} GB of disk are used: {at} months are held")
            self._check_time(f"{at} months are held")
            files = self.nation.month(month)
            self._imports.append(self.work(["-c", IMPORT, str(files), str(self.store)]))
            shutil.rmtree(files)
            if at == 0:
                open_store(self.store).import_lookup(self.nation.lookup())

    def line(self, count: int, engine: str = "duckdb") -> str:
        """Return the row of the table of this size. SpentError where there is no time for one of its cells."""
        rows = int(open_store(self.store).manifest()["rows_kept"].sum())
        cells = [f"{count} months, {engine}", f"{rows:,}"]
        last = self._imports[-1] if self._imports and engine == "duckdb" else None
        if last is None:
            cells += ["—", "—", "—"]
        else:
            a_month = fmean(each.seconds for each in self._imports)
            cells += [
                f"{rows / count / a_month:,.0f} rows a second (a month "
                f"{fmean(each.processor for each in self._imports):.1f} s of processors)",
                f"{last.said['renewed']:.1f} s",
                f"{max(each.megabytes for each in self._imports):,.0f} MB",
            ]
        self._check_time(f"{count} months, {engine}: no page opened")
        page = self.work(["-c", PAGE, SMALL], engine)
        cells += [
            f"{page.said['cold']:.1f} s ({page.said['cold processor']:.1f})", f"{page.said['warm']:.2f} s",
            f"{page.megabytes:,.0f} MB",
        ]  # fmt: skip
        self._check_time(f"{count} months, {engine}: nothing judged")
        judged = self.work(["-m", "pages.judge", "--again", "--areas", str(self.areas)], engine)
        cells += [f"{judged.seconds:.0f} s ({judged.processor:.0f})", f"{judged.megabytes:,.0f} MB"]
        status = self.work(["-m", "data", "status"])
        counts = size_of((self.store / "counts").glob("*"))
        cells += [
            f"{status.seconds:.2f} s",
            f"{size_of(self.store.rglob('*.parquet')):,.0f} MB, counts {counts:.0f}",
        ]
        return f"| {' | '.join(cells)} |"

    def work(self, command: list[str], engine: str = "duckdb") -> Done:
        """Do a piece of work in a process of its own, and look at its memory and that of all processes it begins."""
        begun, before = time.perf_counter(), os.times()
        environment = os.environ | {"TOWN_CENTRES_STORE": str(self.store), "TOWN_CENTRES_ENGINE": engine}
        with subprocess.Popen(
            [sys.executable, *command], cwd=PROJECT, env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            watched = _Watched(process.pid)
            said, wrong = process.communicate()
            watched.ended.set()
            watched.join()
        if process.returncode:
            raise SystemExit(f"{' '.join(command[:2])}: {wrong[-3000:]}")
        after = os.times()
        processor = (
            after.children_user + after.children_system - before.children_user - before.children_system
        )
        words = said.splitlines()[-1] if said else ""
        return Done(
            time.perf_counter() - begun,
            processor,
            watched.most,
            json.loads(words) if words.startswith("{") else {},
        )

    def _gigabytes(self) -> float:
        return size_of(path for path in self.folder.rglob("*") if path.is_file()) / 1024

    def _check_time(self, reached: str) -> None:
        if time.monotonic() > self._end:
            raise SpentError(f"the time is over: {reached}")


class _Watched(threading.Thread):
    """The most memory of a process and all that it began, shared pages counted once (PSS), seen every `LOOKS` seconds."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.most, self.ended = 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.ended.wait(LOOKS):
            self.most = max(self.most, sum(_megabytes(pid) for pid in _family(self._pid)))


def _family(pid: int) -> list[int]:
    members = [pid]
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        members += [one for child in _read(file).split() for one in _family(int(child))]
    return members


def _megabytes(pid: int) -> float:
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it has ended
        return ""


HEAD = (
    "size", "rows", "import", "counts renewed, last month", "memory", "page cold (processor)", "page warm", "memory",
    "judged (processor)", "memory", "status", "disk",
)  # fmt: skip


def main(arguments: list[str] | None = None, say: Callable[[str], None] = print) -> int:
    """Make, import, measure and print; return 0, or 3 where something was not reached."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.growth")
    options.add_argument("folder", type=Path)
    options.add_argument("--months", default=SIZES, help="sizes, with commas; default %(default)s")
    options.add_argument("--a-month", type=int, default=A_MONTH, help="rows of all forces")
    options.add_argument("--minutes", type=float, default=40, help="after these it stops")
    options.add_argument("--gigabytes", type=float, default=25, help="of disk, at most")
    options.add_argument("--no-spark", action="store_true")
    options.add_argument("--keep", action="store_true", help="leave the store")
    asked = options.parse_args(arguments)
    growth = Growth(asked.folder, asked.a_month, (asked.minutes, asked.gigabytes))
    sizes = sorted(int(each) for each in asked.months.split(","))
    wanted = [(sizes[0], "duckdb"), *([] if asked.no_spark else [(sizes[0], "spark")])]
    wanted += [(size, "duckdb") for size in sizes[1:]]
    say(
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}"
    )
    try:
        while wanted:
            size, engine = wanted[0]
            growth.grow(size)
            say(growth.line(size, engine))
            wanted.pop(0)
    except SpentError as problem:
        say(
            f"Stopped, since {problem}. Not reached: {', '.join(f'{size} months, {engine}' for size, engine in wanted)}."
        )
    if not asked.keep:
        shutil.rmtree(asked.folder / "made")
        shutil.rmtree(growth.store, ignore_errors=True)
    return 3 if wanted else 0


if __name__ == "__main__":
    sys.exit(main())
