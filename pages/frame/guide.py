"""“How to read this”: pictures of the program with what they say at their side."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import streamlit as st

from analysis.drawing import encoded
from pages.frame import draw, wording

PICTURES = Path(__file__).with_name("pictures")
"""Taken of the program itself, in the light (`python -m tests.browser.make_pictures`)."""


def pictured(name: str, alt: str, title: str, sentences: Iterable[str]) -> None:
    """Show a picture of the program with a title and sentences at its side, and ``alt`` for whoever does not see it."""
    wording.subheader(title, anchor=False)
    said = "".join(f"<li>{encoded.html_text(each)}</li>" for each in sentences)
    st.html(
        f'<div class="guide"><img alt="{encoded.html_text(alt)}" src="{_data(name)}"><ul class="notes">{said}</ul></div>'
    )


def told(title: str, sentences: Iterable[str]) -> None:
    """Show a title and sentences under it."""
    wording.subheader(title, anchor=False)
    said = "".join(f"<li>{encoded.html_text(each)}</li>" for each in sentences)
    st.html(f'<ul class="notes">{said}</ul>')


def source(words: str) -> None:
    """Show whose the pictures are."""
    draw.fine(words)


@lru_cache(maxsize=8)
def _data(name: str) -> str:
    content = (PICTURES / f"{name}.png").read_bytes()
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"
