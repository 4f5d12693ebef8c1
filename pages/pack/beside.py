"""`python -m pages.pack.beside`: some chapters of a pack, with their pictures, in a second process, for machines with two cores.

Its input is one line of JSON, its output the chapters as Python keeps values, read by the process that began it and by nobody
else. It ends by itself when that process is gone.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.drawing.answer import DrawnFigure
from analysis.drawing.maps.shown import Shown
from analysis.model.errors import AnalysisError
from data.desk import Desk
from data.store import open_store
from pages.pack import manifest, pictures
from pages.pack.build import chapters_of
from pages.pack.contents import Chapter

APART = ("safer_streets", "incidents", "evaluation", "high_crime", "data", "methods")
"""What is made beside the rest: about half of the work of a whole pack."""

_PROJECT = Path(__file__).parents[2]


@dataclass
class Beside:
    """Chapters being made by a second process; `chapters` waits for them, None where it could not."""

    process: subprocess.Popen[bytes]

    def chapters(self) -> dict[str, Chapter] | None:
        """Return the chapters by key, and keep their pictures; None where the process ended without them."""
        out, _ = self.process.communicate()
        if self.process.returncode or not out:
            return None
        made: list[tuple[Chapter, list[Any]]] = pickle.loads(out)
        for chapter, drawn in made:
            for (_, named), picture in zip(chapter.named(), drawn, strict=True):
                pictures.keep(named.part, picture)
        return {chapter.key: chapter for chapter, _ in made}

    def end(self) -> None:
        """End it, for when what it makes is not wanted any more."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


def begin(store: Path, selection: Mapping[str, Any], keys: Sequence[str], *, drawn: bool) -> Beside | None:
    """Begin the chapters among these that are made apart; None on one core, and where it would not be worth it."""
    apart = [key for key in keys if key in APART]
    if (os.cpu_count() or 1) < 2 or "methods" not in apart or len(apart) == len(keys):
        return None
    asked = {"store": str(store), "selection": {**selection, "pages": apart}, "drawn": drawn}
    process = subprocess.Popen(
        [sys.executable, "-m", "pages.pack.beside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_PROJECT,
    )
    if process.stdin is not None:
        process.stdin.write(json.dumps(asked).encode())
        process.stdin.close()
        process.stdin = None
    return Beside(process)


def main() -> int:
    """Make the chapters asked for on standard input, and write them to standard output; 1 where they cannot be made."""
    asked = json.loads(sys.stdin.buffer.read())
    try:
        desk = Desk(open_store(asked["store"]))
        contents = chapters_of(
            desk, manifest.selection_of(desk, asked["selection"]), asked["selection"]["pages"]
        )
        made = [(chapter, list(_drawn(contents, chapter, asked["drawn"]))) for chapter in contents.chapters]
    except AnalysisError:  # the process that asked makes them itself, and says why it cannot
        return 1
    sys.stdout.buffer.write(pickle.dumps(made))
    return 0


def _drawn(contents: Any, chapter: Chapter, wanted: bool) -> Iterable[bytes | str | None]:
    for _, named in chapter.named():
        if wanted and isinstance(named.part, Shown):
            yield pictures.map_png(contents, named.part)
        elif wanted and isinstance(named.part, DrawnFigure):
            yield pictures.chart_svg(named.part)
        else:
            yield None


if __name__ == "__main__":
    sys.exit(main())
