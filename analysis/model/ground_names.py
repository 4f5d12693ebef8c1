"""What each unit of ground is called."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.model.areas import Area


def names_of(places: pd.DataFrame, areas: Mapping[str, Area], force_name: str = "") -> dict[str, str]:
    """Return a name for each ground code: the LSOA's, with the town centre, programme or own area it is in.

    Ground outside the force's own districts says who recorded there: what ``force_name`` counts is not all of it.
    """
    inside: dict[str, list[str]] = {}
    for area in areas.values():
        if area.kind in ("town centre", "programme area", "own"):
            for code in area.ground:
                inside.setdefault(code, []).append(area.name)
    return {
        row.ground_code: row.ground_name
        + (f" ({', '.join(inside[row.ground_code])})" if row.ground_code in inside else "")
        + (f" (recorded by {force_name})" if force_name and not row.in_force else "")
        for row in places.itertuples()
    }


def ground_labels(places: pd.DataFrame) -> dict[str, str]:
    """Return each unit of a force's own ground with its label, by name: ``Stockton-on-Tees 020C (E01012284)``.

    A unit of several LSOAs of 2021 names their codes too.
    """
    own = places.loc[places["in_force"]].sort_values(["ground_name", "ground_code"])
    return {
        unit.ground_code: f"{unit.ground_name} ({', '.join(_codes(unit.ground_code, unit.codes_2021))})"
        for unit in own.itertuples()
    }


def _codes(ground_code: str, codes_2021: tuple[str, ...]) -> list[str]:
    return [ground_code, *(code for code in codes_2021 if code != ground_code)]
