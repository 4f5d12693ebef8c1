"""What stands round every page: the menu, the note on demonstration data, the way on, and the footer."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analysis.drawing import encoded
from pages.frame import filters, folds, link, printing, reference, wording
from pages.frame.asking import desk
from pages.frame.looking import Filter
from pages.frame.menu_bar import MENU_KEY, menu_bar
from pages.frame.screens import Part

PRODUCT = "Safe Town Centres"

ICON = str(Path(__file__).with_name("icon.png"))
"""A file: an icon by name would be fetched from a font host."""

MOST_LINES = 3
"""Of so many forces the footer says the months; of more, only of the one chosen, and where the others are."""

WORDS = "What the words on this page mean"

DATA = "pages/about/data.py"
ACCESSIBILITY = "pages/about/accessibility.py"

_PAGES = Path(__file__).parents[1]


@dataclass(frozen=True)
class Entry:
    """A page in the menu: its short name, the question it answers, and the shared filters that change it.

    A page with none of them (None) has no line “You are looking at …”. One with a board or cards has two screens in
    the meeting view: ``second`` is the part that the second one shows. One that is not in the menu bar (``in_bar``) is led
    to from the foot of every page. A document (``is_document``) is printed on as many sheets as it has.
    """

    name: str
    question: str
    uses: frozenset[Filter] | None = frozenset()
    second: Part = ""
    in_bar: bool = True
    is_document: bool = False


def _entry(name: str, question: str, *uses: Filter, second: Part = "", is_document: bool = False) -> Entry:
    return Entry(name, question, frozenset(uses), second, is_document=is_document)


MENU: dict[str, dict[str, Entry]] = {
    "Review": {
        "review/overview": _entry(
            "Overview", "Are our town centres safer than before?",
            "areas", "proposed", "types", "periods", "like", "small", "own", second="why",
        ),
        "review/hotspots": _entry(
            "Hotspots", "What did the hotspot patrols do, and what was recorded on the ground they walked?",
            "areas", "own", second="where",
        ),
        "review/retail_crime": _entry(
            "Retail", "Where was shoplifting recorded, and at which shops again and again?",
            "areas", "periods", "like", "small", "own", second="where",
        ),
        "review/safer_streets": _entry(
            "Safer Streets", "What did Safer Streets deliver, and what was recorded on its ground before and after?",
            "types", "like", "small", second="where",
        ),
        "review/nte": _entry(
            "Night-time", "What was funded for the night-time economy, and what was recorded on its ground?",
            "areas", "periods", "like", "small", "own", second="why",
        ),
        "review/perceptions": _entry(
            "Perceptions", "Where do people feel unsafe, and are incidents recorded there?",
            "types", "periods",
        ),
    },
    "Explore": {
        "explore/incidents": _entry(
            "Incidents", "Which incidents were recorded, where and when, and what came of them?", "own"
        ),
        "explore/evaluation": _entry(
            "Evaluation", "Did this area change more than it would have by itself?",
            "areas", "types", "periods", "like", "small", "own",
        ),
        "explore/high_crime": _entry(
            "High-crime", "Where were most incidents recorded, and is it the same ground as before?",
            "types", "periods",
        ),
        "explore/centres": _entry(
            "Centres", "Where are our town centres, and which ground stands for each?"
        ),
    },
    "About": {
        "about/how_to_read": Entry("Guide", "How to read this", None),
        "about/data": Entry("Data", "What data stand behind the figures?", None, is_document=True),
        "about/country": Entry("Country", "Where do centres stand out, in every force held?", None),
        "about/pack": _entry(
            "Pack", "What can be taken away, to show, to print and to check?",
            "areas", "proposed", "types", "periods", "like", "small", "own",
        ),
        "about/methods": _entry(
            "Methods", "How is each figure made, and how sure can one be of it?", "periods", "like", is_document=True
        ),
        "about/glossary": Entry("Glossary", "What do the words mean?", None, is_document=True),
        "about/accessibility": Entry(
            "Accessibility", "How can this dashboard be used by hand and by ear?", None, in_bar=False, is_document=True
        ),
    },
}  # fmt: skip
"""Section, then script under ``pages/`` and its entry; the first page is the one that opens.

Scripts lie in folders: one directly in ``pages/`` would run without the frame."""


def entries() -> Iterator[tuple[str, Entry]]:
    """Yield every page's script and entry, in the order of the menu."""
    for section in MENU.values():
        yield from section.items()


