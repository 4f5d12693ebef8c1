"""The speed table: what a page costs beside an empty page, first answers, new combinations, and many readers at once.

    python -m tests.bench.speed [--store FOLDER] [--minutes 3] [--readers 30] [--only warm,first,mixed,load]

The app runs as an office runs it, ``streamlit run app.py``, in a process of its own on a free port of loopback, and is
asked over real websocket sessions. A time is from the message that asks for a page until the app says that the script
has finished, with everything received. Each click sends what a browser's “back” sends, a page and the whole selection
in its link: after other clicks Streamlit lets an earlier choice stand where the link has the default, or nothing. The
filters that come back are compared with those asked for, and a difference is a fault, as is a page that failed.
Browsers' work is not in any figure.

*warm* asks for the same again, each time followed by the same address on a second server, whose pages draw nothing and
whose frame is the same: the difference is what the page costs. CPU time beside it tells a slow page from a machine that
others use. *first* asks for months and areas that nobody asked for
before. *mixed* asks for combinations never asked for, of areas and crime types that were each asked for alone. *load*
has a server of its own, on which each page was opened once. The readers' work takes part of the same machine: its CPU
time is printed beside the server's.

Nothing here fails for being slow: machines differ. The exit code is 1 for faults only, which make a figure untrue.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import itertools
import json
import math
import os
import platform
import random
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from analysis.model.periods import month_label
from data.store import open_store

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"

PARTS = ("warm", "first", "mixed", "load")
WARM_UPS, WARM_RUNS = 2, 20
FRESH = 4
"""Months, and areas, never asked for before, of each page."""

COMBINATIONS = 8
CLICK_EVERY = 5.0
"""Seconds that a reader looks at a page, on average: from half of it to half as much again."""

WATCH_EVERY = 10.0

KEPT_RUNS = 2
"""Runs for which a browser keeps a message that it was sent (`global.maxCachedMessageAge`)."""

START, ANSWER, STOP, IMPORT = 120, 120, 20, 300
"""Seconds: guards against hanging, far beyond what is waited for."""

LONGEST = 2400
"""Seconds for all but the minutes under load: the last guard."""

Wanted = Mapping[str, Sequence[str]]
"""Filters as a link has them: key and values."""


# the servers


def command(*, empty: bool) -> list[str]:
    """Return how the app is run from the project's folder; ``empty``: all of it, but its pages draw nothing.

    The one place that knows how the app is made: a script ``app.py`` that draws its frame and has the page chosen in
    Streamlit's menu drawn by that page's ``run``.
    """
    run = ["run", "app.py"]
    if not empty:
        return [sys.executable, "-m", "streamlit", *run]
    code = """
import streamlit
from streamlit.web.cli import main
navigation = streamlit.navigation
def emptied(*taken, **named):
    page = navigation(*taken, **named)
    page.run = lambda: None
    return page
streamlit.navigation = emptied
main(prog_name="streamlit")
"""
    return [sys.executable, "-c", code, *run]


@dataclass(frozen=True)
class Server:
    """A running server: its port and process."""

    port: int
    pid: int

    def memory(self) -> float:
        """Return the megabytes that the process has in memory."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def cpu(self) -> float:
        """Return the seconds of CPU time that the process has had."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(store: Path, *, empty: bool = False) -> Iterator[Server]:
    """Run the app on this store, yield its server once it is healthy, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [*command(empty=empty), *options],
            cwd=PROJECT,
            env={**os.environ, "TOWN_CENTRES_STORE": str(store)},
            stdout=log,
            stderr=log,
        )
        try:
            deadline = time.monotonic() + START
            while not _healthy(port):
                if time.monotonic() > deadline or process.poll() is not None:
                    log.seek(0)
                    raise RuntimeError(f"The app did not start:\n{log.read()[-2000:]}")
                time.sleep(0.1)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(STOP)


