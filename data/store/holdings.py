"""What is held, as tables: the manifest, the coverage of a force, the vintage of its LSOA codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pandas as pd

from analysis.model.cube import MonthOfType
from analysis.model.ground import Crosswalk, is_2021_code
from analysis.model.vocabulary import KINDS
from data.police_uk.manifest import MonthRecord
from data.police_uk.place_counts import PlaceCounts

MANIFEST_COLUMNS = (
    "kind", "force", "month", "rows_read", "rows_kept", "rows_refused", "refused", "without_lsoa",
    "without_point", "without_location", "rows_with_2021_code", "release", "source", "member", "sha256",
    "bytes", "imported_at",
)  # fmt: skip
COVERAGE_COLUMNS = (
    "kind",
    "month",
    "status",
    "incidents",
    "without_lsoa",
    "without_point",
    "release",
    "source",
)


def manifest_table(records: Sequence[MonthRecord]) -> pd.DataFrame:
    """Return one row a record, in order of kind, force and month."""
    rows = [
        {
            **vars(record),
            "month": record.key.period,
            "rows_refused": sum(record.refused.values()),
            "refused": "; ".join(f"{count:,} {reason}" for reason, count in sorted(record.refused.items())),
            "imported_at": pd.Timestamp(record.imported_at),
        }
        for record in sorted(records, key=lambda r: (KINDS.index(r.kind), r.force, r.month))
    ]
    return pd.DataFrame(rows, columns=list(MANIFEST_COLUMNS))


def coverage_table(records: Sequence[MonthRecord], partly: Iterable[MonthOfType] = ()) -> pd.DataFrame:
    """Return one row a kind and month of the span of one force's records, with its status.

    ``partly`` are the months of crime types that are only partly published: such a month of street-level data is.
    """
    not_whole = {month for month, _ in partly}
    if not records:
        return pd.DataFrame(columns=list(COVERAGE_COLUMNS))
    months = [record.key.period for record in records]
    rows: list[dict[str, object]] = []
    for kind in KINDS:
        held = {record.key.period: record for record in records if record.kind == kind}
        if not held:
            continue
        for month in pd.period_range(min(months), max(months), freq="M"):
            record = held.get(month)
            if record is None:
                rows.append({"kind": kind, "month": month, "status": "gap"})
                continue
            cut = kind == "street" and month in not_whole
            rows.append(
                {
                    "kind": kind,
                    "month": month,
                    "status": "partly published" if cut else "published",
                    "incidents": record.rows_kept,
                    "without_lsoa": record.without_lsoa,
                    "without_point": record.without_point,
                    "release": record.release,
                    "source": record.source,
                }
            )
    table = pd.DataFrame(rows, columns=list(COVERAGE_COLUMNS))
    numbers = {name: "float64" for name in ("incidents", "without_lsoa", "without_point")}
    return table.astype(numbers).fillna({"release": "", "source": ""})


_SIDES = ("2011", "2021", "both")


def vintage_table(counts: PlaceCounts, crosswalk: Crosswalk) -> pd.DataFrame:
    """Return one row a month: rows with a code of 2011 only, of 2021 only, of both vintages, and the
    vintage in words.

    Months without a located row are left out. Without a complete crosswalk a code first given in 2021 is known by its
    number, and any other may be of both vintages.
    """
    old, new = crosswalk.codes_by_vintage
    located = counts.located
    side = np.array([_SIDES.index(_side(each, old, new)) for each in counts.codes[located]], np.intp)
    by_month = counts.values[located].sum(axis=2, dtype=np.int64)
    rows = np.stack([by_month[side == at].sum(axis=0) for at in range(len(_SIDES))], axis=1)
    some = rows.any(axis=1)
    table = pd.DataFrame(
        {"month": counts.months[some]} | {f"rows_{name}": rows[some, at] for at, name in enumerate(_SIDES)}
    )
    table["vintage"] = [
        _vintage(old, new, complete=crosswalk.complete)
        for old, new in zip(table["rows_2011"], table["rows_2021"], strict=True)
    ]
    return table


def _side(code: str, old: Collection[str], new: Collection[str]) -> str:
    if code in old or code in new:
        return "both" if code in old and code in new else "2011" if code in old else "2021"
    return "2021" if is_2021_code(code) else "both"


def _vintage(old: int, new: int, *, complete: bool) -> str:
    if old and new:
        return "2011 and 2021"
    if new:
        return "2021" if complete else "2021, perhaps 2011 too"
    return "2011" if old or not complete else "2011 or 2021"
