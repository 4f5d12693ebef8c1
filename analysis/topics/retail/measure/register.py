"""Retail crime from the offence register that an office gives: repeat shops, value, evidence passed.

A register holds what shops reported and somebody entered: a shop that reports everything stands above one
that reports nothing. The register and the plans follow their contracts in `analysis.records`; values are
pounds. Shops are told apart by district, locality and name. ``small`` marks the rows whose count must be
shown as "fewer than 5" (with the totals that would give it away) before they leave the office.
"""

from __future__ import annotations

import pandas as pd

from analysis.model.disclosure import hidden_cells, hide_small, is_small
from analysis.model.periods import Period
from analysis.model.vocabulary import SMALL_COUNT

SHOP = ["district", "locality", "shop"]
REPEAT_THRESHOLD = 6
"""Offences that make a repeat shop where a reader names no other number: an office's own dashboard lists from 6."""
TOP_SHOPS = 5
"""Shops of each district that are set beside their plans: so many, in each, are what an office makes plans for."""
NO_PLAN = "no plan held"
TOTAL = "Total"
BESIDE_COUNTS = (
    "value",
    "without_value",
    "share",
    "median_days",
    "days_known",
    "days_wrong",
    "offences_at_repeat_shops",
)
"""Figures that could give a hidden count away: left out of any row that has one."""


