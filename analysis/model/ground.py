"""Common ground: the unit that the 2011 and the 2021 vintage of LSOA share.

An LSOA that kept its boundary is one unit; one that was split is the 2011 LSOA; ones that were merged are
the 2021 LSOA; a fragmented group is the whole group. So a unit is a connected component of the ONS
exact-fit lookup, and a count on it means the same under either vintage.

Source: ONS, LSOA (2011) to LSOA (2021) to Local Authority District (2022) exact fit lookup. The best-fit
lookup is not used: it moves ground from one unit to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.model.errors import ContractError

LSOA_CODE = r"[EW]01\d{6}"
"""The form of an LSOA code in England and Wales. police.uk gives no LSOA for Northern Ireland."""

LOOKUP_COLUMNS = ("LSOA11CD", "LSOA11NM", "CHGIND", "LSOA21CD", "LSOA21NM", "LAD22CD", "LAD22NM")

FIRST_2021_CODE = {"E": 33769, "W": 1959}
"""LSOA codes from this number on were first given in 2021 (2011 ended at E01033768 and W01001958)."""

_NAME = re.compile(r"^(?P<district>.+) \d{3}[A-Z]$")

GROUND_COLUMNS = ("ground_code", "ground_name", "district_name", "codes_2011", "codes_2021", "joined")


def district_of(lsoa_name: str) -> str:
    """Return the district in an LSOA's name (``Stockton-on-Tees 014E``), or an empty string."""
    match = _NAME.match(lsoa_name or "")
    return match["district"] if match else ""


def is_2021_code(code: str) -> bool:
    """Return whether the code was first given in 2021. False says nothing: most codes are in both vintages."""
    return int(code[3:]) >= FIRST_2021_CODE[code[0]]


@dataclass(frozen=True)
class Crosswalk:
    """Which common ground each LSOA code of either vintage belongs to.

    ``ground_of`` maps code to ground code. ``table`` has one row a unit: ground_code, ground_name,
    district_name, codes_2011, codes_2021 (tuples of codes), joined (False where the two vintages could not be
    joined because no lookup covers the code). ``complete`` is True when a lookup was imported.
    """

    ground_of: Mapping[str, str]
    table: pd.DataFrame
    complete: bool

    @cached_property
    def codes_by_vintage(self) -> tuple[frozenset[str], frozenset[str]]:
        """The codes of 2011 and those of 2021 that a unit of the table has."""
        old, new = (
            frozenset(code for codes in self.table[column] for code in codes)
            for column in ("codes_2011", "codes_2021")
        )
        return old, new

    def ground(self, codes: Iterable[str]) -> frozenset[str]:
        """Return the ground that these LSOA codes stand on, each unit once. Unknown codes are their own."""
        return frozenset(self.ground_of.get(code, code) for code in codes)

    def vintage(self, code: str) -> str:
        """Return ``2011``, ``2021`` or ``both``; ``unknown`` where no lookup or area names the code."""
        unit = self.ground_of.get(code)
        if unit is None:
            return "2021" if is_2021_code(code) else "unknown"
        row = self.table.loc[self.table["ground_code"] == unit].iloc[0]
        in_2011, in_2021 = code in row["codes_2011"], code in row["codes_2021"]
        return "both" if in_2011 and in_2021 else "2011" if in_2011 else "2021"


