"""Another reader's warm runs while a force's months are fetched and imported, beside the same runs when nothing is.

    python -m pytest tests/bench/test_bench_reading_meanwhile.py -n 0 --benchmark-only -s

The aim is at most twice as long. The app is served as an office serves it and asked over a real session
(`tests.bench.speed`); months are fetched by the process that the page's button starts, from archives of a process of
its own. Runs before, meanwhile and after are of one session in one go, so that the machine is the same. *beside* the
months go into a store of their own: what is measured is the processor that is shared. *into* they go into the store that
is read, whose answers are made anew whenever a month has come: those runs are not warm, and have no aim.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys

import pytest

from tests.bench.speed import reading, serving
from tests.conftest import PROJECT
from tests.made.archive_server import real_files, write_three_editions

WARM_UPS, RUNS, PAGES = 5, 20, ("", "hotspots", "high_crime")
WORKER = "pages.update.worker"


@pytest.fixture(scope="module")
def address(shared, tmp_path_factory):
    """The address of three editions that are served, Cleveland's files the real ones."""
    archives = tmp_path_factory.mktemp("archives")
    write_three_editions(archives, real_files(shared))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.made.archive_server", str(archives)],
        cwd=PROJECT, stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        yield server.stdout.readline().strip().partition("=")[2]
        server.terminate()


@pytest.mark.parametrize("where", ["beside", "into"])
def test_warm_runs_of_a_reader_while_months_are_imported(benchmark, real_store, address, tmp_path, where):
    held, other = tmp_path / "held", tmp_path / "other"
    shutil.copytree(real_store.path, held)
    target = other if where == "beside" else held
    # what is held already is not fetched again, so the store that is read gets the months before
    span = ("2022-07", "2024-06") if where == "beside" else ("2022-01", "2022-06")
    steps = [
        {"do": "months", "force": "cleveland", "first": span[0], "last": span[1], "with_railways": False}
    ]
    order = (json.dumps({"store": str(target), "steps": steps}) + "\n").encode()

    async def times(reader, until=lambda: False, most=RUNS) -> list[float]:
        """Ask the pages in turn, in rounds, so often or as long as something runs, and return milliseconds a round."""
        rounds = []
        while len(rounds) < most and not until():
            runs = [await reader.ask(page) for page in PAGES]
            assert not [fault for run in runs for fault in run.faults]
            rounds.append(sum(run.seconds for run in runs) * 1000)
        return rounds

    async def measure() -> tuple[list[float], list[float]]:
        with serving(held) as server:
            async with reading(server) as reader:
                await times(reader, most=WARM_UPS)
                idle = await times(reader)
                worker = subprocess.Popen(
                    [sys.executable, "-m", WORKER], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    env=os.environ | {"TOWN_CENTRES_ARCHIVE": address},
                )  # fmt: skip
                worker.stdin.write(order)
                worker.stdin.flush()
                meanwhile = await times(reader, lambda: worker.poll() is not None, most=10_000)
                said = worker.communicate()[0].decode()
                assert worker.returncode == 0, said[-2000:]
                await times(reader, most=WARM_UPS)
                return idle + await times(reader), meanwhile

    results = []
    benchmark.pedantic(lambda: results.append(asyncio.run(measure())), rounds=1, warmup_rounds=0)
    idle, meanwhile = results[0]
    benchmark.extra_info |= {
        "idle_ms": round(statistics.median(idle)), "meanwhile_ms": round(statistics.median(meanwhile)),
        "ratio": round(statistics.median(meanwhile) / statistics.median(idle), 2), "rounds_meanwhile": len(meanwhile),
    }  # fmt: skip
    sys.stdout.write(f"\n{where}: {benchmark.extra_info}\n")
