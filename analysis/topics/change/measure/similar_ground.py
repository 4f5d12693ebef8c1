"""Similar places, kept as cells: the force's untreated ground, sets of it, and what they did over the periods asked.

The yardstick of one crime type, periods and size of area is made once and asked for every area of that size; sets are
listed once for a state of the store. An area on ground of its own (one that is not treated) has its ground, and every
set that shares some of it, left out: its yardstick is its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.model import formats
from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.model.evidence import NOTHING, Evidence
from analysis.model.periods import ComparedMonths, compared_months
from analysis.model.vocabulary import TOO_FEW
from analysis.stats.arrays import Ints, Words
from analysis.stats.contiguous import contiguous_sets
from analysis.stats.panel_months import (
    Runs,
    UntreatedGround,
    counts_of,
    held_together,
    runs_of,
    surroundings_of,
)
from analysis.stats.thresholds import LEVEL
from analysis.stats.verdict import MIN_INCIDENTS, verdict
from analysis.stats.verdict_area import AreaEstimate, Measured, Untreated, area_estimate, measured
from analysis.stats.verdict_months import WHOLE_HISTORY, Months, Surroundings

FEWEST_SIDE_BY_SIDE = round(1 / LEVEL) - 1
"""With fewer places side by side no rank reaches the level, however far out an area lies."""

NO_HISTORY = (
    "No earlier months on the same map points are held. So only the height of the count itself is allowed for: a bad or a "
    "good year before is not seen."
)


@dataclass(frozen=True)
class Question:
    """Which crime types, counted as one, over which months."""

    crime_types: tuple[str, ...]
    runs: Runs


def question_of(case: Case, crime_types: tuple[str, ...], *, any_season: bool = False) -> Question | None:
    """Return the months that the case's periods come to; None where the two sides cannot be compared.

    With ``any_season``, which only a trial of the rule may ask for, unlike calendar months are compared.
    """
    like_for_like = case.like_for_like and not any_season

    def make() -> Question | None:
        held = held_together(case.panel, crime_types)
        compared: ComparedMonths = compared_months(
            case.baseline, case.comparison, held, like_for_like=like_for_like
        )
        usable = bool(compared.baseline and compared.comparison) if any_season else compared.comparable
        return Question(crime_types, runs_of(compared, held)) if usable else None

    periods = (case.baseline, case.comparison)
    return case.cell("question", crime_types, *periods, like_for_like, any_season, make=make)


def untreated_ground(case: Case, excluded: frozenset[str] = frozenset()) -> UntreatedGround:
    """Return the force's own joined ground without what is treated, patrolled or ``excluded``."""
    taken = case.treated | excluded

    def make() -> UntreatedGround:
        usable = case.places.loc[case.places["in_force"].astype(bool) & case.places["joined"].astype(bool)]
        codes = pd.Index(sorted(set(usable["ground_code"]) - taken), dtype="str")
        codes = codes[codes.isin(case.panel.ground)]
        rows = case.panel.ground.get_indexer(codes)
        return UntreatedGround(codes, rows, districts_by_row(case)[rows], _touching(case, codes))

    return case.cell("untreated ground", taken, make=make)


def sets_of(case: Case, k: int, excluded: frozenset[str] = frozenset()) -> tuple[Ints, bool]:
    """Return the sets of k neighbouring units of the untreated ground, by unit number, and whether they are all.

    Raises NeedsInputError where no boundaries are held and k is more than 1, or where too few fit side by side.
    """
    ground = untreated_ground(case, excluded)
    if len(ground) < k * FEWEST_SIDE_BY_SIDE:
        raise NeedsInputError(
            f"Only {formats.counted(len(ground) // k, 'area')} of this size would fit side by side into the rest of the "
            f"force; {FEWEST_SIDE_BY_SIDE} are needed."
        )
    if k == 1:
        return np.arange(len(ground))[:, None], True
    if ground.touching is None:
        raise NeedsInputError(
            f"An area of {k} units of ground is judged against sets of {k} neighbouring units, and that needs boundaries. "
            "Import them (python -m data import-geography FILE…)."
        )
    touching = ground.touching

    def make() -> tuple[Ints, bool]:
        sets = contiguous_sets(touching, np.ones(len(ground), bool), k)
        return sets.members, sets.all_listed

    return case.cell("sets", case.treated | excluded, k, make=make)


def yardstick_for(
    case: Case, question: Question, area: frozenset[str], excluded: frozenset[str] = frozenset()
) -> Measured:
    """Return what similar places of an area on this ground did. Raises NeedsInputError where too few can be judged."""
    taken = case.treated | excluded
    own, k = untreated_ground(case, excluded).among(area), len(area)

    def make() -> Measured:
        ground = untreated_ground(case, excluded)
        members, _ = sets_of(case, k, excluded)
        kept = ground.apart_from(own)
        numbers = np.full(len(ground), -1, dtype=np.int64)
        numbers[kept] = np.arange(len(kept))
        members = numbers[members]
        members = members[(members >= 0).all(axis=1)]
        counts = counts_of(case.panel, ground.rows[kept], question.crime_types, question.runs)
        return measured(
            Untreated(
                counts, _surroundings(case, question, ground.rows[kept], ground.districts[kept]), members
            )
        )

    return case.cell("yardstick", question, taken, own, k, make=make)


