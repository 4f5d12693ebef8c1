"""Funding: one sum for one programme over one span of days."""

from __future__ import annotations

from analysis.model.errors import RefusedError
from analysis.records.contract import RecordColumn, RecordKind, Row
from analysis.records.demonstration import given_lines


def complete_funding(row: Row) -> None:
    """The last day cannot lie before the first."""
    if row["last_day"] < row["first_day"]:
        raise RefusedError("the funding ends before it begins; correct from or to")


FUNDING = RecordKind(
    "funding",
    "Funding",
    "one sum for one programme over one span of days",
    (
        RecordColumn(
            "programme", "text", True, "Programme", example="Example programme", name_of="programme"
        ),
        RecordColumn("amount", "money", True, "Sum of money", "£", example="£135,000", label="Amount (£)"),
        RecordColumn(
            "first_day",
            "date",
            True,
            "First day it pays for",
            also=("from",),
            example="2023-10-01",
            label="From",
        ),
        RecordColumn(
            "last_day", "date", True, "Last day it pays for", also=("to",), example="2024-03-31", label="To"
        ),
        RecordColumn(
            "places",
            "list",
            False,
            "Places it pays for",
            also=("place",),
            example="Example Town Centre",
            place="any",
        ),
        RecordColumn(
            "pays_for",
            "list",
            False,
            "What it pays for: set-up, delivery or words of your own",
            also=("what it pays for",),
            example="set-up; delivery",
        ),
        RecordColumn(
            "source", "text", False, "Where the figure stands", example="Grant letter of 1 July 2023"
        ),
    ),
    complete=complete_funding,
    demonstration=given_lines,
)
