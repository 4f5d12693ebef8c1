"""Style sheets and scripts beside these files, and the marks of a page that they hang on."""

from __future__ import annotations

from pathlib import Path

import streamlit as st


def asset(name: str) -> str:
    """Return the text of a style sheet or a script that lies beside this file."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def style() -> None:
    """Load the style sheet, and what it does for fingers, narrow windows and colours of the reader's system."""
    st.html(f"<style>{asset('style.css')}{asset('reach.css')}</style>")


def style_for_a_room() -> None:
    """Load the style of the meeting view over it."""
    st.html(f"<style>{asset('meeting.css')}</style>")


def content_begins() -> None:
    """Mark where the page begins behind its menu: “Skip to main content” leads here."""
    st.html('<div id="content" tabindex="-1"></div>')