def build_crosswalk(lookup: pd.DataFrame) -> Crosswalk:
    """Return the crosswalk of an exact-fit lookup (columns `LOOKUP_COLUMNS`, one row a pair of codes).

    The ground code of a unit with one 2011 LSOA is that LSOA's code; of several 2011 LSOAs merged into one of
    2021, the 2021 code; of a fragmented group, its lowest 2011 code. A unit on both sides of a district border
    takes the district of its first row by code. Raises ContractError when a column is missing.
    """
    missing = [column for column in LOOKUP_COLUMNS if column not in lookup.columns]
    if missing:
        raise ContractError(
            f"The lookup lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}. "
            "Use the ONS exact-fit lookup LSOA (2011) to LSOA (2021) to LAD (2022)."
        )
    # takes a tenth of a second to import, and is needed where a lookup is read alone
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    pairs = lookup.loc[:, list(LOOKUP_COLUMNS)].astype(str).sort_values(["LSOA11CD", "LSOA21CD"])
    # a 2011 and a 2021 code that are spelled alike name one piece of ground here: see the test on CHGIND U
    # by lists: pandas takes ten times as long to give one text after the other
    codes = pd.Index(sorted({*pairs["LSOA11CD"].tolist(), *pairs["LSOA21CD"].tolist()}))
    rows, columns = codes.get_indexer(pairs["LSOA11CD"]), codes.get_indexer(pairs["LSOA21CD"])
    links = coo_array((np.ones(len(pairs)), (rows, columns)), shape=(len(codes), len(codes)))
    _, component = connected_components(links, directed=False)
    pairs = pairs.assign(component=component[rows])
    # nineteen in twenty LSOAs were not touched: taken together, or the whole country would take 13 s instead of 1
    alone = ~pairs["component"].duplicated(keep=False)
    same = pairs.loc[alone]
    units: list[tuple[object, ...]] = [
        (old, name, district, (old,), (new,), True)
        for old, name, district, new in zip(
            *(same[column].tolist() for column in ("LSOA11CD", "LSOA11NM", "LAD22NM", "LSOA21CD")),
            strict=True,
        )
    ]
    for _, group in pairs.loc[~alone].groupby("component", sort=False):
        old, new = tuple(sorted(set(group["LSOA11CD"]))), tuple(sorted(set(group["LSOA21CD"])))
        merged = len(old) > 1 and len(new) == 1
        code = new[0] if merged else old[0]
        side = "LSOA21" if merged else "LSOA11"
        name = group.loc[group[f"{side}CD"] == code, f"{side}NM"].iloc[0]
        if len(old) > 1 and len(new) > 1:
            name = f"{name} and neighbours"
        units.append((code, name, group["LAD22NM"].iloc[0], old, new, True))
    return _crosswalk(units, complete=True)


def crosswalk_without_lookup(
    known: Iterable[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]],
) -> Crosswalk:
    """Return the crosswalk of the few units whose codes are known by hand (from ``areas.toml``).

    ``known`` gives ground code, name, district name, 2011 codes, 2021 codes. All other ground stays under its
    own code and is marked as not joined by `ground_table`.
    """
    return _crosswalk([(*unit, True) for unit in known], complete=False)


def _crosswalk(units: Sequence[tuple[object, ...]], *, complete: bool) -> Crosswalk:
    table = pd.DataFrame(units, columns=list(GROUND_COLUMNS)).sort_values("ground_code", ignore_index=True)
    columns = (table[column].tolist() for column in ("ground_code", "codes_2011", "codes_2021"))
    ground_of = {code: unit for unit, old, new in zip(*columns, strict=True) for code in {*old, *new}}
    return Crosswalk(ground_of, table, complete)


def ground_table(crosswalk: Crosswalk, seen: pd.DataFrame) -> pd.DataFrame:
    """Return every unit of ground with its name and district: the crosswalk's, and what else the data name.

    ``seen`` has the LSOA codes and names in the data: lsoa_code, lsoa_name (a code may stand under two names).
    Ground that only the data name takes its district from the name; it is ``joined`` only where the crosswalk
    is complete (then it lies outside the lookup, in another force's district, and kept its code).
    """
    # each code looked up by itself: isin would read all 36,000 codes of the lookup anew for every force
    unknown = seen.loc[[code not in crosswalk.ground_of for code in seen["lsoa_code"]]]
    unknown = unknown.sort_values(["lsoa_code", "lsoa_name"]).drop_duplicates("lsoa_code")
    extra = pd.DataFrame(
        {
            "ground_code": unknown["lsoa_code"].astype(str),
            "ground_name": unknown["lsoa_name"].astype(str),
            "district_name": [district_of(name) for name in unknown["lsoa_name"]],
            "codes_2011": [() if is_2021_code(code) else (code,) for code in unknown["lsoa_code"]],
            "codes_2021": [(code,) if is_2021_code(code) else () for code in unknown["lsoa_code"]],
            "joined": crosswalk.complete,
        }
    )
    both = [frame for frame in (crosswalk.table, extra) if len(frame)]
    if not both:
        return pd.DataFrame(columns=list(GROUND_COLUMNS))
    return pd.concat(both, ignore_index=True).sort_values("ground_code", ignore_index=True)