def pages() -> list[StreamlitPage]:
    """Return the pages as Streamlit takes them; those of the menu bar, in its order."""
    first = next(iter(MENU["Review"]))
    return [
        st.Page(_PAGES / f"{script}.py", title=f"{entry.name} – {PRODUCT}", default=script == first)
        for script, entry in entries()
    ]


def entry_of(listed: Sequence[StreamlitPage], chosen: StreamlitPage) -> Entry:
    """Return the entry of the page that is open, and give the browser's window its name."""
    st.set_page_config(page_title=chosen.title, page_icon=ICON, layout="wide")
    return next(entry for page, (_, entry) in zip(listed, entries(), strict=True) if page is chosen)


def go(listed: Sequence[StreamlitPage], chosen: StreamlitPage) -> None:
    """Go to the page that was clicked in the menu, with what was chosen."""
    going = (st.session_state.get(MENU_KEY) or {}).get("go")
    page = {each.url_path: each for each in listed}.get(str(going))
    if page is not None and page is not chosen:
        st.switch_page(page, query_params=link.shared())


def bar(listed: Sequence[StreamlitPage], chosen: StreamlitPage) -> None:
    """Draw the menu: product, and every page by its short name in one click, with what was chosen in its link."""
    menu_bar(
        {
            "product": PRODUCT,
            "mark": _mark(),
            "pages": [
                {
                    "path": page.url_path,
                    "name": entry.name,
                    "question": entry.question,
                    "section": section,
                    "current": page is chosen,
                }
                for page, (section, entry) in zip(listed, _by_section(), strict=True)
                if entry.in_bar
            ],
            "query": urlencode(link.shared(), doseq=True),
        }
    )


def way_on(listed: Sequence[StreamlitPage], chosen: StreamlitPage) -> None:
    """Draw the way to the question before and to the next one."""
    at, all_entries = list(listed).index(chosen), [entry for _, entry in entries()]
    with st.container(key="way-on", horizontal=True, horizontal_alignment="distribute"):
        for to, words in ((at - 1, "Before"), (at + 1, "Next")):
            if 0 <= to < len(all_entries) and all_entries[at].in_bar and all_entries[to].in_bar:
                wording.page_link(
                    listed[to],
                    label=f"{words}: {all_entries[to].question}",
                    query_params=link.shared(),
                )


def _by_section() -> Iterator[tuple[str, Entry]]:
    for section, listed in MENU.items():
        for entry in listed.values():
            yield section, entry


def _mark() -> str:
    return f"data:image/png;base64,{base64.b64encode(Path(ICON).read_bytes()).decode()}"


def banner() -> None:
    """Say on every page that what is shown is simulated, when it is."""
    if desk().simulated:
        with st.container(key="demonstration", horizontal=True, vertical_alignment="center"):
            st.html(
                '<div class="banner" role="note"><strong>Demonstration data.</strong> Months and places are simulated; '
                "only the town centres’ sums are the review’s.</div>"
            )
            wording.page_link(DATA, label="Get real months", query_params=link.shared())


def footer(entry: Entry) -> None:
    """Offer to open every fold and to print the page; show for whom the page is, source, licence, release, months held and gaps."""
    if not filters.in_meeting():
        folds.behind(WORDS, reference.meanings, "words-of-page")
    with st.container(key="at-the-foot", horizontal=True):
        folds.open_or_close_all()
        wording.page_link(ACCESSIBILITY, label="Accessibility statement", query_params=link.shared())
    printing.offer(is_document=entry.is_document)
    st.html(f'<footer class="foot">{"<br>".join(encoded.html_text(line) for line in _lines())}</footer>')


def _lines() -> list[str]:
    return [line for line in (desk().naming().credit, desk().naming_problem(), *_of_the_data()) if line]


def _of_the_data() -> list[str]:
    at = desk()
    if at.simulated:
        return [
            "Simulated data for demonstration. No figure on this page describes a real place or month. The three town centres "
            "equal the review’s published table by construction, though the real months contradict three of its cells. "
            "All other ground is invented, and other districts are empty."
        ]
    held = at.store.forces()
    told = held if len(held) <= MOST_LINES else [each for each in held if each == filters.chosen_force()]
    shown = [at.held_line(force) for force in told]
    if rest := len(held) - len(shown):
        other = "other " if shown else ""
        shown.append(
            f"{rest} {other}{'force is' if rest == 1 else 'forces are'} held: About / Data has months and gaps."
        )
    return [
        "Source: street-level data of police.uk, Open Government Licence v3.0. Recorded incidents at approximate "
        "points, counted by small area and month.",
        *shown,
    ]
