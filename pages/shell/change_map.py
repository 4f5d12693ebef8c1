"""The change map for a page: one crime type, the two periods chosen, what stands out, and what lies round it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.drawing.evidence.evidence_tables import periods_line
from analysis.drawing.maps.bearings import RINGS, names_on, outlined
from analysis.drawing.maps.change_map import change_map, with_verdicts
from analysis.drawing.maps.shown import Outline
from analysis.model.areas import Area
from analysis.model.periods import Period
from analysis.stats.ground_change import GroundChange, ground_change
from pages.shell import land, maps, selection, tables
from pages.shell.choice import Selection


def draw(chosen: Selection, name: str, *, whole: bool = False) -> None:
    """Draw the choice of one crime type, and its change: opened on the chosen areas, or on all of their districts."""
    crime_type = selection.one_crime_type(chosen)
    areas = tables.chosen_areas(chosen)
    show(
        chosen,
        crime_type,
        areas,
        name,
        focus=land.districts_round(chosen.force, areas) if whole else _round(areas, rings(areas)),
        evidence=tables.evidence(replace(chosen, crime_types=(crime_type,))),
    )


def show(
    chosen: Selection,
    crime_type: str,
    areas: Sequence[Area],
    name: str,
    *,
    around: tuple[Outline, ...] = (),
    labelled: Sequence[Area] = (),
    focus: frozenset[str] = frozenset(),
    pair: tuple[Period, Period] | None = None,
    subject: frozenset[str] = frozenset(),
    subject_name: str = "under review",
    evidence: pd.DataFrame | None = None,
) -> None:
    """Show how recorded incidents of one type changed, with these areas outlined and named.

    ``around`` are further outlines, ``labelled`` further areas to name; ``pair`` stands in for the periods chosen.
    ``subject`` is the ground that the title speaks of: all that is treated, where none is given. ``evidence`` is that of
    the areas for this crime type: their names then say how they changed.
    """
    labels = names_on(land.land(chosen.force), [*areas, *labelled], wards=tables.store().wards())
    if evidence is not None:
        labels = with_verdicts(labels, evidence, show_small=chosen.show_small)
    baseline, comparison = pair or (chosen.baseline, chosen.comparison)
    found = _found(
        tables.state(chosen.force), chosen.force, crime_type, baseline, comparison, chosen.like_for_like
    )
    maps.show(
        change_map(
            found,
            names=land.names(chosen.force),
            periods=periods_line(baseline, comparison),
            subject=subject or tables.treated_ground(chosen.force),
            subject_name=subject_name,
            outlines=(*outlined(areas), *around),
            labels=labels,
            focus=focus,
            show_small=chosen.show_small,
        ),
        chosen,
        name,
    )


def show_one(chosen: Selection, crime_type: str, area: Area, name: str) -> None:
    """Show the change round one area, with the ground that touches it outlined, and open on both."""
    around = rings([area])
    show(
        chosen,
        crime_type,
        [area],
        name,
        around=around,
        subject=area.ground,
        subject_name=f"in {area.name}",
        focus=_round([area], around),
        evidence=tables.evidence(replace(chosen, areas=(area.key,), crime_types=(crime_type,))),
    )


def _round(areas: Sequence[Area], around: Sequence[Outline]) -> frozenset[str]:
    """Return the ground of areas and of what lies round them."""
    return frozenset().union(*(area.ground for area in areas), *(outline.ground for outline in around))


def rings(areas: Sequence[Area]) -> tuple[Outline, ...]:
    """Return the border of the ground that touches these areas, as one outline; none without boundaries."""
    touching = tables.contiguity()
    if touching is None:
        return ()
    own = frozenset().union(*(area.ground for area in areas))
    return (Outline(RINGS, touching.ring(own)),)


@st.cache_resource(max_entries=50, show_spinner="Weighing each place…")
def _found(
    state: str, force: str, crime_type: str, baseline: Period, comparison: Period, like_for_like: bool
) -> GroundChange:
    return ground_change(
        tables.cube(force),
        crime_type,
        places=tables.places(force),
        treated=tables.treated_ground(force),
        baseline=baseline,
        comparison=comparison,
        like_for_like=like_for_like,
    )
