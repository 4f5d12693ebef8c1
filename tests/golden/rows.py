"""One row of what a page sends, lists of them as files, and the hash of a part."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """One value as a page sends it; ``kind`` tells a table from a chart, a map, a sentence and a control."""

    page: str
    selection: str
    part: str
    kind: str
    row: str
    column: str
    value: str


class Hashed(NamedTuple):
    """A part of a page known by its hash alone."""

    page: str
    selection: str
    part: str
    rows: str
    sha256: str


def hashes(rows: Iterable[Row]) -> list[Hashed]:
    """Return a line a part: how many rows it has, and the first 16 digits of their SHA-256."""
    lines = []
    for (page, selection, part), members in groupby(sorted(rows), key=lambda row: row[:3]):
        texts = ["\t".join(row) for row in members]
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
        lines.append(Hashed(page, selection, part, str(len(texts)), digest))
    return lines


def write_rows(rows: Iterable[Row], file: Path) -> None:
    """Write a full list, sorted and packed; the same rows make the same bytes."""
    held = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=held, mtime=0) as packed:
        packed.write(_text(Row._fields, sorted(rows)).encode())
    file.write_bytes(held.getvalue())


def write_hashes(lines: Iterable[Hashed], file: Path) -> None:
    """Write a list of hashes."""
    file.write_text(_text(Hashed._fields, lines), encoding="utf-8")


def read_rows(file: Path) -> list[Row]:
    """Read a full list."""
    return [Row(*line) for line in _lines(gzip.decompress(file.read_bytes()).decode())]


def read_hashes(file: Path) -> list[Hashed]:
    """Read a list of hashes."""
    return [Hashed(*line) for line in _lines(file.read_text(encoding="utf-8"))]


def _text(heads: Iterable[str], lines: Iterable[tuple[str, ...]]) -> str:
    # values have no tab and no line break: `values.text` has made them spaces
    return "".join("\t".join(line) + "\n" for line in [tuple(heads), *lines])


def _lines(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n")[1:] if line]
