"""How a result is shown: question, answer, figure, table, notes. Each page is made of these and nothing else."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st

from analysis.drawing.figure import SOURCE, AnyChart, Figure, Table
from analysis.model.areas import key_of
from analysis.model.errors import AnalysisError
from data.exports import csv_bytes
from pages.shell import tables
from pages.shell.html_table import html_table

_STYLE = Path(__file__).with_name("style.css")

_DARK = {"#12436D": "#8FC1F0", "#3D3D3D": "#C9CED4", "#801650": "#E39AC4"}
"""The palette's dark colours, lightened where they would sink into a dark ground (contrast 4.5 and more)."""


def style() -> None:
    """Load the one style sheet."""
    st.html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")


def question(text: str) -> None:
    """Show the question that the page answers."""
    st.title(text, anchor=False)


def answers(sentences: Iterable[tuple[str, str]]) -> None:
    """Show the answer first: one sentence a place, in large type."""
    body = "".join(
        f"<p><strong>{html.escape(name)}.</strong> {html.escape(text)}</p>" for name, text in sentences
    )
    st.html(f'<section class="answers" aria-label="The answer in short">{body}</section>')


def text(sentence: str) -> None:
    """Show one sentence in reading size."""
    st.html(f'<p class="said">{html.escape(sentence)}</p>')


def heading(words: str) -> None:
    """Start a part of the page."""
    st.header(words, anchor=False)


@contextmanager
def part() -> Iterator[None]:
    """Show what cannot be answered as its sentence in place, so that the rest of the page stands."""
    try:
        yield
    except AnalysisError as problem:
        st.info(str(problem))


def figure(shown: Figure, key: str = "") -> None:
    """Show a figure with its finding, statistic, chart, caveat, table and download; ``key`` parts two of one title."""
    heads(shown.title, shown.subtitle)
    with st.container(key=f"figure-{key or key_of(shown.title)}"):
        st.altair_chart(_for_theme(shown.chart), alt=shown.alt, width="content")
    if shown.caveat:
        st.caption(shown.caveat)
    with st.expander("Numbers behind the figure"):
        st.dataframe(shown.data, hide_index=True, height=240)
        download(shown.title, shown.subtitle, shown.data, key)


def table(shown: Table, whole: Callable[[], bytes] | None = None) -> None:
    """Show a table as text, with its notes and the plain numbers to take away.

    ``whole`` makes the file instead, when it is asked for: for a table that shows the first rows of many.
    """
    heads(shown.title, shown.subtitle)
    if shown.shown.empty:
        return
    st.html(
        f'<div class="table" tabindex="0" role="region" aria-label="{html.escape(shown.title)}">{html_table(shown.shown)}</div>'
    )
    for note in shown.notes:
        st.caption(note)
    if whole is None:
        download(shown.title, shown.subtitle, shown.data)
    else:
        _offer(shown.title, whole)


def folded(shown: Table) -> None:
    """Show a long table behind its title."""
    with st.expander(shown.title):
        table(shown)


def notes(sentences: Iterable[str]) -> None:
    """Show what a reader must keep in mind, as a short list."""
    heading("Keep in mind")
    st.html('<ul class="notes">' + "".join(f"<li>{html.escape(s)}</li>" for s in sentences) + "</ul>")


def markdown(text_of: str) -> None:
    """Show a document of the project."""
    st.markdown(text_of)


def heads(title: str, subtitle: str) -> None:
    """Show the finding, and under it the statistic with its area, period and source."""
    st.subheader(title, anchor=False)
    st.html(f'<p class="subtitle">{html.escape(_with_true_source(subtitle))}</p>')


def _with_true_source(subtitle: str) -> str:
    """Return the subtitle, with police.uk not named as the source of months that are simulated."""
    return subtitle.replace(SOURCE, "Simulated months.") if tables.is_demonstration() else subtitle


def download(title: str, subtitle: str, data: pd.DataFrame, key: str = "") -> None:
    """Offer the plain numbers as CSV, under what they are and where they come from; ``key`` parts two of one title."""
    heads = [title, _with_true_source(subtitle)]
    if tables.is_demonstration():
        heads.append("DEMONSTRATION DATA: months and places are simulated.")
    _offer(title, csv_bytes(data, heads), key)


def _offer(title: str, content: bytes | Callable[[], bytes], key: str = "") -> None:
    st.download_button(
        "Download as CSV",
        content,
        file_name=f"{key_of(title)}.csv",
        mime="text/csv",
        key=f"download-{key or key_of(title)}",
        on_click="ignore",
        type="tertiary",
    )


def _for_theme(chart: AnyChart) -> AnyChart:
    if st.context.theme.type != "dark":
        return chart
    drawn = json.dumps(chart.to_dict(), default=str)  # a month in the data has no JSON of its own
    for light, dark in _DARK.items():
        drawn = drawn.replace(light, dark)
    return alt.Chart.from_dict(json.loads(drawn))
