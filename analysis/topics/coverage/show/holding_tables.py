"""What is held, as tables for About / Data: coverage by month and file, sources, and rows refused."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.drawing.figure import Table
from analysis.model import formats
from analysis.model.old_types import explained
from analysis.model.partly import WORDS, about
from analysis.model.periods import month_label
from analysis.model.vocabulary import KINDS, OLD_CRIME_TYPES, PANEL_TYPES

HASH_SHOWN = 12
"""Characters of a SHA-256 on screen: enough to tell files apart."""

KIND_NAMES = {
    "street": "Street-level incidents",
    "outcomes": "Outcomes",
    "stop-and-search": "Stop and search",
}


def coverage_table(coverage: pd.DataFrame) -> Table:
    """Return coverage as a month-by-file table: rows held, ``gap``, or the rows with ``partly published``.

    ``coverage`` has force (its name), kind, month, status, incidents, without_lsoa, without_point.
    """
    named = coverage.assign(
        cell=[_cell(row) for row in coverage.itertuples()],
        file=[f"{row.force}: {KIND_NAMES[row.kind]}" for row in coverage.itertuples()],
        place=[KINDS.index(kind) for kind in coverage["kind"]],
    )
    files = named.sort_values(["force", "place"])["file"].drop_duplicates()
    wide = named.pivot(index="month", columns="file", values="cell").reindex(columns=list(files))
    shown = wide.fillna("not held").rename_axis(columns=None)
    shown.index = pd.Index([month_label(month) for month in wide.index], name="Month")
    street = coverage.loc[coverage["kind"] == "street"]
    gaps = street.loc[street["status"] == "gap"]
    missing = ", ".join(f"{row.force} {month_label(row.month)}" for row in gaps.itertuples()) or "none"
    lsoa, point = street["without_lsoa"].sum(), street["without_point"].sum()
    return Table(
        title="Coverage by month and file",
        subtitle="Rows held of each monthly file, every force held; “gap” is a month not published or not imported.",
        shown=shown,
        data=coverage.assign(month=coverage["month"].astype(str)),
        notes=(
            f"Gaps in street-level data: {missing}.",
            f"{formats.number(lsoa)} street-level rows have no small area and {formats.number(point)} no point; they are kept, "
            "and counted in no area.",
            "“Partly published” marks a month of which one crime type or more is; which they are stands in the table below.",
        ),
    )


def partly_table(by_type: pd.DataFrame) -> Table:
    """Return the months of crime types that are only partly published, with what is ordinary and why; empty for none."""
    some = by_type.loc[by_type["status"] == "partly published"]
    shown = pd.DataFrame(
        {
            "Month": [month_label(month) for month in some["month"]],
            "Force": some["force"],
            "Crime type": some["crime_type"],
            "Recorded": [formats.number(value) for value in some["incidents"]],
            "Ordinary": [
                f"about {about(value)}" if value > 0 else formats.MISSING for value in some["ordinary"]
            ],
            "Why": ["; ".join(WORDS[each] for each in reasons.split(", ")) for reasons in some["reasons"]],
        }
    ).set_index("Month")
    count = formats.number(len(some))
    title = (
        f"{count} month{'s' * (len(some) != 1)} of a crime type {'are' if len(some) != 1 else 'is'} only partly published"
        if len(some)
        else "No month of a crime type is only partly published"
    )
    return Table(
        title=title,
        subtitle="Each month of a crime type is judged by the force’s other months of it, and by the other types of the same month. "
        "Repeated Crime IDs count too. What is flagged is left out of every comparison.",
        shown=shown,
        data=some.assign(month=some["month"].astype(str)),
    )


def type_table(by_type: pd.DataFrame) -> Table:
    """Return rows held by month and crime type, every force held: a number, “gap”, or a number “partly published”."""
    named = by_type.assign(
        cell=[_cell(row) for row in by_type.itertuples()],
        place=[PANEL_TYPES.index(each) for each in by_type["crime_type"]],
    )
    wide = named.pivot(index=["force", "month"], columns="crime_type", values="cell")
    order = [each for each in PANEL_TYPES if each in wide.columns]
    # a force without months of before May 2013 has none of the types of then
    shown = wide.reindex(columns=order).fillna(formats.MISSING).rename_axis(columns=None)
    shown.index = pd.MultiIndex.from_tuples(
        [(force, month_label(month)) for force, month in wide.index], names=["Force", "Month"]
    )
    return Table(
        title="Coverage by crime type and month",
        subtitle="Rows held of each month and crime type, with and without a location; “gap” is not published or not imported.",
        shown=shown,
        data=by_type.assign(month=by_type["month"].astype(str)),
        notes=_of_old_types(by_type),
    )


def _of_old_types(by_type: pd.DataFrame) -> tuple[str, ...]:
    """Say what the types of months before May 2013 were and which of today's are missing there; nothing without such months."""
    old = by_type.loc[by_type["crime_type"].isin(OLD_CRIME_TYPES), "month"]
    return () if old.empty else explained(old.min())


