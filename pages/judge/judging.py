"""Every centre of every force held, judged and kept: which areas there are, which forces are judged anew, and the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.model.areas import Area, key_of
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.topics import centres
from analysis.topics.country.measure import EVIDENCE_TYPES, RULE, judge
from data.areas import read_areas
from data.desk import Desk
from data.judged import JudgedTable, keep_judged, read_judged, renewed
from data.judging import PROPOSED, SUGGESTED, Judging, judge_forces, located, state_of
from data.store.centres import centre_area

SUGGESTED_A_DISTRICT = 2
"""Suggestions of a district that are judged: what follows the first two has few thefts, and often a parade of shops."""


@dataclass(frozen=True)
class Judged:
    """What was done: forces judged anew, forces left as they were, and rows kept in all."""

    anew: tuple[str, ...]
    left: tuple[str, ...]
    rows: int


def judge_country(
    desk: Desk,
    *,
    areas: Path | None = None,
    periods: tuple[Period, Period] | None = None,
    again: bool = False,
) -> Judged:
    """Judge every centre of every force held whose state is another than the kept table's, and keep the table.

    ``areas`` is a file in the form of areas.toml, whose areas are judged in place of proposals and suggestions; ``again``
    judges forces of the same state, too. AnalysisError where nothing is held, or a file cannot be read.
    """
    forces = desk.forces()
    judging = Judging(judge, EVIDENCE_TYPES, RULE, _further(desk, areas, forces), periods)
    states = {force: state_of(desk, judging, force) for force in forces}
    held = read_judged(desk.store.path)
    same = {force for force in forces if held is not None and held.states.get(force) == states[force]}
    anew = tuple(force for force in forces if again or force not in same)
    if not anew and held is not None and set(held.states) == set(forces):
        return Judged((), forces, len(held.table))
    table = located(desk, judge_forces(desk, judging, anew)) if anew or held is None else held.table.head(0)
    kept = renewed(held, JudgedTable(table, {force: states[force] for force in anew}), forces)
    keep_judged(desk.store.path, kept)
    return Judged(anew, tuple(force for force in forces if force not in anew), len(kept.table))


Further = Mapping[str, tuple[tuple[str, Area], ...]]


def _further(desk: Desk, file: Path | None, forces: tuple[str, ...]) -> Further:
    """Return the areas of each force beside those that the store's files name."""
    if file is not None:
        return desk.areas_of_file(read_areas(file), forces)
    return {force: _unnamed(desk, force) for force in forces}


def _unnamed(desk: Desk, force: str) -> tuple[tuple[str, Area], ...]:
    """Return the areas proposed from outlines held or, where there are none, the first suggestions of each district.

    None where files name centres of the force: these are its own.
    """
    if any(area.kind == "town centre" for area in desk.areas(force).values()):
        return ()
    try:
        case = desk.centres(desk.case(replace(desk.default_selection(force), areas=())))
        if case.proposed:
            store = desk.store
            return tuple(
                (PROPOSED, replace(centre_area(store, force, each), kind="proposed centre"))
                for each in case.proposed
            )
        found = centres.suggested_areas(case)
    except AnalysisError:  # no ground of its own, no outline: there is nothing to judge, and the page says so
        return ()
    taken: dict[str, int] = {}
    areas: list[tuple[str, Area]] = []
    for each in found:
        taken[each.district] = taken.get(each.district, 0) + 1
        if taken[each.district] <= SUGGESTED_A_DISTRICT:
            key = f"suggested-{each.ground[0].lower()}"
            ground = frozenset(each.ground)
            areas.append(
                (
                    SUGGESTED,
                    Area(key, each.name, "proposed centre", force, ground, district=key_of(each.district)),
                )
            )
    return tuple(areas)
