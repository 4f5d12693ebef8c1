"""The only caching: each table is read once a store state and shared by every page and reader, never written to.

Large read-only tables are kept as resources (no copy on a hit). The fingerprint of the store is part of every
key, so an import shows at the next click.
"""

from __future__ import annotations

import gc

import pandas as pd
import streamlit as st

from analysis.areas import Area, Yardsticks, yardsticks
from analysis.contiguity import Contiguity, build_contiguity
from analysis.cube import Panel, panel
from analysis.periods import Period
from data.demo import build_demonstration
from data.store import Store, open_store


def store() -> Store:
    """Return the store of real months or, while there is none, the demonstration store, made at first need."""
    held = open_store()
    return held if held.forces() else _demonstration(str(held.path))


def is_demonstration() -> bool:
    """Return whether what is shown is simulated."""
    return store().is_demonstration


def forces() -> tuple[str, ...]:
    """Return the forces held, by their key."""
    return store().forces()


def force_name(force: str) -> str:
    """Return the force's name as it calls itself."""
    return store().force_name(force)


def cube(force: str) -> Panel:
    """Return the force's counts by ground, month and crime type."""
    return _panel(store(), store().fingerprint(), force)


def span(force: str) -> Period:
    """Return the months from the first to the last held."""
    return cube(force).span


def areas(force: str) -> dict[str, Area]:
    """Return the force's areas by key."""
    return _areas(store(), store().fingerprint(), force)


def places(force: str) -> pd.DataFrame:
    """Return the force's ground with names, districts and whether its codes could be joined."""
    return _ground(store(), store().fingerprint(), force)


def measured_against(force: str, key: str) -> Yardsticks:
    """Return the district of an area and the rest of it."""
    held = areas(force)
    return yardsticks(held[key], held, force_name(force))


def contiguity() -> Contiguity | None:
    """Return which ground touches which, or None while no boundaries are held."""
    return _contiguity(store(), store().fingerprint())


def coverage(force: str) -> pd.DataFrame:
    """Return month by kind what was published, what is missing and what is partly there."""
    return store().coverage(force)


def manifest() -> pd.DataFrame:
    """Return every month held with the file it came from."""
    return store().manifest()


@st.cache_resource(max_entries=4, show_spinner="Making the demonstration data…")
def _demonstration(path: str) -> Store:
    return open_store(build_demonstration(path))


@st.cache_resource(max_entries=8, show_spinner="Reading the months held…")
def _panel(_store: Store, fingerprint: str, force: str) -> Panel:
    counts = panel(_store.cube(force))
    # what stays for good need not be walked by every later collection
    gc.collect()
    gc.freeze()
    return counts


@st.cache_resource(max_entries=8, show_spinner=False)
def _areas(_store: Store, fingerprint: str, force: str) -> dict[str, Area]:
    return _store.areas(force)


@st.cache_resource(max_entries=8, show_spinner=False)
def _ground(_store: Store, fingerprint: str, force: str) -> pd.DataFrame:
    return _store.ground(force)


@st.cache_resource(max_entries=4, show_spinner=False)
def _contiguity(_store: Store, fingerprint: str) -> Contiguity | None:
    boundaries = _store.boundaries()
    return None if boundaries is None else build_contiguity(boundaries)
