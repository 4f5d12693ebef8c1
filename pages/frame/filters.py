"""The shared filters: one line “You are looking at …”, and under “Change” those that change the page.

What was chosen is kept in the session and written into the address of every page, also what a page does not draw: it
keeps its value for the next page, and a copied link opens the same view. A choice is applied once it is possible; until
then the page keeps the last one that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.model.link import (
    Choices,
    Offered,
    Reading,
    Values,
    carried_over,
    force_meant,
    linked_force,
    read_link,
    selected,
    without_ended,
    write_link,
)
from analysis.model.old_types import LAST_OLD, types_of_periods, types_to_choose
from analysis.model.period_pairs import presets as period_presets
from analysis.model.periods import Period
from analysis.model.selection import Selection
from analysis.topics import patrols
from pages.frame import link, looking, own_filter, periods_filter, wording
from pages.frame.asking import desk
from pages.frame.copy_link import copy_link
from pages.frame.looking import Filter, Looking

_KEPT, _NEXT_FORCE, _RESET, _MEETING = "looking at", "next force", "reset", "turn meeting"
_DRAWN = (
    "area",
    "proposed",
    "crime",
    "like_for_like",
    "small_bases",
    *own_filter.KEYS,
    *periods_filter.KEYS,
)


def current() -> Selection:
    """Return the filters as they stand. Raises what kept them from being drawn."""
    kept: Looking | AnalysisError = st.session_state[_KEPT]
    if isinstance(kept, AnalysisError):
        raise kept
    return kept.selection


def case() -> Case:
    """Return the case that the filters make, for a page to ask about."""
    return desk().case(current())


def chosen_force() -> str | None:
    """Return the police force chosen, None where the filters could not be drawn."""
    kept = st.session_state.get(_KEPT)
    return kept.selection.force if isinstance(kept, Looking) else None


def types_offered() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the crime types that a page's own choice has with the periods as they stand, and those that ended before."""
    now, kept = current(), _before()
    types = types_of_periods(now.baseline, now.comparison)
    return types, tuple(each for each in (kept.offered.types if kept else ()) if each not in types)


def has_said(names: Iterable[str]) -> bool:
    """Return whether a sentence over the page names each of these already: it is said once."""
    now = _before()
    return now is not None and any(all(f"“{each}”" in sentence for each in names) for sentence in now.said)


def in_meeting() -> bool:
    """Return whether the page is drawn for a room: one question a screen, large, and nothing to choose in the way."""
    kept = st.session_state.get(_KEPT)
    return isinstance(kept, Looking) and kept.choices.meeting


def turn_meeting(on: bool) -> None:
    """Turn the meeting view on or off from the next drawing of the filters on (a callback, or before they are drawn)."""
    st.session_state[_MEETING] = on


def draw(uses: Iterable[Filter] | None) -> None:
    """Draw the line and the filters that change the page, apply what was chosen, and write it into the address.

    For a page without any (None) nothing is drawn, and what was chosen stays. What cannot be chosen from (under
    thirteen months held, say) is kept too: only a page that needs it stops.
    """
    try:
        st.session_state[_KEPT] = _draw(None if uses is None else frozenset(uses))
    except AnalysisError as problem:
        st.session_state[_KEPT] = problem


def to_force(force: str) -> None:
    """Choose another force, and its own areas with it: those of the force before are none of its (a callback)."""
    st.session_state[_NEXT_FORCE] = force


def _draw(uses: frozenset[Filter] | None) -> Looking:
    before, came = _before(), link.arrived()
    now = _start(before, came)
    if now is not before:
        for key in _DRAWN:
            st.session_state.pop(key, None)
    if uses is not None or now.choices.meeting:
        now = _line(now, uses or frozenset())
    else:
        with st.container(key="looking-alone", horizontal=True, horizontal_alignment="right", gap="small"):
            copy_link()
            _meeting_button()
    link.write(write_link(now.choices, now.offered))
    return now


def _before() -> Looking | None:
    kept = st.session_state.get(_KEPT)
    return kept if isinstance(kept, Looking) else None


