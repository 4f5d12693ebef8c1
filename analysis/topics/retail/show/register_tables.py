"""The tables of a retail register: repeat shops, top shops with plans, value lost, evidence passed.

What leaves the register here is safe: a count of 1 to 4 is "fewer than 5", and where the sum of a district would
give one of its small shops away (`analysis.topics.retail.measure.small_shops`), the sums that hold it are hidden too.
"""

from __future__ import annotations

import pandas as pd

from analysis.drawing.figure import Table
from analysis.drawing.long_tables import ROWS_SHOWN, more_note
from analysis.model import formats
from analysis.model.disclosure import SMALL, hidden_cells
from analysis.model.periods import Period, month_label
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.retail.measure import register as retail
from analysis.topics.retail.measure.small_shops import exposed_districts

REGISTER_NOTE = (
    "A register holds what shops reported and somebody entered, so a shop that reports everything stands above one "
    "that reports nothing."
)


def repeat_table(
    register: pd.DataFrame, period: Period, before: Period, *, threshold: int, source: str
) -> Table:
    """Return the shops at or over the threshold now or in the period before: new, stayed or gone."""
    repeat = retail.repeat_shops(register, period, before, threshold=threshold)
    safe = retail.safe_to_show(repeat)
    standing = repeat["standing"].value_counts()
    now = int((repeat["standing"] != "gone").sum())
    told = [f"{formats.number(standing.get(word, 0))} {word}" for word in ("new", "stayed", "gone")]
    head = safe.head(ROWS_SHOWN)
    shown = pd.DataFrame(
        {
            "Locality": list(head["locality"]),
            "District": list(head["district"]),
            "Offences": list(head["offences"]),
            "Period before": list(head["offences_before"]),
            "Standing": list(head["standing"]),
            "Value": [formats.pounds(v) for v in head["value"]],
        },
        index=pd.Index(list(head["shop"]), name="Shop"),
    )
    return Table(
        title=f"{formats.number(now)} shops with {formats.number(threshold)} or more offences: {', '.join(told)}",
        subtitle=f"Offences in the register, {period.label}, and the period before, {before.label}. {source}",
        shown=shown,
        data=safe,
        notes=(
            *more_note(repeat, "shops"),
            *_starts_late(register, before),
            "Leaving the list is often chance: a shop that stood high in one period tends to stand lower in the next, whatever is done.",
        ),
    )


def districts_table(register: pd.DataFrame, period: Period, *, threshold: int, source: str) -> Table:
    """Return repeat shops and their share of the offences, by district."""
    counts = retail.repeat_by_district(register, period, threshold=threshold)
    hidden = exposed_districts(retail.shop_counts(register, period))
    table = counts.drop(columns="shops")
    table["share"] = table["share"].mask(table["district"].isin(hidden))
    table["offences"] = _shown_counts(table, "offences", hidden)
    repeat = int(counts["repeat_shops"].sum())
    shown = pd.DataFrame(
        {
            f"Shops with {formats.number(threshold)} or more": [
                formats.number(v) for v in table["repeat_shops"]
            ],
            "Offences there": [formats.number(v) for v in table["offences_at_repeat_shops"]],
            "All offences": list(table["offences"]),
            "Share there": [formats.share(v) for v in table["share"]],
        },
        index=pd.Index(list(table["district"]), name="District"),
    )
    return Table(
        title=f"{formats.number(repeat)} repeat shops in {formats.number(len(table))} districts",
        subtitle=f"Shops with {formats.number(threshold)} or more offences in the register, {period.label}. {source}",
        shown=shown,
        data=table,
        notes=(REGISTER_NOTE, *_hidden_note(hidden)),
    )


def top_table(
    register: pd.DataFrame, plans: pd.DataFrame | None, period: Period, *, source: str, note: str = ""
) -> Table:
    """Return the top five shops of each district with single point of contact and problem-solving plan.

    Without plans (None) contact and plan are said not to be held. ``source`` names those of both; ``note`` is said below.
    """
    known_plans = pd.DataFrame(columns=_PLAN_COLUMNS) if plans is None else plans
    top = retail.top_shops(retail.shop_counts(register, period), known_plans)
    safe = retail.safe_to_show(top)
    planned = int((top["plan_status"] == "in place").sum())
    shown = pd.DataFrame(
        {
            "District": list(safe["district"]),
            "Shop": list(safe["shop"]),
            "Offences": list(safe["offences"]),
            "Value": [formats.pounds(v) for v in safe["value"]],
            "Contact": [text or "none held" for text in safe["contact"]],
            "Plan": list(safe["plan_status"]),
            "Next review": [_day(day) for day in safe["review_date"]],
        }
    ).set_index(["District", "Shop"])
    what = f"the top {retail.TOP_SHOPS} shops of each district"
    return Table(
        title=f"No plan is held for {what}: give the shop plans below"
        if plans is None
        else f"{formats.number(planned)} of {formats.number(len(top))} top shops have a plan in place",
        subtitle=f"Most offences in the register: {what}, {period.label}, with contact and problem-solving plan. {source}",
        shown=shown,
        data=safe,
        notes=(note,) if note else (),
    )


