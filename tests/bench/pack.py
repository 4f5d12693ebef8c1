"""What a pack costs, beside plain equivalents: `python -m tests.bench.pack [--store STORE]` (some minutes; Linux).

It prints the seconds of each format in one process; whole packs without and with the PDF, made by the command, in turns with
the same tables written by pandas; and, with a real server, what two packs made at once from two sessions take, and the memory
of the server and of the processes that make them. Nothing is judged here.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from data.desk import Desk
from data.store import open_store
from pages.pack import pictures, plain
from pages.pack.build import build
from pages.pack.contents import Contents
from pages.pack.making import FORMATS, WHOLE, Making
from tests.bench.speed import Server, real_store, serving
from tests.conftest import PROJECT

WAIT = 900
"""Seconds: a guard against hanging."""

GIVEN_BACK = 120.0
"""Seconds after which the server's memory is read again."""

MAKE, MADE = "Make the pack", "Download all of it (zip)"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pack", description=__doc__)
    parser.add_argument("--store", type=Path, help="default: one made of the real months beside the checkout")
    parser.add_argument("--times", type=int, default=3, help="how often each whole pack is made")
    parser.add_argument("--only", choices=("formats", "whole", "server"), action="append", default=[])
    given = parser.parse_args(arguments)
    parts = {"formats": formats, "whole": whole, "server": server}
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or real_store(Path(folder) / "store")
        for name, part in parts.items():
            if name in (given.only or parts):
                part(store, Path(folder), given.times)
    return 0


def formats(store: Path, folder: Path, _: int) -> None:
    """Print the seconds of the contents and of each format, in this process, each with its pictures."""
    desk = Desk(open_store(store))
    chosen = desk.default_selection(desk.forces()[0])
    made: list[Contents] = []
    print(f"contents: {_seconds(lambda: made.append(build(desk, chosen))):.1f} s")
    for key, each in FORMATS.items():
        pictures.forget()
        into = folder / key
        into.mkdir()
        print(
            f"{each.name}: {_seconds(lambda each=each, into=into: each.write(made[0], into, Making())):.1f} s"
        )


def whole(store: Path, folder: Path, times: int) -> None:
    """Print the seconds of whole packs by the command and of their tables by pandas, in turns: median, least and most."""
    desk = Desk(open_store(store))
    tables = plain.tables(build(desk, desk.default_selection(desk.forces()[0])))
    frames = {f"{each.number}": pd.DataFrame(each.table.rows, columns=None) for each in tables}
    without = [word for key in WHOLE if key != "pdf" for word in ("--format", key)]
    ways: dict[str, Callable[[], None]] = {
        "without the PDF": lambda: _command(store, folder / "pack", *without),
        "with it": lambda: _command(store, folder / "pack"),
        "the tables by pandas, from ready frames": lambda: _by_pandas(frames, folder / "plain.xlsx"),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(times):
        for name, way in ways.items():
            took[name].append(_seconds(way))
    for name, seconds in took.items():
        print(f"{name}: {statistics.median(seconds):.1f} s ({min(seconds):.1f} to {max(seconds):.1f})")


def server(store: Path, _: Path, __: int) -> None:
    """Print what two packs at once take through the page of a real server, and the memory of all processes."""
    with serving(store) as served:
        with _reading(served) as reader:
            reader.run()
        before = served.memory()
        took: list[float] = []
        with _watching(served) as most:
            makers = [threading.Thread(target=lambda: took.append(_made(served))) for _ in range(2)]
            for each in makers:
                each.start()
            for each in makers:
                each.join()
        time.sleep(GIVEN_BACK)
        print(f"two packs at once: {', '.join(f'{each:.1f} s' for each in sorted(took))}")
        print(
            f"the server: {before:.0f} MB before, {most['server']:.0f} MB at most, {served.memory():.0f} MB "
            f"{GIVEN_BACK:.0f} s after; what makes them: {most['makers']:.0f} MB at most, "
            f"{most['browsers']:.0f} MB in browsers that print"
        )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _command(store: Path, out: Path, *more: str) -> None:
    command = [sys.executable, "-m", "pages.pack", "--store", str(store), "--out", str(out), *more]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, timeout=WAIT)


def _by_pandas(frames: dict[str, pd.DataFrame], path: Path) -> None:
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        for name, frame in frames.items():
            frame.to_excel(book, sheet_name=name, index=False)


@contextmanager
def _reading(served: Server) -> Iterator[_Reader]:
    """Open a session with the server, and close it."""
    with connect(
        f"ws://127.0.0.1:{served.port}/_stcore/stream",
        subprotocols=["streamlit"],
        origin=f"http://localhost:{served.port}",
        max_size=None,
        ping_interval=None,
        proxy=None,
    ) as opened:
        yield _Reader(opened)


class _Reader:
    """A session on About / Pack, as one tab of a browser has it."""

    def __init__(self, opened: ClientConnection) -> None:
        self._socket = opened
        self.labels: dict[str, str] = {}

    def run(self, pressed: str = "") -> None:
        """Run the page, a button pressed by its label, and note the buttons that it has then."""
        asked = BackMsg()
        asked.rerun_script.page_name = "pack"
        asked.rerun_script.query_string = ""
        if pressed:
            state = asked.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self.labels[pressed], True
        self._socket.send(asked.SerializeToString())
        self.labels = {}
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(timeout=WAIT, decode=False))
            element = message.delta.new_element
            for each in (element.button, element.download_button):
                self.labels[each.label] = each.id
            if message.HasField("script_finished"):
                return


def _made(served: Server) -> float:
    """Return the seconds from a click in a session of its own to the files."""
    with _reading(served) as reader:
        reader.run()
        start = time.perf_counter()
        reader.run(MAKE)
        while MADE not in reader.labels:
            if time.perf_counter() - start > WAIT:
                raise SystemExit("The pack did not come. Look at the server's own words.")
            time.sleep(0.5)
            reader.run()
        return time.perf_counter() - start


@contextmanager
def _watching(served: Server) -> Iterator[dict[str, float]]:
    """Yield the most memory in MB seen of the server, of what makes packs (shared pages once) and of browsers below it."""
    most, ended = {"server": 0.0, "makers": 0.0, "browsers": 0.0}, threading.Event()

    def look() -> None:
        while not ended.wait(0.2):
            below = list(_below(served.pid))
            seen = {
                "server": served.memory(),
                "makers": sum(_own(pid) for pid, name in below if name.startswith("python")),
                "browsers": sum(_own(pid) for pid, name in below if not name.startswith("python")),
            }
            for key, value in seen.items():
                most[key] = max(most[key], value)

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield most
    finally:
        ended.set()
        watch.join()


def _below(pid: int) -> Iterator[tuple[int, str]]:
    """Yield every process that this one began, and those that they began, with their names."""
    children: dict[int, list[tuple[int, str]]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                begun, _, after = (folder / "stat").read_text().rpartition(")")
            except OSError:
                continue  # it has ended
            children.setdefault(int(after.split()[1]), []).append((int(folder.name), begun.partition("(")[2]))
    waiting = [pid]
    while waiting:
        for each in children.get(waiting.pop(), []):
            waiting.append(each[0])
            yield each


def _own(pid: int) -> float:
    """Return the megabytes of a process, what it shares with others parted among them; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1767225600")
    sys.exit(main())
