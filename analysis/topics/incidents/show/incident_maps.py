"""The maps of the incidents wanted: ground by count, approximate points, and density; of all months or of one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.drawing.maps.bearings import names_on, outlined
from analysis.drawing.maps.incident_map import count_map, density_edges, density_map, point_map
from analysis.drawing.maps.points import points_of, without_point
from analysis.drawing.maps.shown import Name, Outline, Shown
from analysis.model import formats
from analysis.model.case import Case
from analysis.model.periods import month_label
from analysis.topics.incidents.case import IncidentCase
from analysis.topics.incidents.measure import counts_by_ground, outside_ground, wanted_ground


@dataclass(frozen=True)
class Scale:
    """What one month is drawn by, so that months can be compared by eye.

    ``most`` is the largest count of a point in any month, ``edges`` are classes of hexagons that serve them all.
    """

    most: float
    edges: tuple[int, ...]


def ground_map(wanted: IncidentCase, month: pd.Period | None) -> Shown:
    """Return the ground shaded by incidents, and how many of the list lie on none of it."""
    counts = counts_by_ground(wanted)
    outlines, labels = bearings(wanted.case)
    outside = outside_ground(wanted, counts)
    note = (
        f"Not on the map{' of any of these months' if month is not None else ''}: {formats.counted(outside, 'incident')} outside "
        "the force’s districts or without an LSOA."
        if outside
        else ""
    )
    return count_map(
        counts,
        month=month,
        names=wanted.case.names,
        outlines=outlines,
        labels=labels,
        focus=_focus(wanted),
        note=note,
    )


def points_map(wanted: IncidentCase, month: pd.Period | None) -> Shown:
    """Return approximate points, sized by incidents. Raises AnalysisError for more types than can be told apart."""
    outlines, labels = bearings(wanted.case)
    rows = _rows(wanted, month)
    shown = point_map(
        points_of(rows),
        crime_types=wanted.question.crime_types,
        when=_when(wanted, month),
        most=None if month is None else _scale(wanted).most,
        outlines=outlines,
        labels=labels,
        focus=_focus(wanted),
    )
    return _with_rest(shown, rows)


def hexagon_map(wanted: IncidentCase, month: pd.Period | None) -> Shown:
    """Return incidents by hexagon."""
    outlines, labels = bearings(wanted.case)
    rows = _rows(wanted, month)
    shown = density_map(
        points_of(rows),
        crime_types=wanted.question.crime_types,
        when=_when(wanted, month),
        edges=None if month is None else _scale(wanted).edges,
        outlines=outlines,
        labels=labels,
        focus=_focus(wanted),
    )
    return _with_rest(shown, rows)


def bearings(case: Case) -> tuple[tuple[Outline, ...], tuple[Name, ...]]:
    """Return the borders of the chosen areas and the names that a map of them may bear."""
    return outlined(case.chosen), names_on(case.land, case.chosen, wards=case.land.wards)


def _focus(wanted: IncidentCase) -> frozenset[str]:
    return wanted_ground(wanted) if wanted.question.places else frozenset()


def _when(wanted: IncidentCase, month: pd.Period | None) -> str:
    return wanted.question.period.label if month is None else month_label(month)


def _rows(wanted: IncidentCase, month: pd.Period | None) -> pd.DataFrame:
    rows = wanted.rows.by_point()
    return rows if month is None else rows.loc[rows["month"] == month]


def _scale(wanted: IncidentCase) -> Scale:
    def make() -> Scale:
        rows = wanted.rows.by_point()
        at = rows.groupby(["longitude", "latitude", "crime_type", "month"], observed=True)["incidents"].sum()
        return Scale(float(at.max()) if len(at) else 1.0, density_edges(rows))

    return wanted.case.cell("scale of points", wanted.question, wanted.case.selection.own, make=make)


def _with_rest(shown: Shown, rows: pd.DataFrame) -> Shown:
    unplaced = without_point(rows)
    rest = (
        f"Not on the map, for want of a point: {formats.counted(unplaced, 'incident')}." if unplaced else ""
    )
    return replace(shown, caveat=f"{shown.caveat} {rest}".strip())