_PLAN_COLUMNS = ["district", "shop", "contact", "plan_status", "review_date"]


def value_table(register: pd.DataFrame, period: Period, *, source: str) -> Table:
    """Return the value lost by district, and what is not known of it."""
    table = retail.value_lost(register, period)
    hidden = exposed_districts(retail.shop_counts(register, period))
    safe = _masked(retail.safe_to_show(table), table, hidden, ["offences", "without_value"])
    total = safe.loc[safe["district"] == retail.TOTAL, "value"]
    shown = pd.DataFrame(
        {
            "Offences": list(safe["offences"]),
            "Value lost": [formats.pounds(v) for v in safe["value"]],
            "Without a value": [
                v if isinstance(v, str) else formats.number(v) for v in safe["without_value"]
            ],
        },
        index=pd.Index(list(safe["district"]), name="District"),
    )
    known = len(total) > 0 and pd.notna(total.iloc[0])
    return Table(
        title=f"{formats.pounds(total.iloc[0])} of value entered as lost"
        if known
        else "Value entered as lost, by district",
        subtitle=f"Value of what was taken or damaged as the register gives it, {period.label}. {source}",
        shown=shown,
        data=safe,
        notes=(
            "Offences without a value are not in the sum, so the true value is higher.",
            *_hidden_note(hidden),
        ),
    )


def passed_table(register: pd.DataFrame, period: Period, *, source: str) -> Table:
    """Return how much evidence was passed to the police, and how many days after the offence."""
    table = retail.evidence_passed(register, period)
    hidden = exposed_districts(retail.shop_counts(register, period))
    parts = ["passed", "not_passed", "not_said", "offences"]
    unrounded = retail.safe_to_show(table)
    safe = _masked(unrounded, table, hidden, parts)
    shown = pd.DataFrame(
        {
            "Passed": list(safe["passed"]),
            "Not passed": list(safe["not_passed"]),
            "Not said": list(safe["not_said"]),
            "Share passed": [formats.share(v) for v in unrounded["share"]],
            "Median days": [formats.number(v) for v in safe["median_days"]],
        },
        index=pd.Index(list(safe["district"]), name="District"),
    )
    total = unrounded.loc[unrounded["district"] == retail.TOTAL]
    known = len(total) > 0 and bool(total["share"].notna().iloc[0])
    return Table(
        title=f"Evidence was passed to the police for {formats.share(total['share'].iloc[0])} of the offences that say"
        if known
        else "Evidence passed to the police, by district",
        subtitle=f"Offences of the register, {period.label}; days from the offence to the passing on. {source}",
        shown=shown,
        data=safe,
        notes=(
            "Blank in the register is “not said”, never “no”. The share is of those that say; passing evidence on is not an outcome.",
            *_hidden_note(hidden),
        ),
    )


def _shown_counts(table: pd.DataFrame, column: str, hidden: frozenset[str]) -> list[str]:
    why = hidden_cells(table, [column])[column]
    return [
        f"fewer than {SMALL_COUNT}"
        if reason == SMALL
        else "hidden"
        if district in hidden
        else formats.number(value)
        for reason, district, value in zip(why, table["district"], table[column], strict=True)
    ]


def _masked(
    safe: pd.DataFrame, table: pd.DataFrame, hidden: frozenset[str], counts: list[str]
) -> pd.DataFrame:
    """Return the table with the counts of exposed districts and of the total "hidden".

    Values, days and shares stay; shares are rounded to whole per cent, or the counts could be had from them.
    """
    if not hidden:
        return safe
    rows = table["district"].isin([*hidden, retail.TOTAL])
    masked = safe.copy()
    for name in (name for name in counts if name in masked):
        masked[name] = masked[name].astype("object").where(~rows, "hidden")
    if "share" in masked:
        masked["share"] = masked["share"].round(2)
    return masked.drop(columns=[name for name in ("days_known", "days_wrong") if name in masked])


def _hidden_note(hidden: frozenset[str]) -> tuple[str, ...]:
    if not hidden:
        return ()
    return (
        f"Counts hidden: {', '.join(sorted(hidden))}, and the total where there is one. Otherwise the few offences at shops with "
        f"fewer than {SMALL_COUNT} could be had by taking the others away.",
    )


def _starts_late(register: pd.DataFrame, before: Period) -> tuple[str, ...]:
    first = register["date"].min()
    if pd.isna(first) or first.to_period("M") <= before.first:
        return ()
    return (
        f"The register begins in {month_label(first.to_period('M'))}, after the period before began: a shop may be “new” here only "
        "because nobody entered it earlier.",
    )


def _day(day: object) -> str:
    when = pd.Timestamp(day) if pd.notna(day) else pd.NaT
    return "none set" if pd.isna(when) else f"{when.day} {when:%b %Y}"
