"""Several areas as one, what a plan would take, and the calibration of the verdict, as tables."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.drawing.evidence.evidence_tables import periods_line
from analysis.drawing.evidence.sentences import SMALLEST_SAID
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.errors import AnalysisError
from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.stats.pooled import Pooled, effect_of_interval, pooled
from analysis.stats.power import LONGEST, POWER, plan, smallest_planned_fall, spread_of_phi
from analysis.stats.verdict import MIN_INCIDENTS

PLANNED_FALLS = (0.2, 0.3, 0.4, 0.5)
"""The falls a plan is drawn up for: from what patrols are hoped to do to what one place can show."""


FEWEST_AREAS = 3
"""With two areas the spread between them rests on one difference, and the interval runs from nothing to hundreds."""


def pooled_rows(evidence: Sequence[Evidence]) -> pd.DataFrame:
    """Return one estimate a crime type over the areas of ``evidence``, with the spread between them.

    Columns: crime_type, ratio, low, high (Hartung and Knapp's, for few areas), tau, i_squared, differ_p, areas
    (how many have an estimate). Areas with too few incidents for a verdict, and crime types
    with fewer than `FEWEST_AREAS` estimates, are left out.
    """
    rows = []
    for crime_type in dict.fromkeys(row.crime_type for row in evidence):
        effects = [
            effect_of_interval(row.area, row.rirr, row.rirr_low, row.rirr_high)
            for row in evidence
            if row.crime_type == crime_type and row.incidents >= MIN_INCIDENTS
        ]
        found = _pooled(effects)
        if found is not None:
            spread = (found.tau, found.i_squared, found.differ_p, len(found.areas))
            rows.append((crime_type, found.ratio, found.few_low, found.few_high, *spread))
    columns = ["crime_type", "ratio", "low", "high", "tau", "i_squared", "differ_p", "areas"]
    return pd.DataFrame(rows, columns=columns)


def pooled_table(evidence: Sequence[Evidence], baseline: Period, comparison: Period) -> Table:
    """Return the chosen areas taken together, each crime type; empty, with the reason, for fewer than three."""
    rows = pooled_rows(evidence)
    shown = pd.DataFrame(
        {
            "Crime type": rows["crime_type"].astype(str),
            "Areas": [formats.number(v) for v in rows["areas"]],
            "Ratio to the rest": [formats.ratio(v) for v in rows["ratio"]],
            "95% interval": [formats.interval(r.low, r.high) for r in rows.itertuples()],
            "Spread between areas": [formats.ratio(v) for v in rows["tau"]],
            "Do the areas differ? (p)": [formats.number(v, 2) for v in rows["differ_p"]],
        }
    ).set_index("Crime type")
    told = rows.loc[(rows["low"] > 1) | (rows["high"] < 1), "crime_type"].astype(str)
    title = (
        "Taken together, "
        + (
            f"{', '.join(told)} changed differently from the rest"
            if len(told)
            else "no crime type’s change can be told from the rest’s"
        )
        if len(rows)
        else "Fewer than three areas have an estimate, so none is taken together"
    )
    names = ", ".join(dict.fromkeys(row.area for row in evidence))
    return Table(
        title=title,
        subtitle=f"One ratio over {names}, random effects; {periods_line(baseline, comparison)}. {SOURCE}",
        shown=shown,
        data=rows,
        notes=(
            "The interval allows for few areas (Hartung and Knapp). Spread is the standard deviation of ln(ratio) between areas. "
            "Areas of one district share one comparator, so their errors are not quite independent.",
        )
        if len(rows)
        else (),
    )


def plan_table(row: Evidence, months: int) -> Table:
    """Return what telling a fall would take in places like this one: months on each side, or places pooled.

    ``row`` is one row of the evidence. Raises AnalysisError where its ordinary variation is not known.
    """
    before, after = row.baseline_incidents, row.comparison_incidents
    if not (row.phi == row.phi and before > 0 and after > 0):
        raise AnalysisError(
            "No plan can be made here: with no incidents, or without similar places, ordinary variation is not known."
        )
    spread = spread_of_phi(row.phi, before, after)
    monthly = before / row.baseline_months
    plans = [plan(fall, monthly, spread, months=months) for fall in PLANNED_FALLS]
    shown = pd.DataFrame(
        {
            "Fall": [formats.share(p.fall) for p in plans],
            "Months on each side, one place": [
                f"more than {LONGEST}" if p.months is None else formats.number(p.months) for p in plans
            ],
            f"Places pooled, {months} months on each side": [formats.number(p.places_pooled) for p in plans],
            f"Chance of telling it with one place and {months} months": [
                formats.share(p.chance) for p in plans
            ],
        }
    ).set_index("Fall")
    least = smallest_planned_fall(monthly, spread, months=months)
    told = (
        "only a fall to almost none"
        if least > 1 - SMALLEST_SAID
        else f"a fall of {formats.share(least)} or more"
    )
    title = (
        f"A plan of {months} months in one such place would tell {told}"
        if math.isfinite(least)
        else f"A plan of {months} months in one such place would tell no fall at all"
    )
    return Table(
        title=title,
        subtitle=f"{row.crime_type}, places like {row.area} with {formats.number(monthly, 1)} incidents a month and this much "
        f"ordinary variation (phi {formats.number(row.phi, 1)}); told with a chance of {formats.share(POWER)}. {SOURCE}",
        shown=shown,
        data=pd.DataFrame([vars(p) for p in plans]),
        notes=(
            "Where ordinary variation from year to year is large, waiting does not help: more places do.",
            f"A plan asks to tell the fall with a chance of {formats.share(POWER)}, so it names a larger fall than the tables above, "
            "which ask only that the interval would just have left out 1.",
        ),
    )


def calibration_table(rows: pd.DataFrame, baseline: Period, comparison: Period, force: str) -> Table:
    """Return the calibration of the verdict's interval on every untreated place of the months held."""
    shown = pd.DataFrame(
        {
            "Crime type": rows["crime_type"].astype(str),
            "Places": [formats.number(v) for v in rows["places"]],
            "Called a fall, nothing planted": [formats.share(v, 1) for v in rows["fall_by_itself"]],
            "Called either way, nothing planted": [formats.share(v, 1) for v in rows["either_by_itself"]],
            "30% fall planted": [formats.share(v, 1) for v in rows["fall_30_planted"]],
            "50% fall planted": [formats.share(v, 1) for v in rows["fall_50_planted"]],
        }
    ).set_index("Crime type")
    return Table(
        title="How often the interval would be wrong, and how often it would tell a true fall",
        subtitle=f"Every untreated place of {force} treated as if it had been patrolled; {periods_line(baseline, comparison)}. {SOURCE}",
        shown=shown,
        data=rows,
        notes=(
            "With nothing planted a share of about 5% either way is expected. A single LSOA over two years can show only very "
            "large changes. The same table by command: python -m pages.calibration",
        ),
    )


def _pooled(effects: list) -> Pooled | None:
    usable = [effect for effect in effects if effect.ratio > 0 and effect.standard_error > 0]
    return pooled(effects) if len(usable) >= FEWEST_AREAS else None