def area_counts(case: Case, question: Question, area: Area) -> tuple[Months, Surroundings]:
    """Return the area's own months and setting, its units added up."""
    rows = case.panel.rows(area.ground, name=area.name)
    districts = districts_by_row(case)[rows]
    together = np.arange(len(rows))[None]
    months = counts_of(case.panel, rows, question.crime_types, question.runs).of(together)
    return months, _surroundings(case, question, rows, districts).of(together)


def districts_by_row(case: Case) -> Words:
    """Return the district of each row of the panel, an empty text where it has none; kept: every crime type asks for some."""

    def make() -> Words:
        named = case.places.set_index("ground_code")["district_name"].reindex(case.panel.ground)
        # one by one: as a missing name among others it would cut them all to the length of its own
        return np.asarray([name if isinstance(name, str) else "" for name in named], dtype=str)

    return case.cell("districts by row", make=make)


def estimated(
    case: Case, area: Area, question: Question, excluded: frozenset[str] = frozenset()
) -> AreaEstimate:
    """Return the estimate of one area. Raises NeedsInputError where too few similar places can be judged."""
    against = yardstick_for(case, question, area.ground, excluded)
    if not np.isfinite(against.reach):
        raise NeedsInputError(
            f"Only {formats.counted(int(against.separate), 'similar place')} of the force fit side by side; "
            f"{FEWEST_SIDE_BY_SIDE} are needed."
        )
    return area_estimate(*area_counts(case, question, area), against)


def judged(
    row: Evidence,
    case: Case,
    area: Area,
    crime_types: tuple[str, ...],
    excluded: frozenset[str] = frozenset(),
) -> Evidence:
    """Return a row with its verdict and what stands behind it; as it was where it cannot be judged for other reasons."""
    if row.verdict != TOO_FEW or row.incidents < MIN_INCIDENTS:
        return row
    question = question_of(case, crime_types)
    if question is None:
        return row
    runs = question.runs
    row = replace(row, history_months=len(runs.history), history_note=history_note(len(runs.history)))
    try:
        found = estimated(case, area, question, excluded)
    except NeedsInputError as problem:
        return replace(row, reason=" ".join(filter(None, (row.reason, str(problem)))))
    can_fall = found.smallest_fall is not None
    return replace(
        row,
        yardstick=yardstick_name(case, len(area)),
        places_behind=found.places,
        separate_places=found.separate,
        expected=found.expected,
        by_course=found.by_course,
        # what stands on the other side of the force's course is not told either
        ordinary_low=min(found.ordinary_low, found.by_course),
        ordinary_high=max(found.ordinary_high, found.by_course),
        z=found.z,
        p=found.p,
        as_far=found.as_far,
        smallest_fall=found.smallest_fall if found.smallest_fall is not None else NOTHING,
        told_at_most=round(found.expected * (1 - found.smallest_fall)) if can_fall else NOTHING,  # type: ignore[operator]
        history_weight=NOTHING if found.history_weight is None else found.history_weight,
        verdict=verdict(row.baseline_incidents, row.comparison_incidents, found.told),
    )


def history_note(months: int) -> str:
    """Return what it costs that so few earlier months could be seen; nothing where there are enough."""
    if months >= WHOLE_HISTORY:
        return ""
    if not months:
        return NO_HISTORY
    return (
        f"Only {formats.counted(months, 'earlier month')} could be seen, where {WHOLE_HISTORY} or more are wanted. "
        "So a return to an ordinary year is allowed for in part only."
    )


def _surroundings(case: Case, question: Question, rows: Ints, districts: np.ndarray) -> Surroundings:
    return surroundings_of(case.panel, rows, question.crime_types, question.runs.baseline, districts)


def yardstick_name(case: Case, k: int) -> str:
    """Return what an area of k units is held against, in words."""
    where = "outside the areas under review" if case.treated else "outside the area"
    of = case.force_name or "the force"
    what = "places" if k == 1 else f"sets of {k} neighbouring places"
    return f"{what} in the area of {of} {where}"


def _touching(case: Case, codes: pd.Index) -> np.ndarray | None:
    if case.contiguity is None:
        return None
    number = {code: at for at, code in enumerate(codes)}
    touching = np.zeros((len(codes), len(codes)), bool)
    for code, at in number.items():
        for other in case.contiguity.of(code):
            if other in number:
                touching[at, number[other]] = True
    return touching
