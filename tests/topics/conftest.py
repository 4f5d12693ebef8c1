"""The real street files, read once for the tests that need their rows."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest

COLUMNS = ["Month", "Longitude", "Latitude", "Location", "LSOA code", "Crime type", "Last outcome category"]


@pytest.fixture(scope="session")
def real_street(shared: Path) -> pd.DataFrame:
    """Every street-level row of the zip of July 2022 to June 2024, few columns."""
    with zipfile.ZipFile(shared / "real" / "cleveland-2022-07-to-2024-06.zip") as archive:
        names = sorted(name for name in archive.namelist() if name.endswith("-street.csv"))
        return pd.concat(
            [pd.read_csv(archive.open(name), usecols=COLUMNS) for name in names], ignore_index=True
        )


@pytest.fixture(scope="session")
def real_outcomes(real_street: pd.DataFrame) -> pd.DataFrame:
    """Shoplifting by month and last outcome: month, outcome, incidents."""
    rows = real_street.loc[real_street["Crime type"] == "Shoplifting"]
    counts = rows.groupby(["Month", "Last outcome category"], dropna=False).size()
    frame = counts.rename("incidents").reset_index()
    frame.columns = ["month", "outcome", "incidents"]
    frame["month"] = pd.PeriodIndex(frame["month"], freq="M")
    return frame
