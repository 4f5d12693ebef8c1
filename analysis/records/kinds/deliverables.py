"""Programme deliverables: what a programme was to deliver in an area, and what it has."""

from __future__ import annotations

from analysis.records.contract import RecordColumn, RecordKind
from analysis.records.demonstration import given_lines

DELIVERABLES = RecordKind(
    "deliverables",
    "Programme deliverables",
    "one deliverable of one programme in one area",
    (
        RecordColumn(
            "programme", "text", True, "Programme", example="Example programme", name_of="programme"
        ),
        RecordColumn("area", "text", True, "Programme area", example="Example estate", place="known"),
        RecordColumn("deliverable", "text", True, "What is delivered", example="Target hardening packs"),
        RecordColumn("planned", "number", False, "How many were planned", example="100"),
        RecordColumn("delivered", "number", False, "How many were delivered by the date", example="40"),
        RecordColumn("date", "date", False, "Day to which the figures stand", example="2024-03-31"),
        RecordColumn(
            "status",
            "text",
            False,
            "Status: planned, under way, delivered, delayed, stopped",
            example="under way",
        ),
    ),
    demonstration=given_lines,
)
