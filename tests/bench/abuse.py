"""Whether the server's memory stays where it is under abuse: hostile links, areas of one's own, refused uploads.

    python -m tests.bench.abuse [--store FOLDER] [--minutes 30] [--readers 2]

Sessions, two at a time, each of a few clicks, ask every page with links that a tester would try (names of Markdown, of deck's
commands, of formulas, of 5,000 letters; unknown areas, months and crime types) and with an area of one's own that nobody asked
for before; between them files are uploaded that are refused. Prints the memory of the server each minute, and the rise
after the first third. Nothing here fails for what it finds.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.speed import Reader, Server, reading, real_store, serving
from tests.frame.served import Served

HOSTILE = (
    "![x](http://evil.example/x.png)", "[Click to sign in](http://evil.example)", "@@#a.b", "@@=a(", "$\\input{x}$",
    "=cmd|'/C calc'!A0", "a\x00b", "\u202egnp.exe", "x" * 5000, "<script>alert(1)</script>", "\U0001f4a3\ufdd0",
)  # fmt: skip
CLICKS_A_SESSION, UNITS = 12, 3
PAUSE = 0.2
"""Seconds between two clicks, so that a machine has room for others."""


def links(reader: Reader, dice: random.Random) -> dict[str, list[str]]:
    """Return the filters of one link: an area never asked for, a hostile name, and now and then what there is not."""
    wanted = {
        "own": dice.sample(reader.options["own"], UNITS),
        "own_name": [dice.choice(HOSTILE)],
        "area": [dice.choice([*reader.options["area"], *HOSTILE])],
    }
    if dice.random() < 0.3:
        wanted |= {"baseline_from": [dice.choice(HOSTILE)], "crime": [dice.choice(HOSTILE)]}
    if dice.random() < 0.2:
        wanted |= {"folds": ["open"]}
    return wanted


def refused_upload(server: Server, dice: random.Random) -> None:
    """Send a file to a session that there is not, of half a megabyte."""
    asked = Served(server.port, Path())
    token = asked.xsrf()
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n' + dice.randbytes(
        500_000
    )
    headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "X-Xsrftoken": token,
        "Cookie": f"_streamlit_xsrf={token}",
    }
    answer = asked.ask("/_stcore/upload_file/nobody/file", "PUT", headers, body + b"\r\n--x--\r\n")
    if answer.status < 400:
        raise SystemExit("An upload to nobody's session was taken.")


async def abuse(server: Server, minutes: float, readers: int) -> list[tuple[float, float, int]]:
    """Go on for so many minutes with so many sessions at a time; return minute, megabytes and own areas so far, once a minute."""
    start, asked = time.monotonic(), [0]
    until = start + minutes * 60
    sessions = [
        asyncio.create_task(abusing(server, random.Random(3 + n), until, asked)) for n in range(readers)
    ]
    seen = []
    while (gone := (time.monotonic() - start) / 60) < minutes:
        if len(seen) < gone:
            seen.append((gone, server.memory(), asked[0]))
            print(f"minute {gone:4.1f}: {server.memory():5.0f} MB after {asked[0]} own areas", flush=True)
        await asyncio.sleep(1)
    await asyncio.gather(*sessions)
    return seen


async def abusing(server: Server, dice: random.Random, until: float, asked: list[int]) -> None:
    """Open one session after another until that moment; each click asks an own area, and is counted in ``asked``."""
    while time.monotonic() < until:
        async with reading(server) as reader:
            await reader.ask("")
            for _ in range(CLICKS_A_SESSION):
                await reader.ask(dice.choice(list(reader.pages)), links(reader, dice))
                asked[0] += 1
                await asyncio.sleep(PAUSE)
        await asyncio.to_thread(refused_upload, server, dice)


def main() -> int:
    """Print the memory as it goes, and the rise after the first third."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.abuse")
    options.add_argument("--store", type=Path)
    options.add_argument("--minutes", type=float, default=30.0)
    options.add_argument("--readers", type=int, default=2)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="abuse-") as folder:
        store = given.store.resolve() if given.store else real_store(Path(folder) / "store")
        with serving(store) as server:
            seen = asyncio.run(abuse(server, given.minutes, given.readers))
    first = next(megabytes for minute, megabytes, _ in seen if minute >= given.minutes / 3)
    print(
        f"rise from minute {given.minutes / 3:.0f} on: {seen[-1][1] - first:+.0f} MB at the end, "
        f"{max(each[1] for each in seen if each[0] >= given.minutes / 3) - first:+.0f} MB at most"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
