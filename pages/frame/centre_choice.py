"""Town centres that nobody has named: which one is looked at, which LSOAs stand for it, and keeping it as an area.

Proposals of outlines that others drew or, where none are held, suggestions. Nothing is an area before it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from analysis.drawing.answer import Answer, of_open_data
from analysis.drawing.maps.shown import Shown
from analysis.model.areas import Area
from analysis.model.english import first_of
from analysis.model.errors import AnalysisError
from analysis.model.own_area import own_area
from analysis.model.proposed_area import suggested_note
from analysis.topics import centres
from analysis.topics.centres import Candidate, CentresCase
from data import permitted
from data.access import Action
from data.store.centres import centre_area, centre_note
from pages.frame import access, draw, link, map_view, widgets, wording
from pages.frame.asking import ask, desk

DATA, OVERVIEW = "pages/about/data.py", "pages/review/overview.py"
_DISTRICT, _CENTRE, _GROUND, _NAME = "centres_of", "centre", "centre-ground", "centre-name"
_SAID, _KEPT, _TURNS = "centre-said", "centre-kept", "centre-turns"


@dataclass(frozen=True)
class Choice:
    """The candidate that is looked at, with the ground chosen for it (codes, sorted) in a district, by its name in files."""

    candidate: Candidate
    ground: tuple[str, ...]
    district: str


def district(asked: CentresCase) -> str:
    """Draw the choice of a district, first that of the areas looked at, and return its name in the files; none of none."""
    areas = asked.case.areas
    names = {each.filed_name: each.name for each in areas.values() if each.kind == "district"}
    keys = {key: each.filed_name for key, each in areas.items() if each.kind == "district"}
    looked_at = (keys.get(each.district) or keys.get(each.key) for each in asked.case.chosen)
    first = next(filter(None, looked_at), next(iter(names), ""))
    link.follow(_DISTRICT, first, (asked.case.force, first))
    return widgets.one_of("District", names, first, _DISTRICT)


def draw_choice(asked: CentresCase, inside: str) -> Choice | None:
    """Draw the centres of a district, the LSOAs of the one looked at, and the way to keep it; None where there is none."""
    offered = {each.code: each for each in centres.candidates(asked, inside)}
    if not offered:
        return None
    labels = {code: each.label for code, each in offered.items()}
    first = next(iter(offered))
    link.follow(_CENTRE, first, (asked.case.force, inside, tuple(labels)))
    candidate = offered[widgets.one_of("Centre", labels, first, _CENTRE, width="stretch")]
    chosen = Choice(candidate, _ground(asked, candidate, inside), inside)
    _keeping(asked, chosen)
    return chosen


def show_map(asked: CentresCase, chosen: Choice | None) -> None:
    """Draw the map of what is chosen; ground that is clicked can be added or taken away."""
    if chosen is None:
        draw.text("No centre lies here, and no thefts were recorded close together. So nothing is proposed.")
        return
    answer: Answer = ask(centres.where, asked, chosen.candidate, chosen.ground, chosen.district)
    shown = answer.parts["map"]
    if not isinstance(shown, Shown):
        draw.part(shown)
        return
    whole = answer.certificate_of("map") if of_open_data(shown) else None
    behind = map_view.Behind(asked.case.simulated, whole)
    turns = _key(_TURNS, chosen.candidate)
    # what was clicked is done with: a map of another name has nothing chosen on it
    name = f"centre-{chosen.candidate.code}-{st.session_state.get(turns, 0)}"
    clicked = set(map_view.show_on(shown, asked.case.land, name, behind, size=map_view.BESIDE))
    clicked &= asked.case.own_ground
    if not clicked:
        draw.hint("Click ground to add it or to take it away. Without a mouse: the list of small areas.")
        return
    names, key = asked.case.names, _key(_GROUND, chosen.candidate)
    for words, codes, ground in (
        ("Add", clicked - set(chosen.ground), {*chosen.ground, *clicked}),
        ("Take away", clicked & set(chosen.ground), set(chosen.ground) - clicked),
    ):
        if codes:
            wording.button(
                f"{words} {first_of(names[code] for code in sorted(codes))}",
                key=f"centre-{words}",
                on_click=_take,
                args=(key, sorted(ground), turns),
            )


def offer_outlines(asked: CentresCase) -> None:
    """Where suggestions stand in the place of proposals, lead to where outlines are given."""
    if not asked.proposed and not asked.case.simulated:
        wording.page_link(
            DATA, "Give outlines that others drew in place of suggestions", query_params=link.shared()
        )


def _take(key: str, ground: Sequence[str], turns: str) -> None:
    st.session_state[key] = list(ground)
    st.session_state[turns] = st.session_state.get(turns, 0) + 1


def _key(name: str, candidate: Candidate) -> str:
    return f"{name}-{candidate.code}-{candidate.name}"


def _ground(asked: CentresCase, candidate: Candidate, inside: str) -> tuple[str, ...]:
    own, names, key = asked.case.own_places, asked.case.names, _key(_GROUND, candidate)
    if key not in st.session_state:
        st.session_state[key] = list(candidate.ground)
    # what was chosen may be ground no more, after another lookup or a restore
    st.session_state[key] = [code for code in st.session_state[key] if code in names]
    here = set(own.loc[own["district_name"] == inside, "ground_code"])
    # a centre may reach over the district's border, and so may what was clicked
    offered = sorted({*here, *candidate.ground, *st.session_state[key]}, key=lambda code: (names[code], code))
    picked = wording.multiselect(
        "Small areas that stand for it: add or take away",
        offered,
        format_func=lambda code: names[code],
        key=key,
    )
    return tuple(sorted(picked))


def _keeping(asked: CentresCase, chosen: Choice) -> None:
    """Say where the ground comes from and how sure it is, and offer to keep it under a name."""
    key = _key(_NAME, chosen.candidate)
    if said := st.session_state.pop(_SAID, ""):
        wording.success(said) if _KEPT in st.session_state else wording.warning(said)
    if kept := st.session_state.pop(_KEPT, ""):
        shown = link.shared()
        wording.page_link(
            OVERVIEW,
            f"See the changes of {kept} on the board",
            query_params={**shown, "area": [*shown.get("area", []), kept]},
        )
    try:
        draw.text(_note(asked, chosen) if chosen.ground else "No small area is chosen.")
    except AnalysisError as problem:
        wording.warning(str(problem))
    name = wording.text_input("Name of the area", value=chosen.candidate.name, key=key, width=widgets.WIDTH)
    may = access.visitor().may(Action.KEEP_AREA)
    wording.button(
        "Keep it as an area",
        type="primary",
        key="centre-keep",
        on_click=_keep,
        args=(asked, chosen, name or ""),
        disabled=not may or not chosen.ground,
        help=None if may else "Whoever has the role “owner” can keep it.",
    )


def _note(asked: CentresCase, chosen: Choice) -> str:
    names, candidate = asked.case.names, chosen.candidate
    if candidate.is_suggested:
        return suggested_note(candidate.name, candidate.ground, chosen.ground, names)
    proposed = next(each for each in asked.proposed if each.code == candidate.code)
    return centre_note(desk().store, asked.case.force, proposed, chosen.ground, names)


def _area(asked: CentresCase, chosen: Choice, name: str) -> Area:
    """Return the area of what is chosen, under a name. AreaError for a name that cannot be taken."""
    case, candidate = asked.case, chosen.candidate
    if not candidate.is_suggested:
        proposed = next(each for each in asked.proposed if each.code == candidate.code)
        return centre_area(desk().store, case.force, proposed, name, units=chosen.ground)
    area = own_area(
        name or candidate.name,
        chosen.ground,
        desk().places(case.force),
        desk().areas(case.force),
        case.force,
    )
    filed = dict(zip(case.places["ground_code"], case.places["ground_name"], strict=True))
    note = suggested_note(candidate.name, candidate.ground, chosen.ground, filed)
    return replace(area, note=" ".join(filter(None, (area.note, note))))


def _keep(asked: CentresCase, chosen: Choice, name: str) -> None:
    """Keep what is chosen under this name (a button's callback); what cannot be is said, and nothing is changed."""
    try:
        area = _area(asked, chosen, name)
        permitted.save_own_area(access.visitor(), desk().store, area)
    except AnalysisError as problem:
        st.session_state[_SAID] = str(problem)
        return
    st.session_state[_KEPT] = area.name
    st.session_state[_SAID] = f"{area.name} is kept. It can be chosen on every page, as any town centre can."
