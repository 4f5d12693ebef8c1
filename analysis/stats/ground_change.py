"""How did each unit of ground change, and which changes stand out? The verdict's rule, unit by unit, for a map.

*Formula in words.* Each unit of common ground of the force is held against the rest of its own district (all
treated ground and the unit itself taken out) by the ratio of the verdict, with phi and the rank of its similar
places, just as a town centre of one unit is on the Overview.

*When not to trust it.* Some 350 units are judged at once, and about one in twenty stands out by chance (see
`analysis.topics.calibration.measure.calibration`): a map of them is a place to look, not a list of findings. An area of several
units has a verdict of its own, which is not that of its parts.

*Reference and worked number.* As `analysis.topics.change.measure.evidence`; a test holds the two together.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.cube import Panel
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.periods import ComparedMonths, Period, check_held, compared_months
from analysis.model.vocabulary import CrimeType
from analysis.stats.similar_places import Candidates, comparable_rows, rirr, similar_places
from analysis.stats.verdict import MIN_INCIDENTS, stands_out, uses_relative_rank, verdict

COLUMNS = (
    "ground_code",
    "baseline_incidents",
    "comparison_incidents",
    "percent_change",
    "rirr",
    "rirr_low",
    "rirr_high",
    "as_much",
    "as_much_relative",
    "rank_is_relative",
    "similar_places",
    "verdict",
    "stands_out",
)


@dataclass(frozen=True, eq=False)
class GroundChange:
    """The change of each unit of the force's ground, one row a unit, sorted by code (`COLUMNS`).

    percent_change is NaN from a baseline of 0; as_much is the rank by percent change, as_much_relative the one relative
    to the districts, and rank_is_relative says which of them the verdict rests on, as in `evidence`. Units under
    `MIN_INCIDENTS` in the two periods together, or with too few similar places, are "too few to say".
    """

    table: pd.DataFrame
    crime_type: str
    months: ComparedMonths


def ground_change(
    panel: Panel,
    crime_type: CrimeType,
    *,
    places: pd.DataFrame,
    treated: Collection[str],
    baseline: Period,
    comparison: Period,
    like_for_like: bool = True,
) -> GroundChange:
    """Return how each unit of ground of the force changed.

    ``places`` has ground_code, district_name, in_force and joined; ``treated`` is never a comparator. Raises
    PeriodError as `compared_months` does, NeedsInputError where the two LSOA vintages are not joined, and
    AnalysisError where the months of the two sides cannot be compared.
    """
    check_held(baseline, panel.span)
    check_held(comparison, panel.span)
    own = places.loc[places["in_force"].astype(bool)]
    if not own["joined"].astype(bool).all():
        raise NeedsInputError(
            "The ground of the two LSOA vintages cannot be joined without the ONS exact-fit lookup, so no change of a "
            "place can be shown. Import it with: python -m data import-lookup FILE"
        )
    months = compared_months(baseline, comparison, panel.held(crime_type), like_for_like=like_for_like)
    if not months.comparable:
        raise AnalysisError(
            f"{crime_type}: the months published in {baseline.label} and {comparison.label} cannot be set against each "
            "other. Switch like for like on, or choose other months."
        )
    before = panel.totals(months.baseline, crime_type)
    after = panel.totals(months.comparison, crime_type)
    own = own.loc[own["ground_code"].isin(list(panel.ground))].sort_values("ground_code")
    comparable = comparable_rows(panel, places, treated)
    number, _ = pd.factorize(
        places.set_index("ground_code")["district_name"].reindex(panel.ground), sort=True
    )
    districts = max(int(number.max()), 0) + 1
    rest_before = np.bincount(number[comparable], before[comparable], districts)
    rest_after = np.bincount(number[comparable], after[comparable], districts)
    rows = []
    for code, row in zip(own["ground_code"], panel.ground.get_indexer(own["ground_code"]), strict=True):
        others = comparable[comparable != row]
        itself = len(others) < len(comparable)
        rows.append(
            _unit(
                str(code),
                float(before[row]),
                float(after[row]),
                float(rest_before[number[row]] - itself * before[row]),
                float(rest_after[number[row]] - itself * after[row]),
                _singles(others, number, districts),
                before,
                after,
            )
        )
    return GroundChange(pd.DataFrame(rows, columns=list(COLUMNS)), crime_type, months)


def _singles(rows: np.ndarray, number: np.ndarray, districts: int) -> Candidates:
    """Return the single units that one unit may be set against."""
    touched = np.zeros((len(rows), districts), bool)
    touched[np.arange(len(rows)), number[rows]] = True
    return Candidates(rows[:, None], rows, touched, number[rows])


def _unit(
    code: str,
    b: float,
    a: float,
    rest_before: float,
    rest_after: float,
    others: Candidates,
    before: np.ndarray,
    after: np.ndarray,
) -> tuple[object, ...]:
    percent = 100 * (a - b) / b if b else math.nan
    if b + a < MIN_INCIDENTS:
        return (
            code,
            b,
            a,
            percent,
            math.nan,
            math.nan,
            math.nan,
            math.nan,
            math.nan,
            False,
            0,
            "too few to say",
            False,
        )
    similar = similar_places(others, before, after, b + a)
    ratio = rirr(b, a, rest_before, rest_after, phi=similar.phi)
    relative = uses_relative_rank(b, a, ratio.estimate)
    by_percent = similar.as_much(b, a) if similar.enough else math.nan
    by_ratio = similar.as_much_relative(ratio.estimate) if similar.enough else math.nan
    as_much = by_ratio if relative else by_percent
    rest_percent = 100 * (rest_after - rest_before) / rest_before if rest_before else math.nan
    said = verdict(
        baseline=b,
        comparison=a,
        rest_percent=rest_percent,
        rirr=ratio.estimate,
        low=ratio.low,
        high=ratio.high,
        as_much=as_much,
        places=len(similar),
        enough=similar.enough,
    )
    out = bool(
        said != "too few to say" and a != b and stands_out(ratio.low, ratio.high, as_much, len(similar))
    )
    return (
        code, b, a, percent, ratio.estimate, ratio.low, ratio.high, by_percent, by_ratio, relative, len(similar), said, out,
    )  # fmt: skip
