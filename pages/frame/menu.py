"""What stands round every page: the menu, the note on demonstration data, and the footer."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.frame import filters
from pages.frame.asking import desk

ICON = str(Path(__file__).with_name("icon.png"))
"""A file: an icon by name would be fetched from a font host."""

MOST_LINES = 3
"""Of so many forces the footer says the months; of more, only of the one chosen, and where the others are."""

_PAGES = Path(__file__).parents[1]


MENU = {
    "Review": {
        "review/overview": "Overview",
        "review/hotspots": "Hotspots",
        "review/retail_crime": "Retail crime",
        "review/safer_streets": "Safer Streets",
        "review/nte": "Night-time economy",
        "review/perceptions": "Perceptions",
    },
    "Explore": {
        "explore/incidents": "Incidents",
        "explore/evaluation": "Evaluation",
        "explore/high_crime": "High-crime places",
    },
    "About": {"about/data": "Data", "about/methods": "Methods"},
}
"""Section, then script under ``pages/`` and its title; the first page is the one that opens.

Scripts lie in folders: one directly in ``pages/`` would run without the frame."""


def pages() -> dict[str, list[StreamlitPage]]:
    """Return the menu as Streamlit takes it."""
    first = next(iter(MENU["Review"]))
    return {
        section: [_page(script, title, default=script == first) for script, title in entries.items()]
        for section, entries in MENU.items()
    }


def _page(script: str, title: str, *, default: bool = False) -> StreamlitPage:
    return st.Page(_PAGES / f"{script}.py", title=title, default=default)


def banner() -> None:
    """Say on every page that what is shown is simulated, when it is."""
    if desk().simulated:
        st.html(
            '<div class="banner" role="note"><strong>Demonstration data.</strong> Months and places are simulated. '
            "The three town centres equal the review’s published table by construction (three of its cells the real "
            "months contradict), all other ground is invented, and other districts are empty. Import real months with "
            "<code>python -m data import FILE</code>.</div>"
        )


def footer() -> None:
    """Show source, licence, release, months held and gaps."""
    st.html(f'<footer class="foot">{"<br>".join(html.escape(line) for line in _lines())}</footer>')


def _lines() -> list[str]:
    at = desk()
    if at.simulated:
        return ["Simulated data for demonstration. No figure on this page describes a real place or month."]
    lines = {force: at.held_line(force) for force in at.store.forces()}
    shown = list(lines.values())
    if len(lines) > MOST_LINES:
        chosen = filters.chosen_force()
        shown = [lines[chosen]] if chosen in lines else []
        rest = len(lines) - len(shown)
        other = "other " if shown else ""
        shown.append(
            f"{rest} {other}{'force is' if rest == 1 else 'forces are'} held: About / Data has months and gaps."
        )
    return [
        "Source: street-level data of police.uk, Open Government Licence v3.0. Recorded incidents at approximate "
        "points, counted by LSOA and month.",
        *shown,
    ]
