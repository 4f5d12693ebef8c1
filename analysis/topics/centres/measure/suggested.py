"""Wards, or groups of neighbouring ground, in which recorded thefts from shops and persons lie close together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.model.contiguity import Contiguity
from analysis.stats.close_pairs import close_pairs
from analysis.stats.ground_cover import MOST_OF_IT

MOST_SUGGESTED = 10
"""Suggestions of a district that are shown; what follows has few thefts."""


@dataclass(frozen=True)
class Suggestion:
    """A ward, or ground with its neighbours, whose recorded thefts lie close together.

    ``ground`` are the fewest of its units that hold four fifths of its pairs, in code order: what an area could be made of.
    ``pairs`` is how often an incident in it has another within reach at another point; ``incidents`` all thefts in it;
    ``points`` how many points have any.
    """

    name: str
    district: str
    ground: tuple[str, ...]
    pairs: int
    incidents: int
    points: int


def suggestions(
    thefts: pd.DataFrame,
    places: pd.DataFrame,
    wards: Mapping[str, str],
    contiguity: Contiguity | None = None,
    district: str = "",
) -> tuple[Suggestion, ...]:
    """Return wards by how many of their recorded thefts lie close together, most first; ties by incidents, name, ground.

    ``thefts`` has easting, northing, ground_code and incidents; ``places`` ground_code, ground_name and district_name;
    ``wards`` the ward of each unit. Where there are none, groups of a unit and what touches it (``contiguity``) stand for
    wards: the unit with most pairs first, each unit in one group. ``district`` keeps to the ground of one district; pairs
    across its border count. Groups without a pair are left out.
    """
    points = thefts.assign(
        pairs=close_pairs(
            thefts["easting"].to_numpy(), thefts["northing"].to_numpy(), thefts["incidents"].to_numpy()
        )
    )
    names = dict(zip(places["ground_code"], places["ground_name"], strict=True))
    districts = dict(zip(places["ground_code"], places["district_name"], strict=True))
    own = {code for code, inside in districts.items() if not district or inside == district}
    units = (
        points.loc[points["ground_code"].isin(own)]
        .groupby("ground_code")
        .agg(pairs=("pairs", "sum"), incidents=("incidents", "sum"), points=("incidents", "size"))
    )
    found = []
    for name, codes in _groups(units["pairs"], names, _in_wards(wards, districts), contiguity):
        group = units.loc[[code for code in codes if code in units.index]]
        if group["pairs"].sum() > 0:
            found.append(
                Suggestion(
                    name,
                    districts[codes[0]],
                    _core(group["pairs"]),
                    int(group["pairs"].sum()),
                    int(group["incidents"].sum()),
                    int(group["points"].sum()),
                )
            )
    return tuple(sorted(found, key=lambda each: (-each.pairs, -each.incidents, each.name, each.ground)))


def _in_wards(wards: Mapping[str, str], districts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the ward of each unit with its district, for wards of two districts may have one name."""
    return {code: (wards[code], inside) for code, inside in districts.items() if code in wards}


def _groups(
    pairs: pd.Series,
    names: Mapping[str, str],
    wards: Mapping[str, tuple[str, str]],
    contiguity: Contiguity | None,
) -> Iterable[tuple[str, list[str]]]:
    """Yield a name and the units of each ward, or of each unit with its neighbours; a unit without a ward is one by itself."""
    ranked = sorted(pairs.index, key=lambda code: (-pairs[code], code))
    if wards:
        together: dict[tuple[str, str], list[str]] = {}
        for code in ranked:
            together.setdefault(wards.get(code, (names[code], code)), []).append(code)
        yield from ((name, codes) for (name, _), codes in together.items())
        return
    left = dict.fromkeys(ranked)
    for code in ranked:
        if code in left:
            near = contiguity.of(code) if contiguity is not None else frozenset()
            codes = [code, *(each for each in left if each in near)]
            for each in codes:
                del left[each]
            yield f"{names[code]}{' and neighbours' if len(codes) > 1 else ''}", codes


def _core(pairs: pd.Series) -> tuple[str, ...]:
    """Return the fewest units that hold `MOST_OF_IT` of the pairs, ties by code, in code order."""
    chosen, total = [], 0.0
    for code in sorted(pairs.index, key=lambda code: (-pairs[code], code)):
        if total >= MOST_OF_IT * pairs.sum():
            break
        chosen.append(code)
        total += float(pairs[code])
    return tuple(sorted(chosen))
