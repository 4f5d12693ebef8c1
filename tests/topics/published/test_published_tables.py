"""Published against recomputed: what differs is listed, and every cell marked."""

from __future__ import annotations

import pandas as pd

from analysis.model.periods import Period
from analysis.topics.published.show.published_tables import differing_table, every_cell_table

BEFORE, AFTER = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")


def test_only_counts_that_differ_are_listed_and_every_cell_is_marked():
    check = pd.DataFrame(
        {
            "area": "Made Centre",
            "crime_type": "Burglary",
            "cell": ["baseline", "comparison", "difference", "percent", "district_percent"],
            "published": [47, 9, -38, -81, -14],
            "recomputed": [23.0, 9.0, -14.0, -61.0, -14.0],
            "status": ["differs", "agrees", "differs", "differs", "cannot be checked"],
            "reason": ["Twice.", "", "", "", ""],
            "hidden": False,
        }
    )
    listed = differing_table(check, BEFORE, AFTER)
    assert listed.title == "Of 5 published figures, 1 agree, 3 differ, 1 cannot be checked"
    assert listed.shown["Recomputed"].tolist() == ["23"]
    assert every_cell_table(check, BEFORE, AFTER).shown.iloc[0].tolist() == [
        "47 ≠ 23",
        "9 = 9",
        "−38 ≠ −14",
        "−81% ≠ −61%",
        "−14% ? −14%",
    ]
    small = check.assign(hidden=check["cell"] == "percent")
    assert every_cell_table(small, BEFORE, AFTER).shown["% change"].tolist() == ["−81% ≠ hidden"]
    assert "under 50" in every_cell_table(small, BEFORE, AFTER).notes[-1]
    assert "under 50" not in every_cell_table(check, BEFORE, AFTER).notes[-1]
