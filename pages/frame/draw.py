"""How an answer is shown: question, what is said first, its parts, notes. Each page is made of these and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes
from streamlit.delta_generator import DeltaGenerator

from analysis.drawing import encoded, glossary
from analysis.drawing.answer import (
    DEMONSTRATION,
    Answer,
    DrawnFigure,
    Part,
    Text,
    Unanswered,
    of_open_data,
)
from analysis.drawing.cards import Cards
from analysis.drawing.certificate import Certificate
from analysis.drawing.figure import Table
from analysis.drawing.glossary import Term
from analysis.drawing.maps.shown import Shown
from analysis.model.areas import key_of
from analysis.model.cells import CellsBeside
from data.exports import csv_bytes
from pages.frame import device, document_pieces, filters, paper, screens, wording
from pages.frame.asking import desk
from pages.frame.folds import behind, behind_on_a_phone
from pages.frame.html_table import html_table
from pages.frame.terms import explained


def asset(name: str) -> str:
    """Return the text of a style sheet or a script that lies beside this file."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


_cards = st.components.v2.component(
    "town_centre_cards", html="<ul></ul>", css=asset("cards.css"), js=asset("cards.js")
)

DARK = {"#12436D": "#8FC1F0", "#3D3D3D": "#C9CED4", "#801650": "#E39AC4"}
"""The palette's dark colours, lightened where they would sink into a dark ground (contrast 4.5 and more)."""


def style() -> None:
    """Load the style sheet, and what it does for fingers, narrow windows and colours of the reader's system."""
    st.html(f"<style>{asset('style.css')}{asset('reach.css')}</style>")


def style_for_a_room() -> None:
    """Load the style of the meeting view over it."""
    st.html(f"<style>{asset('meeting.css')}</style>")


def content_begins() -> None:
    """Mark where the page begins behind its menu: “Skip to main content” leads here."""
    st.html('<div id="content" tabindex="-1"></div>')


def question(words: str, place: Any = None) -> Any:
    """Show the question that the page answers, in a place where it stood before or in a new one, which is returned.

    Under a new one stands a heading that only a screen reader says: findings are a level below it, and none is skipped.
    """
    if place is None:
        place = st.empty()
        st.html('<h2 class="unseen">The answer</h2>')
    wording.on(place).title(words, anchor=False)
    return place


def leads(answer: Answer) -> None:
    """Show the answer first: one sentence a place, in large type."""
    if isinstance(answer.leads, Unanswered):
        wording.info(answer.leads.sentence)
        return
    if paper.leaves_out_words():
        return
    body = "".join(
        f"<p><strong>{encoded.html_text(name)}.</strong> {encoded.html_text(words)}</p>"
        for name, words in answer.leads
    )
    st.html(f'<div class="answers" role="group" aria-label="The answer by place">{body}</div>')


def said_large(sentence: str, rest: str = "") -> None:
    """Show the sentence that a chair could read out, and under it what it leaves unsaid."""
    small = f'<p class="rest">{encoded.html_text(rest)}</p>' if rest else ""
    st.html(
        f'<section class="headline" aria-label="The answer in short"><p>{encoded.html_text(sentence)}</p>{small}</section>'
    )


