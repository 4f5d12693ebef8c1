"""Which engine is asked: DuckDB, or what the environment names."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from typing import get_args

from analysis.model.english import listed
from analysis.model.errors import RefusedError
from analysis.model.vocabulary import Kind
from data.engines.catalogue import name_parts
from data.engines.duckdb import DuckDBEngine
from data.engines.port import Engine

ENGINE = "TOWN_CENTRES_ENGINE"
"""One of `NAMES`; the first of them is asked without it."""

ADDRESS = "TOWN_CENTRES_SPARK"
"""Where Spark is: ``local[*]`` without it, or ``sc://host:port/;token=...``. Never from a screen or a link, never logged."""

TABLES = "TOWN_CENTRES_TABLES"
"""Tables of Spark's catalogue by kind, ``street=main.police.street, outcomes=...``; without it the store's own files."""


@lru_cache(1)
def _spark(address: str) -> Engine:
    # one for all stores of a process: a session is dear to begin
    from data.engines.spark_session import LOCAL, check_spark

    check_spark(address or LOCAL)
    from data.engines.spark import SparkEngine

    return SparkEngine(address or LOCAL)


_ENGINES: dict[str, Callable[[], Engine]] = {
    "duckdb": DuckDBEngine,
    "spark": lambda: _spark(os.environ.get(ADDRESS, "").strip()),
}

NAMES = tuple(_ENGINES)


def chosen_engine() -> Engine:
    """Return the engine that the environment names. Raises RefusedError, which says what to set, where it is none."""
    begin = _ENGINES.get(os.environ.get(ENGINE, "").strip().lower() or NAMES[0])
    if begin is None:
        raise RefusedError(
            f"{ENGINE} names no engine that is known. Set it to {listed(NAMES, 'or')}, or leave it unset."
        )
    return begin()


def named_tables() -> dict[Kind, tuple[str, ...]]:
    """Return the tables that the environment names, by kind, in the parts of their names; none where it names none.

    Raises RefusedError where what it says cannot be read.
    """
    text = os.environ.get(TABLES, "").strip()
    if not text or os.environ.get(ENGINE, "").strip().lower() != "spark":
        return {}
    tables: dict[Kind, tuple[str, ...]] = {}
    for line in text.split(","):
        said, _, name = line.partition("=")
        kind = next((each for each in get_args(Kind) if each == said.strip()), None)
        if kind is None:
            raise RefusedError(
                f"{TABLES} cannot be read. Write it as street=catalogue.schema.table, with outcomes= and stop-and-search= "
                "after commas where there are any."
            )
        tables[kind] = name_parts(name)
    return tables
