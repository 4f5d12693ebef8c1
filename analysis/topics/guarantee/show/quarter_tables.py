"""The Guarantee's town-centre crimes by place and quarter, as tables."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.evidence.evidence_tables import HIDDEN
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.english import counted
from analysis.model.small_base import without_small
from analysis.model.vocabulary import SMALL_BASE
from analysis.topics.guarantee.case import COUNTED
from analysis.topics.guarantee.measure import ALL, NOT_COMPARABLE, TownCentreQuarters
from analysis.topics.guarantee.say import POSITIVE_MEANS, SCOPE, on_outcomes

_KEYS = ["area", "quarter"]
_ALL_POSITIVE, _ALL_SHARE = "With a positive outcome", "% of recorded"


def volume_table(counts: TownCentreQuarters, *, show_small: bool) -> Table:
    """Return what was recorded, one row a place and quarter, with the positive outcomes of all three together."""
    rows = counts.table
    wide = rows.pivot(
        index=["area_key", "area", "first_month", "quarter"], columns="crime_type", values="recorded"
    )
    whole = rows.loc[rows["crime_type"] == ALL].set_index(["area_key", "area", "first_month", "quarter"])
    wide = wide.loc[whole.index]  # the order of the menu and the months, which a pivot loses
    shown = pd.DataFrame(
        {
            **{each: [formats.number(v) for v in wide[each]] for each in (*COUNTED, ALL)},
            _ALL_POSITIVE: positive_texts(whole),
            _ALL_SHARE: share_texts(whole, show_small=show_small),
            "Outcomes": list(whole["status"]),
        },
        index=pd.MultiIndex.from_frame(whole.reset_index()[_KEYS], names=["Place", "Quarter recorded"]),
    )
    return Table(
        title="Recorded, and with a positive outcome, by place and quarter",
        subtitle=_subtitle(counts),
        shown=shown,
        data=without_small(rows, show_small=show_small),
        notes=(SCOPE, POSITIVE_MEANS, *_small_note(whole, show_small=show_small), *on_outcomes(counts)),
    )


def by_type_table(counts: TownCentreQuarters, *, show_small: bool) -> Table:
    """Return the positive outcomes of each crime type, one row a place and quarter."""
    rows = counts.table
    columns: dict[str, list[str]] = {}
    for crime_type in COUNTED:
        own = rows.loc[rows["crime_type"] == crime_type]
        columns[crime_type] = positive_texts(own)
        columns[f"% of {crime_type.lower()}"] = share_texts(own, show_small=show_small)
    first = rows.loc[rows["crime_type"] == COUNTED[0]]
    columns["Outcomes"] = list(first["status"])
    single = rows.loc[rows["crime_type"] != ALL]
    return Table(
        title="Positive outcomes by crime type",
        subtitle=_subtitle(counts),
        shown=pd.DataFrame(
            columns, index=pd.MultiIndex.from_frame(first[_KEYS], names=["Place", "Quarter recorded"])
        ),
        data=without_small(single.reset_index(drop=True), show_small=show_small),
        notes=(
            *_small_note(single, show_small=show_small),
            "Each number is of crimes recorded in the quarter, whenever the outcome came.",
            *(
                ("Where none was recorded a percentage has no base: a dash.",)
                if (single["recorded"] == 0).any()
                else ()
            ),
        ),
    )


def positive_texts(rows: pd.DataFrame) -> list[str]:
    """Return the positive outcomes: a number, a nought among them, “not comparable”, or a dash where none is published."""
    return [
        NOT_COMPARABLE if status == NOT_COMPARABLE else formats.number(value)
        for value, status in zip(rows["positive"], rows["status"], strict=True)
    ]


def share_texts(rows: pd.DataFrame, *, show_small: bool) -> list[str]:
    """Return the shares: “hidden” on a base under `SMALL_BASE`, a dash where there is none."""
    return [
        NOT_COMPARABLE
        if row.status == NOT_COMPARABLE
        else HIDDEN
        if _small(row.recorded, row.positive_share) and not show_small
        else formats.share(row.positive_share)
        for row in rows.itertuples()
    ]


def _small(recorded: float, share: float) -> bool:
    return bool(recorded < SMALL_BASE and pd.notna(share))


def _small_note(rows: pd.DataFrame, *, show_small: bool) -> tuple[str, ...]:
    number = sum(_small(row.recorded, row.positive_share) for row in rows.itertuples())
    if show_small or not number:
        return ()
    return (
        f"{counted(number, 'percentage')} on a base under {SMALL_BASE} {'is' if number == 1 else 'are'} hidden: one outcome more or "
        "less would move such a percentage by 2 points or more.",
    )


def _subtitle(counts: TownCentreQuarters) -> str:
    return f"Crimes recorded by quarter and their last outcome, {counts.span.label}. {SOURCE}"
