"""How often the rule of coverage errs: on months taken to be whole, and on months cut to a known share of themselves."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.stats.coverage import checked
from analysis.stats.coverage_rule import JUDGED_MEDIAN, Floats, judge, nearest


def false_table(forces: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return how many cells of whole forces are flagged: one row a size class of the type's median month.

    ``forces`` are tables as `coverage` takes, taken to be whole. Columns: ``at_least`` and ``under`` (the
    class; the first is of types that no ratio judges), ``cells`` (recorded, no gap), and of these flagged for
    each reason: ``file`` (any of a whole file), ``below``, ``above``, ``made``; ``any`` counts a cell once.
    """
    parts = []
    for counts in forces:
        judged = judge(*checked(counts))
        file = np.broadcast_to(
            (judged.file_below | judged.file_above | judged.broken_off)[:, None], judged.values.shape
        )
        size = np.where(np.isnan(judged.median), 0.0, judged.median)
        flags = {
            "file": file,
            "below": judged.below,
            "above": judged.above,
            "made": judged.made,
            "any": judged.partly,
        }
        parts.append(
            pd.DataFrame({"size": size[~judged.gap], **{k: v[~judged.gap] for k, v in flags.items()}})
        )
    columns = ["file", "below", "above", "made", "any"]
    cells = pd.concat(parts) if parts else pd.DataFrame(columns=["size", *columns])
    rows = []
    for low, high in ((0, JUDGED_MEDIAN), *SIZE_CLASSES):
        inside = cells[(cells["size"] >= low) & (cells["size"] < high)]
        rows.append({"at_least": low, "under": high, "cells": len(inside), **inside[columns].sum().to_dict()})
    return pd.DataFrame(rows, columns=["at_least", "under", "cells", *columns])


SHARES_LEFT = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 1 / 3, 0.2, 0.1)
"""The cuts of `cut_table`: what is left of the month."""

SIZE_CLASSES = ((JUDGED_MEDIAN, 100), (100, 300), (300, 1_000), (1_000, np.inf))
"""Median months of a type, from and under."""


def found_when(counts: pd.DataFrame, factor: float) -> pd.DataFrame:
    """Return for each cell whether it is found partly published, or a gap, when it alone becomes ``factor``
    of itself.

    Counts are rounded, halves to even. False for a cell that is flagged, or a gap, as it is: nothing is to be
    found there. Crime IDs are not used. Errors as `coverage`.
    """
    values, ordinals = checked(counts)
    before = judge(values, ordinals)
    spoilt = before.partly | before.gap
    flagged = np.zeros(values.shape, dtype=np.bool_)
    for m, c in zip(*np.nonzero(~spoilt), strict=True):
        changed = values.copy()
        changed[m, c] = np.rint(factor * values[m, c])
        after = judge(changed, ordinals)
        flagged[m, c] = after.partly[m, c] or after.gap[m, c]
    return pd.DataFrame(flagged, index=counts.index, columns=counts.columns)


def files_found_when(counts: pd.DataFrame, factor: float) -> pd.Series:
    """Return for each month held whether every type with a median of `JUDGED_MEDIAN` is found when all become
    ``factor``."""
    values, ordinals = checked(counts)
    has_file = ~np.isnan(values).all(axis=1)
    flagged = np.zeros(len(values), dtype=np.bool_)
    for m in np.flatnonzero(has_file):
        changed = values.copy()
        changed[m] = np.rint(factor * values[m])
        after = judge(changed, ordinals)
        large = after.median[m] >= JUDGED_MEDIAN
        flagged[m] = large.any() and bool((after.partly[m] | after.gap[m])[large].all())
    return pd.Series(flagged, index=counts.index)


def cut_table(forces: Iterable[pd.DataFrame], shares_left: Iterable[float] = SHARES_LEFT) -> pd.DataFrame:
    """Return what is found at which cut: one row a size class of the type's median month and share left.

    ``forces`` are tables as `coverage` takes. Columns: ``at_least`` and ``under`` (the class), ``left``
    (share of itself that one month of one type is cut to, alone), ``cells`` (month and type pairs tried:
    those published as they are), ``found`` (share of them found, 0 to 1), ``missed`` (the most that a cut not
    found takes from the type's sum of the nearest twelve months, 0 to 1; an area whose months are spread as
    the force's loses as much). Types under `JUDGED_MEDIAN` are left out: only a zero is found there. A class
    without a cell has no row.
    """
    tables = list(forces)
    rows: list[dict[str, float]] = []
    for left in shares_left:
        parts = [_tried(counts, left) for counts in tables]
        tried = pd.concat(parts) if parts else pd.DataFrame(columns=["size", "found", "taken"])
        for low, high in SIZE_CLASSES:
            inside = tried[(tried["size"] >= low) & (tried["size"] < high)]
            if len(inside):
                missed = inside.loc[~inside["found"].astype(bool), "taken"]
                rows.append(
                    {
                        "at_least": low, "under": high, "left": left, "cells": len(inside),
                        "found": float(inside["found"].mean()),
                        "missed": float(missed.max()) if len(missed) else 0.0,
                    }
                )  # fmt: skip
    table = pd.DataFrame(rows, columns=["at_least", "under", "left", "cells", "found", "missed"])
    return table.sort_values(["at_least", "left"], ascending=[True, False], ignore_index=True)


YEAR = 12
"""Months of a period that a cut is set against."""


AREA_YEAR = 50
"""An area's twelve months of a type under which no share of them is told: percentages are not quoted on
fewer."""


def most_missed(counts: pd.DataFrame, area: pd.DataFrame, left: float) -> float:
    """Return the most that a cut not found takes from an area's year, 0 to 1, where it cuts all ground alike.

    ``area`` has the months and types of ``counts``, and its incidents; one month of one type is cut to
    ``left`` of itself, alone, in force and area. The share is of the area's sum of that type over the nearest
    twelve months: a count of that year falls by it, and so does its ratio to another year. 0 where every cut
    is found. Left out are types under `JUDGED_MEDIAN` in the force and under `AREA_YEAR` in the area's twelve
    months. Rows cut by chance take more or less than ``1 - left`` of an area's month. Raises ValueError where
    the shapes differ.
    """
    if area.shape != counts.shape:
        raise ValueError("area needs the months and crime types of counts")
    tried = _tried(counts, left, area)
    enough = (tried["size"] >= JUDGED_MEDIAN) & (tried["year"] >= AREA_YEAR)
    missed = tried.loc[enough & ~tried["found"], "taken"]
    return float(missed.max()) if len(missed) else 0.0


def _tried(counts: pd.DataFrame, left: float, area: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return each cell tried: median, whether the cut is found, and what it takes from the area's (or
    force's) year."""
    values, ordinals = checked(counts)
    judged = judge(values, ordinals)
    flagged = found_when(counts, left).to_numpy()
    tried = ~judged.partly & ~judged.gap
    own = values if area is None else checked(area)[0]
    near = np.column_stack([np.arange(len(values)), nearest(ordinals)[:, : YEAR - 1]])
    known = np.where(np.isnan(own), 0.0, own)
    year = known[near].sum(axis=1)
    taken: Floats = np.zeros(values.shape)
    np.divide((1 - left) * known, year, out=taken, where=year > 0)
    size = np.where(np.isnan(judged.median), 0.0, judged.median)
    return pd.DataFrame(
        {"size": size[tried], "found": flagged[tried], "taken": taken[tried], "year": year[tried]}
    )
