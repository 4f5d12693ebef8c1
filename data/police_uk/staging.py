"""One CSV file made ready to be read by DuckDB: inflated, hashed, its header known, its encoding UTF-8.

The fast way touches the bytes once. The slow way, for files that DuckDB cannot read (another encoding, rows
with too few or too many fields), goes line by line in Python and writes a clean copy with the row numbers
of the original. police.uk never breaks a row over two lines, so a row is a line; a quotation mark that is
never closed then spoils its own row and no other.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from analysis.model.errors import RefusedError
from data.police_uk.archive import CHUNK, Member

_MAX_HEADER = 2**16


@dataclass(frozen=True)
class Staged:
    """A CSV file on disk. ``lines`` counts its lines with the header; ``header`` is its first row.

    ``crc32`` is the check sum that a zip's list of files gives.
    """

    path: Path
    sha256: str
    bytes: int
    lines: int
    header: list[str]
    encoding: str
    crc32: int = 0


def stage(member: Member, staging_file: Path) -> Staged:
    """Return the member on disk: the file itself where it is one, else inflated into ``staging_file``.

    Raises RefusedError, with its sentence, for a damaged, locked, empty or binary file.
    """
    digest, crc32, size, lines, start, last = hashlib.sha256(), 0, 0, 0, b"", b""
    copied = member.archive is not None or not _utf8(member.path)  # DuckDB opens no other path
    out = staging_file.open("wb") if copied else None
    try:
        for chunk in member.chunks():
            digest.update(chunk)
            crc32 = zlib.crc32(chunk, crc32)
            size += len(chunk)
            lines += chunk.count(b"\n")
            last = chunk[-1:]
            if len(start) < _MAX_HEADER:
                start += chunk[:_MAX_HEADER]
            if out:
                out.write(chunk)
    finally:
        if out:
            out.close()
    if not start.strip(b" \t\r\n\0\xef\xbb\xbf\xfe\xff"):  # nothing but blanks and the mark of an encoding
        raise RefusedError(
            f"{member.label}: the file is empty. It was refused, because it would make a zero out of a month "
            "that is not published. Download it again, or leave the month as a gap."
        )
    encoding = _encoding(member, start)
    header_line = start.decode(encoding, errors="replace").replace("\r", "\n").split("\n", 1)[0]
    header = [name.strip() for name in fields_of(header_line)]
    if last != b"\n":
        lines += 1
    path = staging_file if copied else member.path
    return Staged(path, digest.hexdigest(), size, lines, header, encoding, crc32)


def _encoding(member: Member, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise RefusedError(
            f"{member.label}: the file is not text, so it is no CSV. Give a CSV file from data.police.uk."
        )
    return "utf-8-sig"


@dataclass(frozen=True)
class CleanCopy:
    """A copy that DuckDB can read, its first column the row of the original; the rows it could not take."""

    path: Path
    rows_read: int
    wrong_fields: list[int]
    encoding: str


def write_clean_copy(staged: Staged, target: Path) -> CleanCopy:
    """Return a UTF-8 copy with row numbers and stripped fields, less rows with the wrong number of fields.

    A file that is not UTF-8 is read as Windows-1252, the one other encoding that spreadsheet programs write
    here.
    """
    encoding = staged.encoding if staged.encoding == "utf-16" or _decodes(staged) else "cp1252"
    width = len(staged.header)
    rows, wrong = 0, []
    with (
        staged.path.open(encoding=encoding, errors="replace") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["source_row", *staged.header])
        for number, line in enumerate(source, start=1):
            if number == 1 or not line.strip():
                continue
            rows += 1
            fields = fields_of(line)
            if len(fields) == width:
                writer.writerow([number, *(field.replace("\0", "").strip() for field in fields)])
            else:
                wrong.append(number)
    return CleanCopy(target, rows, wrong, encoding)


def fields_of(line: str) -> list[str]:
    """Return the fields of one line, none where it is no row: a quotation mark not closed, a field past any real one."""
    try:
        return next(csv.reader([line.rstrip("\r\n")], strict=True), [])
    except csv.Error:
        return []


def _utf8(path: Path) -> bool:
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _decodes(staged: Staged) -> bool:
    try:
        with staged.path.open(encoding=staged.encoding) as source:
            while source.read(CHUNK):
                pass
    except UnicodeError:
        return False
    return True
