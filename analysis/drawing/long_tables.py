"""Tables of which a page shows the first rows, and says how many more there are."""

from __future__ import annotations

import pandas as pd

from analysis.model import formats

ROWS_SHOWN = 15
"""Shops, points and the like on a page; the download has them all."""


def more_note(table: pd.DataFrame, what: str) -> tuple[str, ...]:
    """Return how many rows the page leaves out, or nothing where it shows them all."""
    more = len(table) - ROWS_SHOWN
    return (f"And {formats.number(more)} more {what}: they are all in the download.",) if more > 0 else ()
