"""How the tests of engines ask: a question to the files of one force and kind in a store's folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from data.engines.port import Question, RowsWanted


def ask(folder, force: str = "cleveland", **wanted) -> Question:
    kind = wanted.get("kind", "street")
    files = tuple(str(path) for path in sorted((folder / kind / force).glob("*.parquet")))
    return Question(files, RowsWanted(**wanted))


@dataclass(frozen=True)
class Tally:
    """A work that any engine can be given: what it was handed, a row a month and crime type, with awkward values."""

    columns: ClassVar = {
        "force": "text",
        "month": "text",
        "incidents": "whole",
        "share": "number",
        "first": "text",
        "some": "flag",
    }

    def __call__(self, force: str, counts: pd.DataFrame) -> pd.DataFrame:
        assert counts.dtypes.astype(str).tolist() == ["period[M]", "str", "str", "int64"]
        rows = [
            {
                "force": force,
                "month": f"{month}",
                "incidents": int(group["incidents"].sum()),
                "share": float("nan") if force == "durham" else float(group["lsoa_code"].isna().mean()),
                "first": "".join(group["crime_type"].head(2)),
                "some": bool(group["lsoa_code"].isna().any()),
            }
            for month, group in counts.groupby("month")
        ]
        return pd.concat([pd.DataFrame([row]) for row in rows[::-1]])
