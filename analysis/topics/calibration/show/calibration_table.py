"""The calibration of the verdict, as a table."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.evidence.evidence_tables import periods_line
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.periods import Period


def calibration_table(rows: pd.DataFrame, baseline: Period, comparison: Period, force: str) -> Table:
    """Return the calibration of the verdict's interval on every untreated place of the months held."""
    shown = pd.DataFrame(
        {
            "Crime type": rows["crime_type"].astype(str),
            "Places": [formats.number(v) for v in rows["places"]],
            "Called a fall, nothing planted": [formats.share(v, 1) for v in rows["fall_by_itself"]],
            "Called either way, nothing planted": [formats.share(v, 1) for v in rows["either_by_itself"]],
            "30% fall planted": [formats.share(v, 1) for v in rows["fall_30_planted"]],
            "50% fall planted": [formats.share(v, 1) for v in rows["fall_50_planted"]],
        }
    ).set_index("Crime type")
    return Table(
        title="How often the interval would be wrong, and how often it would tell a true fall",
        subtitle=f"Every untreated place of {force} treated as if it had been patrolled; {periods_line(baseline, comparison)}. {SOURCE}",
        shown=shown,
        data=rows,
        notes=(
            "With nothing planted a share of about 5% either way is expected. A single LSOA over two years can show only very "
            "large changes. The same table by command: python -m pages.calibration",
        ),
    )
