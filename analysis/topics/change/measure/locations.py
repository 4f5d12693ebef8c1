"""A verdict stands only where rows without a location could not have made it: the step after the verdict.

A row without an LSOA is counted in its force and in no area. `analysis.stats.unlocated` works the counts of area and rest
again for where such rows may lie; here each row of evidence gets the shares of both periods, and one whose change does not
come out the same in every case says *locations missing* in place of its verdict, with no ratio and no rank.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.model import formats
from analysis.model.cube import Panel
from analysis.model.evidence import NOTHING, Evidence
from analysis.model.periods import ComparedMonths
from analysis.model.vocabulary import LOCATIONS_MISSING, MONTHS_MISSING, TOO_FEW
from analysis.stats.ground_change import GroundChange
from analysis.stats.unlocated import HARD, Counts, Ground, Unlocated, survives, unlocated
from analysis.stats.verdict import AS_ELSEWHERE, verdict

REACH = 1.959963984540054
"""The 97.5 % point of the normal distribution."""

NOT_JUDGED = ("", TOO_FEW, MONTHS_MISSING)
"""Verdicts that say nothing and so cannot be wrong."""

PLAIN = (
    "rirr",
    "rirr_low",
    "rirr_high",
    "percent_low",
    "percent_high",
    "as_much",
    "as_much_relative",
    "chance_share",
    "smallest_tellable_fall",
)
"""What the plain rule does not give where locations are missing: it was worked out from the located rows alone."""

BLANK = (
    *PLAIN,
    "expected",
    "by_course",
    "ordinary_low",
    "ordinary_high",
    "z",
    "p",
    "as_far",
    "told_at_most",
    "smallest_fall",
    "history_weight",
)
"""The same of the verdict."""

FEWEST = 0.5
"""A count of none stands for half an incident in a ratio, as in the plain rule."""

Verdict = Callable[[Evidence, Counts], str]
"""A word for a row with other counts."""


def with_locations(
    rows: Iterable[Evidence],
    panel: Panel,
    months: Mapping[str, ComparedMonths],
    *,
    verdict: Verdict | None = None,
    whole: bool = False,
) -> tuple[Evidence, ...]:
    """Return the rows with the share of unlocated rows in each period, and *locations missing* where a verdict falls.

    ``verdict`` gives a word for a row with other counts (by default `likely_word`); a verdict stands where the word is the
    same in every case of `analysis.stats.unlocated`, and the plain rule's beside it where `plain_word` is. The rows in
    question are those by which the shares of the two periods differ; with ``whole`` all rows without a location. Where
    nothing is unlocated every row stays as it is, with shares of 0.
    """
    return tuple(_row(row, panel, months[row.crime_type], verdict or likely_word, whole) for row in rows)


def likely_word(row: Evidence, counts: Counts) -> str:
    """Return what the verdict would be on these counts; by the plain rule for a row that has no range of what is ordinary.

    What was to be expected follows the area's own first count and its rest's change; the range of what is ordinary is wider
    or narrower with it.
    """
    if not math.isfinite(row.ordinary_low):
        return plain_word(row, counts)
    before, after = counts.area
    moved = _ratio(before, row.baseline_incidents) * _ratio(course(*counts.rest), course(*_rest(row)))
    low, high = row.ordinary_low * moved, row.ordinary_high * moved
    return verdict(before, after, -1 if after < low else 1 if after > high else 0)


def plain_word(row: Evidence, counts: Counts) -> str:
    """Return what these counts say by the ratio to the rest with the row's phi: stands out which way, or as elsewhere.

    The verdict's rule without the rank among similar places, which the same rows may be missing from.
    """
    (before, after), (rest_before, rest_after) = counts.area, counts.rest
    terms = [max(count, FEWEST) for count in (before, after, rest_before, rest_after)]
    log = math.log(terms[1] / terms[0]) - math.log(terms[3] / terms[2])
    phi = row.phi if math.isfinite(row.phi) and row.phi > 1 else 1.0
    if abs(log) > REACH * math.sqrt(phi * sum(1 / term for term in terms)):
        return f"{'fell' if after < before else 'rose'}, {'better' if log < 0 else 'worse'}"
    step = AS_ELSEWHERE / 100
    if after <= (1 - step) * before and rest_after <= (1 - step) * rest_before:
        return "fell, as elsewhere"
    if after >= (1 + step) * before and rest_after >= (1 + step) * rest_before:
        return "rose, as elsewhere"
    return "no clear change"


def shares_line(before: float, after: float) -> str:
    """Return which rows have no location, of shares from 0 to 1: ``none of the first period’s rows and 25% of the second’s``."""
    return f"{_share(before)} of the first period’s rows and {_share(after)} of the second’s"


def _rest(row: Evidence) -> tuple[float, float]:
    return row.rest_baseline_incidents, row.rest_comparison_incidents


def course(before: float, after: float) -> float:
    """Return how a count moved, as a ratio; none stands for half an incident."""
    return _ratio(after, before)


def _ratio(part: float, whole: float) -> float:
    return max(part, FEWEST) / max(whole, FEWEST)


def _row(row: Evidence, panel: Panel, months: ComparedMonths, word: Verdict, whole: bool) -> Evidence:
    ground = ground_of(panel, (months.baseline, months.comparison), row.crime_type)
    if ground is None:
        return row
    before, after = ground.share
    row = replace(row, baseline_unlocated=before, comparison_unlocated=after)
    counts = Counts((row.baseline_incidents, row.comparison_incidents), _rest(row))
    if not any(ground.unlocated) or not np.isfinite([*counts.area, *counts.rest]).all():
        return row
    worked = unlocated(counts, ground, whole=whole)
    row = replace(row, direction_stands=_one_direction(worked))
    if row.plain_verdict not in NOT_JUDGED and not survives(worked, lambda each: plain_word(row, each)):
        unknown = dict.fromkeys(PLAIN, NOTHING)
        row = replace(row, plain_verdict=LOCATIONS_MISSING, discovery=False, **unknown)  # type: ignore[arg-type]
    if row.verdict in NOT_JUDGED or survives(worked, lambda each: word(row, each)):
        return row
    reason = f"Without a location, and so in no area’s count, are {shares_line(before, after)}: where they lie could make the change."
    said = " ".join(part for part in (row.reason, reason) if part)
    blank = dict.fromkeys(BLANK, NOTHING)
    return replace(
        row,
        verdict=LOCATIONS_MISSING,
        plain_verdict=LOCATIONS_MISSING if row.plain_verdict else "",
        direction_stands=False,
        reason=said,
        discovery=False,
        **blank,  # type: ignore[arg-type]
    )


def ground_of(
    panel: Panel, sides: tuple[Sequence[pd.Period], Sequence[pd.Period]], crime_type: str
) -> Ground | None:
    """Return the force's located and unlocated rows of the months before and after; None where a side has no month."""
    if not all(len(side) for side in sides):
        return None
    located = [float(panel.totals(side, crime_type).sum()) for side in sides]
    unplaced = [panel.unlocated_in(side, crime_type) for side in sides]
    if not np.isfinite(located).all():
        return None
    return Ground((located[0], located[1]), (unplaced[0], unplaced[1]))


