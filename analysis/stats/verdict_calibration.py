"""Both verdict rules tried on every untreated place, set of three and triple: false alarms and power.

Each place in turn is treated as if it had been patrolled. With nothing planted, what is told is a false
alarm; with a share of its comparison incidents removed at random (binomial thinning, seeded; expected
numbers, variances and thresholds stay those of the counts as recorded), what is told as fallen is power. A
place never sets its own threshold, nor does a set that shares ground with it, nor a triple that shares a
place.

Scopes: single places; contiguous sets of three; triples of separate places (drawn, none touching another),
told by their mean z. Designs: the plain rule, the verdict, the verdict over triples ("together"), and the
verdict on the index fixed beforehand. All are counted over the places that the plain rule can judge; one
that the verdict cannot judge counts as not told.

Null of the tables: nobody patrolled here. When not to trust it: places are not independent (one district's
fall is in all of its places), and one share off every month is tidier than a patrol. Falls by rank have their
5 % by construction; `verdict_held_out` shows thresholds on places and months that did not set them.

Worked number: 303 places of which 5 are told as fallen and 9 as risen: 1.7 and 3.0 %.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix

from analysis.model.errors import NeedsInputError
from analysis.stats.arrays import Bools, Floats, Ints, Words
from analysis.stats.contiguous import contiguous_sets
from analysis.stats.plain_rule import plain_rule
from analysis.stats.thresholds import LEAST_REACH, leave_out_reach, sharing
from analysis.stats.together import GROUPS, SEED, drawn_groups
from analysis.stats.verdict_area import Untreated, measured
from analysis.stats.verdict_months import Months, Surroundings
from analysis.stats.verdict_panel import Yardstick

INDEX = "index"
INDEX_TYPES = ("Anti-social behaviour", "Criminal damage and arson", "Public order")
INDEX_FIXED = "2026-11"
"""The month in which the index was fixed: for periods that end before it, it was chosen after these years."""

PLANTED = (0.3, 0.5)
SET_SIZE = 3
REPEATS = 200
"""Times that each fall is planted in each place."""

SET_REPEATS = 20
"""The same for sets and triples, of which there are ten times as many."""

FIFTH = 5

AT_ONCE = 2
"""Crime types tried side by side: drawing and sorting leave the interpreter to others."""


@dataclass(frozen=True, eq=False)
class Force:
    """Untreated units of one force: ``counts`` and ``other`` by crime type (the index among them), see `Surroundings`.

    ``districts`` and ``touching`` are the units' own; ``touching`` may be left out, then no sets are tried.
    """

    counts: Mapping[str, Months]
    other: Mapping[str, Floats]
    districts: Words
    touching: Bools | None = None


@dataclass(frozen=True)
class CalibrationRow:
    """One design, scope and crime type: shares in per cent of ``places``; None without history."""

    design: str
    scope: str
    crime_type: str
    places: int
    false_fell: float
    false_rose: float
    false_fell_after_bad_year: float | None
    false_rose_after_good_year: float | None
    told_30: float
    told_50: float


@dataclass(frozen=True, eq=False)
class Trial:
    """What is counted over, marked ``among``, and how it is ``told``: comparison totals to -1, 0 or 1 each.

    ``months`` are those that falls are planted in (for triples the single places'), ``jump`` the rise from
    history into baseline of each that is counted (0 without history).
    """

    months: Months
    among: Bools
    told: Callable[[Floats], Floats]
    jump: Floats


def with_index(
    counts: Mapping[str, Months], other: Mapping[str, Floats]
) -> tuple[dict[str, Months], dict[str, Floats]]:
    """Return the same with the index added: the three types' months summed, all of the same months.

    Left as it is where one of the three is missing or has other months than the others.
    """
    there = [counts[each] for each in INDEX_TYPES if each in counts]
    shapes = {tuple(run.shape for run in (*each.before, each.comparison)) for each in there}
    if len(there) < len(INDEX_TYPES) or len(shapes) > 1:
        return dict(counts), dict(other)
    total = Months(
        np.sum([each.history for each in there], axis=0),
        np.sum([each.baseline for each in there], axis=0),
        np.sum([each.comparison for each in there], axis=0),
    )
    # the first type's other incidents hold those of the two others, which now are the index's own
    rest = other[INDEX_TYPES[0]] - sum(each.baseline.sum(axis=1) for each in there[1:])
    return {**counts, INDEX: total}, {**other, INDEX: np.asarray(rest)}


def calibrate(force: Force, *, repeats: int = REPEATS, seed: int = 1) -> list[CalibrationRow]:
    """Return every row that the force's months allow; a crime type with too few places has none."""
    units = np.arange(len(force.districts))
    scopes = [_Scope("places", units[:, None], sharing(units[:, None]), repeats)]
    if force.touching is not None:
        sets = contiguous_sets(force.touching, np.ones(len(units), bool), SET_SIZE).members
        scopes.append(_Scope(f"sets of {SET_SIZE}", sets, sharing(sets), SET_REPEATS))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        by_type = pool.map(lambda crime_type: _of_type(force, crime_type, scopes, seed), force.counts)
        return [row for rows in by_type for row in rows]


@dataclass(frozen=True, eq=False)
class _Scope:
    """Places, or sets of them (``members``, a row a set; ``shared`` which share ground), that every crime type is tried on."""

    name: str
    members: Ints
    shared: csr_matrix
    repeats: int


def _of_type(force: Force, crime_type: str, scopes: Sequence[_Scope], seed: int) -> list[CalibrationRow]:
    units = force.counts[crime_type]
    setting = Surroundings(force.other[crime_type], force.districts)
    is_index, rows = crime_type == INDEX, []
    b, a = units.baseline.sum(axis=1), units.comparison.sum(axis=1)
    for scope in scopes:
        members = scope.members
        try:
            measure = measured(Untreated(units, setting, members)).yardstick
        except NeedsInputError:
            continue
        plain = plain_rule(b, a, force.districts, members, scope.shared)
        if not plain.judged.any():
            continue
        months = units.of(members)
        trials = {} if is_index else {"plain": Trial(months, plain.judged, plain.told, months.jump)}
        edge = leave_out_reach(np.abs(measure.z), measure.judged, members, shared=scope.shared)
        reach = np.where(measure.judged, np.maximum(edge, LEAST_REACH), np.inf)
        trials[INDEX if is_index else "verdict"] = Trial(
            months, plain.judged, partial(measure.expected.told, reach=reach), months.jump
        )
        rows += _rows(trials, (scope.name, crime_type), (scope.repeats, seed))
        if members.shape[1] == 1:
            trial = triple_trial(units, measure, plain.judged & measure.judged, force.touching)
            name = INDEX if is_index else "together"
            rows += _rows({name: trial}, ("triples", crime_type), (SET_REPEATS, seed))
    return rows


def triple_trial(units: Months, measure: Yardstick, among: Bools, touching: Bools | None) -> Trial:
    """Return the trial of triples of separate places, each told by its mean z against other triples'."""
    places = np.flatnonzero(among)
    triples = places[drawn_groups([places[:, None]] * SET_SIZE, GROUPS, SEED)]
    if touching is not None:
        pairs = [(one, two) for one in range(SET_SIZE) for two in range(one)]
        meets = np.any([touching[triples[:, one], triples[:, two]] for one, two in pairs], axis=0)
        triples = triples[~meets]

    def mean_z(comparison: Floats) -> Floats:
        return np.asarray(measure.expected.z(comparison)[..., triples].mean(axis=-1))

    every = np.ones(len(triples), bool)
    sizes = np.abs(mean_z(units.comparison.sum(axis=1)))
    reach = leave_out_reach(sizes, every, triples, float(len(places)))

    def told(comparison: Floats) -> Floats:
        mean = mean_z(comparison)
        return np.asarray(np.where(np.abs(mean) > reach, np.sign(mean), 0.0))

    return Trial(units, every, told, units.of(triples).jump)


def _rows(trials: Mapping[str, Trial], name: tuple[str, str], draws: tuple[int, int]) -> list[CalibrationRow]:
    """Return a row a design; all of them are tried on the same months, and on the same falls planted there."""
    planted: dict[str, list[float]] = {design: [] for design in trials}
    for share in PLANTED:
        left = _thinned(next(iter(trials.values())).months, share, draws)
        for design, trial in trials.items():
            planted[design].append(100 * _told_as_fallen(trial, left))
    return [_row(trial, (design, *name), planted[design]) for design, trial in trials.items()]


def _row(trial: Trial, name: tuple[str, str, str], planted: Sequence[float]) -> CalibrationRow:
    among = trial.among
    told = trial.told(trial.months.comparison.sum(axis=1))[among]
    fell, rose = told < 0, told > 0
    bad, good = None, None
    if trial.months.history.shape[1]:
        order, fifth = np.argsort(trial.jump[among], kind="stable"), max(round(int(among.sum()) / FIFTH), 1)
        bad, good = 100 * float(fell[order[-fifth:]].mean()), 100 * float(rose[order[:fifth]].mean())
    design, scope, crime_type = name
    return CalibrationRow(
        design=design,
        scope=scope,
        crime_type=crime_type,
        places=int(among.sum()),
        false_fell=100 * float(fell.mean()),
        false_rose=100 * float(rose.mean()),
        false_fell_after_bad_year=bad,
        false_rose_after_good_year=good,
        told_30=planted[0],
        told_50=planted[1],
    )


def _thinned(months: Months, share: float, draws: tuple[int, int]) -> Floats:
    """Return comparison totals after this share of incidents is removed, repeats x places: ``draws`` are repeats and seed."""
    repeats, seed = draws
    recorded = months.comparison.sum(axis=1).astype(np.int64)
    # all repeats at once are the draws of one after the other
    random = np.random.default_rng(seed)
    return random.binomial(recorded, 1 - share, size=(repeats, len(recorded))).astype(float)


def _told_as_fallen(trial: Trial, left: Floats) -> float:
    """Return the share told as fallen, of the places counted, over all repeats."""
    told = (trial.told(left) < 0)[:, trial.among].mean(axis=1)
    return sum(map(float, told)) / len(left)
