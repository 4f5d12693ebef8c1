"""Several areas as one, as a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.drawing.evidence.evidence_tables import periods_line
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.stats.pooled import AreaEffect, Pooled, effect_of_interval, pooled
from analysis.stats.verdict import MIN_INCIDENTS

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


def _pooled(effects: list[AreaEffect]) -> Pooled | None:
    usable = [effect for effect in effects if effect.ratio > 0 and effect.standard_error > 0]
    return pooled(effects) if len(usable) >= FEWEST_AREAS else None
