"""The published review as tables, each value with the title of its slide.

Source: the review's own slides (``review.toml`` of its folder has its title), copied by hand.
Numbers stand as printed; crime types are spelled as police.uk spells them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pandas as pd

from analysis.model.errors import ContractError
from analysis.model.vocabulary import SLIDE_CRIME_TYPES

FOLDER = Path(__file__).with_name("cleveland_2024")

ValueKind = Literal["text", "note", "crime type", "whole", "number", "day", "month", "months", "duration"]
"""``text`` is always given, ``note`` may be empty; ``number``, ``day`` and ``month`` may be missing."""

REVIEW_TABLES: dict[str, dict[str, ValueKind]] = {
    "outcomes": {
        "area": "text",
        "location": "text",
        "lsoa": "text",
        "crime_type": "crime type",
        "baseline_incidents": "whole",
        "comparison_incidents": "whole",
        "change": "whole",
        "percent_change": "whole",
        "district_percent_change": "whole",
        "slide": "text",
    },
    "patrols": {
        "area": "text",
        "hotspot": "text",
        "first_month": "month",
        "last_month": "month",
        "patrol_hours": "duration",
        "patrols": "whole",
        "resident_engagements": "whole",
        "business_engagements": "whole",
        "activities": "text",
        "slide": "text",
    },
    "patrol_totals": {
        "first_month": "month",
        "last_month": "month",
        "patrol_hours": "duration",
        "patrols": "whole",
        "resident_engagements": "whole",
        "business_engagements": "whole",
        "slide": "text",
    },
    "asb_police": {
        "area": "text",
        "hotspot": "text",
        "baseline": "months",
        "comparison": "months",
        "percent_change": "whole",
        "source": "text",
        "slide": "text",
    },
    "funding": {
        "programme": "text",
        "amount": "whole",
        "amount_as_printed": "text",
        "first_day": "day",
        "last_day": "day",
        "places": "text",
        "pays_for": "note",
        "source": "note",
        "note": "note",
        "slide": "text",
    },
    "deliverables": {
        "programme": "text",
        "area": "note",
        "place": "text",
        "deliverable": "text",
        "number": "number",
        "status": "note",
        "note": "note",
        "slide": "text",
    },
    "actions": {
        "page": "text",
        "kind": "text",
        "action": "text",
        "when": "month",
        "number": "number",
        "number_of": "note",
        "status": "note",
        "note": "note",
        "slide": "text",
    },
}
"""Columns and what each holds. Amounts are pounds; percentages are per cent, as printed; areas are keys."""

_FORMS: dict[ValueKind, str] = {
    "text": r".+",
    "note": r".*",
    "crime type": "|".join(map(re.escape, SLIDE_CRIME_TYPES)),
    "whole": r"-?\d+",
    "number": r"(-?\d+(\.\d+)?)?",
    "day": r"(\d{4}-\d{2}-\d{2})?",
    "month": r"(\d{4}-\d{2})?",
    "months": r"\d{4}-\d{2}:\d{4}-\d{2}",
    "duration": r"\d+:[0-5]\d:[0-5]\d",
}


def read_review(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    """Return one table of the published review, in the slide's order.

    Columns are those of `REVIEW_TABLES`: whole numbers as int64, numbers as float (NaN where a slide gives
    none), days as timestamps and months as ``pd.Period`` (NaT where none), texts as written (empty where
    none). A duration stays as printed, ``373:26:00``, with its length in a further column ``seconds``. Raises
    ContractError for a table that is not of the review, other columns, or a value of another form.
    """
    if name not in REVIEW_TABLES:
        raise ContractError(f"The review has no table “{name}”. Use one of: {', '.join(REVIEW_TABLES)}.")
    contract = REVIEW_TABLES[name]
    path = folder / f"{name}.csv"
    table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    if list(table.columns) != list(contract):
        unexpected = [column for column in table.columns if column not in contract]
        missing = [column for column in contract if column not in table.columns]
        raise ContractError(
            f"{path.name} has other columns than its contract (unexpected: "
            f"{', '.join(unexpected) or 'none'}; missing: {', '.join(missing) or 'none'}). Mend its header."
        )
    for column, kind in contract.items():
        fits = table[column].str.fullmatch(_FORMS[kind])
        if not fits.all():
            row = int((~fits).to_numpy().argmax())
            value = table[column].iloc[row]
            raise ContractError(
                f"{path.name}, row {row + 2}: {column} “{value!s}” is no {kind}. Mend the value."
            )
        table[column] = _typed(table[column], kind)
        if kind == "duration":
            table["seconds"] = _seconds(table[column])
    return table


def _typed(values: pd.Series, kind: ValueKind) -> pd.Series:
    if kind == "whole":
        return values.astype("int64")
    if kind == "number":
        return pd.to_numeric(values.replace("", None))
    if kind == "day":
        return pd.to_datetime(values.replace("", None), format="%Y-%m-%d")
    if kind == "month":
        months = pd.PeriodIndex(pd.to_datetime(values.replace("", None), format="%Y-%m"), freq="M")
        return pd.Series(months, index=values.index)
    return values


def _seconds(durations: pd.Series) -> pd.Series:
    parts = durations.str.split(":", expand=True).astype("int64")
    return parts[0] * 3600 + parts[1] * 60 + parts[2]
