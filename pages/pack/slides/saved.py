"""The same slides as the same bytes: no date of the clock, no order of a set, in the file or in the workbooks inside it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_OF_ZIP = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest moment that a zip can write down."""


def moment(made: str = "") -> datetime:
    """Return the moment that a file says it was made at: that of its pack (``made``, as its manifest writes it).

    Without one it is SOURCE_DATE_EPOCH (seconds since 1970), else now, to the second.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if made:
        at = datetime.fromisoformat(made).astimezone(UTC)
    else:
        at = datetime.fromtimestamp(int(given), UTC) if given.isdigit() else datetime.now(UTC)
    return max(at, FIRST_OF_ZIP).replace(microsecond=0)


def bytes_of(shown: Any, at: datetime) -> bytes:
    """Return a presentation as a file; its parts by name, each with this moment."""
    first = BytesIO()
    shown.save(first)
    into = BytesIO()
    # the list of contents stands first, as programs that read a stream expect it
    with ZipFile(first) as packed, ZipFile(into, "w") as again:
        for name in sorted(packed.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            again.writestr(entry, packed.read(name), compresslevel=6)
    return into.getvalue()
