"""How a figure and a table are shown: finding, statistic, picture or rows, caveat, how whole its data are, plain numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa
import streamlit as st
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes

from analysis.drawing import encoded
from analysis.drawing.answer import DEMONSTRATION, DrawnFigure
from analysis.drawing.certificate import Certificate
from analysis.drawing.figure import Table
from analysis.drawing.maps.shown import Shown
from analysis.model.areas import key_of
from analysis.model.cells import CellsBeside
from data.exports import csv_bytes
from pages.frame import device, filters, paper, wording
from pages.frame.asking import desk
from pages.frame.folds import behind
from pages.frame.html_table import html_table
from pages.frame.terms import explained

DARK = {"#12436D": "#8FC1F0", "#3D3D3D": "#C9CED4", "#801650": "#E39AC4"}
"""The palette's dark colours, lightened where they would sink into a dark ground (contrast 4.5 and more)."""


def finding(title: str) -> None:
    """Show the finding of a picture that stands beside the answer; its statistic stands under the picture."""
    wording.subheader(title, anchor=False)


def heads(title: str, subtitle: str) -> None:
    """Show the finding, and under it the statistic with its area, period and source."""
    wording.subheader(title, anchor=False)
    st.html(f'<p class="subtitle">{encoded.html_text(subtitle)}</p>')


def coverage_line(whole: Certificate | None) -> None:
    """Show, under a figure, how whole its data are; nothing where that is not told."""
    if whole is not None and not paper.is_short():  # on paper the page says it elsewhere
        wording.caption(whole.line)


def _small_print(notes: Iterable[str]) -> None:
    """Show what stands under a figure or a table, as one block: the first mention of a term in it has its meaning."""
    said = "".join(f"<p>{encoded.html_text(note)}</p>" for note in notes if note)
    if said:
        st.html(explained(f'<div class="small-print">{said}</div>'))


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


def figure(shown: DrawnFigure, simulated: bool, whole: Certificate | None, key: str) -> None:
    """Show a chart under its finding, and behind a title the numbers that it is drawn from."""
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


def table(shown: Table, simulated: bool, whole: Certificate | None, key: str) -> None:
    """Show rows under their finding, in a box that scrolls by itself, and offer them to be taken away."""
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
