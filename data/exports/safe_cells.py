"""Exports that a spreadsheet cannot take for formulas: the one way out for every CSV and Excel download.

A cell that begins with =, +, - or @ (or a tab or line break before one) is run as a formula when the file is
opened, and text in records comes from outside. Such text gets an apostrophe in front; numbers, and text that
is only a number such as -15 or -11%, stay as they are. (OWASP, CSV Injection.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pandas as pd

from analysis.drawing import encoded

_LONGEST_CELL = 32_767  # Excel's own limit


def safe_cell(value: Any) -> Any:
    """Return the value as an export may hold it; only text is ever changed, and lists become text."""
    if isinstance(value, (tuple, list)):
        value = "; ".join(str(item) for item in value)
    if not isinstance(value, str):
        return value
    return encoded.cell(value)


def safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with every cell, heading and index entry made harmless; numbers stay."""
    safe = frame.copy()
    for position, dtype in enumerate(frame.dtypes):
        if pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype):
            continue
        column = frame.iloc[:, position]
        safe.isetitem(position, list(column.astype("object").map(safe_cell, na_action="ignore")))
    safe.columns = pd.Index([safe_cell(name) for name in frame.columns])
    if frame.index.dtype.kind not in "iufb":
        safe.index = frame.index.map(_safe_entry)
    safe.index.names = [safe_cell(name) for name in frame.index.names]
    return safe


def _safe_entry(entry: Any) -> Any:
    # an entry of an index of several levels is a tuple, and stays one
    return tuple(safe_cell(part) for part in entry) if isinstance(entry, tuple) else safe_cell(entry)


def safe_csv(frame: pd.DataFrame, *, index: bool = False) -> bytes:
    """Return the frame as CSV that Excel opens in the right characters (UTF-8 with its mark, CRLF)."""
    text = safe_frame(frame).to_csv(index=index, lineterminator="\r\n")
    return bytes(text.encode("utf-8-sig"))


def safe_excel(sheets: Mapping[str, pd.DataFrame], *, index: bool = False) -> bytes:
    """Return a workbook with one sheet a frame, under its name (shortened to Excel's 31 characters).

    Moments with a time zone are written in their local clock time, which is all a workbook can hold.
    """
    stream = BytesIO()
    with pd.ExcelWriter(stream, engine="openpyxl") as writer:
        for name, frame in sheets.items():
            plain = safe_frame(frame).map(_excel_value)
            plain.to_excel(writer, sheet_name=encoded.sheet_name(name), index=index)
    return stream.getvalue()


def _excel_value(value: Any) -> Any:
    if isinstance(value, str):
        return value[:_LONGEST_CELL]
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.replace(tzinfo=None)
    if isinstance(value, pd.Period):
        return str(value)
    return value
