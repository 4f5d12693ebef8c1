"""High-crime places for the page: rankings, concentration, Gi* and emerging classes of the force's own ground."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.model.errors import NeedsInputError
from analysis.model.ground_names import names_of
from analysis.model.periods import Period, compared_months
from analysis.stats import concentration as measure
from analysis.stats.concentration import Concentration
from analysis.stats.gi_star import GiStar
from analysis.stats.gi_star import gi_star as find_gi_star
from analysis.topics.high_crime.measure.emerging import Emerging
from analysis.topics.high_crime.measure.emerging import emerging as find_emerging
from analysis.topics.high_crime.measure.ranking import Persistence, Ranking, ranking
from analysis.topics.high_crime.measure.ranking import persistence as find_persistence
from pages.shell import tables
from pages.shell.choice import Selection


def names(force: str) -> dict[str, str]:
    """Return the name of each unit of ground of a force."""
    return names_of(tables.places(force), tables.areas(force))


def rankings(chosen: Selection, crime_type: str) -> tuple[Ranking, Ranking]:
    """Return the ranking of the baseline and of the comparison period."""
    counts, ground = tables.cube(chosen.force), _own_ground(chosen.force)
    return (
        ranking(counts, ground, [crime_type], chosen.baseline),
        ranking(counts, ground, [crime_type], chosen.comparison),
    )


def curve(ranked: Ranking) -> tuple[pd.DataFrame, Concentration]:
    """Return the concentration curve of a ranking and its measures."""
    incidents = ranked.table.set_index("ground_code")["incidents"]
    return measure.lorenz(incidents), measure.concentration(incidents)


def persistence(before: Ranking, after: Ranking, n: int) -> Persistence:
    """Return how far the first n places stayed the same."""
    return find_persistence(before, after, n)


def gi_star(chosen: Selection, crime_type: str) -> GiStar:
    """Return Gi* of the comparison period's published months."""
    return _gi_star(tables.store().fingerprint(), chosen.force, crime_type, chosen.comparison)


def emerging(chosen: Selection, crime_type: str) -> Emerging:
    """Return the emerging classes from the baseline's first month to the comparison's last."""
    whole = Period(chosen.baseline.first, chosen.comparison.last)
    return _emerging(tables.store().fingerprint(), chosen.force, crime_type, whole)


def _own_ground(force: str) -> pd.DataFrame:
    ground = tables.places(force)
    return ground.loc[ground["in_force"]]


@st.cache_resource(max_entries=50, show_spinner="Looking for high-crime ground…")
def _gi_star(fingerprint: str, force: str, crime_type: str, period: Period) -> GiStar:
    counts = tables.cube(force)
    held = compared_months(
        period, period.shifted(len(period)), counts.held(crime_type), like_for_like=False
    ).baseline
    own = list(_own_ground(force)["ground_code"])
    incidents = pd.Series(counts.totals(held, crime_type), index=counts.ground).reindex(own)
    if not tables.joined(force):
        raise NeedsInputError(tables.NEEDS_LOOKUP)
    return find_gi_star(incidents, tables.contiguity())


@st.cache_resource(max_entries=50, show_spinner="Looking for high-crime ground…")
def _emerging(fingerprint: str, force: str, crime_type: str, period: Period) -> Emerging:
    if not tables.joined(force):
        raise NeedsInputError(tables.NEEDS_LOOKUP)
    own = frozenset(_own_ground(force)["ground_code"])
    return find_emerging(tables.cube(force), crime_type, period, contiguity=tables.contiguity(), ground=own)
