"""Made forces: months by crime type with the shapes of real ones, and counts of areas with and without
locations.

No count is real. A force has Cleveland's mix of types, seasons (anti-social behaviour and bicycle theft fall
by a third and more in winter), a month's weather that all types share, types that wander from it, and chance.
"""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.stats.unlocated import Counts, Ground

SHAPES = {
    # name: share of all, what the middle of winter takes of itself, how far it wanders (sd of the logarithm)
    "Anti-social behaviour": (0.22, 0.35, 0.11),
    "Bicycle theft": (0.008, 0.40, 0.12),
    "Burglary": (0.06, 0.0, 0.10),
    "Criminal damage and arson": (0.125, 0.08, 0.05),
    "Drugs": (0.03, 0.0, 0.14),
    "Other crime": (0.027, 0.05, 0.09),
    "Other theft": (0.065, 0.10, 0.05),
    "Possession of weapons": (0.009, 0.0, 0.09),
    "Public order": (0.095, 0.20, 0.09),
    "Robbery": (0.0105, 0.05, 0.12),
    "Shoplifting": (0.09, 0.0, 0.10),
    "Theft from the person": (0.005, 0.0, 0.15),
    "Vehicle crime": (0.053, 0.0, 0.10),
    "Violence and sexual offences": (0.40, 0.12, 0.04),
}
SIZES = (1_800, 4_000, 6_700, 15_000, 40_000, 90_000)
"""Incidents a month: a small rural force (City of London has fewer), Cleveland, up to the capital."""


def made_force(seed: int, *, months: int = 36, wander: float = 1.0) -> pd.DataFrame:
    """Return a force's months by type. ``wander`` multiplies how far its types go their own ways."""
    dice = np.random.default_rng(seed)
    size = SIZES[seed % len(SIZES)]
    at = np.arange(months)
    winter = (1 + np.cos(2 * np.pi * (at % 12 - 0.5) / 12)) / 2  # 1 in the middle of January, the first month
    shared = np.exp(dice.normal(0, 0.04, months))
    columns = {}
    for name, (share, falls, wanders) in SHAPES.items():
        trend = np.exp(dice.normal(0, 0.10) * at / 12)
        own = np.zeros(months)
        for month in range(1, months):  # half of a month's distance is carried to the next
            own[month] = 0.5 * own[month - 1] + dice.normal(0, wander * wanders * math.sqrt(0.75))
        columns[name] = dice.poisson(size * share * (1 - falls * winter) * shared * trend * np.exp(own))
    index = pd.period_range("2021-01", periods=months, freq="M")
    counts = pd.DataFrame(columns, index=index).astype(float)
    if seed % 3 == 0:  # one month missing, as with Cleveland
        counts.iloc[int(dice.integers(2, months - 2))] = np.nan
    return counts


def street_rows(zips: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (month, row) of every street file of every zip in this folder."""
    for path in sorted(zips.glob("*.zip")):
        with zipfile.ZipFile(path) as held:
            for name in sorted(n for n in held.namelist() if n.endswith("-street.csv")):
                month = name.rsplit("/", 1)[-1][:7]
                with io.TextIOWrapper(held.open(name), "utf-8-sig", newline="") as file:
                    yield from ((month, row) for row in csv.DictReader(file))


def counted(rows: Iterator[tuple[str, dict[str, str]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return counts by month and type (months between without a row are NaN), and Crime IDs by month."""
    cells: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for month, row in rows:
        cells[month, row["Crime type"]] += 1
        if row["Crime ID"]:
            seen[month, row["Crime ID"]] += 1
    table = pd.Series(cells).unstack(fill_value=0).astype(float)
    table.index = pd.PeriodIndex(table.index, freq="M")
    span = pd.period_range(table.index.min(), table.index.max(), freq="M")
    ids = pd.Series(seen).groupby(level=0).agg(["sum", "size"])
    ids.index = pd.PeriodIndex(ids.index, freq="M")
    crime_ids = pd.DataFrame({"with_id": ids["sum"], "repeated": ids["sum"] - ids["size"]})
    return table.reindex(span), crime_ids


def made_areas(
    seed: int, many: int, change: float, shares: tuple[float, float]
) -> list[tuple[Counts, Ground]]:
    """Return areas of a force whose rows lack a location at these shares, the same everywhere in a period.

    ``change`` is the ratio by which the area moved against elsewhere. Counts vary half as much again as
    Poisson's.
    """
    dice = np.random.default_rng(seed)
    return [_made_area(dice, change, shares) for _ in range(many)]


SPREAD = 1.5
"""Variance over mean of the made counts, and of the verdict's interval."""


def _made_area(
    dice: np.random.Generator, change: float, shares: tuple[float, float]
) -> tuple[Counts, Ground]:
    area = float(dice.choice([60, 150, 300, 600, 1_200]))
    trend = float(dice.choice([0.85, 1.0, 1.1]))

    def drawn(mean: float) -> int:
        return int(dice.poisson(dice.gamma(mean / (SPREAD - 1), SPREAD - 1)))

    parts = [
        (drawn(area), drawn(8 * area), drawn(32 * area)),
        (drawn(area * change * trend), drawn(8 * area * trend), drawn(32 * area * trend)),
    ]
    located = [
        [int(dice.binomial(n, 1 - share)) for n in part] for part, share in zip(parts, shares, strict=True)
    ]
    held = (float(sum(located[0])), float(sum(located[1])))
    ground = Ground(held, (sum(parts[0]) - held[0], sum(parts[1]) - held[1]))
    counts = Counts(
        (float(located[0][0]), float(located[1][0])), (float(located[0][1]), float(located[1][1]))
    )
    return counts, ground


def plain_verdict(counts: Counts) -> str:
    """Return a verdict after the project's rule, without the rank among similar places."""
    (before, after), (rest_before, rest_after) = counts.area, counts.rest
    if before + after < 20:
        return "too few to say"
    terms = [max(count, 0.5) for count in (before, after, rest_before, rest_after)]
    log = math.log(terms[1] / terms[0]) - math.log(terms[3] / terms[2])
    if abs(log) > 1.96 * math.sqrt(SPREAD * sum(1 / term for term in terms)):
        more = (log < 0) == (after < before)
        return f"{'fell' if after < before else 'rose'} {'more' if more else 'less'} than elsewhere"
    if after <= 0.9 * before and rest_after <= 0.9 * rest_before:
        return "fell, as elsewhere"
    if after >= 1.1 * before and rest_after >= 1.1 * rest_before:
        return "rose, as elsewhere"
    return "no clear change"
