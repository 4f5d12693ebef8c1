"""Retail crime from open data: repeat approximate points, and the outcomes of shoplifting.

A point of police.uk is an anonymised snap point: the nearest of a list to which what was recorded round about is
moved, chosen so that its catchment has eight or more postal addresses or none at all. It is never a shop or a door.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.model.formats import share as share_text
from analysis.model.locations import KINDS, NEAR, NO_LOCATION, NO_LSOA, UNNAMED
from analysis.model.periods import Period
from analysis.topics.retail.measure.register import REPEAT_THRESHOLD

UNDER_INVESTIGATION = "Under investigation"
UNEVEN = 0.02
"""A monthly share “Under investigation” that some months pass and others do not touch shows two releases."""


@dataclass(frozen=True)
class RepeatPoints:
    """Approximate points at or over a threshold: table, and the incidents that have no point."""

    table: pd.DataFrame
    threshold: int
    incidents: int
    without_point: int

    @property
    def share(self) -> float:
        """The share of the incidents with a point that stand at the repeat points; NaN where none has."""
        located = self.incidents - self.without_point
        return float(self.table["incidents"].sum() / located) if located else float("nan")


def repeat_points(points: pd.DataFrame, *, threshold: int = REPEAT_THRESHOLD) -> RepeatPoints:
    """Return the approximate points with so many incidents or more, the most first, ties by coordinates.

    ``points`` has location, longitude, latitude, incidents. Rows of one coordinate are one point, under the
    name that most of its incidents carry ("a point without a name" where police.uk gives none). Incidents
    without a coordinate are counted, not ranked. Columns: approximate_point, longitude, latitude,
    incidents, names (how many names it carried). Snap points were refreshed in July 2022: do not follow a
    point across that month.
    """
    located = points.loc[points["longitude"].notna() & points["latitude"].notna()]
    total = int(points["incidents"].sum())
    name = located["location"].fillna("").astype("str").str.strip()
    name = name.str.removeprefix(NEAR).str.strip().replace(NO_LOCATION, "")
    at = ["longitude", "latitude"]
    named = located.assign(name=name).groupby([*at, "name"])["incidents"].sum().reset_index()
    # an empty name never outranks a real one: the same point often carries both
    named["unnamed"] = named["name"] == ""
    named = named.sort_values(["unnamed", "incidents", "name"], ascending=[True, False, True])
    table = named.groupby(at).agg(
        approximate_point=("name", "first"),
        incidents=("incidents", "sum"),
        names=("unnamed", lambda u: (~u).sum()),
    )
    table = table.reset_index()
    table["approximate_point"] = table["approximate_point"].replace("", UNNAMED)
    table = table.loc[table["incidents"] >= threshold, ["approximate_point", *at, "incidents", "names"]]
    table = table.sort_values(["incidents", *at], ascending=[False, True, True], ignore_index=True)
    return RepeatPoints(table, threshold, total, total - int(located["incidents"].sum()))


def point_label(name: str, lsoa: str) -> str:
    """Return what an approximate point is called: ``approximate point near a petrol station, Town 001A``.

    ``name`` is as in `repeat_points`. A kind of place has its article and stands "near"; a street or a place
    with a name of its own "on or near", as police.uk says it; a point without a name has none. The words never
    say that anything was recorded at the place itself.
    """
    if name == UNNAMED:
        where = "without a name"
    elif name in KINDS:
        where = f"near {KINDS[name]}"
    else:
        where = f"on or near {name}"
    return f"approximate point {where}, {lsoa or NO_LSOA}"


@dataclass(frozen=True)
class Outcomes:
    """Outcomes of two periods side by side, or the reason why they may not be compared.

    ``table`` has outcome, baseline, comparison (counts), baseline_share, comparison_share; it is always
    given, for reading one period at a time. ``reason`` is "" where the two may be compared.
    """

    table: pd.DataFrame
    reason: str

    @property
    def comparable(self) -> bool:
        """True when the releases allow a comparison."""
        return not self.reason


def shoplifting_outcomes(outcomes: pd.DataFrame, baseline: Period, comparison: Period) -> Outcomes:
    """Return the last outcomes of shoplifting in two periods, and whether they may be compared.

    ``outcomes`` has month (pd.Period), outcome, incidents, and, where known, release (the edition that the
    month came from). Refused where the releases of the two periods differ, or where one period has a month
    with `UNEVEN` or more "Under investigation" and the other none at all: the months were then looked at
    after unlike lengths of time. An outcome never given is "" and counts. The most frequent first, ties by
    name.
    """
    side = pd.Series("", index=outcomes.index)
    months = outcomes["month"]
    side[months.isin(list(baseline.months))] = "baseline"
    side[months.isin(list(comparison.months))] = "comparison"
    kept = outcomes.assign(side=side, outcome=outcomes["outcome"].fillna("").astype("str")).loc[side != ""]
    table = kept.pivot_table(index="outcome", columns="side", values="incidents", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=["baseline", "comparison"], fill_value=0).astype(int).reset_index()
    table.columns.name = None
    for name in ("baseline", "comparison"):
        table[f"{name}_share"] = table[name] / table[name].sum() if table[name].sum() else float("nan")
    table["both"] = table["baseline"] + table["comparison"]
    table = table.sort_values(["both", "outcome"], ascending=[False, True], ignore_index=True).drop(
        columns="both"
    )
    return Outcomes(table, _reason(kept, baseline, comparison))


def _reason(kept: pd.DataFrame, baseline: Period, comparison: Period) -> str:
    for name, period in (("baseline", baseline), ("comparison", comparison)):
        if not (kept["side"] == name).any():
            return (
                f"No outcome is held for {period.label}, so there is nothing to compare. Import those months."
            )
    if "release" in kept.columns:
        releases = {
            name: sorted(set(editions.dropna())) for name, editions in kept.groupby("side")["release"]
        }
        if releases["baseline"] != releases["comparison"]:
            return (
                "The two periods come from different releases of police.uk "
                f"({', '.join(releases['comparison'])} against {', '.join(releases['baseline'])}), so their "
                "outcomes had unlike lengths of time to come about. Import both periods from one release."
            )
    open_share = (
        kept.assign(open=kept["incidents"].where(kept["outcome"] == UNDER_INVESTIGATION, 0))
        .groupby(["side", "month"])[["open", "incidents"]]
        .sum()
    )
    share = (open_share["open"] / open_share["incidents"]).groupby("side").max()
    highest = max(share["baseline"], share["comparison"])
    if highest >= UNEVEN and min(share["baseline"], share["comparison"]) == 0:
        high, none = (
            (baseline, comparison) if share["baseline"] > share["comparison"] else (comparison, baseline)
        )
        return (
            f"Up to {share_text(highest)} of a month's shoplifting is still “Under investigation” in {high.label} "
            f"and none in {none.label}. The files come from different releases, so the outcomes of the two "
            "periods cannot be compared. Import both from one release."
        )
    return ""
