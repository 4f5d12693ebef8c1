"""A table of Spark's catalogue in the types of the store's own files: names are quoted, types that lose nothing are taken."""

from __future__ import annotations

from typing import Any

from analysis.model.errors import AnalysisError
from data.engines.catalogue import CatalogueTable, CatalogueType
from data.engines.spark_session import Session

_WHOLE = ("tinyint", "smallint", "int", "bigint")
_NUMBERS = (*_WHOLE, "float", "double", "decimal")
_TIMES = ("timestamp", "timestamp_ntz")
_TAKEN: dict[CatalogueType, tuple[tuple[str, ...], str]] = {
    "text": (("string", "char", "varchar"), "text"),
    "place": (("string", "char", "varchar"), "text"),
    "identifier": (("binary", "string", "char", "varchar"), "text or bytes"),
    "number": (_NUMBERS, "a number"),
    "whole": (_WHOLE, "a whole number"),
    "time": (_TIMES, "a time"),
    "flag": (("boolean",), "true or false"),
    "month": (("date", *_TIMES, "string", "char", "varchar"), "a date, or text as 2023-07"),
}
"""By the type that is needed: Spark's types that are taken, and the need in words."""

KEPT_BESIDE = {"release": "release", "file_hash": "file_hash", "file hash": "file_hash"}
"""Columns that say which edition a row came from: read where there are any."""


def quoted(name: str) -> str:
    """Return a name as Spark reads it whatever stands in it."""
    return f"`{name.replace('`', '``')}`"


def read_table(session: Session, table: CatalogueTable) -> Any:
    """Return a table with the columns asked for in the store's own types, and those of `KEPT_BESIDE` that it has.

    Empty text is missing; a Crime ID of 64 hexadecimal digits is its bytes; a time is UTC. Raises AnalysisError where a
    column is not there or of another type.
    """
    held = session.table(".".join(map(quoted, table.name)))
    types = {name.lower(): (name, kind) for name, kind in held.dtypes}
    missing = [name for name, _ in table.columns if name not in types]
    if missing:
        raise AnalysisError(
            f"The table {table.shown} has no column {', '.join(missing)}. Name a table or a view that has the columns of "
            "data/dictionary.csv."
        )
    chosen = [_chosen(table, *types[name], name, kind) for name, kind in table.columns]
    for held_as, name in KEPT_BESIDE.items():
        if held_as in types:
            chosen.append(f"CAST({quoted(types[held_as][0])} AS STRING) AS {quoted(name)}")
    return held.selectExpr(*chosen)


def _chosen(table: CatalogueTable, held_as: str, held_type: str, name: str, needed: CatalogueType) -> str:
    taken, words = _TAKEN[needed]
    plain = held_type.partition("(")[0]
    if plain not in taken:
        raise AnalysisError(
            f"The table {table.shown} has {plain} in its column {held_as}, where {words} is needed. Give the column another "
            "type, or name a view that does."
        )
    column = quoted(held_as)
    text = plain in ("string", "char", "varchar")
    if needed == "identifier":
        digits = f"{column} RLIKE '^[0-9a-fA-F]{{64}}$'"
        bytes_of = f"CASE WHEN {digits} THEN unhex({column}) ELSE encode(nullif({column}, ''), 'UTF-8') END"
        value = bytes_of if text else column
    elif needed == "month":
        value = f"to_date(left({column}, 7), 'yyyy-MM')" if text else f"CAST({column} AS DATE)"
        value = f"CAST(date_trunc('month', {value}) AS DATE)"
    elif needed in ("text", "place"):
        value = f"nullif(CAST({column} AS STRING), '')"
    else:
        sql = {"number": "DOUBLE", "whole": "BIGINT", "time": "TIMESTAMP_NTZ", "flag": "BOOLEAN"}[needed]
        value = f"CAST({column} AS {sql})"
    return f"{value} AS {quoted(name)}"