def in_period(register: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the offences dated in the period; offences without a date are left out."""
    months = register["date"].dt.to_period("M")
    return register.loc[register["date"].notna() & months.between(period.first, period.last)]


def shop_counts(register: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return one row a shop: district, locality, shop, offences, value, without_value, small.

    ``value`` sums the values given (NaN where none is), ``without_value`` counts the offences that give
    none. The most offences first, ties by district, locality and name. Shops without an offence in the period
    are not rows.
    """
    offences = in_period(register, period)
    offences = offences.assign(**{column: offences[column].fillna("").astype("str") for column in SHOP})
    by_shop = offences.groupby(SHOP)["value"]
    table = pd.DataFrame(
        {"offences": by_shop.size(), "value": by_shop.sum(min_count=1), "given": by_shop.count()}
    ).reset_index()
    table["without_value"] = table["offences"] - table["given"]
    table["small"] = is_small(table["offences"])
    order = ["offences", *SHOP]
    return table.drop(columns="given").sort_values(
        order, ascending=[False, True, True, True], ignore_index=True
    )


def value_lost(register: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return per district and in total: district, offences, value (pounds), without_value, small.

    ``value`` sums the values given (NaN where none is): where ``without_value`` offences give none, the true
    value is higher. Districts by name, "Total" last; an empty register gives an empty table.
    """
    shops = shop_counts(register, period)
    both = pd.concat([shops, shops.assign(district=TOTAL)], ignore_index=True)
    by_district = both.groupby("district")
    table = by_district[["offences", "without_value"]].sum().join(by_district["value"].sum(min_count=1))
    order = [*sorted(set(shops["district"])), *([TOTAL] if len(shops) else [])]
    table = table.loc[order, ["offences", "value", "without_value"]].reset_index()
    return table.assign(small=is_small(table["offences"]))


def localities(register: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return one row a locality of a district: locality, district, offences; the most first, ties by name.

    Offences without a locality are left out. Small counts are not hidden yet: `analysis.topics.retail.show.retail_map` does it.
    """
    offences = in_period(register, period)
    named = offences.assign(
        locality=offences["locality"].fillna("").astype("str").str.strip(),
        district=offences["district"].fillna("").astype("str"),
    )
    table = named.loc[named["locality"] != ""].groupby(["locality", "district"]).size()
    return (
        table.rename("offences")
        .reset_index()
        .sort_values(["offences", "locality", "district"], ascending=[False, True, True], ignore_index=True)
    )


def shops_to_show(register: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the shops that the office lets be shown at their point: district, locality, shop, longitude, latitude, offences.

    A shop is one where every row of it that gives a point says that it may be shown (one that says no, or nothing, keeps
    it off), with `SMALL_COUNT` offences or more in the period. The latest point stands. A register of before there were
    points has none.
    """
    wanted = ["longitude", "latitude", "show_on_map"]
    columns = [*SHOP, "longitude", "latitude", "offences"]
    if any(column not in register.columns for column in wanted):
        return pd.DataFrame(columns=columns)
    offences = in_period(register, period)
    offences = offences.assign(**{column: offences[column].fillna("").astype("str") for column in SHOP})
    pointed = offences.loc[offences["longitude"].notna() & offences["latitude"].notna()].sort_values("date")
    allowed = pointed.assign(show_on_map=pointed["show_on_map"].fillna(False).astype(bool)).groupby(SHOP)
    last = allowed[["longitude", "latitude"]].last().loc[allowed["show_on_map"].all()]
    counts = offences.groupby(SHOP).size().rename("offences")
    table = last.join(counts).reset_index()
    table = table.loc[table["offences"] >= SMALL_COUNT, columns]
    return table.sort_values(["offences", *SHOP], ascending=[False, True, True, True], ignore_index=True)


def repeat_shops(
    register: pd.DataFrame, period: Period, before: Period | None = None, *, threshold: int = REPEAT_THRESHOLD
) -> pd.DataFrame:
    """Return the shops at or over the threshold, now or in the period before, the most offences first.

    Columns of `shop_counts`, offences_before and standing: "new" (at the threshold now and not before),
    "stayed", "gone" (before and not now; its offences are the fewer it has now), or "" where no period before
    is given. ``small`` is true where either count is. Periods of unlike length make shops "new" or "gone" by
    themselves: give two of the same length. Falling out of the list is often chance: a shop chosen for a bad
    period tends to do better in the next, whatever is done.
    """
    now = shop_counts(register, period)
    if before is None:
        table = now.loc[now["offences"] >= threshold].reset_index(drop=True)
        return table.assign(offences_before=float("nan"), standing="")
    then = shop_counts(register, before)[[*SHOP, "offences"]].rename(columns={"offences": "offences_before"})
    table = now.merge(then, on=SHOP, how="outer")
    counts = ["offences", "without_value", "offences_before"]
    table[counts] = table[counts].fillna(0).astype(int)
    is_now, was = table["offences"] >= threshold, table["offences_before"] >= threshold
    table["standing"] = "gone"
    table.loc[is_now & ~was, "standing"] = "new"
    table.loc[is_now & was, "standing"] = "stayed"
    table["small"] = is_small(table["offences"]) | is_small(table["offences_before"])
    table = table.loc[is_now | was]
    return table.sort_values(
        ["offences", "offences_before", *SHOP], ascending=[False, False, True, True, True], ignore_index=True
    )


def repeat_by_district(
    register: pd.DataFrame, period: Period, *, threshold: int = REPEAT_THRESHOLD
) -> pd.DataFrame:
    """Return per district: shops (with any offence), repeat_shops, offences, offences_at_repeat_shops, share.

    ``share`` is that of the district's offences recorded at its repeat shops. Districts by name.
    """
    shops = shop_counts(register, period)
    repeat = shops["offences"] >= threshold
    table = (
        shops.assign(repeat=repeat, at_repeat=shops["offences"].where(repeat, 0))
        .groupby("district")
        .agg(
            shops=("shop", "size"),
            repeat_shops=("repeat", "sum"),
            offences=("offences", "sum"),
            offences_at_repeat_shops=("at_repeat", "sum"),
        )
        .reset_index()
    )
    table["share"] = table["offences_at_repeat_shops"] / table["offences"]
    return table


def top_shops(counts: pd.DataFrame, plans: pd.DataFrame, *, most: int = TOP_SHOPS) -> pd.DataFrame:
    """Return each district's top shops with their contact and plan: rank, `shop_counts`, contact,
    plan_status, …

    ``plans`` has district, shop, contact, plan_status, review_date; a shop without a row there says "no plan
    held" and has no contact. Ranks run 1 to ``most`` in each district in the order of ``counts``, so a tie
    at the end is cut by locality and name, not by chance. A plan names a shop without its locality: two
    shops of one name in a district both show it. Where a shop has several plans the latest review date is
    shown.
    """
    table = counts.assign(rank=counts.groupby("district").cumcount() + 1)
    table = table.loc[table["rank"] <= most].sort_values(["district", "rank"], ignore_index=True)
    latest = plans.sort_values(["district", "shop", "review_date", "plan_status"], na_position="first")
    latest = latest.drop_duplicates(["district", "shop"], keep="last")
    columns = ["district", "shop", "contact", "plan_status", "review_date"]
    table = table.merge(latest[columns], on=["district", "shop"], how="left")
    table["contact"] = table["contact"].fillna("")
    table["plan_status"] = table["plan_status"].fillna(NO_PLAN)
    return table


def pareto(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the shops in order with what they add up to: rank, offences, share_of_shops, share_of_offences.

    Only shops with an offence are counted, so the curve says how offences are spread among the shops that
    report, not among all shops of the place.
    """
    offences = counts["offences"].sort_values(ascending=False, ignore_index=True)
    rank = pd.RangeIndex(1, len(offences) + 1).to_series().reset_index(drop=True)
    return pd.DataFrame(
        {
            "rank": rank,
            "offences": offences,
            "share_of_shops": rank / len(offences) if len(offences) else rank.astype(float),
            "share_of_offences": offences.cumsum() / offences.sum()
            if len(offences)
            else offences.astype(float),
        }
    )


def share_at_top(counts: pd.DataFrame, most: int = TOP_SHOPS) -> float:
    """Return the share of all offences at so many top shops, 0 to 1; NaN where there is no offence."""
    curve = pareto(counts)
    return float(curve["share_of_offences"].iloc[min(most, len(curve)) - 1]) if len(curve) else float("nan")


def evidence_passed(register: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return per district and in total how much evidence was passed to the police, and how fast.

    Columns: district, offences, passed, not_passed, not_said, share (passed of those that say), median_days
    (offence to passing, whole days), days_known, days_wrong (passed before the offence: not in the median).
    Blank is "not said", never "no". Passing evidence is not an outcome, and a fast one is not a good one.
    """
    offences = in_period(register, period)
    answers = offences["evidence_passed"].astype("boolean")
    passed, not_passed = answers.fillna(False).astype(bool), (~answers).fillna(False).astype(bool)
    days = (offences["evidence_passed_on"] - offences["date"].dt.normalize()).dt.days.where(passed)
    rows = pd.DataFrame(
        {
            "district": offences["district"].fillna("").astype("str"),
            "offences": 1,
            "passed": passed.astype(int),
            "not_passed": not_passed.astype(int),
            "not_said": answers.isna().astype(int),
            "days_known": (days >= 0).astype(int),
            "days_wrong": (days < 0).astype(int),
            "days": days.where(days >= 0),
        }
    )
    counts = [column for column in rows.columns if column not in ("district", "days")]
    both = pd.concat([rows, rows.assign(district=TOTAL)], ignore_index=True)
    table = both.groupby("district")[counts].sum()
    table["share"] = table["passed"] / (table["passed"] + table["not_passed"]).replace(0, pd.NA).astype(
        "Float64"
    )
    table["share"] = table["share"].astype("float64")
    table["median_days"] = both.groupby("district")["days"].median()
    order = [*sorted(name for name in table.index if name != TOTAL), *([TOTAL] if len(rows) else [])]
    return table.loc[order].reset_index()


def safe_to_show(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of this module with its counts as text, small ones hidden, ready for a page or a file.

    Counts under 5 are "fewer than 5", counts that would give one away through the row "Total" or the sum
    passed + not_passed + not_said are "hidden" (`analysis.model.disclosure`); figures beside a hidden count
    (values, shares, days) are missing. It protects within one table: do not show a full list of shops
    beside the totals of the same shops, since one shop's count could be had by taking the others away.
    """
    parts = [name for name in ("passed", "not_passed", "not_said") if name in table]
    total_column = "offences" if parts else None
    counts = parts or [name for name in ("offences", "offences_before") if name in table]
    totals = table.index[table["district"] == TOTAL]
    total_row = totals[0] if len(totals) else None
    hidden = hidden_cells(table, counts, total_column=total_column, total_row=total_row)
    shown = hide_small(table, counts, total_column=total_column, total_row=total_row)
    beside = [name for name in BESIDE_COUNTS if name in table]
    shown[beside] = table[beside].astype("float64").mask((hidden != "").any(axis=1))
    return shown.drop(columns="small", errors="ignore")
