"""Another reader's warm runs while a force's months are fetched and imported, beside the same runs when nothing is.

    python -m pytest tests/bench/test_bench_reading_meanwhile.py -n 0 --benchmark-only -s

The aim is at most twice as long. The app is served as an office serves it and asked over a real session
(`tests.bench.speed`); months are fetched by the process that the page's button starts, from archives of a process of
its own. That process is stopped and let go on in turn, every few runs of one session, so that whatever else the machine
does is in both. *beside* the
months go into a store of their own: what is measured is the processor that is shared. *into* they go into the store that
is read, whose answers are made anew whenever a month has come: those runs are not warm, and have no aim.

*nation* is an import of months of all 43 forces of a made nation, with every process that it begins, into the store that is
read: what comes is seen by nobody until all of it is there, so these runs are warm and have the aim.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys

import pytest

from data.store import open_store
from tests.bench.made_nation import FORCES, Nation
from tests.bench.speed import reading, serving
from tests.conftest import PROJECT
from tests.made.archive_server import real_files, write_three_editions

WARM_UPS, IN_TURN, PAGES = 5, 2, ("", "hotspots", "high_crime")
WORKER = "pages.update.worker"
NATION_MONTHS, ROWS_OF_A_MONTH = ("2023-01", "2023-02", "2023-03", "2023-04"), 250_000


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


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    """A folder with months of every force of a made nation."""
    folder = tmp_path_factory.mktemp("nation")
    made = Nation(folder / "made", a_month=ROWS_OF_A_MONTH)
    for month in NATION_MONTHS:
        made.month(month).rename(folder / month)
    shutil.rmtree(folder / "made")
    return folder


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
    order = json.dumps({"store": str(target), "steps": steps}) + "\n"
    tell(benchmark, where, held, ["-m", WORKER], order, {"TOWN_CENTRES_ARCHIVE": address})


def test_warm_runs_of_a_reader_while_a_nation_is_imported(benchmark, real_store, nation, tmp_path):
    held = tmp_path / "held"
    shutil.copytree(real_store.path, held)
    command = ["-m", "data", "import", str(nation), "--store", str(held)]
    tell(benchmark, "nation", held, command)
    assert len(open_store(held).forces()) == FORCES + 1


def tell(benchmark, what, held, command, order="", environment=None) -> None:
    """Measure runs of pages of a store while a command works and while it stands still; print both and their ratio."""

    async def one_round(reader) -> float:
        """Ask the pages in turn, and return the milliseconds of all of them."""
        runs = [await reader.ask(page) for page in PAGES]
        assert not [fault for run in runs for fault in run.faults]
        return sum(run.seconds for run in runs) * 1000

    async def measure() -> tuple[list[float], list[float]]:
        alone, meanwhile = [], []
        with serving(held) as server:
            async with reading(server) as reader:
                for _ in range(WARM_UPS):
                    await one_round(reader)
                worker = subprocess.Popen(
                    [sys.executable, *command], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    env=os.environ | (environment or {}), start_new_session=True,
                )  # fmt: skip
                worker.stdin.write(order.encode())
                worker.stdin.flush()
                while worker.poll() is None:
                    for times, word in ((meanwhile, signal.SIGCONT), (alone, signal.SIGSTOP)):
                        signalled(worker.pid, word)
                        times += [await one_round(reader) for _ in range(IN_TURN)]
                    signalled(worker.pid, signal.SIGCONT)
                said = worker.communicate()[0].decode()
                assert worker.returncode == 0, said[-2000:]
        return alone, meanwhile

    results = []
    benchmark.pedantic(lambda: results.append(asyncio.run(measure())), rounds=1, warmup_rounds=0)
    alone, meanwhile = results[0]
    benchmark.extra_info |= {
        "alone_ms": round(statistics.median(alone)), "meanwhile_ms": round(statistics.median(meanwhile)),
        "ratio": round(statistics.median(meanwhile) / statistics.median(alone), 2), "rounds_meanwhile": len(meanwhile),
    }  # fmt: skip
    sys.stdout.write(f"\n{what}: {benchmark.extra_info}\n")


def signalled(pid: int, word: signal.Signals) -> None:
    """Stop a process and all that it began, or let them go on; nothing where they have ended."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, word)
