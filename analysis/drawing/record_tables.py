# ruff: noqa: D102 (fields of a protocol: the class says what they are)
"""The office's records as a page lists them: refused rows, and the versions kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from analysis.drawing.figure import Table
from analysis.model import formats
from analysis.model.english import counted
from analysis.records.tidying.cells import shown as quoted

MOST_SHOWN = 25
"""Refused rows on the page; the download has them all."""


class Version(Protocol):
    """What is told of one version of the records (see `data.records`)."""

    @property
    def version(self) -> int: ...

    @property
    def file_name(self) -> str: ...

    @property
    def kept_at(self) -> str: ...

    @property
    def rows(self) -> int: ...

    @property
    def refused(self) -> int: ...

    @property
    def delete_after(self) -> object: ...

    @property
    def simulated(self) -> bool: ...

    @property
    def current(self) -> bool: ...


def refused_table(title: str, refused: pd.DataFrame) -> Table:
    """Return the refused rows (columns row, reason), numbered as the spreadsheet numbers them."""
    shown = refused.head(MOST_SHOWN)
    more = len(refused) - len(shown)
    return Table(
        title=f"{title}: {formats.number(len(refused))} row{'s' * (len(refused) != 1)} refused",
        subtitle="The row as the spreadsheet numbers it, and why it was refused.",
        shown=pd.DataFrame(
            {"Reason": list(shown["reason"])},
            index=pd.Index([formats.number(row) for row in shown["row"]], name="Row"),
        ),
        data=refused,
        notes=(f"And {formats.number(more)} more: they are all in the download.",) if more else (),
    )


def unread_table(title: str, unread: pd.DataFrame) -> Table:
    """Return the cells that could not be read and were taken as not known (columns row, column, cell, reason)."""
    shown = unread.head(MOST_SHOWN)
    more = len(unread) - len(shown)
    return Table(
        title=f"{title}: {counted(len(unread), 'cell')} taken as not known",
        subtitle="The rows stay; what stands in these cells could not be read and is counted nowhere.",
        shown=pd.DataFrame(
            {
                "Column": list(shown["column"]),
                "Cell": [quoted(cell)[1:-1] for cell in shown["cell"]],
                "Reason": list(shown["reason"]),
            },
            index=pd.Index(list(shown["row"]), name="Row"),
        ),
        data=unread,
        notes=(f"And {formats.number(more)} more: they are all in the download.",) if more else (),
    )


def versions_table(title: str, held: Iterable[Version], *, rows_said: bool = True) -> Table:
    """Return the versions kept of a kind, newest first, with the one in use named.

    Without ``rows_said`` the numbers of rows are left out: beside what is shown they could give a hidden count away.
    """
    versions = list(held)
    shown = pd.DataFrame(
        {
            "In use": ["in use" if v.current else "" for v in versions],
            "File": [f"{v.file_name}{' (simulated)' * v.simulated}" for v in versions],
            "Kept on": [v.kept_at[:10] for v in versions],
            "Rows": [formats.number(v.rows) for v in versions],
            "Refused": [formats.number(v.refused) for v in versions],
            "Deleted after": [str(v.delete_after or "no day set") for v in versions],
        },
        index=pd.Index([str(v.version) for v in versions], name="Version"),
    )
    if not rows_said:
        shown = shown.drop(columns=["Rows", "Refused"])
    return Table(
        title=f"{title}: {formats.number(len(versions))} version{'s' * (len(versions) != 1)} kept",
        subtitle="The last ten are kept. One that was replaced can be put back, and any can be removed for good.",
        shown=shown,
        data=shown.reset_index(),
    )
