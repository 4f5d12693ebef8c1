"""A certificate: how whole the data behind figures are, as a line, as a table, and as the head of a file."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.drawing.figure import Table


@dataclass(frozen=True, eq=False)
class Certificate:
    """``line`` stands under each figure, ``table`` behind it, ``heads`` over its numbers where they are taken away."""

    line: str
    table: Table
    heads: tuple[str, ...]
