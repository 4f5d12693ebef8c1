"""Evidence: every row of the outcomes table with what a good analyst would ask for, in one call.

Change against the rest of the district with over-dispersion in the interval, the placebo rank, the smallest
fall that could have been told, the plain tests for reference, and the verdict.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.model.areas import Area, check_comparator
from analysis.model.contiguity import Contiguity
from analysis.model.cube import Panel
from analysis.model.errors import NeedsInputError
from analysis.model.periods import ComparedMonths, Period
from analysis.stats.poisson import discoveries, e_test, exact_ratio, percent_interval
from analysis.stats.similar_places import (
    MIN_PLACES,
    Candidates,
    SimilarPlaces,
    candidates,
    rirr,
    similar_places,
    smallest_tellable_fall,
)
from analysis.stats.verdict import MIN_INCIDENTS, uses_relative_rank, verdict
from analysis.topics.change.measure.outcomes import months_by_type, outcomes
from analysis.topics.change.measure.placebo import PlaceboDistribution, placebo_distribution

__all__ = ["EVIDENCE_COLUMNS", "PlaceboDistribution", "evidence", "placebo_distribution"]

NOTHING = math.nan

EVIDENCE_COLUMNS = (
    "percent_low",
    "percent_high",
    "exact_ratio",
    "exact_low",
    "exact_high",
    "exact_p",
    "etest_p",
    "rirr",
    "rirr_low",
    "rirr_high",
    "phi",
    "phi_places",
    "similar_places",
    "similar_units",
    "as_much",
    "as_much_relative",
    "rank_is_relative",
    "chance_share",
    "smallest_tellable_fall",
    "verdict",
    "reason",
)
"""What a row has besides the columns of `outcomes`, `reason` and `discovery`."""


def evidence(
    panel: Panel,
    area: Area,
    *,
    district: Area,
    rest: Area,
    places: pd.DataFrame,
    baseline: Period,
    comparison: Period,
    like_for_like: bool = True,
    contiguity: Contiguity | None = None,
    excluded: Collection[str] = frozenset(),
) -> pd.DataFrame:
    """Return the outcomes table of one area with its evidence: one row for each of the 14 crime types.

    The columns of `outcomes`, then: percent_low, percent_high (interval of the percent change, phi in it);
    exact_ratio, exact_low, exact_high, exact_p, etest_p (plain Poisson tests of the two counts by days, for
    reference); discovery (Benjamini-Hochberg at 0.05 over the exact p of the table); rirr, rirr_low,
    rirr_high (against ``rest``, phi in the interval); phi and phi_places; similar_places, similar_units
    (different units behind them); as_much (similar places that changed at least as much, by percent change),
    as_much_relative (the same relative to their own districts) and rank_is_relative (which of the two the
    verdict used); chance_share (share of similar places whose change the plain exact test would call
    significant); smallest_tellable_fall (fraction); verdict and reason. All intervals are at 95 %.

    ``places`` names the ground of the force (ground_code, district_name, in_force, joined); ``excluded`` is
    ground that never serves as a similar place: treated areas and ground known to have been patrolled. The
    verdict is empty where it needs an input that is not held, and ``reason`` says which. Raises AreaError
    when ``rest`` shares ground with the area, and what `outcomes` raises.
    """
    check_comparator(area, rest)
    table = outcomes(
        panel,
        area,
        district=district,
        rest=rest,
        baseline=baseline,
        comparison=comparison,
        like_for_like=like_for_like,
    )
    months = months_by_type(panel, baseline, comparison, like_for_like=like_for_like)
    needs, found = "", None
    try:
        found = candidates(panel, area.ground, places=places, excluded=excluded, contiguity=contiguity)
    except NeedsInputError as error:
        needs = str(error)
    other = panel.rows(rest.ground, name=rest.name)
    rows = [
        _row(panel, counts, months[counts["crime_type"]], other, found=found, needs=needs)
        for counts in table.to_dict("records")
    ]
    result = pd.concat([table.drop(columns="reason"), pd.DataFrame(rows)], axis=1)
    result["discovery"] = discoveries(result["exact_p"].to_numpy())
    return result


def _row(
    panel: Panel,
    counts: dict,
    months: ComparedMonths,
    other: np.ndarray,
    *,
    found: Candidates | None,
    needs: str,
) -> dict:
    """Return the evidence of one row; ``counts`` is its row of the outcomes table."""
    crime_type = counts["crime_type"]
    before, after = counts["baseline_incidents"], counts["comparison_incidents"]
    comparable = months.comparable
    row: dict = dict.fromkeys(EVIDENCE_COLUMNS, NOTHING)
    row |= {"phi_places": 0, "similar_places": 0, "similar_units": 0, "rank_is_relative": False}
    row |= {"verdict": "" if needs else "too few to say"}
    reasons = [counts["reason"], needs]
    if comparable:
        all_before = panel.totals(months.baseline, crime_type)
        all_after = panel.totals(months.comparison, crime_type)
        exposure = {
            "baseline_exposure": counts["baseline_days"],
            "comparison_exposure": counts["comparison_days"],
        }
        exact = exact_ratio(before, after, **exposure)
        row |= {
            "exact_ratio": exact.estimate,
            "exact_low": exact.low,
            "exact_high": exact.high,
            "exact_p": exact.p,
            "etest_p": e_test(before, after, **exposure),
        }
        rest_before, rest_after = all_before[other].sum(), all_after[other].sum()
        similar = None
        if found is not None:
            similar = similar_places(found, all_before, all_after, before + after)
            row |= _against(similar, before, after, rest_before, rest_after)
            row["chance_share"] = similar.flagged_by_exact(
                counts["comparison_days"] / counts["baseline_days"]
            )
        else:
            row["rirr"] = rirr(before, after, rest_before, rest_after).estimate
        if not needs:
            reasons.append(_too_few(before + after, similar))
    elif not needs and not counts["reason"]:
        reasons.append(
            "The months of the two sides are not the same calendar months, so no verdict is given."
        )
    if comparable and not needs:
        row["verdict"] = verdict(
            baseline=before,
            comparison=after,
            rest_percent=counts["rest_percent_change"],
            rirr=row["rirr"],
            low=row["rirr_low"],
            high=row["rirr_high"],
            as_much=row["as_much_relative"] if row["rank_is_relative"] else row["as_much"],
            places=row["similar_places"],
            enough=bool(similar is not None and similar.enough),
        )
    row["reason"] = " ".join(reason for reason in reasons if reason)
    return row


def _against(
    similar: SimilarPlaces, before: float, after: float, rest_before: float, rest_after: float
) -> dict:
    """Return what the similar places and the rest say about one pair of counts."""
    phi = similar.phi
    relative = rirr(before, after, rest_before, rest_after, phi=phi)
    percent = percent_interval(before, after, phi)
    enough = similar.enough
    return {
        "percent_low": percent.low,
        "percent_high": percent.high,
        "rirr": relative.estimate,
        "rirr_low": relative.low,
        "rirr_high": relative.high,
        "phi": phi,
        "phi_places": len(similar) if enough else 0,
        "similar_places": len(similar),
        "similar_units": similar.units,
        "as_much": similar.as_much(before, after) if enough else NOTHING,
        "as_much_relative": similar.as_much_relative(relative.estimate) if enough else NOTHING,
        "rank_is_relative": uses_relative_rank(before, after, relative.estimate),
        "smallest_tellable_fall": smallest_tellable_fall(before, rest_before, rest_after, phi),
    }


def _too_few(total: float, similar: SimilarPlaces | None) -> str:
    """Say why a row has too little behind it for a verdict, or nothing."""
    if total < MIN_INCIDENTS:
        return f"Fewer than {MIN_INCIDENTS} incidents were recorded in the two periods together."
    if similar is not None and not similar.enough:
        count = f"Only {len(similar)}" if len(similar) else "No"
        return (
            f"{count} similar place{'' if len(similar) == 1 else 's'} (outside the treated areas, with "
            f"between half and twice as many incidents) {'is' if len(similar) == 1 else 'are'} in the force; "
            f"{MIN_PLACES} are needed."
        )
    return ""
