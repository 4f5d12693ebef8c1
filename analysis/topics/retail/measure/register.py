"""Retail crime from the offence register that an office gives: repeat shops, value, evidence passed.

A register holds what shops reported and somebody entered: a shop that reports everything stands above one
that reports nothing. All is made of what may be shown of it (`analysis.model.publishing`), by whole quarters;
values are pounds. Shops are told apart by district, locality and name. A sum over quarters in some of which a
unit is hidden is what the others have: "at least" so much, and ``whole`` is False.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.model.periods import Period
from analysis.model.publishing import ANSWERS, Published
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.retail.measure.quarters import narrowed, quarters_of

SHOP = ["district", "locality", "shop"]
REPEAT_THRESHOLD = 6
"""Offences that make a repeat shop where a reader names no other number: an office's own dashboard lists from 6."""
TOP_SHOPS = 5
"""Shops of each district that are set beside their plans: so many, in each, are what an office makes plans for."""
NO_PLAN = "no plan held"
TOTAL = "Total"
STANDINGS = ("new", "stayed", "gone", "not known")


def shop_counts(published: Published, period: Period) -> pd.DataFrame:
    """Return one row a shop that is listed in some quarter: district, locality, shop, offences, whole, value, value_whole.

    Shops without an offence that is shown in the period are not rows. The most offences first, ties by district,
    locality and name.
    """
    table = _over(published, published.shops, SHOP, ["offences", "value"], period)
    table = table.rename(columns={"offences_whole": "whole"})
    order = ["offences", *SHOP]
    return table.loc[table["offences"] > 0].sort_values(
        order, ascending=[False, True, True, True], ignore_index=True
    )


def localities(published: Published, period: Period) -> pd.DataFrame:
    """Return one row a locality that is listed in some quarter of the period: locality, district, offences, whole.

    The most first, ties by name. Offences without a locality are left out.
    """
    table = _over(published, published.localities, ["locality", "district"], ["offences"], period)
    table = table.rename(columns={"offences_whole": "whole"})
    return table.loc[table["offences"] > 0].sort_values(
        ["offences", "locality", "district"], ascending=[False, True, True], ignore_index=True
    )


def districts(published: Published, period: Period) -> pd.DataFrame:
    """Return per district, by name, and in total: offences, without_value, value and each answer, with whether each is whole.

    The total has the offences of all quarters that are shown; its other figures add up those of the districts, and are
    whole where no district is hidden.
    """
    columns = ["offences", "without_value", "value", *ANSWERS]
    table = _over(published, published.districts, ["district"], columns, period).sort_values("district")
    if table.empty:
        return table.reset_index(drop=True)
    quarters = _covered(published, period)
    all_shown = not published.withheld & set(quarters)
    shown = published.whole.loc[published.whole["quarter"].isin(quarters), "offences"].sum()
    # the rest of the districts, where there is one, is a block of its own
    complete = all_shown and table["offences"].sum() == shown and bool(table["offences_whole"].all())
    total: dict[str, object] = {"district": TOTAL, "offences": int(shown), "offences_whole": all_shown}
    for name in columns[1:]:
        total[name] = table[name].sum(min_count=1)
        total[f"{name}_whole"] = complete and bool(table[f"{name}_whole"].all())
    return pd.concat([table, pd.DataFrame([total])], ignore_index=True)


def median_days(published: Published, period: Period) -> dict[str, tuple[float, float]]:
    """Return by district the lowest and the highest of its quarters' median days from the offence to passing evidence."""
    own = published.districts.loc[published.districts["quarter"].isin(quarters_of(period))]
    known = own.dropna(subset=["median_days"]).groupby("district")["median_days"]
    return {str(name): (float(days.min()), float(days.max())) for name, days in known}


def repeat_shops(
    published: Published, period: Period, before: Period, *, threshold: int = REPEAT_THRESHOLD
) -> pd.DataFrame:
    """Return the shops shown at or over the threshold, now or in the period before, the most offences first.

    Columns of `shop_counts`, offences_before, whole_before and standing: "new" (at the threshold now and not before),
    "stayed", "gone" (before and not now), or "not known" where what is shown of the other period is under the threshold
    and not whole. Falling out of the list is often chance: a shop chosen for a bad period tends to do better in the
    next, whatever is done.
    """
    now = shop_counts_with_none(published, period)
    then = shop_counts_with_none(published, before)[[*SHOP, "offences", "whole"]]
    table = now.merge(then, on=SHOP, how="outer", suffixes=("", "_before"))
    is_now, was = table["offences"] >= threshold, table["offences_before"] >= threshold
    table["standing"] = "not known"
    table.loc[is_now & was, "standing"] = "stayed"
    table.loc[is_now & ~was & table["whole_before"], "standing"] = "new"
    table.loc[~is_now & was & table["whole"], "standing"] = "gone"
    table = table.loc[is_now | was]
    return table.sort_values(
        ["offences", "offences_before", *SHOP], ascending=[False, False, True, True, True], ignore_index=True
    )


