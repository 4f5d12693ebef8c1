"""What leaves the app as a file: the numbers, with what they are written above them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.drawing import encoded
from data.exports.safe_cells import safe_csv

_MARK = b"\xef\xbb\xbf"


def csv_bytes(frame: pd.DataFrame, heads: Iterable[str]) -> bytes:
    """Return the frame as CSV under comment rows (``# ``) that say title, period, area and source.

    Cells that a spreadsheet would run are made harmless. Read it back with ``pandas.read_csv(file, comment="#")``.
    """
    top = "".join(f"{encoded.heading_line(line)}\r\n" for line in heads)
    return _MARK + top.encode("utf-8") + safe_csv(frame).removeprefix(_MARK)
