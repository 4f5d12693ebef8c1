"""Words on the screen: the only calls of Streamlit that read Markdown, each made with text that shows as it is written.

Called as Streamlit's own are (``wording.caption``, ``wording.button``…), in a place of the page by ``wording.on(place)``.
Labels, sentences, help and entries of lists pass `analysis.drawing.encoded` here, whoever wrote them, so no caller has
to know which of them came from a file or a link. The project's own documents are the exception (`document`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from analysis.drawing import encoded

_MARKED_ENTRIES = frozenset({"radio", "pills", "segmented_control"})
"""Widgets whose entries are read as Markdown; those of the others are plain text."""


class Words:
    """The calls that read Markdown, drawn in one place of the page."""

    def __init__(self, place: Any) -> None:
        self._place = place

    def _draw(self, name: str, label: object, *values: Any, **options: Any) -> Any:
        if options.get("help") is not None:
            options["help"] = encoded.markdown(options["help"])
        if options.get("placeholder") is not None:
            options["placeholder"] = encoded.plain(options["placeholder"])
        return getattr(self._place, name)(encoded.markdown(label), *values, **options)

    def _choice(self, name: str, label: object, entries: Any, *values: Any, **options: Any) -> Any:
        write = encoded.markdown if name in _MARKED_ENTRIES else encoded.plain
        shown: Callable[[Any], object] = options.pop("format_func", str)
        return self._draw(
            name, label, entries, *values, format_func=lambda entry: write(shown(entry)), **options
        )

    def page_link(self, page: Any, label: object, **options: Any) -> Any:
        """Draw a link to a page of ours by these words."""
        return self._place.page_link(page, label=encoded.markdown(label), **options)

    def progress(self, share: float, text: object) -> Any:
        """Draw how far something is, from 0 to 1, with these words on it."""
        return self._place.progress(share, text=encoded.markdown(text))

    def tabs(self, labels: list[str], **options: Any) -> Any:
        """Draw tabs with these labels."""
        return self._place.tabs([encoded.markdown(label) for label in labels], **options)


def _drawn(name: str) -> Callable[..., Any]:
    def draw(self: Words, label: object = "", *values: Any, **options: Any) -> Any:
        return self._draw(name, label, *values, **options)

    draw.__doc__ = f"Draw Streamlit's ``{name}`` with these words as they are written."
    return draw


def _chosen(name: str) -> Callable[..., Any]:
    def draw(self: Words, label: object, entries: Any, *values: Any, **options: Any) -> Any:
        return self._choice(name, label, entries, *values, **options)

    draw.__doc__ = f"Draw Streamlit's ``{name}`` with label and entries as they are written."
    return draw


SENTENCES = (
    "badge", "button", "caption", "checkbox", "date_input", "download_button", "error", "expander", "file_uploader",
    "header", "info", "number_input", "popover", "slider", "spinner", "status", "subheader", "success", "text_area",
    "text_input", "title", "toast", "toggle", "warning",
)  # fmt: skip
CHOICES = ("multiselect", "pills", "radio", "segmented_control", "select_slider", "selectbox")
PAIRS = ("page_link", "progress", "tabs")

for _name in SENTENCES:
    setattr(Words, _name, _drawn(_name))
for _name in CHOICES:
    setattr(Words, _name, _chosen(_name))


def on(place: Any) -> Any:
    """Return the same calls, drawn in this place of the page (a column, a container, the sidebar)."""
    return Words(place)


def document(text: str) -> None:
    """Show a document of the project as the Markdown that it is; never text from outside."""
    st.markdown(text)


def __getattr__(name: str) -> Any:
    if name in (*SENTENCES, *CHOICES, *PAIRS):
        return getattr(Words(st), name)
    raise AttributeError(
        f"pages.frame.wording has no call {name}; Streamlit's may read Markdown: add it here."
    )
