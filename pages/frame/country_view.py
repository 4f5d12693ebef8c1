"""The country's map, and the way from a centre on it to that centre's board."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.drawing.maps.shown import Shown
from analysis.model.periods import Period, month_label
from analysis.topics import country
from analysis.topics.country import CountryCase
from pages.frame import draw, map_view, widgets, wording
from pages.frame.asking import ask

OVERVIEW = "pages/review/overview.py"

MOST_OFFERED = 200
"""Centres in the list to open one from; of more, the search comes first."""


def the_map(asked: CountryCase, crime_type: str) -> None:
    """Draw the districts and centres, or the sentence why there is no map; nothing while nothing is judged."""
    part = ask(country.answer, asked, crime_type).parts.get("map")
    if isinstance(part, Shown):
        behind = map_view.Behind(asked.simulated)
        map_view.show_on(part, country.land_of(asked), "country", behind, size=map_view.BESIDE)
    elif part is not None:
        draw.part(part)


def way_to_board(asked: CountryCase, words: str) -> None:
    """Draw the choice of one of the centres found, and the way to its board."""
    centres = country.found(asked, words)
    if not centres:
        if words and not asked.table.empty:
            wording.info(f"No judged centre, district or force has “{words}” in its name.")
        return
    if len(centres) > MOST_OFFERED:
        wording.caption(f"{len(centres):,} centres: write part of a name above to open one on the board.")
        return
    names = {f"{force} {key}": name for (force, key), name in centres.items()}
    first = next(iter(names))
    chosen = widgets.one_of("Open a centre", names, first, "centre")
    force, _, key = chosen.partition(" ")
    wording.page_link(
        OVERVIEW, label=f"{names[chosen]}: its board", query_params=link_values(asked, force, key)
    )


def link_values(asked: CountryCase, force: str, key: str) -> Mapping[str, list[str]]:
    """Return what the link to a centre's board says: an area that files name, or ground of the reader's own."""
    table = asked.table
    row = table.loc[(table["force"] == force) & (table["area_key"] == key)].iloc[0]
    periods = {
        f"{side}_{end}": [month_label(Period.parse(str(row[side])).months[at])]
        for side in ("baseline", "comparison")
        for at, end in ((0, "from"), (-1, "to"))
    }
    where = {"force": [force], **periods}
    if row["origin"] == "named":
        return where | {"area": [key]}
    return where | {"own": str(row["ground"]).split(), "own_name": [str(row["area"])]}