def _healthy(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        asked.request("GET", "/_stcore/health")
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def real_store(folder: Path) -> Path:
    """Make a store of the real months beside the checkout, with lookup and outlines, by the command line."""
    geography = SHARED / "geography"
    for task, files in {
        "import": sorted((SHARED / "real").glob("*.zip")),
        "import-lookup": sorted(geography.glob("lsoa11_lsoa21_*.csv")),
        "import-geography": sorted(geography.glob("lsoa_20*.geojson")),
    }.items():
        if not files:
            raise SystemExit(f"No file for “{task}” in ../{SHARED.name} beside the checkout: name a --store.")
        done = subprocess.run(
            [sys.executable, "-m", "data", task, "--store", str(folder), *map(str, files)],
            cwd=PROJECT, capture_output=True, text=True, timeout=IMPORT, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"“{task}” failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
    return folder


# the readers


class Wire(websockets.ClientConnection):
    """A connection that counts what comes in as it comes, compressed if it is."""

    received = 0

    def data_received(self, data: bytes) -> None:
        """Count, and go on."""
        self.received += len(data)
        super().data_received(data)


@dataclass
class Run:
    """One answer: seconds until the script had finished, bytes on the wire, what was wrong with it."""

    seconds: float
    size: int
    faults: list[str]


@dataclass
class Reader:
    """One session, as one tab of a browser has it."""

    server: Server
    socket: Wire
    pages: dict[str, str] = field(default_factory=dict)
    """Address and title of each page of the menu."""
    options: dict[str, list[str]] = field(default_factory=dict)
    """What each filter last offered, by its key."""
    runs: int = 0
    kept: dict[str, int] = field(default_factory=dict)
    """Messages that a browser keeps, by hash, with the run that last used each: they are sent as a word."""

    async def ask(self, page: str, wanted: Wanted | None = None) -> Run:
        """Go to a page with these filters, those not named at their defaults, and wait until it is drawn."""
        wanted = wanted or {}
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = urlencode(wanted, doseq=True)
        asked.rerun_script.is_history_navigation = True
        self.runs += 1
        self.kept = {each: run for each, run in self.kept.items() if self.runs - run <= KEPT_RUNS}
        asked.rerun_script.cached_message_hashes.extend(self.kept)
        shown: dict[str, list[str]] = {}
        faults: list[str] = []
        begun, before = False, self.socket.received
        start = time.perf_counter()
        async with asyncio.timeout(ANSWER):
            await self.socket.send(asked.SerializeToString())
            while True:
                raw = await self.socket.recv(decode=False)
                message = ForwardMsg.FromString(raw)
                kind = message.WhichOneof("type")
                if message.metadata.cacheable or kind == "ref_hash":
                    self.kept[message.ref_hash or message.hash] = self.runs
                if kind == "new_session":
                    begun = True
                elif kind == "navigation" and len(message.navigation.app_pages) > 1:
                    self.pages = {each.url_pathname: each.page_name for each in message.navigation.app_pages}
                elif kind == "page_not_found":
                    faults.append("no such page")
                elif kind == "delta":
                    self._take(message.delta.new_element, shown, faults)
                elif kind == "script_finished" and begun:
                    if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                        break
                    if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                        faults.append("the script does not compile")
                        break
        seconds = time.perf_counter() - start
        for key, values in wanted.items():
            # a page draws the filters that change it, and no other
            if key in shown and sorted(shown[key]) != sorted(values):
                faults.append(f"filter {key}: asked {values}, shown {shown[key]}")
        size = self.socket.received - before
        return Run(seconds, size, [f"{page or 'first page'}: {fault}" for fault in faults])

    def _take(self, element: Element, shown: dict[str, list[str]], faults: list[str]) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            faults.append(f"exception {element.exception.type}")
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            faults.append(element.alert.body[:120])
        elif kind in ("multiselect", "selectbox"):
            box = getattr(element, kind)
            key = box.id.rpartition("-")[2]
            self.options[key] = list(box.options)
            if kind == "multiselect":
                chosen = box.raw_values if box.set_value else (box.options[at] for at in box.default)
            else:
                chosen = [box.raw_value if box.set_value else box.options[box.default]]
            shown[key] = list(chosen)


@asynccontextmanager
async def reading(server: Server) -> AsyncIterator[Reader]:
    """Open a session with the server, and close it."""
    async with websockets.connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        subprotocols=["streamlit"],
        origin=f"http://localhost:{server.port}",
        max_size=None,
        ping_interval=None,  # a busy server is slow, not gone
        open_timeout=ANSWER,
        create_connection=Wire,
        proxy=None,
    ) as opened:
        yield Reader(server, opened)


# the table


@dataclass
class Report:
    """The figures as they come: printed a part at a time, and kept as rows; faults beside them."""

    rows: list[dict[str, object]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def take(self, run: Run) -> Run:
        """Keep what was wrong with an answer, and give the answer on."""
        self.faults += run.faults
        return run

    def part(self, part: str, title: str, table: Sequence[Mapping[str, object]]) -> None:
        """Print a part as aligned text, a row for each of its lines, and keep its figures."""
        busy = " ".join(f"{each:.1f}" for each in os.getloadavg()[:2])
        print(
            f"\n{part}: {title} (load of the machine over 1 and 5 minutes: {busy})\n{aligned(table)}",
            flush=True,
        )
        self.rows += [{"part": part, **row} for row in table]


def aligned(table: Sequence[Mapping[str, object]]) -> str:
    """Return rows of one form as text: the first column to the left, the others to the right."""
    heads = list(table[0])
    lines = [heads, *([_shown(row[head]) for head in heads] for row in table)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _shown(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) else str(value)


def median(values: Sequence[float]) -> float:
    """Return the median, not a number of nothing."""
    return statistics.median(values) if values else math.nan


def high(values: Sequence[float]) -> float:
    """Return the 95 % quantile by nearest rank: of twenty, the second highest."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1] if values else math.nan


def _ms(runs: Sequence[Run]) -> list[float]:
    return [run.seconds * 1000 for run in runs]


def _kb(runs: Sequence[Run]) -> float:
    return median([run.size / 1024 for run in runs])


# the parts


async def opened(reader: Reader, report: Report) -> Run:
    """Ask for the first page, so that the menu and the filters' choices are known."""
    run = report.take(await reader.ask(""))
    if not reader.pages or not {"area", "crime", "own"} <= set(reader.options):
        raise SystemExit(
            "The app sent no menu, or not the filters that a page is asked for by: "
            f"{sorted(reader.pages)}, {sorted(reader.options)} {report.faults[:3]}"
        )
    return run


async def warm(page: Reader, empty: Reader, report: Report) -> None:
    """The same page with the same filters again, and the empty page after each."""
    table = []
    for address, title in page.pages.items():
        full, bare = [], []
        for number in range(WARM_UPS + WARM_RUNS):
            if number == WARM_UPS:
                before = page.server.cpu(), empty.server.cpu()
            full.append(report.take(await page.ask(address)))
            bare.append(report.take(await empty.ask(address)))
        full, bare = full[WARM_UPS:], bare[WARM_UPS:]
        used = page.server.cpu() - before[0], empty.server.cpu() - before[1]
        if _kb(bare) >= _kb(full):
            report.faults.append(f"{address or 'first page'}: the empty page is not empty")
        table.append(
            {
                "page": title,
                "median ms": median(_ms(full)),
                "95% ms": high(_ms(full)),
                "empty median": median(_ms(bare)),
                "empty 95%": high(_ms(bare)),
                "more, median": median(_ms(full)) - median(_ms(bare)),
                "more, 95%": high(_ms(full)) - high(_ms(bare)),
                "CPU ms a run": used[0] / WARM_RUNS * 1000,
                "empty CPU ms": used[1] / WARM_RUNS * 1000,
                "kB": _kb(full),
                "empty kB": _kb(bare),
            }
        )
    figures = [key for key in table[0] if key != "page"]
    table.append({"page": "median page", **{key: median([row[key] for row in table]) for key in figures}})
    table.append({"page": "highest", **{key: max(row[key] for row in table[:-1]) for key in figures}})
    report.part("warm", f"{WARM_RUNS} runs of each page, one reader, default filters", table)


def months_held(store: Path) -> list[str]:
    """Return the months from the first to the last held of the store's first force, as a link names them."""
    held = open_store(store)
    months = held.months(held.forces()[0])
    return [month_label(month) for month in pd.period_range(months[0], months[-1], freq="M")]


def fresh_months(months: Sequence[str], dice: random.Random) -> Iterator[dict[str, list[str]]]:
    """Yield pairs of periods, each pair once: six to twelve months, and the same of a year later."""
    pairs = [
        (first, first + length - 1)
        for length in range(6, 13)
        for first in range(len(months) - 12 - length + 1)
    ]
    dice.shuffle(pairs)
    for first, last in pairs:
        yield {
            "baseline_from": [months[first]],
            "baseline_to": [months[last]],
            "comparison_from": [months[first + 12]],
            "comparison_to": [months[last + 12]],
        }


def fresh_areas(units: Sequence[str], beside: str, dice: random.Random) -> Iterator[dict[str, list[str]]]:
    """Yield areas of one's own, three LSOAs that follow each other in the list, each beside one known area."""
    firsts = list(range(0, len(units) - 2, 3))
    dice.shuffle(firsts)
    for first in firsts:
        yield {"area": [beside], "own": list(units[first : first + 3])}


async def first(reader: Reader, start: Run, held: Sequence[str], report: Report) -> None:
    """Months, and areas, that nobody asked for before; each page has its own. ``held`` are the months of the store."""
    dice = random.Random(1)
    months = fresh_months(held, dice)
    areas = fresh_areas(reader.options["own"], reader.options["area"][0], dice)
    table = []
    for address, title in reader.pages.items():
        known = report.take(await reader.ask(address, {"area": reader.options["area"][:1]}))
        by_months = [report.take(await reader.ask(address, q)) for q in itertools.islice(months, FRESH)]
        by_area = [report.take(await reader.ask(address, q)) for q in itertools.islice(areas, FRESH)]
        table.append(
            {
                "page": title,
                "opened first ms": known.seconds * 1000,
                "months median": median(_ms(by_months)),
                "months max": max(_ms(by_months), default=math.nan),
                "area median": median(_ms(by_area)),
                "area max": max(_ms(by_area), default=math.nan),
            }
        )
    figures = [key for key in table[0] if key != "page"]
    table.append({"page": "highest", **{key: max(row[key] for row in table) for key in figures}})
    report.part("first", f"{FRESH} pairs of periods and {FRESH} areas not seen before, of each page", table)
    report.part(
        "start", "the first answer of a new server", [{"page": "Overview", "ms": start.seconds * 1000}]
    )


async def mixed(reader: Reader, report: Report) -> None:
    """Combinations not asked for before, of areas and crime types that were each asked for alone."""
    dice = random.Random(2)
    areas, types = reader.options["area"], reader.options["crime"]
    some = types[: min(7, len(types))]
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    table = []
    for address, title in reader.pages.items():
        for area in areas:
            report.take(await reader.ask(address, {"area": [area], "crime": some}))
        for crime in some:
            report.take(await reader.ask(address, {"area": areas, "crime": [crime]}))
        runs: list[Run] = []
        while len(runs) < COMBINATIONS:
            places = tuple(sorted(dice.sample(areas, min(2, len(areas)))))
            crimes = tuple(sorted(dice.sample(some, dice.randint(2, 5))))
            if (places, crimes) not in seen:
                seen.add((places, crimes))
                runs.append(report.take(await reader.ask(address, {"area": places, "crime": crimes})))
        table.append(
            {"page": title, "median ms": median(_ms(runs)), "95% ms": high(_ms(runs)), "kB": _kb(runs)}
        )
    table.append(
        {"page": "highest", **{key: max(row[key] for row in table) for key in ("median ms", "95% ms", "kB")}}
    )
    report.part("mixed", f"{COMBINATIONS} combinations of known areas and crime types, of each page", table)


async def load(server: Server, readers: int, minutes: float, report: Report) -> None:
    """Many readers, each of whom changes page and filters every few seconds."""
    async with reading(server) as reader:
        await opened(reader, report)
        for address in reader.pages:
            report.take(await reader.ask(address))
        pages, areas, types = reader.pages, reader.options["area"], reader.options["crime"]
    runs: dict[str, list[Run]] = {address: [] for address in pages}
    memory = [server.memory()]
    busy = [server.cpu()]
    own = _own_cpu()
    start = time.perf_counter()
    until = start + minutes * 60

    async def watch() -> None:
        while time.perf_counter() < until:
            await asyncio.sleep(WATCH_EVERY)
            memory.append(server.memory())
            busy.append(server.cpu())

    async def read(number: int) -> None:
        dice = random.Random(number)
        await asyncio.sleep(dice.random() * CLICK_EVERY)
        while time.perf_counter() < until:
            try:
                async with reading(server) as one:
                    await click(one, dice)
            except (OSError, TimeoutError, websockets.WebSocketException) as problem:
                report.faults.append(f"a session ended: {type(problem).__name__}")
                await asyncio.sleep(CLICK_EVERY)

    async def click(one: Reader, dice: random.Random) -> None:
        while time.perf_counter() < until:
            address = dice.choice(list(pages))
            chosen = {
                "area": dice.sample(areas, dice.randint(1, len(areas[:3]))),
                "crime": dice.sample(types, dice.randint(1, 4)),
            }
            runs[address].append(report.take(await one.ask(address, chosen)))
            await asyncio.sleep(CLICK_EVERY * (0.5 + dice.random()))

    await asyncio.gather(watch(), *(read(number) for number in range(readers)))
    wall, used, own = time.perf_counter() - start, server.cpu() - busy[0], _own_cpu() - own
    table = [
        {"page": title, "runs": len(of), "median ms": median(_ms(of)), "95% ms": high(_ms(of)), "kB": _kb(of)}
        for (_, title), of in zip(pages.items(), runs.values(), strict=True)
    ]
    every = list(itertools.chain.from_iterable(runs.values()))
    table.append(
        {
            "page": "all",
            "runs": len(every),
            "median ms": median(_ms(every)),
            "95% ms": high(_ms(every)),
            "kB": _kb(every),
        }
    )
    report.part("load", f"{readers} readers, a click every {CLICK_EVERY:.0f} s, {minutes:g} minutes", table)
    report.part(
        "memory",
        f"of the server, every {WATCH_EVERY:.0f} s, and its CPU seconds in between",
        [
            {"second": str(round(at * WATCH_EVERY)), "MB": each, "CPU s": f"{spent:.1f}"}
            for at, (each, spent) in enumerate(
                zip(memory, [0.0, *(b - a for a, b in itertools.pairwise(busy))], strict=True)
            )
        ],
    )
    later = memory[round(60 / WATCH_EVERY) :] or memory[-1:]
    figures: dict[str, object] = {
        "memory at start, MB": memory[0],
        "memory after a minute, MB": later[0],
        "highest after that, MB": max(later),
        "memory at the end, MB": memory[-1],
        "server's CPU, s": f"{used:.1f}",
        "readers' CPU (this process), s": f"{own:.1f}",
        "wall, s": f"{wall:.1f}",
        "server's CPU, % of one core": used / wall * 100,
        "readers' CPU, % of one core": own / wall * 100,
    }
    report.part(
        "machine", "under load", [{"figure": name, "value": value} for name, value in figures.items()]
    )


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# the command


async def measure(store: Path, parts: Sequence[str], readers: int, minutes: float, report: Report) -> None:
    """Measure these parts on this store."""
    async with asyncio.timeout(LONGEST + minutes * 60):
        if set(parts) & {"warm", "first", "mixed"}:
            async with AsyncExitStack() as stack:
                page = await stack.enter_async_context(reading(stack.enter_context(serving(store))))
                start = await opened(page, report)
                if "warm" in parts:
                    with serving(store, empty=True) as bare:
                        async with reading(bare) as empty:
                            await opened(empty, report)
                            await warm(page, empty, report)
                if "first" in parts:
                    await first(page, start, months_held(store), report)
                if "mixed" in parts:
                    await mixed(page, report)
        if "load" in parts:
            with serving(store) as server:
                await load(server, readers, minutes, report)


def about() -> dict[str, str]:
    """Return what a figure depends on beside the code."""
    return {
        "when": datetime.now().astimezone().isoformat(timespec="minutes"),
        "cores": str(os.cpu_count()),
        "load of the machine before": " ".join(f"{each:.2f}" for each in os.getloadavg()),
        "python": platform.python_version(),
    }


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    made = argparse.ArgumentParser(prog="python -m tests.bench.speed", description="Print the speed table.")
    made.add_argument("--store", type=Path, help="a store (default: one of the real months, made for this)")
    made.add_argument("--minutes", type=float, default=3.0, help="under load (default 3)")
    made.add_argument("--readers", type=int, default=30, help="under load (default 30)")
    made.add_argument(
        "--only", default=",".join(PARTS), help=f"parts with commas (default {','.join(PARTS)})"
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    return made


def _stop(*_: object) -> None:
    raise SystemExit("Stopped.")


def main(arguments: Sequence[str] | None = None, say: Callable[[str], None] = print) -> int:
    """Print the table; return 1 where an answer had a fault."""
    options = parser().parse_args(arguments)
    parts = [each.strip() for each in options.only.split(",")]
    if unknown := set(parts) - set(PARTS):
        parser().error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    signal.signal(signal.SIGTERM, _stop)  # so that the servers are stopped too
    report, told = Report(), about()
    say(", ".join(f"{name} {value}" for name, value in told.items()))
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        store = options.store.resolve() if options.store else real_store(Path(folder) / "store")
        asyncio.run(measure(store, parts, options.readers, options.minutes, report))
    say(f"\nfaults: {len(report.faults)}")
    for fault in dict.fromkeys(report.faults[:20]):
        say(f"  {fault}")
    if options.json:
        kept = {"about": told, "rows": report.rows, "faults": report.faults}
        options.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
