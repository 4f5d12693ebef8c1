"""The map of one proposal: how much of each piece of ground is centre, and which of it an area would take."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.drawing.maps.bearings import outlined
from analysis.drawing.maps.palette import SEQUENTIAL
from analysis.drawing.maps.shown import Ground, Key, Name, Shown
from analysis.model import english, formats
from analysis.model.areas import Area
from analysis.model.proposed_area import ProposedArea

TENTH, HALF = 0.1, 0.5
"""Shares of ground in the centre that part the classes: those of confidence."""

KEYS = (
    Key("not in the centre", SEQUENTIAL[0]),
    Key("under a tenth", SEQUENTIAL[1]),
    Key("a tenth to under a half", SEQUENTIAL[2]),
    Key("half or more", SEQUENTIAL[4]),
)


def centre_map(
    proposed: ProposedArea,
    taken: Area,
    names: Mapping[str, str],
    *,
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
) -> Shown:
    """Return the ground that a centre reaches into, by the share of it in the centre, with what is taken outlined.

    ``taken`` is the area that the ground would make; ``names`` what each unit is called. Ground taken that the centre does not
    reach into is a class of its own.
    """
    data = units_of(proposed, taken.ground, names)
    shares = data["share_of_ground"]
    key = (shares > 0).astype(int) + (shares >= TENTH).astype(int) + (shares >= HALF).astype(int)
    inside = [names.get(code, code) for code in sorted(taken.ground)]
    title = f"{proposed.name} would take {english.first_of(inside)}"
    return Shown(
        title=title,
        subtitle=f"Share of each LSOA (common ground) that lies in the outline of {proposed.source}.",
        alt=f"{title}. Ground is shaded by the share of it in the centre; what is taken is outlined.",
        data=data,
        ground=Ground(
            "Of the ground in the centre",
            KEYS,
            pd.DataFrame(
                {
                    "ground_code": data["ground_code"],
                    "name": data["name"],
                    "key": key,
                    "text": [
                        f"{formats.share(row.share_of_ground)} of it is centre\n{formats.share(row.share_of_centre)} of the "
                        f"centre lies here\n{'taken' if row.taken else 'not taken'}"
                        for row in data.itertuples()
                    ],
                }
            )
            .sort_values("ground_code")
            .reset_index(drop=True),
        ),
        outlines=outlined((taken,)),
        names=labels,
        focus=focus,
        caveat="The outline of the centre itself is not drawn: no figure can be given for less than an LSOA.",
    )


def units_of(proposed: ProposedArea, taken: Collection[str], names: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a unit that a centre reaches into or that is taken: ground_code, name, both shares, taken; most of it first."""
    reached = {unit.ground_code for unit in proposed.units}
    rows = [
        (each.ground_code, each.of_outline, each.of_ground, each.ground_code in taken)
        for each in proposed.units
    ]
    rows += [(code, 0.0, 0.0, True) for code in sorted(set(taken) - reached)]
    table = pd.DataFrame(rows, columns=["ground_code", "share_of_centre", "share_of_ground", "taken"])
    table.insert(1, "name", [names.get(code, code) for code in table["ground_code"]])
    return table
