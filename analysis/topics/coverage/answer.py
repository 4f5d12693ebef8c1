"""What is held, month by month, where it came from, and what is missing or was refused?"""

from __future__ import annotations

from analysis.drawing.answer import Answer, Text
from analysis.topics.coverage.case import Holdings
from analysis.topics.coverage.show.checklist import checklist_table
from analysis.topics.coverage.show.holding_tables import (
    coverage_table,
    files_table,
    held_sentence,
    partly_table,
    refused_table,
    sources_table,
    type_table,
)


def answer(holdings: Holdings) -> Answer:
    """Return what is held and what it gives; then what is held of each force, by month, source and file, and what was refused."""
    coverage, manifest = holdings.coverage, holdings.manifest
    return Answer(
        (),
        {
            "checklist": checklist_table(holdings),
            "held": Text(held_sentence(coverage)),
            "months": coverage_table(coverage),
            "partly": partly_table(holdings.by_type),
            "types": type_table(holdings.by_type),
            "sources": sources_table(manifest),
            "files": files_table(manifest),
            "refused": refused_table(manifest),
        },
        holdings.simulated,
    )