def shop_counts_with_none(published: Published, period: Period) -> pd.DataFrame:
    """Return `shop_counts` with every shop that is listed in any quarter of the register, in order of name."""
    if not quarters_of(period):
        empty = _over(published, published.shops, SHOP, ["offences", "value"], None)
    else:
        empty = _over(published, published.shops, SHOP, ["offences", "value"], period)
    return empty.rename(columns={"offences_whole": "whole"})


def repeat_by_district(
    published: Published, period: Period, *, threshold: int = REPEAT_THRESHOLD
) -> pd.DataFrame:
    """Return per district: repeat_shops, offences_at_repeat_shops, there_whole, offences, whole, share.

    ``share`` is that of the district's offences recorded at the shops shown at the threshold: at least so much, NaN where
    the district's offences are not whole. Districts by name.
    """
    shops = shop_counts(published, period)
    repeat = shops.loc[shops["offences"] >= threshold]
    table = districts(published, period)
    table = table.loc[table["district"] != TOTAL, ["district", "offences", "offences_whole"]]
    table = table.rename(columns={"offences_whole": "whole"})
    grouped = repeat.groupby("district")
    table["repeat_shops"] = table["district"].map(grouped.size()).fillna(0).astype(int)
    table["offences_at_repeat_shops"] = table["district"].map(grouped["offences"].sum()).fillna(0).astype(int)
    there_whole = table["district"].map(grouped["whole"].all())
    table["there_whole"] = there_whole.astype("boolean").fillna(True).astype(bool)
    share = table["offences_at_repeat_shops"] / table["offences"].replace(0, pd.NA).astype("Float64")
    table["share"] = share.astype("float64").where(table["whole"])
    return table.reset_index(drop=True)


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


def shops_to_show(register: pd.DataFrame, counts: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the shops that the office lets be shown at their point: the columns of `shop_counts`, longitude, latitude.

    A shop is one where every row of it in the whole quarters of the period that gives a point says that it may be shown
    (one that says no, or nothing, keeps it off), with offences that may be shown. The latest point stands. A register
    of before there were points has none.
    """
    if any(column not in register.columns for column in ("longitude", "latitude", "show_on_map")):
        return counts.iloc[:0].assign(longitude=pd.Series(dtype=float), latitude=pd.Series(dtype=float))
    own, months = narrowed(period), register["date"].dt.to_period("M")
    offences = register.loc[register["date"].notna() & months.between(own.first, own.last)]
    named = {column: offences[column].fillna("").astype("str").str.strip() for column in SHOP}
    offences = offences.assign(**named)
    pointed = offences.loc[offences["longitude"].notna() & offences["latitude"].notna()].sort_values("date")
    allowed = pointed.assign(show_on_map=pointed["show_on_map"].fillna(False).astype(bool)).groupby(SHOP)
    last = allowed[["longitude", "latitude"]].last().loc[allowed["show_on_map"].all()]
    table = counts.merge(last.reset_index(), on=SHOP)
    return table.loc[table["offences"] >= SMALL_COUNT].reset_index(drop=True)


def _covered(published: Published, period: Period) -> tuple[pd.Period, ...]:
    """Return the whole quarters of the period between the register's first and last offence; others have none."""
    narrowed(period)
    return tuple(quarter for quarter in quarters_of(period) if quarter in published.quarters)


def _over(
    published: Published, table: pd.DataFrame, unit: list[str], columns: Sequence[str], period: Period | None
) -> pd.DataFrame:
    """Return one row a unit named in any quarter: each column's sum over the period, and ``…_whole``.

    A sum is whole where each quarter of the period that the register covers shows it; of no period, none is.
    """
    quarters = _covered(published, period) if period is not None else ()
    units = table[unit].drop_duplicates().sort_values(unit, ignore_index=True)
    own = table.loc[table["quarter"].isin(quarters)].groupby(unit)
    result = units.set_index(unit)
    for name in columns:
        some = 1 if name == "value" else 0
        # a shop or district without an offence in a quarter has no value there that could be missing
        known = own[name].count()
        if name == "value":
            known = known + table.loc[table["quarter"].isin(quarters) & (table["offences"] == 0)].groupby(
                unit
            ).size().reindex(known.index).fillna(0)
        result[name] = own[name].sum(min_count=some).reindex(result.index)
        whole = known.reindex(result.index).fillna(0) == len(quarters)
        result[f"{name}_whole"] = whole & (period is not None)
    result = result.reset_index()
    counts = [name for name in columns if name != "value"]
    result[counts] = result[counts].fillna(0).astype(int)
    return result
