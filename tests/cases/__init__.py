"""Cases made by hand, for tests of what is asked of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.cube import Panel
from analysis.model.periods import Period
from analysis.model.selection import Selection
from analysis.model.vocabulary import CRIME_TYPES

YEARS = (Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06"))


def case_of(
    panel: Panel,
    places: pd.DataFrame,
    areas: Mapping[str, Area],
    *,
    periods: tuple[Period, Period] = YEARS,
    **more: Any,
) -> Case:
    """Return a case of this panel and ground; ``more`` are fields of `Selection` or of `Case`.

    Without ``areas`` chosen, all of them but districts and rests are; all crime types where none is named.
    """
    asked = {
        name: more.pop(name) for name in ("crime_types", "like_for_like", "show_small", "own") if name in more
    }
    chosen = more.pop(
        "chosen", tuple(k for k, area in areas.items() if area.kind not in ("district", "rest"))
    )
    force = next(iter(areas.values())).force if areas else "made"
    selection = Selection(force, tuple(chosen), asked.pop("crime_types", CRIME_TYPES), *periods, **asked)
    return Case(selection=selection, panel=panel, places=places, areas=areas, **more)
