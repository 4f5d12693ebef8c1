"""Evidence: every row of the outcomes table with what a good analyst would ask for, in one call.

The verdict against similar places with its rank, and as second opinion the plain rule: change against the rest of the
district with over-dispersion in the interval, the placebo rank, and the plain tests for reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.model.areas import Area, Yardsticks, check_comparator
from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.model.evidence import NOTHING, Evidence
from analysis.model.partly import told
from analysis.model.periods import ComparedMonths
from analysis.model.vocabulary import MONTHS_MISSING, TOO_FEW
from analysis.stats.false_discovery import discoveries
from analysis.stats.poisson import e_test, exact_ratio, percent_interval
from analysis.stats.similar_places import (
    Candidates,
    SimilarPlaces,
    candidates,
    comparable_ground,
    rirr,
    similar_places,
    smallest_tellable_fall,
)
from analysis.stats.verdict import MIN_INCIDENTS, plain_verdict, uses_relative_rank
from analysis.topics.change.measure.crime_groups import grouped
from analysis.topics.change.measure.locations import with_locations
from analysis.topics.change.measure.outcomes import months_by_type, outcome_rows
from analysis.topics.change.measure.similar_ground import judged


def evidence(case: Case) -> tuple[Evidence, ...]:
    """Return the evidence of every chosen area and crime type: areas in the menu's order, types in the vocabulary's."""
    return tuple(
        row for area in case.chosen for row in area_evidence(case, area) if row.crime_type in case.crime_types
    )


def board_evidence(case: Case) -> tuple[Evidence, ...]:
    """Return `evidence`, and that of the proposed centres that stand on the board beside the areas.

    A proposal is no area of the case: the comparators of all others are what they are without it.
    """
    beside = (row for area in case.proposed_beside for row in area_evidence(case, area))
    return (*evidence(case), *(row for row in beside if row.crime_type in case.crime_types))


def area_evidence(
    case: Case,
    area: Area,
    *,
    against: Yardsticks | None = None,
    excluded: frozenset[str] = frozenset(),
) -> tuple[Evidence, ...]:
    """Return the evidence of any area, listed or not: one row for each of the 14 crime types; kept as a cell.

    ``against`` takes the place of the area's own district and rest; ``excluded`` is further ground that is no similar
    place (treated and patrolled ground never is). The verdict is empty where it needs an input that is not held, and
    ``reason`` says which. Raises AreaError when the rest shares ground with the area, and what `outcomes` raises.
    """
    yardsticks = against or case.yardsticks(area)
    asked = (case.baseline, case.comparison, case.like_for_like)
    return case.cell(
        "evidence",
        area,
        yardsticks,
        excluded,
        *asked,
        make=lambda: located(
            case,
            (
                judged(row, case, area, (row.crime_type,), excluded)
                for row in plain_evidence(case, area, yardsticks, excluded)
            ),
        ),
    )


def group_evidence(
    case: Case,
    area: Area,
    group: tuple[str, tuple[str, ...]],
    *,
    against: Yardsticks | None = None,
    excluded: frozenset[str] = frozenset(),
) -> Evidence:
    """Return the evidence of several crime types counted as one (``group``: its name and its types), as `area_evidence`."""
    name, crime_types = group
    yardsticks = against or case.yardsticks(area)

    def make() -> Evidence:
        together = replace(case, panel=grouped(case.panel, crime_types))
        rows = plain_evidence(together, area, yardsticks, excluded)
        first = next(row for row in rows if row.crime_type == crime_types[0])
        (row,) = located(together, [judged(first, case, area, crime_types, excluded)])
        return replace(row, crime_type=name)

    asked = (case.baseline, case.comparison, case.like_for_like)
    return case.cell("group evidence", group, area, yardsticks, excluded, *asked, make=make)


def located(case: Case, rows: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return rows with the shares of rows without a location, and no verdict that those could have made."""
    months = months_by_type(case.panel, case.baseline, case.comparison, like_for_like=case.like_for_like)
    return with_locations(rows, case.panel, months)


def plain_evidence(
    case: Case, area: Area, against: Yardsticks, excluded: frozenset[str] = frozenset()
) -> tuple[Evidence, ...]:
    """Return the counts and the plain rule's figures of each row; the verdict is what can be said without an estimate.

    That is nothing where an input is not held, "months missing" or "too few to say".
    """
    check_comparator(area, against.rest)
    panel = case.panel
    table = outcome_rows(
        panel,
        area,
        district=against.district,
        rest=against.rest,
        baseline=case.baseline,
        comparison=case.comparison,
        like_for_like=case.like_for_like,
    )
    months = months_by_type(panel, case.baseline, case.comparison, like_for_like=case.like_for_like)
    needs, places = "", None
    try:
        places = _candidates(case, area.ground, case.treated | excluded)
    except NeedsInputError as error:
        needs = str(error)
    rest = panel.rows(against.rest.ground, name=against.rest.name)
    names = {
        "area_key": area.key,
        "area": area.name,
        "lsoa": area.lsoa,
        "kind": area.kind,
        "district": against.district.name,
        "rest": against.rest.name,
    }
    rows = [
        counts | names | _row(case, counts, months[counts["crime_type"]], rest, places=places, needs=needs)
        for counts in table
    ]
    discovered = discoveries(np.array([row["exact_p"] for row in rows], float))
    return tuple(
        Evidence(**row, discovery=bool(discovery), partly=told(months[row["crime_type"]].partly))
        for row, discovery in zip(rows, discovered, strict=True)
    )


def _candidates(case: Case, ground: frozenset[str], excluded: frozenset[str]) -> Candidates:
    """Return the places that could stand beside an area on this ground; kept, since no count or month is asked for them."""

    def make() -> Candidates:
        comparable = case.cell("comparable ground", make=lambda: comparable_ground(case.panel, case.places))
        return candidates(comparable, ground, excluded=excluded, contiguity=case.contiguity)

    return case.cell("candidates", excluded | ground, len(ground), make=make)


def _row(
    case: Case,
    counts: dict[str, Any],
    months: ComparedMonths,
    rest: np.ndarray,
    *,
    places: Candidates | None,
    needs: str,
) -> dict[str, Any]:
    """Return the evidence of one row; ``counts`` is its row of the outcomes table."""
    panel, crime_type = case.panel, counts["crime_type"]
    before, after = counts["baseline_incidents"], counts["comparison_incidents"]
    comparable = months.comparable
    few = before + after < MIN_INCIDENTS
    word = "" if needs else TOO_FEW if comparable else MONTHS_MISSING
    row: dict[str, Any] = {"exact_p": NOTHING, "plain_verdict": "" if needs else TOO_FEW, "verdict": word}
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
        rest_before, rest_after = all_before[rest].sum(), all_after[rest].sum()
        similar = None
        if places is not None:
            similar = similar_places(places, all_before, all_after, before + after)
            row |= _against(similar, before, after, rest_before, rest_after)
            row["chance_share"] = similar.flagged_by_exact(
                counts["comparison_days"] / counts["baseline_days"]
            )
        else:
            row["rirr"] = rirr(before, after, rest_before, rest_after).estimate
        if not needs and few:
            reasons.append(f"Fewer than {MIN_INCIDENTS} incidents were recorded in the two periods together.")
    elif not needs and not counts["reason"]:
        reasons.append(
            "The months of the two sides are not the same calendar months, so no verdict is given."
        )
    if comparable and not needs:
        row["plain_verdict"] = plain_verdict(
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
) -> dict[str, Any]:
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