def _start(before: Looking | None, came: Values | None) -> Looking:
    """Return what is looked at before the filters are drawn: what a link says, another force, or what was before."""
    forces, force = desk().forces(), st.session_state.pop(_NEXT_FORCE, None)
    if came is None and before is not None and before.offered.force in forces:
        offered = looking.offered_by(before.offered.force)
        if force in forces:
            offered = looking.offered_by(force)
            return looking.opened(offered, Reading(carried_over(before.choices, offered)))
        if st.session_state.pop(_RESET, False):
            return looking.opened(
                offered, Reading(replace(offered.opens_with, meeting=before.choices.meeting))
            )
        turned = st.session_state.pop(_MEETING, None)
        if turned is not None:
            before = replace(before, choices=replace(before.choices, meeting=turned))
        taken = st.session_state.pop(own_filter.TAKEN, None)
        if taken is not None:
            units, name = taken
            name = (name or before.choices.own_name) if units else ""
            return looking.opened(offered, Reading(replace(before.choices, own_units=units, own_name=name)))
        if offered == before.offered:
            return before
        # a kept area may have been removed from the store since
        held = tuple(key for key in before.choices.areas if key in offered.areas)
        return looking.opened(offered, Reading(replace(before.choices, areas=held)))
    values = came or {}
    names = {each: desk().force_name(each) for each in forces}
    named = any(force_meant(each, names) for each in values.get("force", ()))
    # the areas of a force are read of its counts: those of forty are asked for only where nothing else tells the force
    asked = forces if values.get("area") and not named else ()
    areas = {
        each: [name for area in desk().menu_areas(each).values() for name in (area.name, area.filed_name)]
        for each in asked
    }
    offered = looking.offered_by(linked_force(values, names, areas))
    reading = read_link(values, offered)
    wrong = [("police force", each) for each in values.get("force", ()) if not force_meant(each, names)]
    return looking.opened(offered, replace(reading, unheld=(*wrong, *reading.unheld)))


# the line, and what is under “Change”


def _line(now: Looking, uses: frozenset[Filter]) -> Looking:
    """Draw the line, and what is under “Change”; return what is looked at with what was chosen there, once possible."""
    with st.container(key="looking", horizontal=True, vertical_alignment="center", gap="small"):
        words = st.container(width="stretch")
        choices = _changed(now, uses)
        copy_link()
        wording.button("Reset", type="tertiary", key="reset-filters", on_click=_ask_for_reset)
        _meeting_button()
    problem = ""
    choices, ended = without_ended(choices, now.offered)
    # the menu has left them out already: what was chosen before says which
    ended = ended or without_ended(replace(now.choices, months=choices.months), now.offered)[1]
    if choices != now.choices:
        try:
            now = replace(
                now,
                choices=choices,
                selection=selected(choices, now.offered, looking.own_area(now.offered, choices)),
                said=(ended,) if ended else (),
                later="",
            )
        except AnalysisError as reason:
            problem = f"{reason} Until then the page stays as it is."
    words.html(looking.line(now, uses))
    for sentence in filter(None, (*now.said, problem)):
        wording.warning(sentence)
    if now.later:
        wording.info(now.later)
    return now


def _meeting_button() -> None:
    wording.button(
        "Meeting view",
        type="tertiary",
        key="meeting-view",
        help="One question a screen, to be read from the back of a room; arrow keys or a presenter’s remote lead on.",
        on_click=turn_meeting,
        args=(True,),
    )


def _ask_for_reset() -> None:
    st.session_state[_RESET] = True


