"""The numbers of the topic: each published cell beside what the months held give."""

from __future__ import annotations

import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import NeedsInputError
from analysis.model.review import Review
from analysis.model.vocabulary import SMALL_BASE
from analysis.topics.published.measure.published_check import (
    nearest,
    published_against_recomputed,
)

__all__ = ["nearest", "published_against_recomputed", "published_cells"]

REVIEW_COLUMNS = {
    "area": "area_key",
    "baseline_incidents": "baseline",
    "comparison_incidents": "comparison",
    "change": "difference",
    "percent_change": "percent",
    "district_percent_change": "district_percent",
}
"""The review's own headings beside those of the check."""


def published_cells(case: Case) -> pd.DataFrame:
    """Return every published cell of the chosen areas beside what the months held give, with the area's name.

    A recomputed percentage on a base under `SMALL_BASE` is NaN and marked in the column hidden, unless the case shows them;
    what the review printed stands. Raises NeedsInputError for a force without a review.
    """
    review = case.review
    if review is None:
        raise NeedsInputError(
            "No published review of this force is held, so nothing can be checked against one."
        )
    # area by area, so that another choice of areas is put together from what was checked before
    cells = [_cells_of(case, review, area) for area in case.chosen]
    order = {key: at for at, key in enumerate(dict.fromkeys(review.tables["outcomes"]["area"]))}
    cells.sort(key=lambda check: order.get(check["area_key"].iloc[0], 0) if len(check) else -1)
    check = pd.concat(cells, ignore_index=True)
    small = (check["base"] < SMALL_BASE) & check["recomputed"].notna()
    hidden = small & (not case.show_small)
    return check.assign(recomputed=check["recomputed"].mask(hidden), hidden=hidden)


def _cells_of(case: Case, review: Review, area: Area) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        table = review.tables["outcomes"].rename(columns=REVIEW_COLUMNS)
        named = table.loc[table["area_key"] == area.key]
        district = case.areas[area.district] if len(named) else area
        check = published_against_recomputed(
            named,
            case.panel,
            case.areas,
            district=district,
            baseline=review.baseline,
            comparison=review.comparison,
        )
        return check.assign(area=[case.areas[key].name for key in check["area_key"]])

    return case.cell("published", review.name, area, make=make)
