"""Tables of a catalogue by name, as plain values: which one holds a kind, and which of its rows are a force's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analysis.model.errors import RefusedError
from data.engines.csv_rules import ColumnType

CatalogueType = ColumnType | Literal["month", "whole"]
"""``month`` is a date, a time or text as ``2023-07``; ``whole`` a number without fraction."""

MOST_PARTS = 3
"""Catalogue, schema and table."""


@dataclass(frozen=True)
class CatalogueTable:
    """A table by the parts of its name, and the columns that it must have with their types, in order."""

    name: tuple[str, ...]
    columns: tuple[tuple[str, CatalogueType], ...]

    @property
    def shown(self) -> str:
        """Return the name as a sentence has it."""
        return ".".join(self.name)


@dataclass(frozen=True)
class CatalogueRows:
    """The rows of one force in a table."""

    table: CatalogueTable
    force: str


def name_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a table's name; a part with a dot in it stands in backquotes, a backquote in it twice.

    Raises RefusedError where the text is no such name.
    """
    parts = re.findall(r"(?:^|\.)(`(?:[^`]|``)+`|[^.`]+)", text.strip())
    whole = ".".join(parts) == text.strip()
    if not whole or not 1 <= len(parts) <= MOST_PARTS:
        raise RefusedError(
            f"“{text}” is no name of a table. Write it as catalogue.schema.table, with backquotes round a part that has a "
            "dot in it."
        )
    return tuple(part[1:-1].replace("``", "`") if part.startswith("`") else part for part in parts)
