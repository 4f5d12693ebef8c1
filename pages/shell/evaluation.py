"""One area, crime type and start month, looked at from each side; each answer is kept by what was asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.drawing.evidence.sentences import row_sentence
from analysis.model.areas import Area
from analysis.model.errors import NeedsInputError
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.interrupted_series import InterruptedSeries, earlier_years, interrupted_series
from analysis.stats.panel import DesignEstimate, design_estimate
from analysis.stats.synthetic_control import SyntheticControl, synthetic_control
from analysis.topics.change.measure.placebo import PlaceboDistribution, placebo_distribution
from analysis.topics.evaluation.measure.displacement import Displacement
from analysis.topics.evaluation.measure.displacement import displacement as find_displacement
from analysis.topics.evaluation.measure.harm import Harm, harm
from data.reference.harm import read_harm_weights
from pages.shell import tables
from pages.shell.choice import Selection


@dataclass(frozen=True)
class Question:
    """What the page evaluates."""

    selection: Selection
    area: str
    crime_type: str
    start: pd.Period

    @property
    def place(self) -> Area:
        """The area asked about."""
        return tables.areas(self.selection.force)[self.area]


def evidence(asked: Question) -> pd.DataFrame:
    """Return the evidence row of the area and crime type."""
    one = replace(asked.selection, areas=(asked.area,), crime_types=(asked.crime_type,))
    return tables.evidence(one)


def verdict(asked: Question) -> list[tuple[str, str]]:
    """Return the area's name and the sentence on its row of the evidence."""
    return [(asked.place.name, row_sentence(evidence(asked).iloc[0]))]


def published(asked: Question) -> pd.DataFrame:
    """Return the review's cells for this area beside what the months loaded give."""
    return tables.published_check(replace(asked.selection, areas=(asked.area,)))


def placebo(asked: Question) -> PlaceboDistribution:
    """Return how similar places changed by themselves."""
    chosen = asked.selection
    return placebo_distribution(
        tables.cube(chosen.force),
        asked.place,
        asked.crime_type,
        rest=tables.measured_against(chosen.force, asked.area).rest,
        places=tables.places(chosen.force),
        baseline=chosen.baseline,
        comparison=chosen.comparison,
        like_for_like=chosen.like_for_like,
        contiguity=tables.contiguity(),
        excluded=tables.treated_ground(chosen.force),
    )


def design(asked: Question) -> DesignEstimate:
    """Return the monthly panel's answer."""
    chosen = asked.selection
    return design_estimate(
        tables.cube(chosen.force),
        asked.place,
        places=tables.places(chosen.force),
        excluded=tables.treated_ground(chosen.force),
        baseline=chosen.baseline,
        comparison=chosen.comparison,
        crime_type=asked.crime_type,
    )


def displacement(asked: Question) -> Displacement:
    """Return whether incidents moved to, or also fell on, the ground that touches the area."""
    chosen = asked.selection
    held = tables.areas(chosen.force)
    ground = tables.places(chosen.force)
    return find_displacement(
        tables.cube(chosen.force),
        asked.place,
        asked.crime_type,
        contiguity=tables.contiguity(),
        places=ground.loc[ground["in_force"]],
        treated=[area for area in held.values() if area.treated and area.key != asked.area],
        baseline=chosen.baseline,
        comparison=chosen.comparison,
        like_for_like=chosen.like_for_like,
    )


def interrupted(asked: Question) -> InterruptedSeries:
    """Return the interrupted time series over every month held."""
    return _interrupted(tables.store().fingerprint(), asked)


def synthetic(asked: Question) -> SyntheticControl:
    """Return the synthetic comparator of the area."""
    return _synthetic(tables.state(asked.selection.force), asked)


def years(asked: Question) -> pd.DataFrame:
    """Return where the area stood in each year held."""
    chosen = asked.selection
    return earlier_years(
        tables.cube(chosen.force),
        asked.place,
        asked.crime_type,
        places=_own_codes(chosen.force),
        baseline=chosen.baseline,
        comparison=chosen.comparison,
    )


def harm_of(asked: Question) -> tuple[Harm, Harm]:
    """Return the harm of all crime types recorded in the area: baseline and comparison, same months of each."""
    weights = read_harm_weights()
    table = tables.evidence(replace(asked.selection, areas=(asked.area,), crime_types=CRIME_TYPES))
    by_type = table.set_index("crime_type")
    return harm(by_type["baseline_incidents"], weights), harm(by_type["comparison_incidents"], weights)


def _own_codes(force: str) -> frozenset[str]:
    if not tables.joined(force):
        raise NeedsInputError(tables.NEEDS_LOOKUP)
    ground = tables.places(force)
    return frozenset(ground.loc[ground["in_force"], "ground_code"])


@st.cache_resource(max_entries=100, show_spinner="Fitting the series…")
def _interrupted(fingerprint: str, asked: Question) -> InterruptedSeries:
    counts = tables.cube(asked.selection.force)
    series = counts.series(asked.place.ground, asked.crime_type, name=asked.place.name)
    return interrupted_series(series, asked.start)


@st.cache_resource(max_entries=100, show_spinner="Fitting the synthetic comparator…")
def _synthetic(fingerprint: str, asked: Question) -> SyntheticControl:
    chosen = asked.selection
    return synthetic_control(
        tables.cube(chosen.force),
        asked.place,
        asked.crime_type,
        places=_own_codes(chosen.force),
        baseline=chosen.baseline,
        comparison=chosen.comparison,
        excluded=tables.treated_ground(chosen.force),
    )
