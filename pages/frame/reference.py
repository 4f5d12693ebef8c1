"""Pages that are read rather than asked: documents of the project, and words with their meanings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.drawing import encoded, glossary
from analysis.drawing.glossary import Term
from pages.frame import device, document_pieces, wording
from pages.frame.folds import behind_on_a_phone


def document(text_of: str) -> None:
    """Show a document of the project; each of its tables scrolls by itself, by touch and by keyboard.

    On a phone each of its chapters stands behind its heading.
    """
    if not device.is_phone():
        _document(text_of)
        return
    first, *rest = document_pieces.chapters(text_of)
    _document(first.text)
    for at, chapter in enumerate(rest):
        behind_on_a_phone(chapter.title, partial(_document, chapter.text), f"chapter-{at}")


def _document(text_of: str) -> None:
    for piece in document_pieces.pieces(text_of):
        if isinstance(piece, document_pieces.DocumentTable):
            st.html(document_pieces.html_of(piece))
        else:
            wording.document(piece)


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
