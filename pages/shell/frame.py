"""What stands round every page: the menu, the note on demonstration data, and the footer."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st

from analysis.model.periods import month_label
from pages.shell import selection, tables

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


def pages() -> dict[str, list]:
    """Return the menu as Streamlit takes it."""
    first = next(iter(MENU["Review"]))
    return {
        section: [_page(script, title, default=script == first) for script, title in entries.items()]
        for section, entries in MENU.items()
    }


def _page(script: str, title: str, *, default: bool = False):
    return st.Page(_PAGES / f"{script}.py", title=title, default=default)


def banner() -> None:
    """Say on every page that what is shown is simulated, when it is."""
    if tables.is_demonstration():
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
    if tables.is_demonstration():
        return ["Simulated data for demonstration. No figure on this page describes a real place or month."]
    held = _held_lines(tables.store().fingerprint())
    shown = list(held.values())
    if len(held) > MOST_LINES:
        chosen = selection.chosen_force()
        shown = [held[chosen]] if chosen in held else []
        rest = len(held) - len(shown)
        other = "other " if shown else ""
        shown.append(
            f"{rest} {other}{'force is' if rest == 1 else 'forces are'} held: About / Data has months and gaps."
        )
    return [
        "Source: street-level data of police.uk, Open Government Licence v3.0. Recorded incidents at approximate "
        "points, counted by LSOA and month.",
        *shown,
    ]


@st.cache_resource(max_entries=2, show_spinner=False)
def _held_lines(fingerprint: str) -> dict[str, str]:
    """Return a line on each force: its months held, those not published, and their release."""
    lines = {}
    for force in tables.forces():
        coverage = tables.coverage(force)
        street = coverage.loc[coverage["kind"] == "street"]
        span = tables.span(force)
        gaps = [month_label(month) for month in street.loc[street["status"] == "gap", "month"]]
        held = int((street["status"] != "gap").sum())
        lines[force] = (
            f"{tables.force_name(force)}: {held} months held of {span.label}; "
            + (f"not published here: {', '.join(gaps)}. " if gaps else "no month missing. ")
            + tables.release_line(force)
        )
    return lines
