"""Months of street-level data counted by place, month and crime type, by DuckDB in one pass over their files.

Asked past Ibis: what is counted here is kept beside the months at every import, so it must cost no more than the query.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from data.engines.port import RowsUnreadableError

COUNTED = ("lsoa_code", "lsoa_name", "month", "crime_type")
"""What rows are counted by; a row without an LSOA has no code and no name."""

MEMORY_LIMIT = "400MB"
"""For two forces counted side by side; 36 months of the largest need about 150 MB."""


def count_places(con: duckdb.DuckDBPyConnection, files: Sequence[str]) -> pa.Table:
    """Return `COUNTED` and ``incidents`` of these files, one row for each combination there is, in no order.

    Identical rows are several incidents. RowsUnreadableError where a file is gone or damaged.
    """
    keys = ", ".join(COUNTED)
    query = f"SELECT {keys}, count(*)::INTEGER AS incidents FROM read_parquet(?) GROUP BY ALL"
    try:
        return con.sql(query, params=[list(files)]).to_arrow_table()
    except duckdb.Error as problem:
        raise RowsUnreadableError(
            "A file of the months held cannot be read. Import its month again."
        ) from problem


class PlaceCounter:
    """Counts files over a database of its own, from several threads: a process that was forked can use no other's."""

    def __init__(self) -> None:
        self._con = duckdb.connect(config={"memory_limit": MEMORY_LIMIT})
        self._con.execute("SET enable_progress_bar = false")  # it would draw into --json

    def count(self, files: Sequence[str]) -> pa.Table:
        """Return `count_places` of these files."""
        return count_places(self._con.cursor(), files)

    def close(self) -> None:
        """Let the database go."""
        self._con.close()