def fold(
    title: str, of: Answer | None = None, part: str = ""
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Put what the function below draws behind a title: it is run, and sent, where the reader has opened it.

    Its name is the fold's, so that a fold stays open while its title changes with the filters. Where the answer that it
    is for (``of``) has no part, or not this one, there is no fold; without a title its content stands open.
    """

    def folded_away(content: Callable[[], None]) -> Callable[[], None]:
        if of is not None and (part not in of.parts if part else not of.parts):
            return content
        screens.rest_begins()
        if title:
            behind(title, content, content.__name__)
        else:
            content()
        return content

    return folded_away


def section(title: str, of: Answer | None = None) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Put what the function below draws under a heading; on a phone behind it, so that a page stays short there.

    Nothing is drawn where the answer that it is for (``of``) has no part.
    """

    def part_of_the_page(content: Callable[[], None]) -> Callable[[], None]:
        if of is not None and not of.parts:
            return content
        screens.rest_begins()
        if device.is_phone():
            behind_on_a_phone(title, content, content.__name__)
        else:
            wording.header(title, anchor=False)
            content()
        return content

    return part_of_the_page


def cards(answer: Answer) -> None:
    """Show the answer by place: a card each, with its word, its numbers and its line; else the sentence why not."""
    shown = answer.parts.get("cards")
    if shown is not None:
        part(shown)


def beside(left: int = 5, right: int = 7) -> list[DeltaGenerator]:
    """Return two places beside each other: the cards of a first screen, and its picture."""
    return screens.answer_and_map() or st.columns([left, right], gap="medium")


def asked_beside(left: int, right: int) -> list[DeltaGenerator]:
    """Return two places beside each other, for what is asked and its picture; on a phone the picture stands first."""
    if device.is_phone():
        return places(2)[::-1]
    return beside(left, right)


def places(number: int) -> list[DeltaGenerator]:
    """Return so many places under each other, to be filled in any order: what is asked may stand under its answer."""
    return [st.container() for _ in range(number)]


def first_of(answer: Answer, *names: str) -> None:
    """Show the first of these parts that the answer has: the picture or, where it cannot be drawn, what asks for it."""
    for name in names:
        if name in answer.parts:
            part(answer.parts[name], simulated=answer.simulated)
            return


def fine(words: str) -> None:
    """Show small print that is read all the same."""
    st.html(explained(f'<p class="fine">{encoded.html_text(words)}</p>'))


def parts(answer: Answer, *names: str) -> None:
    """Show these parts of an answer, in this order; all of them without a name.

    A part that the answer does not have is not shown: what comes of a review is only in the answers of its force. What
    several parts cannot be answered for is said once.
    """
    sentences = set()
    for name in names or answer.parts:
        shown = answer.parts.get(name)
        if isinstance(shown, Unanswered):
            if shown in sentences:
                continue
            sentences.add(shown)
        if shown is not None:
            part(shown, simulated=answer.simulated, whole=answer.certificate_of(name), key=key_of(name))


def part(shown: Part, *, simulated: bool = False, whole: Certificate | None = None, key: str = "") -> None:
    """Show one part; what cannot be answered is its sentence in place, so that the rest of the page stands.

    ``whole`` says how whole the data behind it are; ``key`` parts two of one title.
    """
    if isinstance(shown, Unanswered):
        wording.info(shown.sentence)
        return
    if not isinstance(shown, Text) and not of_open_data(shown):
        whole = None
    if isinstance(shown, Text):
        text(shown.text)
    elif isinstance(shown, Cards):
        _cards(data=cards_data(shown) | {"room": filters.in_meeting()}, key=f"cards-{key}")
        if shown.compared:
            fine(shown.compared)
    elif isinstance(shown, DrawnFigure):
        _figure(shown, simulated, whole, key)
    elif isinstance(shown, Table):
        _table(shown, simulated, whole, key)
    else:
        raise TypeError(f"A {type(shown).__name__} is shown by pages.frame.map_view.")


def folded(answer: Answer, *names: str) -> None:
    """Show long tables, each behind its title."""
    for name in names:
        shown = answer.parts.get(name)
        if shown is None:
            continue
        whole = answer.certificate_of(name)
        show = partial(part, shown, simulated=answer.simulated, whole=whole, key=key_of(name))
        if isinstance(shown, Table):
            behind(shown.title, show, f"long-{key_of(name)}")
        else:
            show()


def inner_fold(title: str, answer: Answer, *names: str) -> None:
    """Show parts of an answer behind a title, inside a section; nothing where the answer has no part."""
    if answer.parts:
        behind(title, partial(parts, answer, *names), names[0].replace(" ", "-"))


def certificate(answer: Answer) -> None:
    """Show, behind its title, how whole the data of an answer are: months, files, what has no location."""
    whole = answer.certificate
    if whole is not None:
        behind(whole.table.title, lambda: part(whole.table, simulated=answer.simulated), "certificate")


def coverage_line(whole: Certificate | None) -> None:
    """Show, under a figure, how whole its data are; nothing where that is not told."""
    if whole is not None and not paper.is_short():  # on paper the page says it elsewhere
        wording.caption(whole.line)


def leads_without_cards(answer: Answer) -> None:
    """Show what is said first where the answer has no card: why it cannot be answered, or that nothing is held."""
    if "cards" not in answer.parts:
        leads(answer)


def leads_behind_cards(answer: Answer) -> None:
    """Show what is said first in words, for a fold behind the cards; without cards it stands first already."""
    if "cards" in answer.parts:
        leads(answer)


def text(sentence: str) -> None:
    """Show one sentence in reading size; nothing where there is none."""
    if sentence:
        st.html(explained(f'<p class="said">{encoded.html_text(sentence)}</p>'))


def small(answer: Answer, name: str) -> None:
    """Show one sentence of an answer in small print, where it has it."""
    shown = answer.parts.get(name)
    if isinstance(shown, Text):
        wording.caption(shown.text)


def hint(words: str) -> None:
    """Show what can be done here, in small print: on paper nothing can."""
    st.html(f'<p class="fine hint">{encoded.html_text(words)}</p>')


def lines(sentences: Iterable[str]) -> None:
    """Show sentences under each other."""
    said = "".join(f"<p>{encoded.html_text(each)}</p>" for each in sentences if each)
    st.html(f'<div class="small-print">{said}</div>')


def progress(share: float, words: str) -> None:
    """Show how far something is, from 0 to 1, with words on it."""
    wording.progress(min(max(share, 0.0), 1.0), words)


def addresses(places: Iterable[tuple[str, str, str]]) -> None:
    """Show where something lies: its name, its address as a link, and a word on it. Only addresses of our own."""
    items = "".join(
        f'<li>{encoded.html_text(name)}: <a href="{encoded.html_text(address)}" rel="noopener noreferrer" target="_blank">'
        f"{encoded.html_text(address)}</a> ({encoded.html_text(words)})</li>"
        for name, address, words in places
    )
    st.html(f'<ul class="notes">{items}</ul>')


def heading(words: str, of: Answer | None = None) -> None:
    """Start a part of the page; not where the answer that it stands over (``of``) has no part."""
    if of is None or of.parts:
        screens.rest_begins()
        wording.header(words, anchor=False)


def notes(sentences: Iterable[str]) -> None:
    """Show what a reader must keep in mind, as a short list."""
    items = "".join(f"<li>{encoded.html_text(sentence)}</li>" for sentence in sentences if sentence)

    @section("Keep in mind")
    def keep_in_mind() -> None:
        st.html(explained(f'<ul class="notes">{items}</ul>'))


def terms(found: Sequence[Term], sought: str) -> None:
    """Show terms with their meanings, each under an address of its own, or that no term has the words sought.

    On a phone all of them stand behind their first letters, some ten at a time.
    """
    if not found:
        wording.info(
            f"No word here has “{sought}” in its name or its meaning. Try a shorter one, or its first letters."
        )
    if not device.is_phone() or sought:
        _terms(found)
        return
    for at in range(0, len(found), TERMS_BEHIND):
        some = found[at : at + TERMS_BEHIND]
        title = f"{some[0].name} to {some[-1].name}"
        behind_on_a_phone(title, partial(_terms, some), f"terms-{at}")


TERMS_BEHIND = 10


def _terms(some: Sequence[Term]) -> None:
    for term in some:
        wording.subheader(term.name, anchor=term.anchor)
        st.html(f'<p class="meaning">{encoded.html_text(term.meaning)}</p>')


def meanings() -> None:
    """Show what the words mean that stand outside folds, on whichever page."""
    terms = [term for term in glossary.TERMS if term.name in glossary.FIRST_LAYER]
    items = "".join(
        f"<li><strong>{encoded.html_text(term.name)}.</strong> {encoded.html_text(term.meaning)}</li>"
        for term in terms
    )
    st.html(f'<ul class="notes">{items}</ul>')


def markdown(text_of: str) -> None:
    """Show a document of the project; each of its tables scrolls by itself, by touch and by keyboard.

    On a phone each of its chapters stands behind its heading.
    """
    if not device.is_phone():
        _markdown(text_of)
        return
    first, *rest = document_pieces.chapters(text_of)
    _markdown(first.text)
    for at, chapter in enumerate(rest):
        behind_on_a_phone(chapter.title, partial(_markdown, chapter.text), f"chapter-{at}")


def _markdown(text_of: str) -> None:
    for piece in document_pieces.pieces(text_of):
        if isinstance(piece, document_pieces.DocumentTable):
            st.html(document_pieces.html_of(piece))
        else:
            wording.document(piece)


def finding(title: str) -> None:
    """Show the finding of a picture that stands beside the answer; its statistic stands under the picture."""
    wording.subheader(title, anchor=False)


def heads(title: str, subtitle: str) -> None:
    """Show the finding, and under it the statistic with its area, period and source."""
    wording.subheader(title, anchor=False)
    st.html(f'<p class="subtitle">{encoded.html_text(subtitle)}</p>')


def download(
    shown: Table | DrawnFigure | Shown, *, simulated: bool, whole: Certificate | None = None, key: str = ""
) -> None:
    """Offer the plain numbers as CSV, under what they are, where they come from and how whole they are.

    Made when asked for; ``key`` parts two of one title.
    """
    above = [shown.title, shown.subtitle, *([DEMONSTRATION] if simulated else [])]
    above += _heads(whole)
    offer(shown.title, lambda: csv_bytes(shown.data, above), key)


def offer(title: str, make: Callable[[], bytes], key: str = "") -> None:
    """Offer a CSV file that is made when it is asked for."""
    wording.download_button(
        "Download as CSV",
        make,
        file_name=encoded.file_name(title, "csv"),
        mime="text/csv",
        key=f"download-{key_of(title)}-{key}",
        on_click="ignore",
        type="tertiary",
    )


def _heads(whole: Certificate | None) -> tuple[str, ...]:
    """Return what stands in the head of every file: for whom it is, and how whole its data are."""
    credit = desk().naming().credit
    return (*([credit] if credit else []), *(whole.heads if whole else ()))


def plain(shown: DrawnFigure | Shown) -> None:
    """Show the plain numbers behind a figure or a map, as a table that scrolls by itself."""

    def make() -> pa.Table:
        # as a screen is sent them: Arrow's form is made once, and not at each run
        return pa.ipc.open_stream(convert_pandas_df_to_arrow_bytes(shown.data)).read_all()

    st.dataframe(_numbers.get(shown, make), hide_index=True, height=240)
    st.html(
        '<p class="on-paper-only">The numbers are not printed: on the screen they can be taken as CSV.</p>'
    )


MOST_FORM_BYTES = 5_000_000
"""Of tables as HTML, and of numbers behind figures as they are sent: a page's are some tens of kilobytes."""

_tables = CellsBeside(MOST_FORM_BYTES, lambda html: html.__sizeof__())
_numbers = CellsBeside(MOST_FORM_BYTES, lambda table: int(table.nbytes))


def _figure(shown: DrawnFigure, simulated: bool, whole: Certificate | None, key: str) -> None:
    if paper.leaves_out():
        return
    heads(shown.title, shown.subtitle)
    with st.container(key=f"figure-{key_of(shown.title)}-{key}"):
        st.vega_lite_chart(
            spec=_for_screen(json.loads(_for_theme(shown.specification)))
            | {"datasets": dict(shown.arrow)}
            | _for_room(),
            alt=shown.alt,
            width="content",
        )
    _small_print([shown.caveat])
    coverage_line(whole)

    def numbers() -> None:
        plain(shown)
        download(shown, simulated=simulated, whole=whole, key=key)

    behind("Numbers behind the figure", numbers, f"numbers-{key_of(shown.title)}-{key}")


def _small_print(notes: Iterable[str]) -> None:
    """Show what stands under a figure or a table, as one block: the first mention of a term in it has its meaning."""
    said = "".join(f"<p>{encoded.html_text(note)}</p>" for note in notes if note)
    if said:
        st.html(explained(f'<div class="small-print">{said}</div>'))


def _table(shown: Table, simulated: bool, whole: Certificate | None, key: str) -> None:
    if paper.leaves_out():
        return
    heads(shown.title, shown.subtitle)
    if paper.leaves_out_rows(len(shown.shown)):
        return
    if shown.shown.empty:  # why there is no row may stand in the notes
        _small_print(shown.notes)
        return
    phone = device.is_phone()

    def make() -> str:
        return (
            f'<div class="table" tabindex="0" role="region" aria-label="{encoded.html_text(shown.title)}">'
            f"{html_table(shown.shown, narrow=phone)}</div>"
        )

    st.html(_tables.get(shown, make, phone))
    _small_print(shown.notes)
    coverage_line(whole)
    if shown.whole is None:
        download(shown, simulated=simulated, whole=whole, key=key)
    else:
        make_whole, above = shown.whole, _heads(whole)
        offer(shown.title, lambda: make_whole(above), key)


def cards_data(shown: Cards) -> dict[str, Any]:
    """Return what the browser is sent of cards: texts and paths."""
    return {"cards": [asdict(card) | {"glyph": card.glyph} for card in shown.cards]}


def _for_room() -> dict[str, Any]:
    """Return what a chart is told besides for a room and for paper: to be drawn of lines, which are sharp at any size."""
    sharp = filters.in_meeting() or paper.is_on()
    return {"usermeta": {"embedOptions": {"renderer": "svg"}}} if sharp else {}


def _for_screen(specification: dict[str, Any]) -> dict[str, Any]:
    narrow: dict[str, Any] = device.narrow(specification)
    return narrow if device.is_phone() else specification


def _for_theme(specification: str) -> str:
    if st.context.theme.type != "dark":
        return specification
    for light, dark in DARK.items():
        specification = specification.replace(light, dark)
    return specification