def _one_direction(worked: Unlocated) -> bool:
    """Whether the area's count moves the same way in every case."""
    signs = {float(np.sign(counts.area[1] - counts.area[0])) for _, counts in worked.counts}
    return len(signs) == 1


def _share(value: float) -> str:
    return "none" if value == 0 else formats.share(value)


def ground_with_locations(change: GroundChange, panel: Panel) -> GroundChange:
    """Return the change of each unit of ground, without what rows without a location could have made.

    A unit whose count could have moved the other way has no percentage; one that is told keeps its verdict where it is told
    still with its count, or what was expected of it, moved by `HARD` times its share of the rows in question; else it is
    *locations missing*.
    """
    ground = ground_of(panel, (change.months.baseline, change.months.comparison), change.crime_type)
    if ground is None or not any(ground.unlocated):
        return change
    steady = min(ground.share)
    beyond = [
        max(0.0, gone - steady * (gone + there)) / there if there else math.inf
        for gone, there in zip(ground.unlocated, ground.located, strict=True)
    ]
    lost_before, lost_after = (1 + HARD * each for each in beyond)
    table = change.table.copy()
    b, a = table["baseline_incidents"], table["comparison_incidents"]
    table["percent_change"] = table["percent_change"].where((a * lost_after - b) * (a - b * lost_before) > 0)
    fewer = (table["z"] < 0) & (a * lost_after <= table["ordinary_low"])
    more = (table["z"] > 0) & (a >= table["ordinary_high"] * lost_before)
    unsure = table["stands_out"] & ~(fewer | more)
    # what is not told has no border, but its words would still say of which kind it is
    judged = ~table["verdict"].isin(NOT_JUDGED)
    table["verdict"] = table["verdict"].mask(
        unsure | (judged & table["percent_change"].isna()), LOCATIONS_MISSING
    )
    table["stands_out"] = table["stands_out"] & (table["verdict"] != LOCATIONS_MISSING)
    unknown = ["expected", "ordinary_low", "ordinary_high", "z", "as_far"]
    table[unknown] = table[unknown].mask(table["verdict"] == LOCATIONS_MISSING)
    note = (
        f"Without a location, and so on no ground, are {shares_line(*ground.share)}. Ground whose change they could have made is "
        "hatched, or says that locations are missing."
    )
    return replace(change, table=table, note=note)
