"""The project's documents as a page shows them, each read once."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

PROJECT = Path(__file__).parents[2]
DISTRIBUTION = "safe-town-centres"

FIRST_TOPICS = ("change", "calibration", "evaluation")
"""Read in this order, since each speaks of the one before; the other topics follow by name."""

MARKER = re.compile(r"^<!-- (generated: .* -->|of the file alone -->.*)\n", re.MULTILINE)
"""What the page leaves out: a mark for whoever makes a table anew, and where the files lie, which a reader of the page has not got."""


@lru_cache(maxsize=1)
def methods() -> str:
    """Return how each figure is made, as Markdown: what holds for all, then each topic's own."""
    topics = sorted((PROJECT / "analysis" / "topics").glob("*/METHOD.md"), key=_place)
    parts = [path.read_text(encoding="utf-8").strip() for path in (methods_file(), *topics)]
    return MARKER.sub("", "\n\n".join(parts))


def methods_file() -> Path:
    """Return where METHODS.md lies: in a checkout beside the packages, else where the installation put it."""
    return _file("METHODS.md")


@lru_cache(maxsize=1)
def accessibility() -> str:
    """Return the draft of the accessibility statement, as Markdown."""
    return _file("ACCESSIBILITY.md").read_text(encoding="utf-8")


def _file(name: str) -> Path:
    beside = PROJECT / name
    return beside if beside.exists() else _installed(name)


def _installed(name: str) -> Path:
    try:
        listed = files(DISTRIBUTION) or []
    except PackageNotFoundError:
        listed = []
    for path in listed:
        if path.name == name:
            return Path(str(path.locate()))
    raise FileNotFoundError(
        f"{name} lies neither beside the packages nor in an installation of {DISTRIBUTION}."
    )


def _place(path: Path) -> tuple[int, str]:
    topic = path.parent.name
    return (FIRST_TOPICS.index(topic) if topic in FIRST_TOPICS else len(FIRST_TOPICS), topic)
