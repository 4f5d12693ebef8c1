"""The tables of a retail register: repeat shops, top shops with plans, value lost, evidence passed.

All is made of what may be shown of the register (`analysis.model.publishing`), by whole quarters: a sum over quarters in
some of which a count is hidden is "12 or more", and one of which nothing is shown is "hidden".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from analysis.drawing.figure import Table
from analysis.drawing.long_tables import ROWS_SHOWN, more_note
from analysis.model import formats
from analysis.model.periods import Period, month_label
from analysis.model.publishing import ANSWERS, Published
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.retail.measure import register as retail
from analysis.topics.retail.measure.quarters import narrowed, quarters_of
from analysis.topics.retail.show.quarter_notes import on_quarters

REGISTER_NOTE = (
    "A register holds what shops reported and somebody entered, so a shop that reports everything stands above one "
    "that reports nothing."
)
HIDDEN = "hidden"
RULE_NOTE = (
    f"By quarter, counts of 1 to {SMALL_COUNT - 1} are hidden, and what would give them away: “or more” is what the other quarters "
    f"have. A shop with fewer than {SMALL_COUNT} in each quarter is not listed, however many it has in all."
)


def repeat_table(
    published: Published, period: Period, before: Period, *, threshold: int, source: str
) -> Table:
    """Return the shops shown at or over the threshold now or in the period before: new, stayed or gone."""
    own = narrowed(period)
    repeat = retail.repeat_shops(published, period, before, threshold=threshold)
    standing = repeat["standing"].value_counts()
    now = int((repeat["offences"] >= threshold).sum())
    told = [f"{formats.number(standing.get(word, 0))} {word}" for word in retail.STANDINGS[:3]]
    unknown = standing.get("not known", 0)
    if unknown:
        told.append(f"{formats.number(unknown)} not known, since a quarter is hidden")
    head = repeat.head(ROWS_SHOWN)
    shown = pd.DataFrame(
        {
            "Locality": list(head["locality"]),
            "District": list(head["district"]),
            "Offences": counts_text(head["offences"], head["whole"]),
            "Period before": counts_text(head["offences_before"], head["whole_before"]),
            "Standing": list(head["standing"]),
            "Value": counts_text(head["value"], head["value_whole"], formats.pounds),
        },
        index=pd.Index(list(head["shop"]), name="Shop"),
    )
    before_label = narrowed(before).label if quarters_of(before) else f"no whole quarter of {before.label}"
    return Table(
        title=f"{formats.number(now)} shops are listed with {formats.number(threshold)} or more offences: {', '.join(told)}",
        subtitle=f"Offences in the register, {own.label}, and the period before, {before_label}. {source}",
        shown=shown,
        data=_plain(repeat),
        notes=(
            *more_note(repeat, "shops"),
            *on_quarters(published, period, before),
            RULE_NOTE,
            *_starts_late(published, before),
            "Leaving the list is often chance: a shop that stood high in one period tends to stand lower in the next, whatever is done.",
        ),
    )


def districts_table(published: Published, period: Period, *, threshold: int, source: str) -> Table:
    """Return the repeat shops that are listed and their share of the offences, by district."""
    table = retail.repeat_by_district(published, period, threshold=threshold)
    # rounded down where it is at least so much
    share = np.floor(table["share"] * 100 + 1e-9) / 100
    table["share"] = share.where(~table["there_whole"], table["share"].round(2))
    repeat = int(table["repeat_shops"].sum())
    shown = pd.DataFrame(
        {
            f"Shops listed with {formats.number(threshold)} or more": [
                formats.number(v) for v in table["repeat_shops"]
            ],
            "Offences there": counts_text(table["offences_at_repeat_shops"], table["there_whole"]),
            "All offences": counts_text(table["offences"], table["whole"]),
            "Share there": counts_text(table["share"], table["there_whole"], formats.share),
        },
        index=pd.Index(list(table["district"]), name="District"),
    )
    return Table(
        title=f"{formats.number(repeat)} repeat shops are listed in {formats.number(len(table))} districts",
        subtitle=f"Shops listed with {formats.number(threshold)} or more offences in the register, {narrowed(period).label}. {source}",
        shown=shown,
        data=_plain(table),
        notes=(
            REGISTER_NOTE,
            "Shops that are not listed, since they have few offences in each quarter, may have as many in all.",
            *on_quarters(published, period),
        ),
    )


def top_table(
    published: Published, plans: pd.DataFrame | None, period: Period, *, source: str, note: str = ""
) -> Table:
    """Return the top five listed shops of each district with single point of contact and problem-solving plan.

    Without plans (None) contact and plan are said not to be held. ``source`` names those of both; ``note`` is said below.
    """
    known_plans = pd.DataFrame(columns=_PLAN_COLUMNS) if plans is None else plans
    top = retail.top_shops(retail.shop_counts(published, period), known_plans)
    planned = int((top["plan_status"] == "in place").sum())
    shown = pd.DataFrame(
        {
            "District": list(top["district"]),
            "Shop": list(top["shop"]),
            "Offences": counts_text(top["offences"], top["whole"]),
            "Value": counts_text(top["value"], top["value_whole"], formats.pounds),
            "Contact": [text or "none held" for text in top["contact"]],
            "Plan": list(top["plan_status"]),
            "Next review": [_day(day) for day in top["review_date"]],
        }
    ).set_index(["District", "Shop"])
    what = f"the top {retail.TOP_SHOPS} listed shops of each district"
    return Table(
        title=f"No plan is held for {what}: give the shop plans below"
        if plans is None
        else f"{formats.number(planned)} of {formats.number(len(top))} top shops have a plan in place",
        subtitle=f"Most offences in the register: {what}, {narrowed(period).label}, with contact and problem-solving plan. {source}",
        shown=shown,
        data=_plain(top),
        notes=tuple(filter(None, (note, *on_quarters(published, period)))),
    )


_PLAN_COLUMNS = ["district", "shop", "contact", "plan_status", "review_date"]


def value_table(published: Published, period: Period, *, source: str) -> Table:
    """Return the value lost by district, and what is not known of it."""
    every = retail.districts(published, period)
    columns = ["offences", "value", "without_value"]
    table = every.reindex(columns=["district", *(f"{n}{end}" for n in columns for end in ("", "_whole"))])
    total = table.loc[table["district"] == retail.TOTAL]
    known = len(total) > 0 and pd.notna(total["value"].iloc[0])
    shown = pd.DataFrame(
        {
            "Offences": counts_text(table["offences"], table["offences_whole"]),
            "Value lost": counts_text(table["value"], table["value_whole"], formats.pounds),
            "Without a value": counts_text(table["without_value"], table["without_value_whole"]),
        },
        index=pd.Index(list(table["district"]), name="District"),
    )
    most = shown.loc[retail.TOTAL, "Value lost"] if known else ""
    return Table(
        title=f"{most} of value entered as lost" if known else "Value entered as lost, by district",
        subtitle=f"Value of what was taken or damaged as the register gives it, {narrowed(period).label}. {source}",
        shown=shown,
        data=_plain(table),
        notes=(
            "Offences without a value are not in the sum, so the true value is higher.",
            *on_quarters(published, period),
        ),
    )


def passed_table(published: Published, period: Period, *, source: str) -> Table:
    """Return how much evidence was passed to the police, and how many days after the offence."""
    every = retail.districts(published, period)
    table = every.reindex(columns=["district", *(f"{n}{end}" for n in ANSWERS for end in ("", "_whole"))])
    said = table["passed"] + table["not_passed"]
    of_all = table["passed_whole"].eq(True) & table["not_passed_whole"].eq(True) & (said > 0)
    table["share_passed"] = (table["passed"] / said.where(said > 0)).astype("float64").where(of_all).round(2)
    days = retail.median_days(published, period)
    table["median_days_lowest"] = [days.get(name, (np.nan, np.nan))[0] for name in table["district"]]
    table["median_days_highest"] = [days.get(name, (np.nan, np.nan))[1] for name in table["district"]]
    shown = pd.DataFrame(
        {
            "Passed": counts_text(table["passed"], table["passed_whole"]),
            "Not passed": counts_text(table["not_passed"], table["not_passed_whole"]),
            "Not said": counts_text(table["not_said"], table["not_said_whole"]),
            "Share passed": [formats.share(v) for v in table["share_passed"]],
            "Median days, by quarter": [
                _days(low, high)
                for low, high in zip(table["median_days_lowest"], table["median_days_highest"], strict=True)
            ],
        },
        index=pd.Index(list(table["district"]), name="District"),
    )
    total = table.loc[table["district"] == retail.TOTAL, "share_passed"]
    known = len(total) > 0 and bool(total.notna().iloc[0])
    return Table(
        title=f"Evidence was passed to the police for {formats.share(total.iloc[0])} of the offences that say"
        if known
        else "Evidence passed to the police, by district",
        subtitle=f"Offences of the register, {narrowed(period).label}; days from the offence to the passing on, the lowest and the "
        f"highest of the quarters’ medians. {source}",
        shown=shown,
        data=_plain(table),
        notes=(
            "Blank in the register is “not said”, never “no”. The share is of those that say; passing evidence on is not an outcome.",
            *on_quarters(published, period),
        ),
    )


def counts_text(
    values: Iterable[float], whole: Iterable[bool], say: Callable[[float], str] = formats.number
) -> list[str]:
    """Return each as text: "27", "27 or more" where a part of it is hidden, "hidden" where all that could be is."""
    return [
        say(value) if complete else f"{say(value)} or more" if pd.notna(value) and value > 0 else HIDDEN
        for value, complete in zip(values, whole, strict=True)
    ]


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table to take away: whole pounds; a count of which nothing is shown is missing, not nought."""
    plain = table.copy()
    for name in [name for name in plain.columns if f"{name}_whole" in plain.columns]:
        plain[name] = plain[name].where(plain[f"{name}_whole"].eq(True) | (plain[name] > 0))
    for count, whole in (("offences", "whole"), ("offences_before", "whole_before")):
        if count in plain and whole in plain:
            plain[count] = plain[count].where(plain[whole].eq(True) | (plain[count] > 0))
    if "value" in plain:
        plain["value"] = plain["value"].round(0)
    return plain


def _starts_late(published: Published, before: Period) -> tuple[str, ...]:
    if not published.quarters or not quarters_of(before):
        return ()
    first = published.quarters[0].asfreq("M", how="start")
    if first <= narrowed(before).first:
        return ()
    return (
        f"The register begins in the quarter from {month_label(first)}, after the period before began: a shop may be “new” here "
        "only because nobody entered it earlier.",
    )


def _days(low: float, high: float) -> str:
    if pd.isna(low):
        return formats.MISSING
    return formats.number(low) if low == high else f"{formats.number(low)} to {formats.number(high)}"


def _day(day: object) -> str:
    when = pd.Timestamp(day) if pd.notna(day) else pd.NaT
    return "none set" if pd.isna(when) else f"{when.day} {when:%b %Y}"
