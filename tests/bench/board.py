"""How long the board takes: picking a cell, server side, and standing in a browser that has nothing of it yet.

    python -m tests.bench.board [--store FOLDER]

*picked* sends what a browser sends when a cell is picked (the component's state, for its part of the page alone), 20
cells not picked before and the same again, over a real websocket. *cold* opens the Overview in a new Chromium with an
empty cache, and an empty Streamlit page on a server of its own, by turns, until the board's table (there: a heading)
stands. Prints medians; nothing here fails for being slow.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.speed import ANSWER, Reader, high, reading, real_store, serving
from tests.browser.conftest import CHROMIUM_FLAGS, SOFTWARE_WEBGL, free_port

PICKS, COLD = 20, 5
ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


async def picked(reader: Reader) -> dict[str, list[float]]:
    """Return the milliseconds of picking each of so many cells, new ones and the same again."""
    board, part, cells = await _board(reader)
    if len(cells) < PICKS:
        raise SystemExit(f"The board has {len(cells)} cells; {PICKS} are wanted.")
    return {
        name: [await _pick(reader, board, part, cell) for cell in cells[:PICKS]]
        for name in ("not picked before", "the same again")
    }


async def _board(reader: Reader) -> tuple[str, str, list[str]]:
    """Open the Overview; return the board's id, its part of the page, and the keys of its cells."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    await reader.socket.send(asked.SerializeToString())
    board, part, cells = "", "", []
    while True:
        message = ForwardMsg.FromString(await reader.socket.recv(decode=False))
        component = message.delta.new_element.bidi_component
        if component.component_name.endswith("town_centre_board"):
            board, part = component.id, message.delta.fragment_id
            content = component.json or component.mixed.json
            cells = [cell["key"] for line in json.loads(content)["cells"] for cell in line]
        if message.WhichOneof("type") == "script_finished":
            return board, part, cells


async def _pick(reader: Reader, board: str, part: str, cell: str) -> float:
    asked = BackMsg()
    asked.rerun_script.fragment_id = part
    state = asked.rerun_script.widget_states.widgets.add()
    state.id, state.json_value = board, json.dumps({"picked": cell})
    drawn = False
    start = time.perf_counter()
    async with asyncio.timeout(ANSWER):
        await reader.socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await reader.socket.recv(decode=False))
            drawn |= message.delta.new_element.bidi_component.component_name.endswith("town_centre_reason")
            if message.WhichOneof("type") == "script_finished" and message.script_finished in ENDED:
                break
    if not drawn:
        raise SystemExit(f"Picking {cell} drew no reason.")
    return (time.perf_counter() - start) * 1000


@contextmanager
def _empty_page() -> Iterator[str]:
    """Serve a page with a heading and nothing else, and yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text('import streamlit as st\nst.title("Empty")\n', encoding="utf-8")
        options = [
            f"--server.port={port}",
            "--server.headless=true",
            "--server.address=127.0.0.1",
            "--browser.gatherUsageStats=false",
        ]
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *options],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def cold(address: str, stands: str, *, warm_up: bool) -> float:
    """Return the milliseconds until what stands for the page is seen, in a browser of its own."""
    path = shutil.which("chromium")
    if path is None:
        raise SystemExit("Chromium is not installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_FLAGS, *SOFTWARE_WEBGL[0]])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        start = time.perf_counter()
        for _ in range(200):  # a server that has just been started
            try:
                page.goto(address)
                break
            except Exception as problem:  # Playwright's own has no narrower name for a refused connection
                if not warm_up or "ERR_CONNECTION_REFUSED" not in str(problem):
                    raise
                time.sleep(0.1)
        page.locator(stands).first.wait_for()
        seconds = time.perf_counter() - start
        browser.close()
    return seconds * 1000


def main() -> int:
    """Print both tables."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.board")
    options.add_argument("--store", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="board-") as folder:
        store = given.store.resolve() if given.store else real_store(Path(folder) / "store")
        with serving(store) as server:

            async def picks() -> dict[str, list[float]]:
                async with reading(server) as reader:
                    return await picked(reader)

            for name, times in asyncio.run(picks()).items():
                print(
                    f"picking a cell, {name}: median {statistics.median(times):.0f} ms, 95% {high(times):.0f} ms"
                )
            with _empty_page() as bare:
                both = {f"http://127.0.0.1:{server.port}": ".board table", bare: "h1"}
                for address, stands in both.items():
                    cold(address, stands, warm_up=True)
                times = {address: [] for address in both}
                for _ in range(COLD):
                    for address, stands in both.items():
                        times[address].append(cold(address, stands, warm_up=False))
                board, empty = (statistics.median(each) for each in times.values())
        print(
            f"cold browser: board {board:.0f} ms, empty page {empty:.0f} ms, {board - empty:.0f} ms after it"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
