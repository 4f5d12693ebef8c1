"""The change of every unit of ground of a force, kept as a cell."""

from __future__ import annotations

from analysis.model.case import Case
from analysis.model.periods import Period
from analysis.stats.ground_change import GroundChange, ground_change
from analysis.topics.change.measure.locations import ground_with_locations


def ground_changes(case: Case, crime_type: str, pair: tuple[Period, Period] | None = None) -> GroundChange:
    """Return how each unit of the force's ground changed; ``pair`` stands in for the periods chosen.

    What rows without a location could have made is not told (`ground_with_locations`).
    """
    baseline, comparison = pair or (case.baseline, case.comparison)
    return case.cell(
        "ground change",
        crime_type,
        baseline,
        comparison,
        case.like_for_like,
        make=lambda: ground_with_locations(
            ground_change(
                case.panel,
                crime_type,  # type: ignore[arg-type]
                places=case.places,
                treated=case.treated,
                baseline=baseline,
                comparison=comparison,
                like_for_like=case.like_for_like,
            ),
            case.panel,
        ),
    )
