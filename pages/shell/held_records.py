"""The office's own records as the store holds them: the version in use of each kind, read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from data.demo.demo_records import demo_report
from data.records import RecordVersion, current_records, current_version
from data.store import open_store

_KEPT_SECONDS = 3600
"""A table that was removed for good, by whatever road, leaves the memory within the hour too."""


@dataclass(frozen=True)
class Given:
    """Records in use: the version, and its table with the contract's columns. Never written to."""

    version: RecordVersion
    table: pd.DataFrame


def store_path() -> Path:
    """Return the folder that holds the records: the store's own, also while its months are simulated."""
    return open_store().path


def given(key: str) -> Given | None:
    """Return the records in use of a kind, or None where the office has given none."""
    version = current_version(store_path(), key)
    if version is None:
        return None
    return Given(version, _table(str(store_path()), key, version.version, version.fingerprint))


def demonstration(key: str) -> pd.DataFrame:
    """Return the demonstration records of a kind, simulated and the same each time."""
    return _demonstration(key)


def forget() -> None:
    """Let go of every table held in memory, for when records are removed for good."""
    _table.clear()


@st.cache_resource(max_entries=20, ttl=_KEPT_SECONDS, show_spinner=False)
def _table(path: str, key: str, version: int, fingerprint: str) -> pd.DataFrame:
    table = current_records(path, key)
    return pd.DataFrame() if table is None else table


@st.cache_resource(max_entries=20, show_spinner="Making the demonstration records…")
def _demonstration(key: str) -> pd.DataFrame:
    return demo_report(key).accepted
