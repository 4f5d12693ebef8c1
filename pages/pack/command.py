"""`python -m pages.pack`: the pages as one pack of files, or with --verify what changed since a pack was made.

Each page is as the dashboard opens it with these filters. With SOURCE_DATE_EPOCH set, the same months and the same program give
the same bytes, but for the PDF.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from analysis.model.areas import key_of
from analysis.model.errors import AnalysisError, RefusedError
from analysis.model.periods import Period
from analysis.model.selection import Selection
from data.demo import build_demonstration
from data.desk import Desk
from data.store import open_store
from pages.pack import beside, manifest
from pages.pack.beside import Second
from pages.pack.chapters import CHAPTERS
from pages.pack.making import FORMATS, Making, help_make, make
from pages.pack.verifying import verify

POLITE = 5
"""How much a pack that is made for a reader of pages gives way to the pages, on systems that know it."""


def main(arguments: Sequence[str] | None = None, *, fresh: bool = False) -> int:
    """Make or verify a pack; return 0, 1 where figures changed, or 2 with a sentence where it cannot be done.

    ``fresh`` says that this process has done nothing before (`pages.pack.beside.begin`).
    """
    given = _parser().parse_args(arguments)
    if fresh:
        signal.signal(signal.SIGTERM, _stop)
    try:
        if given.verify:
            return _verify(_desk(given.store), given.verify)
        if not given.out:
            raise RefusedError(
                "Say where the pack goes with --out FOLDER, or which pack to verify with --verify PACK."
            )
        return _make(given, fresh=fresh)
    except AnalysisError as problem:
        _say({"refused": str(problem)} if given.progress else str(problem), given.progress)
        return 2
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return 2


def _stop(*_: object) -> NoReturn:
    """Stop as a reader at the keyboard does, so that nothing is left: no folder, no second process, no browser that prints."""
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pages.pack", description=__doc__)
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where the pack goes; a pack there is replaced"
    )
    parser.add_argument(
        "--verify", type=Path, metavar="PACK", help="a pack: its folder, zip, workbook or HTML page"
    )
    parser.add_argument(
        "--store", help="folder of the store; default $TOWN_CENTRES_STORE, else the user's own"
    )
    parser.add_argument("--force", help="the force, when more than one is held")
    parser.add_argument("--area", action="append", default=[], help="an area by name or key; again for more")
    parser.add_argument("--baseline", help="for example 2022-07:2023-06")
    parser.add_argument("--comparison", help="for example 2023-07:2024-06")
    parser.add_argument(
        "--only", action="append", default=[], help=f"a page; again for more: {', '.join(CHAPTERS)}"
    )
    parser.add_argument(
        "--format", action="append", default=[], help=f"a format; again for more: {', '.join(FORMATS)}"
    )
    parser.add_argument("--template", type=Path, metavar="FILE", help="the office's own PowerPoint template")
    parser.add_argument("--zip", action="store_true", help="put all files of the pack into one besides")
    parser.add_argument("--selection", metavar="JSON", help=argparse.SUPPRESS)
    parser.add_argument(
        "--progress", action="store_true", help="say on standard output, in JSON, how far it is"
    )
    return parser


def _make(given: argparse.Namespace, *, fresh: bool) -> int:
    if given.progress and hasattr(os, "nice"):
        os.nice(POLITE)
    # before a store is opened, which begins threads; one page is not worth a second process
    second = None if len(given.only) == 1 else beside.begin(help_make, fresh=fresh)
    try:
        return _make_with(given, second)
    finally:
        if second is not None:
            second.end()


def _make_with(given: argparse.Namespace, second: Second | None) -> int:
    desk = _desk(given.store)

    def tell(done: int, of: int, words: str) -> None:
        if given.progress:
            _say({"done": done, "of": of, "words": words}, True)
        else:
            print(f"{done + 1} of {of}: {words}", file=sys.stderr)

    how = Making(tuple(given.only), tuple(given.format), given.template, given.zip, second)
    made = make(desk, _selection(desk, given), given.out, how, tell)
    if given.progress:
        _say({"files": list(made.files), "said": list(made.said)}, True)
    else:
        print("\n".join([*made.said, f"{made.contents.title}: {len(made.files)} files in {given.out}"]))
    return 0


def _verify(desk: Desk, pack: Path) -> int:
    verified = verify(desk, pack)
    if verified.same:
        print("Every figure and sentence is as it was when the pack was made.")
        if verified.why:
            print("What changed beside them:")
    else:
        print(
            "\n".join(
                ["Changed since the pack was made:", *(f"  {each}" for each in verified.changed), "Why:"]
            )
        )
        if not verified.why:
            print("  Nothing that the manifest names: another version of a library may round otherwise.")
    print("\n".join(f"  {each}" for each in verified.why), end="\n" if verified.why else "")
    return 0 if verified.same else 1


def _desk(store: str | None) -> Desk:
    held = open_store(store)
    if not held.forces():
        build_demonstration(held.path)
    return Desk(held)


def _selection(desk: Desk, given: argparse.Namespace) -> Selection:
    if given.selection:
        return manifest.selection_of(desk, manifest.selection_values(given.selection))
    force = desk.one_force(given.force)
    chosen = desk.default_selection(force)
    if given.baseline:
        chosen = replace(chosen, baseline=Period.parse(given.baseline))
    if given.comparison:
        chosen = replace(chosen, comparison=Period.parse(given.comparison))
    if given.area:
        chosen = replace(chosen, areas=tuple(dict.fromkeys(_area(desk, force, name) for name in given.area)))
    return chosen


def _area(desk: Desk, force: str, name: str) -> str:
    menu = desk.menu_areas(force)
    for key, area in menu.items():
        if key_of(name) in (key, key_of(area.name), key_of(area.filed_name)):
            return key
    raise RefusedError(
        f"“{name}” is no area of {desk.force_name(force)}. Choose among: {', '.join(area.name for area in menu.values())}."
    )


def _say(words: object, as_json: bool) -> None:
    if as_json:
        print(json.dumps(words), flush=True)
    else:
        print(words, file=sys.stderr)
