"""The map of a proposal or a suggestion: how much of each piece of ground is centre, or was recorded there, and what is taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.bearings import Bearings, named
from analysis.drawing.maps.classes import count_class, count_edges, count_keys
from analysis.drawing.maps.palette import SEQUENTIAL
from analysis.drawing.maps.shown import Ground, Key, Shown
from analysis.model import english, formats
from analysis.model.areas import Area
from analysis.model.proposed_area import ProposedArea
from analysis.topics.centres.measure import Candidate

TENTH, HALF = 0.1, 0.5
"""Shares of ground in the centre that part the classes: those of confidence."""

MOST_NAMED = 2
"""So many pieces of ground are named in a title; of more, their number: the list beside the map names them."""

KEYS = (
    Key("not in the centre", SEQUENTIAL[0]),
    Key("under a tenth", SEQUENTIAL[1]),
    Key("a tenth to under a half", SEQUENTIAL[2]),
    Key("half or more", SEQUENTIAL[4]),
)


def centre_map(proposed: ProposedArea, taken: Area, on: Bearings) -> Shown:
    """Return the ground that a centre reaches into, by the share of it in the centre, with what is taken outlined.

    ``taken`` is the area that the ground would make. Ground taken or in focus that the centre does not reach into is a class
    of its own, so that it can be pointed at.
    """
    names = on.names
    data = units_of(proposed, taken.ground, names, on.focus)
    shares = data["share_of_ground"]
    key = (shares > 0).astype(int) + (shares >= TENTH).astype(int) + (shares >= HALF).astype(int)
    title = _title(taken, names)
    return Shown(
        title=title,
        subtitle=f"Share of each small area that lies in the outline of {proposed.source}.",
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
        outlines=on.outlines,
        names=on.labels,
        focus=on.focus,
        caveat="The outline of the centre itself is not drawn: no figure can be given for less than a small area.",
    )


def suggested_map(chosen: Candidate, taken: Area, thefts: pd.Series, on: Bearings, months: str) -> Shown:
    """Return the ground of a district by its recorded thefts, with what a suggestion would take outlined.

    ``thefts`` are counts of shoplifting and theft from the person by ground_code, 0 where none is recorded; ``months`` says
    which months they are of.
    """
    edges = count_edges(thefts.to_numpy())
    data = pd.DataFrame(
        {
            "ground_code": list(thefts.index),
            "name": [named(code, on.names) for code in thefts.index],
            "thefts": thefts.to_numpy(),
            "taken": [code in taken.ground for code in thefts.index],
        }
    ).sort_values("ground_code", ignore_index=True)
    title = f"Suggestion: {_title(taken, on.names)}"
    return Shown(
        title=title,
        subtitle=f"Shoplifting and theft from the person recorded by small area, {months}. {SOURCE}",
        alt=f"{title}. Ground is shaded by recorded thefts; what is taken is outlined.",
        data=data,
        ground=Ground(
            f"Thefts from shops and persons recorded, {months}",
            count_keys(edges)[:-1],  # all months held count, so none is “not published”
            pd.DataFrame(
                {
                    "ground_code": data["ground_code"],
                    "name": data["name"],
                    "key": count_class(data["thefts"], edges),
                    "text": [
                        f"{formats.counted(int(row.thefts), 'theft')} recorded\n{'taken' if row.taken else 'not taken'}"
                        for row in data.itertuples()
                    ],
                }
            ),
        ),
        outlines=on.outlines,
        names=on.labels,
        focus=on.focus,
        caveat=f"A suggestion from what was recorded, and no outline of a centre. Confidence {chosen.confidence}.",
    )


def _title(taken: Area, names: Mapping[str, str]) -> str:
    inside = [named(code, names) for code in sorted(taken.ground)]
    if len(inside) > MOST_NAMED:
        return f"{taken.name} would take {formats.counted(len(inside), 'small area')}"
    return f"{taken.name} would take {english.listed(inside) or 'no ground'}"


def units_of(
    proposed: ProposedArea,
    taken: Collection[str],
    names: Mapping[str, str],
    near: Collection[str] = (),
) -> pd.DataFrame:
    """Return one row a unit that a centre reaches into, that is taken or that is near; the one with most of it first.

    Columns are ground_code, name, both shares, taken.
    """
    reached = {unit.ground_code for unit in proposed.units}
    rows = [
        (each.ground_code, each.of_outline, each.of_ground, each.ground_code in taken)
        for each in proposed.units
    ]
    rows += [(code, 0.0, 0.0, code in taken) for code in sorted({*taken, *near} - reached)]
    table = pd.DataFrame(rows, columns=["ground_code", "share_of_centre", "share_of_ground", "taken"])
    table.insert(1, "name", [names.get(code, code) for code in table["ground_code"]])
    return table
