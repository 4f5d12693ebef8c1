"""Actions and areas of concern, with who answers for each and by when."""

from __future__ import annotations

from analysis.records.contract import RecordColumn, RecordKind
from analysis.records.demonstration import DemoInputs, DemoRow


def demonstration(inputs: DemoInputs) -> list[DemoRow]:
    """Return the lines given, each with a made-up owner and news."""
    return [dict(line) | {"owner": "Programme lead (role)", "update": "Simulated"} for line in inputs.lines]


ACTIONS = RecordKind(
    "actions",
    "Actions",
    "one action or area of concern",
    (
        RecordColumn(
            "page", "text", True, "Page of the dashboard that it belongs to", example="Retail crime"
        ),
        RecordColumn("action", "text", True, "What is to be done", example="Hold a retail crime summit"),
        RecordColumn("owner", "text", False, "Who answers for it, as a role", example="Head of partnerships"),
        RecordColumn("due", "date", False, "Day it is due", also=("due date",), example="2024-10-31"),
        RecordColumn(
            "status", "text", False, "Status: not started, under way, done, stopped", example="under way"
        ),
        RecordColumn("update", "text", False, "The latest news", example="Venue booked"),
    ),
    demonstration=demonstration,
)
