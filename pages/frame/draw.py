"""How an answer is shown: question, what is said first, its parts, notes. Each page is made of these and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.drawing import encoded
from analysis.drawing.answer import Answer, DrawnFigure, Part, Text, Unanswered, of_open_data
from analysis.drawing.cards import Cards
from analysis.drawing.certificate import Certificate
from analysis.drawing.figure import Table
from analysis.model.areas import key_of
from pages.frame import assets, device, figures, filters, paper, screens, wording
from pages.frame.folds import behind, behind_on_a_phone
from pages.frame.terms import explained

_cards = st.components.v2.component(
    "town_centre_cards", html="<ul></ul>", css=assets.asset("cards.css"), js=assets.asset("cards.js")
)


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
        figures.figure(shown, simulated, whole, key)
    elif isinstance(shown, Table):
        figures.table(shown, simulated, whole, key)
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


def cards_data(shown: Cards) -> dict[str, Any]:
    """Return what the browser is sent of cards: texts and paths."""
    return {"cards": [asdict(card) | {"glyph": card.glyph} for card in shown.cards]}
