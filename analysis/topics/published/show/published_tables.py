"""Published against recomputed, as tables: the cells that differ with the likely reason, then every cell."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.disclosure import HIDDEN
from analysis.model.periods import Period
from analysis.model.vocabulary import SLIDE_SPELLING, SMALL_BASE

MARKS = {"agrees": "=", "differs": "≠", "cannot be checked": "?"}
DERIVED = {"difference": "Difference", "percent": "% change", "district_percent": "% district"}


def _cells(baseline: Period, comparison: Period) -> dict[str, str]:
    return {"baseline": baseline.label, "comparison": comparison.label} | DERIVED


def _subtitle(baseline: Period, comparison: Period) -> str:
    return f"The review’s table, {comparison.label} against {baseline.label}, and the months loaded. {SOURCE}"


def differing_table(check: pd.DataFrame, baseline: Period, comparison: Period) -> Table:
    """Return the published counts that the data contradict, each with the likely reason.

    ``check`` is `analysis.topics.published.measure.published_check.published_against_recomputed` with the column area (its name).
    The title says how many of all cells agree, differ and cannot be checked.
    """
    counts = check["status"].value_counts()
    differs = check.loc[(check["status"] == "differs") & check["cell"].isin(["baseline", "comparison"])]
    shown = pd.DataFrame(
        {
            "Location": differs["area"],
            "Crime / Incident Type": _types(differs),
            "Period": [_cells(baseline, comparison)[cell] for cell in differs["cell"]],
            "Published": [formats.number(v) for v in differs["published"]],
            "Recomputed": [formats.number(v) for v in differs["recomputed"]],
            "Likely reason": differs["reason"],
        }
    ).set_index(["Location", "Crime / Incident Type"])
    told = ", ".join(
        f"{formats.number(counts.get(status, 0))} {words}"
        for status, words in (
            ("agrees", "agree"),
            ("differs", "differ"),
            ("cannot be checked", "cannot be checked"),
        )
    )
    title = f"Of {formats.number(len(check))} published figures, {told}"
    return Table(
        title=title if len(check) else "The review names no place of this force",
        subtitle="The counts that differ. " + _subtitle(baseline, comparison),
        shown=shown,
        data=differs,
        notes=(
            "A difference or percentage that rests on a differing count differs with it; see the table below.",
        )
        if len(differs)
        else (),
    )


def every_cell_table(check: pd.DataFrame, baseline: Period, comparison: Period) -> Table:
    """Return every published cell beside what the data give: ``134 ? 124``; “hidden” for a percentage on a small base."""
    named = check.assign(
        text=[
            f"{_cell(row, row.published)} {MARKS[row.status]} {HIDDEN if row.hidden else _cell(row, row.recomputed)}"
            for row in check.itertuples()
        ],
        type=_types(check),
    )
    order = named[["area", "type"]].drop_duplicates()
    wide = named.pivot(index=["area", "type"], columns="cell", values="text").reindex(
        columns=list(_cells(baseline, comparison))
    )
    wide = (
        wide.reindex(pd.MultiIndex.from_frame(order))
        .rename(columns=_cells(baseline, comparison))
        .rename_axis(columns=None)
    )
    return Table(
        title="Every published figure, and what the loaded data give",
        subtitle=_subtitle(baseline, comparison),
        shown=wide.rename_axis(index=["Location", "Crime / Incident Type"]),
        data=check,
        notes=(
            "First what was published, then what the loaded data give: “=” agrees, “≠” differs, “?” cannot be checked because a "
            "month is missing. Counts are then as held, differences and percentages like for like.",
            *hidden_note(check),
        ),
    )


def hidden_note(check: pd.DataFrame) -> tuple[str, ...]:
    """Say why recomputed percentages are hidden, where any is."""
    if not check["hidden"].any():
        return ()
    return (
        f"“{HIDDEN}” is a recomputed percentage on a base under {SMALL_BASE}. What the review printed stands.",
    )


def _types(check: pd.DataFrame) -> list[str]:
    return [SLIDE_SPELLING.get(crime_type, crime_type) for crime_type in check["crime_type"].astype(str)]


def _cell(row: Any, value: float) -> str:
    if row.cell in ("percent", "district_percent"):
        return formats.percent(value)
    return formats.signed(value) if row.cell == "difference" else formats.number(value)
