"""What a reader is looking at: what a force offers to choose from, what a link opens of it, and how it is said in a line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from analysis.drawing import encoded
from analysis.model.areas import Area
from analysis.model.english import counted, listed
from analysis.model.errors import AnalysisError
from analysis.model.formats import number
from analysis.model.link import Choices, Offered, Reading, areas_in_short, selected, without_ended
from analysis.model.selection import Selection
from pages.frame import own_filter
from pages.frame.asking import desk

Filter = Literal["areas", "proposed", "types", "periods", "like", "small", "own"]
"""A shared filter. A page says which ones change it."""

MOST_NAMED_TYPES = 2
"""So many crime types are named in the line; more are counted."""


@dataclass(frozen=True)
class Looking:
    """What a reader is looking at: the choices that were applied last, the selection they make, and what a link said."""

    offered: Offered
    choices: Choices
    selection: Selection
    said: tuple[str, ...] = ()
    later: str = ""


def offered_by(force: str) -> Offered:
    """Return what a force has to choose from, and what it opens with."""
    at = desk()
    areas = at.menu_areas(force)
    baseline, comparison = at.default_pair(force)
    opens = at.default_selection(force)
    return Offered(
        force,
        at.force_name(force),
        {key: area.name for key, area in areas.items()},
        at.ground_labels(force),
        at.span(force),
        Choices(
            opens.areas,
            opens.crime_types,
            (baseline.first, baseline.last, comparison.first, comparison.last),
            proposed=bool(opens.proposed),
        ),
        "town centre" if any(area.kind == "town centre" for area in areas.values()) else "district",
        opens.proposed,
        {key: area.filed_name for key, area in areas.items() if area.name_in_files},
    )


def opened(offered: Offered, reading: Reading) -> Looking:
    """Return what a link opens; where its choices are not possible, the force's own, and why."""
    said = [not_held(label, words) for label, words in reading.unheld[:1]]
    later = ""
    if reading.later is not None:
        later = f"Since this link was made, {reading.later.label} was imported. The page shows what the link asked for."
    choices, ended = without_ended(reading.choices, offered)
    if ended:
        said.append(ended)
    try:
        selection = selected(choices, offered, own_area(offered, choices))
    except AnalysisError as problem:
        said.append(f"{problem} Until then the page shows what it opens with.")
        choices = replace(offered.opens_with, meeting=choices.meeting)
        selection = selected(choices, offered, None)
    return Looking(offered, choices, selection, tuple(said), later)


def own_area(offered: Offered, choices: Choices) -> Area | None:
    """Return the area of one’s own that these choices have, None without one."""
    return own_filter.built(offered.force, choices.own_name, choices.own_units)


def line(now: Looking, uses: Collection[Filter]) -> str:
    """Return the line: what of the shared filters the page shows, as HTML."""
    shown = "".join(f"<strong>{encoded.html_text(part)}</strong>" for part in parts(now, uses))
    return f'<p class="looking"><span>You are looking at</span> {shown}</p>'


def parts(now: Looking, uses: Collection[Filter]) -> list[str]:
    """Return the pieces of the line, in their order: areas, crime types, periods, and what is not as usual."""
    chosen, offered, pieces = now.selection, now.offered, list[str]()
    if "areas" in uses:
        names = [offered.areas[key] for key in now.choices.areas]
        beside = len(chosen.proposed) if "proposed" in uses else 0
        if beside:
            pieces.append(f"{counted(len(names) + beside, offered.noun)}, {number(beside)} of them proposed")
        elif names:
            pieces.append(areas_in_short(names, offered.noun))
    if chosen.own is not None and "own" in uses:
        pieces.append(chosen.own.name)
    if not pieces:
        pieces.append(offered.force_name)
    if "types" in uses:
        types = chosen.crime_types
        pieces.append(listed(types) if len(types) <= MOST_NAMED_TYPES else counted(len(types), "crime type"))
    if "periods" in uses:
        pieces.append(f"{chosen.comparison.label} against {chosen.baseline.label}")
    if "like" in uses and not chosen.like_for_like:
        pieces.append("not like for like")
    if "small" in uses and chosen.show_small:
        pieces.append("percentages on small bases shown")
    return pieces


def not_held(label: str, words: str) -> str:
    """Return the sentence on what a link asks for and the store does not hold."""
    return (
        f"The link asks for {label.lower()} “{words[:80]}”, which is not held here. The filters show what is."
    )
