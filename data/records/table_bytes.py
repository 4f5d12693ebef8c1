"""Checked records as bytes and back: Parquet, with the contract's own types."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd

from analysis.records.contract import HELD_AS, RecordKind


def to_bytes(kind: RecordKind, frame: pd.DataFrame) -> bytes:
    """Return checked records as Parquet; lists, which are tuples in memory, become lists."""
    lists = {c.name: frame[c.name].map(_as_list) for c in kind.columns if c.type == "list"}
    return bytes(frame.assign(**lists).to_parquet(index=False))


def from_bytes(kind: RecordKind, content: bytes) -> pd.DataFrame:
    """Return records as they were checked. Raises pyarrow's, KeyError, ValueError or TypeError for other content."""
    frame = pd.read_parquet(io.BytesIO(content))
    return pd.DataFrame({c.name: _held(frame[c.name], c.type) for c in kind.columns})


def _as_list(value: Any) -> list[str] | None:
    return list(value) if isinstance(value, tuple) else None


def _held(series: pd.Series, column_type: str) -> pd.Series:
    if column_type == "list":
        lists = [None if value is None else tuple(str(item) for item in value) for value in series]
        return pd.Series(lists, dtype="object")
    held: Any = HELD_AS[column_type]  # type: ignore[index]
    return series.astype(held)
