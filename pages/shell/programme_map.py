"""The change map for a programme: its areas, and the patrolled town centres that touch or overlap them."""

from __future__ import annotations

from analysis.drawing.maps.bearings import PROGRAMMES, outlined
from analysis.model.areas import town_centres
from pages.shell import change_map, land, programmes, selection, tables
from pages.shell.choice import Selection


def draw(chosen: Selection, programme: str) -> None:
    """Draw the choice of one crime type, and its change before and after the programme began."""
    own = programmes.areas(chosen, programme)
    centres = [area for area in town_centres(tables.areas(chosen.force)).values() if area.treated]
    pair = programmes.pair(chosen)
    change_map.show(
        chosen,
        selection.one_crime_type(chosen),
        centres,
        "programme",
        around=outlined(own, PROGRAMMES),
        labelled=own,
        focus=land.districts_round(chosen.force, own),
        pair=(pair.baseline, pair.comparison),
        subject=frozenset().union(*(area.ground for area in (*own, *centres))),
        subject_name="of the programme and the patrolled centres",
    )
