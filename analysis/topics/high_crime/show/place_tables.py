"""High-crime places as tables: ranking, persistence, Gi*, emerging classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.periods import Period, month_label
from analysis.stats.gi_star import GiStar
from analysis.topics.high_crime.measure.emerging import Emerging
from analysis.topics.high_crime.measure.ranking import Persistence, Ranking

EMERGING_MEANING = {
    "new": "high in the last month for the first time",
    "consecutive": "high in one unbroken run up to the last month",
    "intensifying": "high nearly throughout and rising",
    "persistent": "high nearly throughout",
    "diminishing": "high nearly throughout and falling",
    "sporadic": "high in the last month and on and off before",
    "historical": "high nearly throughout, but not in the last month",
    "past": "high in some months, but not in the last",
}


def ranking_table(ranking: Ranking, n: int, names: Mapping[str, str], what: str, period: Period) -> Table:
    """Return the first n places with their share of all recorded incidents of the force."""
    top = ranking.table.head(n)
    shown = pd.DataFrame(
        {
            "Rank": [formats.number(v) for v in top["rank"]],
            "Place": [names[code] for code in top["ground_code"]],
            "Recorded": [formats.number(v) for v in top["incidents"]],
            "Share": [formats.share(v, 1) for v in top["share"]],
            "Share so far": [formats.share(v, 1) for v in top["cumulative_share"]],
        }
    ).set_index("Rank")
    notes = [
        "A rank is not a risk: town centres have visitors, and counts follow them. Equal counts stand in order of code."
    ]
    if ranking.missing:
        notes.append(f"Left out, not published: {_months(ranking.missing)}.")
    return Table(
        title=f"{formats.number(len(top))} places with the most recorded incidents",
        subtitle=f"{what}, {period.label}, {formats.number(len(ranking.table))} places of the force. {SOURCE}",
        shown=shown,
        data=ranking.table,
        notes=tuple(notes),
    )


def persistence_table(
    found: Persistence, before: Ranking, after: Ranking, names: Mapping[str, str], what: str
) -> Table:
    """Return which of the first n places of one period stayed, left or entered in the other.

    Each side's months are counted in its heading: a gap makes the two counts unlike, the ranks stay comparable.
    """
    first, second = _span(before), _span(after)
    shown = pd.DataFrame(
        {
            "Place": [names[code] for code in found.table["ground_code"]],
            f"Rank, {first}": [formats.number(v) for v in found.table["first_rank"]],
            f"Rank, {second}": [formats.number(v) for v in found.table["second_rank"]],
            f"Recorded in {len(before.months)} months": [
                formats.number(v) for v in found.table["first_incidents"]
            ],
            f"Recorded in {len(after.months)} months after": [
                formats.number(v) for v in found.table["second_incidents"]
            ],
            "Since then": list(found.table["status"]),
        }
    ).set_index("Place")
    notes = [
        f"Were the second order pure chance, about {formats.number(found.expected, 1)} of {formats.number(found.n)} would have stayed. "
        "Places picked because they were high fall back by themselves, so some that left only had a bad year before."
    ]
    if found.tied_at_the_cut:
        notes.append("Equal counts stand at the cut, and the code decided which place is in.")
    return Table(
        title=f"{formats.number(found.stayed)} of the {formats.number(found.n)} places stayed among the first {formats.number(found.n)}",
        subtitle=f"{what}, {first} and {second}, published months only. {SOURCE}",
        shown=shown,
        data=found.table,
        notes=tuple(notes),
    )


def stayed_sentence(found: Persistence, before: Period) -> str:
    """Return how many of the first n places were among the first n of the period before too, and how many would by chance."""
    return (
        f"{formats.number(found.stayed)} of these {formats.number(found.n)} places were among the first {formats.number(found.n)} of "
        f"{before.label} too; by chance about {formats.number(found.expected, 1)} would be."
    )


def gi_star_table(found: GiStar, names: Mapping[str, str], what: str, period: Period) -> Table:
    """Return the ground whose counts lie high together with its neighbours' (false discovery rate 5%)."""
    high = found.table.loc[found.table["high"]].sort_values(
        ["gi_star", "ground_code"], ascending=[False, True]
    )
    shown = pd.DataFrame(
        {
            "Place": [names[code] for code in high["ground_code"]],
            "Recorded": [formats.number(v) for v in high["incidents"]],
            "Touching units": [formats.number(v) for v in high["touching"]],
            "Gi*": [formats.number(v, 2) for v in high["gi_star"]],
        }
    ).set_index("Place")
    notes = [
        "Gi* sets a place and its neighbours together against the force. A place can be marked for what its neighbours hold."
    ]
    if found.left_out:
        notes.append(
            f"{formats.number(len(found.left_out))} units of ground have no boundary and are left out."
        )
    return Table(
        title=f"{formats.number(len(high))} of {formats.number(len(found.table))} places lie high together with their neighbours",
        subtitle=f"Getis-Ord Gi*, {what}, {period.label}; false discovery rate 5%. {SOURCE}",
        shown=shown,
        data=found.table,
        notes=tuple(notes),
    )


def emerging_table(found: Emerging, names: Mapping[str, str], what: str) -> Table:
    """Return the emerging class of every place that was high in at least one month."""
    some = found.table.loc[found.table["emerging"] != "never"]
    shown = pd.DataFrame(
        {
            "Place": [names[code] for code in some["ground_code"]],
            "Class": some["emerging"].astype(str).to_list(),
            "Meaning": [EMERGING_MEANING[name] for name in some["emerging"].astype(str)],
            "Months high": [
                f"{formats.number(v)} of {formats.number(len(found.months))}" for v in some["months_high"]
            ],
            "Last high": [month_label(month) for month in some["last_high"]],
        }
    ).set_index("Place")
    counts = some["emerging"].astype(str).value_counts()
    lasting = int(counts.reindex(["intensifying", "persistent", "diminishing"]).fillna(0).sum())
    return Table(
        title=f"{formats.number(lasting)} places were high nearly throughout; {formats.number(counts.get('new', 0))} new in the last month",
        subtitle=f"Emerging classes from monthly Gi*, {what}, {month_label(found.months[0])} – {month_label(found.months[-1])}, "
        f"{formats.number(len(found.months))} published months. {SOURCE}",
        shown=shown,
        data=found.table.assign(last_high=found.table["last_high"].astype(str)),
        notes=(
            "The names are of statistics, not of places to patrol. One month alone can move a place between classes.",
        ),
    )


def _span(ranked: Ranking) -> str:
    return f"{month_label(ranked.months[0])} – {month_label(ranked.months[-1])}"


def _months(months: Iterable[pd.Period]) -> str:
    return ", ".join(month_label(month) for month in months)
