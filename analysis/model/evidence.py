"""Evidence: one row of the outcomes table with what a good analyst would ask for, as one value."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

import pandas as pd

NOTHING = math.nan


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was recorded of one crime type in one area in two periods, against the rest and against similar places.

    Counts are recorded incidents of the months compared; percentages are per cent, not rounded, NaN where there is none.
    ``rest`` is the comparator's name; ``months_note`` says which months are left out, ``reason`` why a figure is missing.
    percent_low and percent_high: interval of the percent change with phi in it; exact_*, etest_p: plain Poisson tests,
    for reference; ``discovery``: Benjamini-Hochberg at 0.05 over the exact p of the area's rows; rirr*: ratio to the rest
    with its interval; ``similar_units``: different units of ground behind the similar places; ``as_much``: how many of
    them changed at least as much by percent change, ``as_much_relative`` relative to their own districts,
    ``rank_is_relative`` which of the two the verdict used; ``chance_share``: share of similar places whose change the
    plain exact test would call significant; ``smallest_tellable_fall``: a fraction. All intervals are at 95 %. The
    verdict is empty where it needs an input that is not held. ``kind`` is the area's. ``baseline_unlocated`` and
    ``comparison_unlocated``: the force's rows of the type without a location, 0 to 1; ``direction_stands`` is False where
    they could turn the change round, ``partly`` says which months are only partly published.
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


def to_frame(rows: Iterable[Evidence]) -> pd.DataFrame:
    """Return rows of evidence as a table with the fields' names as columns, for a download or a chart."""
    return pd.DataFrame([asdict(row) for row in rows], columns=list(EVIDENCE_COLUMNS))
