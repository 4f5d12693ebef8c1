"""Evidence: one row of the outcomes table with what a good analyst would ask for, as one value."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

import pandas as pd

NOTHING = math.nan


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was recorded of one crime type in one area in two periods, and what similar places say of it.

    Counts are recorded incidents of the months compared; percentages are per cent, not rounded, NaN where there is none.
    ``rest`` is the comparator's name; ``months_note`` says which months are left out, ``reason`` why a figure is missing.

    **The verdict** rests on ``yardstick``, named in words, of ``places_behind`` places (``separate_places`` of them fit side
    by side): ``expected`` is the count that their change leads to, ``by_course`` what the force's course alone would,
    ``ordinary_low`` to ``ordinary_high`` the counts told from nothing, ``z`` and ``p`` (either way) the statistic,
    ``as_far`` the share of places that moved at least as far the same way, ``told_at_most`` the largest count that would
    have been told as a fall and ``smallest_fall`` the same as a fraction of ``expected`` (NaN where none would).
    ``history_months`` are the earlier months seen, ``history_weight`` the share of a bad year that goes away by itself, and
    ``history_note`` what it costs to have too few. It is empty where it needs an input that is not held.

    **The plain rule**, a second opinion: percent_low and percent_high are an interval of the percent change with phi in it;
    exact_*, etest_p plain Poisson tests; ``discovery`` Benjamini-Hochberg at 0.05 over the exact p of the area's rows; rirr*
    the ratio to the rest with its interval; ``similar_places`` those of half to twice the incidents, ``similar_units`` the
    units behind them; ``as_much`` how many of them changed at least as much by percent change, ``as_much_relative`` relative
    to their own districts, ``rank_is_relative`` which of the two it used; ``chance_share`` the share of them whose change the
    plain exact test would call significant; ``smallest_tellable_fall`` a fraction by its interval alone; ``plain_verdict``
    its word. All intervals are at 95 %. ``kind`` is the area's.

    **How whole the data are**: ``baseline_unlocated`` and ``comparison_unlocated`` are the force's rows of the type without a
    location, 0 to 1; ``direction_stands`` is False where they could turn the change round, ``partly`` says which months are
    only partly published.
    """

    area_key: str = ""
    area: str = ""
    lsoa: str = ""
    district: str = ""
    rest: str = ""
    kind: str = ""
    crime_type: str = ""
    baseline_incidents: float = NOTHING
    comparison_incidents: float = NOTHING
    change: float = NOTHING
    percent_change: float = NOTHING
    district_percent_change: float = NOTHING
    rest_percent_change: float = NOTHING
    rest_baseline_incidents: float = NOTHING
    rest_comparison_incidents: float = NOTHING
    months_compared: int = 0
    small_base: bool = False
    baseline_months: int = 0
    comparison_months: int = 0
    baseline_days: int = 0
    comparison_days: int = 0
    months_note: str = ""
    percent_low: float = NOTHING
    percent_high: float = NOTHING
    exact_ratio: float = NOTHING
    exact_low: float = NOTHING
    exact_high: float = NOTHING
    exact_p: float = NOTHING
    etest_p: float = NOTHING
    discovery: bool = False
    rirr: float = NOTHING
    rirr_low: float = NOTHING
    rirr_high: float = NOTHING
    phi: float = NOTHING
    phi_places: int = 0
    similar_places: int = 0
    similar_units: int = 0
    as_much: float = NOTHING
    as_much_relative: float = NOTHING
    rank_is_relative: bool = False
    chance_share: float = NOTHING
    smallest_tellable_fall: float = NOTHING
    plain_verdict: str = ""
    yardstick: str = ""
    places_behind: int = 0
    separate_places: float = NOTHING
    expected: float = NOTHING
    by_course: float = NOTHING
    ordinary_low: float = NOTHING
    ordinary_high: float = NOTHING
    z: float = NOTHING
    p: float = NOTHING
    as_far: float = NOTHING
    told_at_most: float = NOTHING
    smallest_fall: float = NOTHING
    history_months: int = 0
    history_weight: float = NOTHING
    history_note: str = ""
    verdict: str = ""
    reason: str = ""
    baseline_unlocated: float = NOTHING
    comparison_unlocated: float = NOTHING
    direction_stands: bool = True
    partly: str = ""

    @property
    def incidents(self) -> float:
        """Incidents of both periods together, NaN where a side is missing."""
        return self.baseline_incidents + self.comparison_incidents


EVIDENCE_COLUMNS = tuple(each.name for each in fields(Evidence))

_VALUES = attrgetter(*EVIDENCE_COLUMNS)


def to_frame(rows: Iterable[Evidence]) -> pd.DataFrame:
    """Return rows of evidence as a table with the fields' names as columns, for a download or a chart."""
    # not `asdict`: it copies each value, which for whole countries takes longer than the table
    return pd.DataFrame([_VALUES(row) for row in rows], columns=list(EVIDENCE_COLUMNS))
