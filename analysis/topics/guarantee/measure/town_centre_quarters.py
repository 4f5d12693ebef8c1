"""Shop theft, theft from the person and robbery by place and quarter: recorded, and with a positive outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import PeriodError
from analysis.model.periods import Period
from analysis.topics.guarantee.case import COUNTED, GuaranteeCase
from analysis.topics.guarantee.measure.categories import KNOWN, POSITIVE
from analysis.topics.guarantee.measure.editions import Edition, editions
from analysis.topics.retail.measure import quarters_of

SETTLED_AFTER = 6
"""Whole months that an edition must reach beyond a month before its outcomes count as settled.

Of Cleveland's positive outcomes within a year (crimes of January to June 2023, 996 of them in the outcomes files) 98.1%
had come by the sixth month after that of the crime; of robbery's 118, 89.0%."""

ALL = "All three"

Status = Literal["settled", "still coming in", "not comparable", "not published"]
SETTLED, STILL_COMING, NOT_COMPARABLE, NOT_PUBLISHED = get_args(Status)

COLUMNS = (
    "area_key",
    "area",
    "quarter",
    "first_month",
    "crime_type",
    "recorded",
    "positive",
    "positive_share",
    "status",
    "edition",
)


@dataclass(frozen=True, eq=False)
class TownCentreQuarters:
    """What the quarters have, and what they leave out.

    ``table`` has one row a place, quarter and crime type, `ALL` after the three (`COLUMNS`): recorded is NaN where a month
    of the quarter is not published whole; positive and positive_share too, and where the outcomes are not comparable.
    ``edition`` is the one that outcomes are shown of, None where no quarter has one of its own; ``others`` are those left
    out. ``missing`` are months not published whole, ``outside`` months of the period in no whole quarter, ``unknown``
    outcomes that no list has: counted as recorded, not as positive.
    """

    table: pd.DataFrame
    quarters: tuple[Period, ...]
    edition: Edition | None
    others: tuple[str, ...]
    missing: tuple[pd.Period, ...]
    outside: tuple[pd.Period, ...]
    unknown: tuple[str, ...]

    @property
    def span(self) -> Period:
        """From the first to the last month of the quarters."""
        return Period(self.quarters[0].first, self.quarters[-1].last)


def town_centre_quarters(asked: GuaranteeCase) -> TownCentreQuarters:
    """Return the three crime types in the chosen areas, by calendar quarter from the baseline to the comparison period.

    Recorded: crimes recorded in the quarter (the month of police.uk), from the case's counts. Positive: those of them whose
    last outcome, as the edition has it, is one of `POSITIVE`; the share is of all recorded, with no outcome or an open one
    in it. Outcomes are shown of one edition alone, that which gave most quarters whole (the latest of several). A quarter
    is settled where the edition reaches `SETTLED_AFTER` months beyond each of its months. Raises PeriodError without a
    whole quarter.

    Not to be read as a detection rate: a crime may be recorded long after it was done, and a charge counts for the quarter
    of its crime. Worked number (test): Thornaby Town Centre, January to March 2023, 22 recorded (shoplifting 20, theft from
    the person 0, robbery 2), of which 5 had a positive outcome.
    """
    case = asked.case
    whole = Period(
        min(case.baseline.first, case.comparison.first), max(case.baseline.last, case.comparison.last)
    )
    quarters = tuple(_months_of(quarter) for quarter in quarters_of(whole))
    if not quarters:
        raise PeriodError(
            f"No whole quarter lies in {whole.label} (January to March, April to June, July to September, October to December). "
            "Choose months that hold one."
        )
    outcomes = asked.read_outcomes()
    edition_of = editions(case.files, outcomes)
    published = _published(case)
    of_quarter = {quarter: _one_edition(quarter, edition_of) for quarter in quarters}
    shown = _most_quarters([q for q in quarters if published.issuperset(q.months)], of_quarter)
    positive = outcomes.loc[outcomes["outcome"].isin(list(POSITIVE))]
    rows = [
        row
        for area in case.chosen
        for quarter in quarters
        for row in _rows(case, area, quarter, _status(of_quarter[quarter], shown, quarter), positive)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    names = {str(quarter.first): _names(quarter, edition_of) for quarter in quarters}
    named = set(outcomes["outcome"].dropna())
    covered = {month for quarter in quarters for month in quarter.months}
    return TownCentreQuarters(
        table=table.assign(edition=table["first_month"].map(names)),
        quarters=quarters,
        edition=shown,
        others=tuple(
            dict.fromkeys(
                edition_of[month].name
                for month in sorted(covered)
                if month in edition_of and edition_of[month] != shown
            )
        ),
        missing=tuple(sorted(covered - published)),
        outside=tuple(month for month in whole.months if month not in covered),
        unknown=tuple(sorted(named - KNOWN)),
    )


def quarter_label(quarter: Period) -> str:
    """Return ``Jan to Mar 2023``."""
    return f"{quarter.first.strftime('%b')} to {quarter.last.strftime('%b %Y')}"


def _months_of(quarter: pd.Period) -> Period:
    return Period(quarter.asfreq("M", how="start"), quarter.asfreq("M", how="end"))


def _published(case: Case) -> set[pd.Period]:
    """Return the months of which all three crime types are published whole."""
    return set.intersection(*(set(case.panel.held(crime_type)) for crime_type in COUNTED))


def _one_edition(quarter: Period, edition_of: Mapping[pd.Period, Edition]) -> Edition | None:
    given = {edition_of.get(month) for month in quarter.months}
    return given.pop() if len(given) == 1 else None


def _most_quarters(quarters: Sequence[Period], of_quarter: Mapping[Period, Edition | None]) -> Edition | None:
    counts = Counter(edition for quarter in quarters if (edition := of_quarter[quarter]) is not None)
    return max(counts, key=lambda edition: (counts[edition], edition.last, edition.name), default=None)


def _status(edition: Edition | None, shown: Edition | None, quarter: Period) -> Status:
    if edition is None or edition != shown:
        return "not comparable"
    # the last month of a quarter is the one that had least time
    return "settled" if (shown.last - quarter.last).n >= SETTLED_AFTER else "still coming in"


def _names(quarter: Period, edition_of: Mapping[pd.Period, Edition]) -> str:
    return "; ".join(dict.fromkeys(edition_of[m].name for m in quarter.months if m in edition_of))


def _rows(
    case: Case, area: Area, quarter: Period, status: Status, positive: pd.DataFrame
) -> list[tuple[object, ...]]:
    inside = positive.loc[
        positive["ground_code"].isin(list(area.ground)) & positive["month"].isin(list(quarter.months))
    ]
    by_type = inside.groupby("crime_type")["incidents"].sum()
    comparable = status != NOT_COMPARABLE
    recorded, good = [], []
    for crime_type in COUNTED:
        months = case.panel.series(area.ground, crime_type, name=area.name).reindex(list(quarter.months))
        recorded.append(float(months.sum(skipna=False)))
        known = comparable and not np.isnan(recorded[-1])
        good.append(float(by_type.get(crime_type, 0)) if known else float("nan"))
    rows: list[tuple[object, ...]] = []
    for named, count, with_outcome in zip(
        (*COUNTED, ALL), (*recorded, sum(recorded)), (*good, sum(good)), strict=True
    ):
        share = with_outcome / count if count else float("nan")
        said = NOT_PUBLISHED if np.isnan(count) else status
        label, first = quarter_label(quarter), str(quarter.first)
        rows.append((area.key, area.name, label, first, named, count, with_outcome, share, said))
    return rows