def sources_table(manifest: pd.DataFrame) -> Table:
    """Return every source with its hash: one row a file given and force and kind, months from first to last."""
    keys = ["source", "force", "kind", "release"]
    grouped = manifest.sort_values(["force", "kind", "month"]).groupby(keys, sort=False)
    found = grouped.agg(
        months=("month", "size"),
        first=("month", "min"),
        last=("month", "max"),
        rows_kept=("rows_kept", "sum"),
        imported_at=("imported_at", "max"),
    ).reset_index()
    shown = pd.DataFrame(
        {
            "File": found["source"],
            "Force": found["force"],
            "Kind": [KIND_NAMES[kind] for kind in found["kind"]],
            "Release": [release or "not named in the file" for release in found["release"]],
            "Months": [formats.number(n) for n in found["months"]],
            "From": [month_label(month) for month in found["first"]],
            "To": [month_label(month) for month in found["last"]],
            "Rows kept": [formats.number(n) for n in found["rows_kept"]],
            "Imported (UTC)": [stamp.strftime("%-d %b %Y %H:%M") for stamp in found["imported_at"]],
        }
    ).set_index("File")
    return Table(
        title="Sources",
        subtitle="Each file given, by force and kind. The monthly files with their hashes stand below.",
        shown=shown,
        data=manifest.assign(month=manifest["month"].astype(str)),
    )


def files_table(manifest: pd.DataFrame) -> Table:
    """Return every monthly file held with the start of its SHA-256; the download has the whole of it."""
    ordered = manifest.sort_values(["force", "month", "kind"])
    shown = pd.DataFrame(
        {
            "File": ordered["member"],
            "From": ordered["source"],
            "Rows kept": [formats.number(n) for n in ordered["rows_kept"]],
            "SHA-256": [f"{digest[:HASH_SHOWN]}…" for digest in ordered["sha256"]],
        }
    ).set_index("File")
    return Table(
        title=f"All {formats.number(len(ordered))} monthly files with their hash",
        subtitle="The SHA-256 of each CSV as it was read, to tell a revised month from the one held.",
        shown=shown,
        data=ordered.assign(month=ordered["month"].astype(str)),
    )


def refused_table(manifest: pd.DataFrame) -> Table:
    """Return the rows refused by monthly file and reason; an empty table says that none was."""
    some = manifest.loc[manifest["rows_refused"] > 0]
    shown = pd.DataFrame(
        {
            "File": some["member"],
            "Rows read": [formats.number(n) for n in some["rows_read"]],
            "Rows refused": [formats.number(n) for n in some["rows_refused"]],
            "Reason": some["refused"],
        }
    ).set_index("File")
    total = int(manifest["rows_refused"].sum())
    read = formats.number(manifest["rows_read"].sum())
    return Table(
        title="Rows refused",
        subtitle=f"{formats.number(total)} of {read} rows read were refused."
        + ("" if total else " Every row that was read is held."),
        shown=shown,
        data=some.assign(month=some["month"].astype(str)),
    )


def _cell(row: Any) -> str:
    if row.status == "gap":
        return "gap"
    text = formats.number(row.incidents)
    return f"{text}, partly published" if row.status == "partly published" else text


def held_sentence(coverage: pd.DataFrame) -> str:
    """Return one sentence a force: months of street-level data held, from when to when, incidents, gaps."""
    sentences = []
    for force, street in coverage.loc[coverage["kind"] == "street"].groupby("force", sort=True):
        held = street.loc[street["status"] != "gap"]
        gaps = [month_label(month) for month in street.loc[street["status"] == "gap", "month"]]
        sentences.append(
            f"{force}: {formats.number(len(held))} months of street-level data, {month_label(held['month'].min())} – "
            f"{month_label(held['month'].max())}, {formats.number(held['incidents'].sum())} recorded incidents; "
            + (f"not published here: {', '.join(gaps)}." if gaps else "no month is missing.")
        )
    return " ".join(sentences)
