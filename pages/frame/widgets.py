"""The choices that a page has of its own, drawn alike on every page; each lives in the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.drawing.answer import Answer
from analysis.model.case import Case
from analysis.model.old_types import left_out
from analysis.model.periods import month_label
from pages.frame import device, link, wording
from pages.frame.filters import has_said, say_what_a_link_got_wrong, types_offered

WIDTH = 320


def one_crime_type(crime_types: Sequence[str], of: Answer | None = None) -> str:
    """Draw the choice of one crime type for a page that looks at one, starting with the first of those chosen.

    Where the answer that it belongs to (``of``) has no part, nothing is drawn.
    """
    if of is not None and not of.parts:
        return crime_types[0]
    link.follow("one_crime", crime_types[0], tuple(crime_types))
    types, ended = types_offered()
    let_go_of("one_crime", ended)
    return one_of("Crime type", {name: name for name in types}, crime_types[0], "one_crime")


def let_go_of(key: str, ended: Sequence[str], first: Sequence[str] = ()) -> None:
    """Take crime types that ended before its months out of a page's own choice, and say so in a sentence.

    To be asked before it is drawn; a click, a link or what the choice starts from (``first``) may have brought them.
    """
    kept, linked = st.session_state.get(key), st.query_params.get_all(key)
    chosen = [kept] if isinstance(kept, str) else list((() if linked else first) if kept is None else kept)
    gone = [each for each in ended if each in chosen or each in linked]
    if not gone:
        return
    rest = [each for each in linked if each not in gone]
    if rest:
        st.query_params[key] = rest
    elif linked:
        del st.query_params[key]
    if isinstance(kept, str):
        del st.session_state[key]
    elif kept is not None:
        st.session_state[key] = [each for each in chosen if each not in gone]
    if not has_said(gone):
        wording.warning(left_out(gone))


def one_of(
    label: str, names: Mapping[str, str], first: str, key: str, width: int | Literal["stretch"] = WIDTH
) -> str:
    """Draw the choice of one of several, by name, and return its key; of none, nothing is drawn and no key is returned."""
    if not names:
        return ""
    say_what_a_link_got_wrong(label, key, names.values())
    chosen_key: str = wording.selectbox(
        label,
        list(names),
        index=list(names).index(first),
        format_func=lambda chosen: names[chosen],
        key=key,
        bind="query-params",
        required=True,
        width=width,
    )
    return chosen_key


def one_held(label: str, names: Mapping[str, str], first: str, key: str) -> str:
    """Draw the same for a choice that begins with what is held (``first``): it stands in the link whatever it is."""
    if not names:
        return ""
    say_what_a_link_got_wrong(label, key, (*names, *names.values()))
    if key not in st.session_state:
        st.session_state[key] = link.came_with(key, names) or first
    chosen = wording.selectbox(
        label, list(names), format_func=lambda each: names[each], key=key, required=True, width=WIDTH
    )
    link.keep(key, names[chosen])
    picked: str = chosen
    return picked


def sought(label: str) -> str:
    """Draw a box for words to look up, and return them: those of the link (``?sought=``), none at first."""
    words: str | None = wording.text_input(label, key="sought", bind="query-params", width=WIDTH)
    return (words or "").strip()


def evaluated(case: Case) -> tuple[str, str, object]:
    """Draw the choice of area, crime type and start month, and return the area's key, the type and the month."""
    areas = {key: area.name for key, area in case.areas.items() if area.kind != "rest"}
    months = {month_label(month): month for month in case.span.months[1:]}
    link.follow("evaluate", case.chosen[0].key, case.selection.areas)
    link.follow("start", month_label(case.comparison.first), case.comparison)
    with choices("Area, crime type, start month"):
        one, two, three = st.columns(3)
        with one:
            area = one_of("Area", areas, case.chosen[0].key, "evaluate", width="stretch")
        with two:
            crime_type = one_crime_type(case.crime_types)
        with three:
            start = one_of(
                "Start month, for the step in the series",
                {label: label for label in months},
                month_label(case.comparison.first),
                "start",
                width="stretch",
            )
    return area, crime_type, months[start]


def choices(label: str) -> Any:
    """Return a place for choices that stand over an answer; on a phone behind their names, so that it is read first."""
    return wording.expander(label) if device.is_phone() else st.container()


def one_view(label: str, views: Sequence[str], first: str, key: str) -> str:
    """Draw the choice between views as buttons in a row; where there is only one it is taken, and nothing is drawn."""
    if len(views) == 1:
        return views[0]
    picked: str = wording.segmented_control(
        label,
        list(views),
        default=first,
        key=key,
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
    return picked


def one_held_view(label: str, views: Sequence[str], first: str, key: str) -> str:
    """Draw the same for views of which the first to be shown depends on what is held: it stands in the link."""
    if key not in st.session_state:
        st.session_state[key] = link.came_with(key, {view: view for view in views}) or first
    chosen = wording.segmented_control(
        label, list(views), key=key, required=True, label_visibility="collapsed"
    )
    link.keep(key, chosen)
    picked: str = chosen
    return picked


def switch(label: str, key: str, help_text: str = "", of: Answer | None = None) -> bool:
    """Draw a switch; it is off, and not drawn, where the answer that it belongs to (``of``) has no part."""
    if of is not None and not of.parts:
        return False
    picked: bool = wording.toggle(label, key=key, bind="query-params", help=help_text or None)
    return picked


def how_many(label: str, numbers: Sequence[int], first: int, key: str) -> int:
    """Draw the choice of a number among these."""
    picked: int = wording.select_slider(
        label, list(numbers), value=first, key=key, bind="query-params", width=WIDTH
    )
    return picked


def slide(label: str, numbers: range, first: int, key: str) -> int:
    """Draw the choice of a whole number between the first and the last of these."""
    picked: int = wording.slider(
        label, numbers[0], numbers[-1], first, key=key, bind="query-params", width=WIDTH
    )
    return picked


def columns(*shares: int) -> list[DeltaGenerator]:
    """Return places beside each other, for choices in a row."""
    return st.columns(list(shares))
