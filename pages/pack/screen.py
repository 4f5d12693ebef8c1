"""The pack on the screen: made when it is asked for, with its progress, a way to cancel, and its files to take away.

The one module of this room that knows Streamlit.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from analysis.model.selection import Selection
from pages.frame import draw, filters, folds, wording
from pages.frame.asking import desk
from pages.pack import jobs, manifest
from pages.pack.chapters import CHAPTERS
from pages.pack.jobs import PackJob, PackState
from pages.pack.making import OF_A_PAGE, WHOLE, ZIP

LOOK_EVERY = 0.5
"""Seconds between two looks at a pack that is being made."""

OVERVIEW = "overview"

_SESSION = "packs of this session"

_KINDS = {
    ".pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ".xlsx": ("Workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".html": ("HTML page, opens without a network", "text/html"),
    ".pdf": ("PDF", "application/pdf"),
}


def offer() -> None:
    """Offer the whole pack with the filters as they stand."""
    chosen = filters.current()
    draw.text(
        "Every page as it opens with these filters: a workbook, CSV files, a page that opens without a network, and a PDF. "
        "Each number stands with its source and coverage. It takes some twenty seconds; pages can be read meanwhile."
    )
    _make("whole", chosen, (), WHOLE, "Make the pack")


def offer_page(address: str) -> None:
    """Offer one page's part of the pack, by its address; nothing for a page that is no part of it."""
    page = address or OVERVIEW
    if page not in CHAPTERS or filters.in_meeting() or filters.chosen_force() is None:
        return

    def content() -> None:
        draw.fine(
            "This page as it opens with these filters: a workbook, CSV files and an HTML page. With them come its cards, board, "
            "charts and maps as pictures (PNG) for an e-mail."
        )
        _make(page, filters.current(), (page,), OF_A_PAGE, "Make the files of this page")

    folds.behind("Download this page", content, "download-page")


def _make(name: str, chosen: Selection, pages: Sequence[str], formats: Sequence[str], label: str) -> None:
    key = f"{_session()}-{name}"
    job = jobs.current(key)
    if job is not None and job.state.ok is None:
        _progress(key, name)
        return
    asked = manifest.selection_plain(chosen, pages or CHAPTERS)
    if job is not None and job.asked == asked:
        _made(job, name)
        label = "Make it again"
    if wording.button(label, type="primary", key=f"make-pack-{name}"):
        jobs.start(key, desk().store.path, asked, pages, formats)
        st.rerun()


def _session() -> str:
    key: str = st.session_state.setdefault(_SESSION, uuid.uuid4().hex)
    return key


@st.fragment(run_every=LOOK_EVERY)
def _progress(key: str, name: str) -> None:
    """Show how far the pack is, and go on when it has ended."""
    job = jobs.current(key)
    if job is None or job.state.ok is not None:
        st.rerun()
        return
    state = job.state
    draw.progress(state.done / state.of if state.of else 0.0, _words(state))
    if wording.button("Cancel", key=f"cancel-pack-{name}"):
        job.cancel()
        job.wait(10.0)
        st.rerun()


def _words(state: PackState) -> str:
    return f"{state.words} ({state.done + 1} of {state.of})" if state.of else state.words


def _made(job: PackJob, name: str) -> None:
    state = job.state
    if not state.ok:
        for sentence in state.said:
            wording.warning(sentence)
        return
    with st.container(horizontal=True, key=f"pack-files-{name}"):
        _file(job.pack / ZIP, "Download all of it (zip)", ("application/zip", f"{name}-zip"), first=True)
        for at, file in enumerate(state.files):
            label, mime = _KINDS.get(Path(file).suffix, ("", ""))
            if label:
                _file(job.pack / file, label, (mime, f"{name}-{at}"))
    for sentence in state.said:
        wording.info(sentence)


def _file(path: Path, label: str, kind: tuple[str, str], *, first: bool = False) -> None:
    mime, key = kind
    wording.download_button(
        label,
        partial(path.read_bytes),
        file_name=path.name,
        mime=mime,
        key=f"pack-file-{key}",
        on_click="ignore",
        type="primary" if first else "secondary",
    )
