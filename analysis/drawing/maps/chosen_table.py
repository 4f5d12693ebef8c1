"""The ground that a reader chose on a map, as a table: what the map says of each unit."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.figure import Table
from analysis.drawing.maps.shown import Shown
from analysis.model import formats
from analysis.model.areas import Area


def chosen_table(shown: Shown, area: Area) -> Table:
    """Return one row a chosen unit: its name, code and what the map shows of it; ``data`` are the map's numbers."""
    if shown.ground is None:
        rows = pd.DataFrame(columns=["ground_code", "name", "text"])
    else:
        rows = shown.ground.table.loc[shown.ground.table["ground_code"].isin(list(area.ground))]
    table = pd.DataFrame(
        {
            "Place": [str(name) for name in rows["name"]],
            "Small area": rows["ground_code"].astype("str"),
            "On the map": [str(text).replace("\n", "; ") for text in rows["text"]],
        }
    ).set_index("Place")
    count = formats.number(len(area))
    numbers = shown.data
    if "ground_code" in numbers.columns:
        numbers = numbers.loc[numbers["ground_code"].isin(list(area.ground))]
    return Table(
        title=f"Chosen on the map: {count} place{'s' * (len(area) != 1)}",
        subtitle=shown.subtitle,
        shown=table,
        data=numbers,
        notes=(area.note,) if area.note else (),
    )
