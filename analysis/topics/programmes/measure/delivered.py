"""What a programme delivered: by the office's records, else as a review published it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.topics.funding.measure import programme_key
from analysis.topics.programmes.case import ProgrammeCase
from analysis.topics.programmes.measure.programme_ground import deliverables


@dataclass(frozen=True, eq=False)
class Delivered:
    """Deliverables to date, and their source.

    ``table`` has programme, area, deliverable, planned, delivered, share, status and note; planned and share are NaN
    where they are not published.
    """

    table: pd.DataFrame
    source: str


def delivered(asked: ProgrammeCase, name: str) -> Delivered | None:
    """Return the deliverables of a programme: the records', else the review's; None where neither is held."""
    records, review = asked.records, asked.case.review
    also_called = review.also_called if review else {}
    if records.table is not None:
        wanted = programme_key(name, also_called)
        rows = records.table.loc[
            [programme_key(each, also_called) == wanted for each in records.table["programme"]]
        ]
        if len(rows):
            return Delivered(deliverables(rows).assign(note=""), records.source)
    return None if review is None else _published(review.tables["deliverables"], name)


def _published(table: pd.DataFrame, name: str) -> Delivered | None:
    rows = table.loc[table["programme"] == name]
    if rows.empty:
        return None
    columns = pd.DataFrame(
        {
            "programme": rows["programme"],
            "area": rows["place"],
            "deliverable": rows["deliverable"],
            "planned": float("nan"),
            "delivered": rows["number"],
            "share": float("nan"),
            "status": rows["status"],
            "note": rows["note"],
        }
    ).reset_index(drop=True)
    slides = ", ".join(f"“{slide}”" for slide in dict.fromkeys(rows["slide"]))
    return Delivered(columns, f"Source: the review, {slides}, as published.")
