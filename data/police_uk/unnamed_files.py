"""What a CSV file is about whose name does not say: its kind from its header, its force and month from its rows."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from analysis.model.english import counted
from analysis.model.errors import RefusedError
from data.police_uk import file_names
from data.police_uk.archive import Member
from data.police_uk.file_names import FileKey
from data.police_uk.staging import fields_of

EXAMPLE = "2023-07-cleveland-street.csv"

_LONGEST_LINE = 2**20
"""Characters; a real row has about 300, and a file without line ends is no table."""


def key_from_rows(member: Member) -> FileKey | None:
    """Return what a file of another name is about, from its rows; None where it is no police.uk file.

    Raises RefusedError where its rows are of several months or forces, or name none, and where it cannot be read.
    """
    lines = _lines(member)
    first = next(lines, "")
    header = [name.strip() for name in fields_of(first)]
    if not any(header):
        if first.strip() or any(line.strip() for line in lines):
            return None
        raise RefusedError(
            f"{member.label}: the file is empty. It was refused, because it would make a zero out of a "
            "month that is not published. Download it again, or leave the month as a gap."
        )
    kind = file_names.kind_from_header(header)
    if kind is None:
        return None
    if kind == "stop-and-search":
        raise RefusedError(
            f"{member.label}: a stop-and-search file does not name its force. Name the file as "
            f"data.police.uk does, for example 2023-07-cleveland-{kind}.csv."
        )
    month_at = header.index("Month")
    force_at = next((header.index(name) for name in ("Falls within", "Reported by") if name in header), None)
    months, names = set(), set()
    for row in map(fields_of, lines):
        if len(row) == len(header):
            months.add(row[month_at].strip())
            if force_at is not None:
                names.add(row[force_at])
    good = sorted(month for month in months if file_names.is_month(month))
    forces = sorted({file_names.force_slug(name) for name in names} - {""})
    if len(good) != 1 or len(forces) != 1:
        what = "month" if len(good) != 1 else "force"
        found = good if what == "month" else forces
        raise RefusedError(
            f"{member.label}: its name does not say what it is about, and its rows name "
            f"{'no ' + what if not found else f'{counted(len(found), what)} ({found[0]} to {found[-1]})'}. "
            f"Give one file a {what}, named as data.police.uk does, for example {EXAMPLE}."
        )
    return FileKey(kind, forces[0], good[0])


def _lines(member: Member) -> Iterator[str]:
    """Yield the lines of a file, whichever way they end; of one too long for any table, its beginning."""
    decoder: io.IncrementalNewlineDecoder | None = None
    rest = ""
    for chunk in member.chunks():
        if decoder is None:
            wide = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            plain = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")("replace")
            decoder = io.IncrementalNewlineDecoder(plain, translate=True)
        *lines, rest = (rest + decoder.decode(chunk)).replace("\0", "").split("\n")
        yield from lines
        rest = rest[:_LONGEST_LINE]
    if rest:
        yield rest
