"""Which places have the most recorded incidents, and are they the same as before?

*Formula in words.* Places in order of incidents, ties by code; each with its share of the force's total and
the share of it and all above it. Persistence is how many of the first n places of one period are among the
first n of another; were the second order by chance, n x n / N would be.

*Null.* For persistence: the second period's order has nothing to do with the first's (hypergeometric; the p
is the chance of at least as many staying).

*When not to trust it.* A rank is not a risk: town centres have visitors, and counts follow them. Places
that were picked because they were high fall back by themselves (regression to the mean), so some that drop
out of the first n only had a bad year. With ties at the n-th place the code decides, and that is said.
These are high-crime places by count; a hotspot is a place designated for patrol.

*Reference.* Weisburd 2015, Criminology 53:133 (the law of crime concentration); persistence as in Andresen &
Malleson 2011, Journal of Research in Crime and Delinquency 48:58.

*Worked number.* Of 100 places 7 of the first 10 stay among the first 10: 1 was to be expected by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.model.cube import Panel
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period, check_held
from analysis.model.vocabulary import CrimeType


@dataclass(frozen=True)
class Ranking:
    """Places in order of incidents over the months in which every chosen crime type was published.

    ``table``: rank (1 is most; no two alike), ground_code, ground_name, district_name, incidents, tied
    (another place has the same count), share, cumulative_share (fractions of the total). ``missing`` are
    the months left out.
    """

    table: pd.DataFrame
    months: tuple[pd.Period, ...]
    missing: tuple[pd.Period, ...]
    total: float


@dataclass(frozen=True)
class Persistence:
    """How many of the first n places of one period are among the first n of another.

    ``table`` has a row for every place in either list: ground_code, ground_name, first_rank, second_rank,
    first_incidents, second_incidents, status ("stayed", "left", "entered"); by first rank, then code.
    ``tied_at_the_cut`` says whether the code, not the count, decided the n-th place of either list.
    """

    table: pd.DataFrame
    n: int
    places: int
    stayed: int
    expected: float
    p: float
    tied_at_the_cut: bool


def ranking(panel: Panel, places: pd.DataFrame, crime_types: Iterable[CrimeType], period: Period) -> Ranking:
    """Return the places in order of incidents of these crime types together over a period.

    ``places`` has ground_code, ground_name, district_name; ground of it that is not in the data counts as
    held and zero only if it is in the panel, else it is left out. Raises PeriodError outside the span held
    and AnalysisError when no crime type is chosen, no month is published or nothing is recorded.
    """
    check_held(period, panel.span)
    columns = [panel.column(crime_type) for crime_type in crime_types]
    if not columns:
        raise AnalysisError("No crime type is chosen. Choose at least one.")
    at = panel.columns(period.months)
    held = panel.published[at][:, columns].all(axis=1)
    months = tuple(month for month, there in zip(period.months, held, strict=True) if there)
    missing = tuple(month for month, there in zip(period.months, held, strict=True) if not there)
    if not months:
        raise AnalysisError(f"No month of {period.label} is published. Choose months that are held.")
    chosen = np.ix_(np.arange(len(panel.ground)), at[held], np.array(columns))
    sums = panel.values[chosen].sum(axis=(1, 2))
    table = places.loc[
        places["ground_code"].isin(list(panel.ground)), ["ground_code", "ground_name", "district_name"]
    ].copy()
    table["incidents"] = sums[panel.ground.get_indexer(pd.Index(table["ground_code"], dtype="str"))]
    total = float(table["incidents"].sum())
    if not total > 0:
        raise AnalysisError("Nothing is recorded in these months. Choose another crime type or more months.")
    table = table.sort_values(["incidents", "ground_code"], ascending=[False, True], ignore_index=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    table["tied"] = table["incidents"].duplicated(keep=False)
    table["share"] = table["incidents"] / total
    table["cumulative_share"] = table["incidents"].cumsum() / total
    return Ranking(table, months, missing, total)


def persistence(first: Ranking, second: Ranking, n: int) -> Persistence:
    """Return how far the first n places of one ranking are those of another, over the places in both.

    Raises AnalysisError when n is under 1 or not under the number of places.
    """
    common = set(first.table["ground_code"]) & set(second.table["ground_code"])
    if not 1 <= n < len(common):
        raise AnalysisError(
            f"The first {n} of {len(common)} places cannot be compared. Choose a number from 1 to "
            f"{len(common) - 1}."
        )
    one, two = _among(first, common), _among(second, common)
    tops = set(one.index[:n]), set(two.index[:n])
    stayed = len(tops[0] & tops[1])
    codes = sorted(tops[0] | tops[1])
    status = [
        "stayed" if code in tops[0] and code in tops[1] else "left" if code in tops[0] else "entered"
        for code in codes
    ]
    table = pd.DataFrame(
        {
            "ground_code": codes,
            "ground_name": one.loc[codes, "ground_name"].to_numpy(),
            "first_rank": one.loc[codes, "place"].to_numpy(),
            "second_rank": two.loc[codes, "place"].to_numpy(),
            "first_incidents": one.loc[codes, "incidents"].to_numpy(),
            "second_incidents": two.loc[codes, "incidents"].to_numpy(),
            "status": status,
        }
    ).sort_values(["first_rank", "ground_code"], ignore_index=True)
    # one page asks for it, and scipy.stats takes long to import
    from scipy.stats import hypergeom

    cut = any(side["incidents"].iloc[n - 1] == side["incidents"].iloc[n] for side in (one, two))
    size = len(common)
    return Persistence(table, n, size, stayed, n * n / size, float(hypergeom.sf(stayed - 1, size, n, n)), cut)


def _among(ranking: Ranking, codes: Collection[str]) -> pd.DataFrame:
    table = ranking.table[ranking.table["ground_code"].isin(list(codes))].set_index("ground_code")
    return table.assign(place=np.arange(1, len(table) + 1))
