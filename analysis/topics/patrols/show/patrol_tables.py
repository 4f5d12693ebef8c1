"""The tables of the Hotspots page: patrols, what they come to for each patrol and hour, two ASB figures, cost."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.drawing.figure import Table
from analysis.model import formats
from analysis.model.disclosure import HIDDEN
from analysis.model.periods import month_label
from analysis.topics.funding.measure import CostPerHour
from analysis.topics.patrols.measure.dosage import KOPER_MINUTES, TOTALS, hours_text, hours_words

OFFICER_NOTE = (
    "Patrol hours are the time during which a patrol was there; officer hours count each officer of it. They are two "
    "measures, and one never stands for the other."
)


def patrols_table(table: pd.DataFrame, period: str, source: str, *, log: pd.DataFrame | None = None) -> Table:
    """Return the slide's table of patrols, in its columns, with officer hours beside where they are known.

    With the ``log`` the notes count the patrols whose engagements were left blank, since blank is not nought.
    ``table`` is `analysis.topics.patrols.measure.dosage.patrol_table`, or the published rows through `with_totals`.
    """
    total = table.loc[table["hotspot"] == TOTALS].iloc[0]
    columns = {
        "Patrol Hours": list(table["hours"]),
        "Number of Patrols": [formats.number(v) for v in table["patrols"]],
        "Resident Engagement": [formats.number(v) for v in table["resident_engagements"]],
        "Business Engagement": [formats.number(v) for v in table["business_engagements"]],
        "Examples of activities": list(table["activities"]),
    }
    notes = []
    if "officer_hours" in table:
        columns = {
            "Patrol Hours": columns.pop("Patrol Hours"),
            "Officer hours": list(table["officer_hours"]),
        } | columns
        notes.append(OFFICER_NOTE)
        if total["without_officers"]:
            notes.append(
                f"Patrols that do not say how many officers there were: {formats.number(total['without_officers'])}. They "
                "are in the patrol hours and not in the officer hours."
            )
    else:
        notes.append(OFFICER_NOTE + " The review gives patrol hours only; officer hours are not published.")
    if log is not None:
        for column, who in (("resident_engagements", "residents"), ("business_engagements", "businesses")):
            blank = int(log[column].isna().sum())
            if blank:
                notes.append(
                    f"Patrols that do not say how many {who} were engaged with: {formats.number(blank)}. Nothing is added for them."
                )
    notes.append("The log says what was recorded as done on a patrol, not what followed from it.")
    return Table(
        title=f"{formats.number(total['patrols'])} patrol{'' if total['patrols'] == 1 else 's'}, {hours_words(total['seconds'])} on patrol",
        subtitle=f"Hotspot patrols by place, {period}; hours as hours:minutes:seconds. {source}",
        shown=pd.DataFrame(columns, index=pd.Index(list(table["hotspot"]), name="Hotspot location")),
        data=table,
        notes=tuple(notes),
    )


def ratios_table(ratios: pd.DataFrame, shares: pd.DataFrame | None, period: str, source: str) -> Table:
    """Return minutes per patrol, engagements per patrol and hour, and the share of patrols of 15 minutes or more.

    ``shares`` is None where single patrols are not known: the share is then said not to be published.
    """
    named = shares.set_index("hotspot")["share"] if shares is not None else None
    total = ratios.loc[ratios["hotspot"] == TOTALS].iloc[0]
    shown = pd.DataFrame(
        {
            "Minutes per patrol": [formats.number(v, 1) for v in ratios["minutes_per_patrol"]],
            "Engagements per patrol": [formats.number(v, 2) for v in ratios["engagements_per_patrol"]],
            "Engagements per patrol hour": [formats.number(v, 2) for v in ratios["engagements_per_hour"]],
            f"Patrols of {KOPER_MINUTES} minutes or more": [
                "not published" if named is None else formats.share(named[h]) for h in ratios["hotspot"]
            ],
        },
        index=pd.Index(list(ratios["hotspot"]), name="Hotspot location"),
    )
    return Table(
        title=f"{formats.number(total['minutes_per_patrol'])} minutes a patrol, and "
        f"{formats.number(total['engagements_per_hour'], 1)} engagements an hour",
        subtitle=f"Ratios of the table above, {period}. Engagements are residents’ and businesses’ together. {source}",
        shown=shown,
        data=ratios if shares is None else ratios.merge(shares, on="hotspot", suffixes=("", "_logged")),
        notes=(
            "More engagements an hour is not a better patrol: a warning letter and a greeting both count as one.",
            f"{KOPER_MINUTES} minutes: a presence of about 10 to 15 minutes went furthest in Koper 1995 (Justice Quarterly "
            "12:649), in other places and another decade. It is a yardstick, not a target.",
        ),
    )


def months_without_table(without: pd.DataFrame, period: str, source: str) -> Table:
    """Return the months in which the log has no patrol of a hotspot; the title says it when there is none."""
    each = without.groupby("hotspot")["month"].apply(lambda months: ", ".join(month_label(m) for m in months))
    return Table(
        title=f"Months without patrol: {formats.number(len(without))}"
        if len(without)
        else "No month went without a patrol",
        subtitle=f"Months of {period} in which the log has no patrol of a hotspot. {source}",
        shown=pd.DataFrame(
            {"Months without patrol": list(each)}, index=pd.Index(list(each.index), name="Hotspot location")
        ),
        data=without.assign(month=without["month"].astype(str)),
        notes=("A log cannot tell a month without patrol from one that nobody wrote down.",)
        if len(without)
        else (),
    )


def two_asb_table(police: pd.DataFrame, check: pd.DataFrame, periods: str, published: str) -> Table:
    """Return the two figures on ASB beside each other: police incident data and police.uk, never merged.

    ``police`` has area (its name), hotspot and percent_change as the review prints them; ``check`` the cells
    of `analysis.topics.published.measure.published_check` with the area's name; ``published`` names the slides of both figures.
    """
    cells = check.loc[
        (check["cell"] == "percent") & (check["crime_type"] == "Anti-social behaviour")
    ].set_index("area")
    rows = police.loc[police["area"].isin(cells.index)]
    printed = cells["published"].reindex(rows["area"])
    recomputed = cells.reindex(rows["area"])
    shown = pd.DataFrame(
        {
            "Hotspot location": list(rows["hotspot"]),
            "Police incident data (hotspot)": [formats.percent(v) for v in rows["percent_change"]],
            "police.uk (LSOAs), as the review prints it": [formats.percent(v) for v in printed],
            "police.uk (LSOAs), months loaded": [
                HIDDEN if row.hidden else formats.percent(row.recomputed) for row in recomputed.itertuples()
            ],
        },
        index=pd.Index(list(rows["area"]), name="Town centre"),
    )
    return Table(
        title="Two figures on anti-social behaviour, from two sources"
        if len(rows)
        else "The review gives no police figure on ASB for the places chosen",
        subtitle=f"Change in ASB, {periods}. Sources: {published}; police.uk street-level data, Open Government Licence v3.0.",
        shown=shown,
        data=rows.assign(
            police_uk_published=printed.to_numpy(), police_uk_recomputed=recomputed["recomputed"].to_numpy()
        ),
        notes=(
            "They are not two measurements of one thing, and are never merged. The police figure is of ASB incident reports in "
            "the patrolled hotspots. police.uk’s is of ASB recorded in the whole LSOAs, which are more ground than the hotspots.",
            "The police system and the published files also differ in what they count as ASB, and in later corrections. One fixes "
            "an exact spot, the other an anonymised map point. The review gives percentages of the police figure "
            "and no counts, so it can be neither checked nor tested here.",
            *_like_for_like(cells),
        ),
    )


def costs_table(costs: Iterable[CostPerHour], source: str) -> Table:
    """Return each sum beside the patrol hours: cost per hour where their scopes agree, else the reason."""
    each_cost = list(costs)
    given = [cost for cost in each_cost if cost.gbp_per_hour is not None]
    shown = pd.DataFrame(
        {
            "Covers": [cost.money.label for cost in each_cost],
            "Patrol hours": [hours_text(cost.hours * 3600) for cost in each_cost],
            "Hours cover": [cost.patrols.label for cost in each_cost],
            "Cost per patrol hour": [
                "not given" if cost.gbp_per_hour is None else formats.pounds(cost.gbp_per_hour)
                for cost in each_cost
            ],
            "What agrees": ["; ".join(cost.agrees) or "nothing" for cost in each_cost],
        },
        index=pd.Index([formats.pounds(cost.amount_gbp) for cost in each_cost], name="Money"),
    )
    title = (
        "A cost per patrol hour can be given for "
        + f"{formats.number(len(given))} of {formats.number(len(each_cost))} sums"
        if given
        else "No cost per patrol hour is given: money and hours do not cover the same days and places"
    )
    rows = [
        (cost.amount_gbp, cost.hours, cost.gbp_per_hour, cost.money.label, cost.patrols.label, cost.reason)
        for cost in each_cost
    ]
    columns = ["amount_gbp", "patrol_hours", "gbp_per_hour", "money_covers", "hours_cover", "reason"]
    return Table(
        title=title if each_cost else "No dated sum is held for the patrols",
        subtitle=f"Each sum beside the patrol hours of the table above. {source}",
        shown=shown,
        data=pd.DataFrame(rows, columns=columns),
        notes=(
            *(cost.reason for cost in each_cost if cost.reason),
            *(("Where a sum includes setting up, so does the cost of an hour.",) if given else ()),
        ),
    )


def _like_for_like(cells: pd.DataFrame) -> tuple[str, ...]:
    if "reason" not in cells:
        return ()
    return tuple(dict.fromkeys(reason for reason in cells["reason"] if reason))
