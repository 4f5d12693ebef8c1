"""What is held: months, gaps, sources, files and what was refused."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.model.periods import Period
from analysis.topics.coverage.show.holding_tables import (
    coverage_table,
    files_table,
    held_sentence,
    refused_table,
    sources_table,
)


def coverage() -> pd.DataFrame:
    months = Period.parse("2023-01:2023-03").months
    return pd.DataFrame(
        {
            "force": "Made Police",
            "kind": "street",
            "month": months,
            "status": ["published", "gap", "partly published"],
            "incidents": [100.0, np.nan, 40.0],
            "without_lsoa": [3.0, np.nan, 0.0],
            "without_point": [2.0, np.nan, 0.0],
        }
    )


def test_coverage_names_gaps_and_partly_published_months():
    table = coverage_table(coverage())
    assert table.shown.iloc[:, 0].tolist() == ["100", "gap", "40, partly published"]
    assert "Gaps in street-level data: Made Police Feb 2023." in table.notes
    assert "3 street-level rows have no small area and 2 no point" in " ".join(table.notes)
    assert held_sentence(coverage()) == (
        "Made Police: 2 months of street-level data, Jan 2023 – Mar 2023, 140 recorded incidents; not published here: Feb 2023."
    )


def test_sources_files_and_refusals_come_from_the_manifest():
    manifest = pd.DataFrame(
        {
            "kind": ["street", "street"],
            "force": "made",
            "month": list(Period.parse("2023-01:2023-02").months),
            "rows_read": [10, 12],
            "rows_kept": [9, 12],
            "rows_refused": [1, 0],
            "refused": ["1 unknown crime type", ""],
            "release": "",
            "source": "made.zip",
            "member": ["a.csv", "b.csv"],
            "sha256": ["0123456789abcdef", "fedcba9876543210"],
            "imported_at": pd.Timestamp("2026-01-01", tz="UTC"),
        }
    )
    assert sources_table(manifest).shown["Rows kept"].tolist() == ["21"]
    assert files_table(manifest).shown["SHA-256"].tolist() == ["0123456789ab…", "fedcba987654…"]
    refused = refused_table(manifest)
    assert refused.subtitle == "1 of 22 rows read were refused."
    assert refused.shown["Reason"].tolist() == ["1 unknown crime type"]