def _changed(now: Looking, uses: frozenset[Filter]) -> Choices:
    """Draw the filters that change the page and return the choices with what they say."""
    offered, choices, forces = now.offered, now.choices, desk().forces()
    if not uses and len(forces) == 1:
        return choices
    with wording.popover("Change", key="change"):
        if len(forces) > 1:
            _force(forces, offered.force)
        if "areas" in uses:
            choices = replace(
                choices, areas=_many(offered.noun.capitalize(), offered.areas, choices.areas, "area")
            )
        if "proposed" in uses and offered.proposed:
            help_text = (
                "Centres whose ground is proposed, beside all that are named. They are on the board alone."
            )
            on = _switch("Proposed centres on the board", choices.proposed, "proposed", help_text)
            choices = replace(choices, proposed=on)
        types = None
        if "types" in uses:
            types = st.container() if offered.span.first <= LAST_OLD else None
            if types is None:
                choices = _types(choices, offered)
        if "periods" in uses:
            presets = period_presets(offered.span, desk().review(offered.force), _patrolled(now.selection))
            choices = replace(choices, months=periods_filter.draw(offered.span, choices.months, presets))
        if types is not None:  # which can be chosen follows from the periods, which stand under them
            with types:
                choices = _types(choices, offered)
        if "like" in uses:
            help_text = "Compare only the calendar months published in both periods."
            choices = replace(
                choices,
                like_for_like=_switch("Like for like", choices.like_for_like, "like_for_like", help_text),
            )
        if "small" in uses:
            help_text = (
                "A percentage on fewer than 50 incidents is hidden unless asked for: a handful moves it far."
            )
            choices = replace(
                choices,
                small_bases=_switch(
                    "Show percentages on small bases", choices.small_bases, "small_bases", help_text
                ),
            )
        if "own" in uses:
            units, name = own_filter.draw(offered, choices)
            choices = replace(choices, own_units=units, own_name=name)
    return choices


def _types(choices: Choices, offered: Offered) -> Choices:
    """Draw the crime types that can be chosen with the periods; one chosen before that ended before them is let go."""
    names = {each: each for each in types_to_choose(choices.months) if each in offered.types}
    chosen: Sequence[str] = st.session_state.get("crime", choices.crime_types)
    left = [each for each in chosen if each in names]
    if len(left) < len(chosen):
        left = left or list(offered.opens_with.crime_types)
        if "crime" in st.session_state:
            st.session_state["crime"] = left
    return replace(choices, crime_types=_many("Crime types", names, left, "crime"))


def said(uses: Iterable[Filter] | None) -> str:
    """Return the line in plain words; none on a page without it, or where the filters could not be drawn."""
    now = _before()
    return (
        ""
        if now is None or uses is None
        else f"You are looking at {', '.join(looking.parts(now, set(uses)))}."
    )


def _patrolled(chosen: Selection) -> Period | None:
    """Return the months of the patrols, None where none are known."""
    try:
        log = desk().records("patrol-log")
        real = desk().no_records("patrol-log") if log.simulated else log
        spans = patrols.spans(desk().patrols(desk().case(chosen), real))
    except AnalysisError:
        return None
    return spans[0][1] if spans else None


def _force(held: Sequence[str], force: str) -> None:
    if st.session_state.get("force") != force:
        st.session_state["force"] = force
    wording.selectbox(
        "Police force",
        held,
        format_func=desk().force_name,
        key="force",
        required=True,
        on_change=lambda: to_force(st.session_state["force"]),
    )


def _many(label: str, names: Mapping[str, str], chosen: Sequence[str], key: str) -> tuple[str, ...]:
    if key not in st.session_state:
        st.session_state[key] = list(chosen)
    picked = wording.multiselect(label, list(names), format_func=lambda each: names[each], key=key)
    return tuple(each for each in names if each in picked)


def _switch(label: str, on: bool, key: str, help_text: str) -> bool:
    if key not in st.session_state:
        st.session_state[key] = on
    picked: bool = wording.toggle(label, key=key, help=help_text)
    return picked


def say_what_a_link_got_wrong(label: str, key: str, known: Iterable[str]) -> None:
    """Say which value of a page's own in the link is not held: it is dropped, and a reader would believe it followed."""
    unknown = sorted(set(st.query_params.get_all(key)) - set(known) - {""})
    if unknown and key not in st.session_state:
        wording.warning(looking.not_held(label, unknown[0]))
