"""What the dashboard is made from, what of it is held, and what each gives."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.figure import Table
from analysis.model.english import counted, listed
from analysis.model.formats import number
from analysis.model.periods import month_label
from analysis.topics.coverage.case import Holdings

NOT_HELD = "not held"


def checklist_table(holdings: Holdings) -> Table:
    """Return a row for each sort of data: what of it is held, and what it gives."""
    beside = holdings.beside
    records = f"{number(len(beside.records))} of {counted(beside.kinds, 'kind')}"
    rows = {
        "Months": (
            "none: simulated months are shown" if holdings.simulated else _months(holdings.coverage),
            "Every count and every verdict.",
        ),
        "Lookup of small areas, old to new": (
            _held(beside.lookup),
            "Places counted on the same ground before and after June 2023, and similar places for verdicts.",
        ),
        "Boundaries": (
            ("held, with wards" if beside.wards else "held, without wards") if beside.outlines else NOT_HELD,
            "Maps with true outlines, neighbours, and ground by the name of its ward.",
        ),
        "Town centres": (
            counted(beside.centres, "centre") if beside.centres else NOT_HELD,
            "Areas of any town proposed from outlines that others drew.",
        ),
        "Records of the office": (
            f"{records}: {listed(beside.records)}"
            if beside.records
            else f"none of {counted(beside.kinds, 'kind')}",
            "Patrols, shops, sums, deliverables, surveys: each page says where to give its own.",
        ),
    }
    shown = pd.DataFrame.from_dict(rows, orient="index", columns=["Held", "What it gives"]).rename_axis(
        "Data"
    )
    return Table(
        title="What is held, and what each gives",
        subtitle="Without one of them the pages still answer, and say what is missing.",
        shown=shown,
        data=shown.reset_index(),
    )


def _months(coverage: pd.DataFrame) -> str:
    street = coverage.loc[(coverage["kind"] == "street") & (coverage["status"] != "gap")]
    spans = street.groupby("force", sort=False)["month"].agg(["min", "max", "nunique"])
    said = []
    for force, first, last, held in spans.itertuples(name=None):
        missing = (last - first).n + 1 - held
        gaps = f", {counted(missing, 'month')} missing" if missing else ""
        said.append(f"{force}, {month_label(first)} – {month_label(last)}{gaps}")
    return "; ".join(said)


def _held(is_held: bool) -> str:
    return "held" if is_held else NOT_HELD
