"""One CSV file made ready to be read: inflated, hashed, its header known, its encoding UTF-8.

The quick ways touch the bytes once (in memory, by Arrow; from the disk, by DuckDB). The slow way, for files that DuckDB
cannot read (another encoding, rows with too few or too many fields), goes line by line in Python and writes a clean copy
with the row numbers of the original. police.uk never breaks a row over two lines, so a row is a line; a quotation mark that is
never closed then spoils its own row and no other.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import os
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from analysis.model.errors import RefusedError
from data.police_uk.archive import CHUNK, Member

_MAX_HEADER = 2**16


MOST_IN_MEMORY = 64 * 2**20
"""Bytes of a file that is held in memory to be read: twice the largest real one (a month of the Metropolitan Police)."""


@dataclass(frozen=True)
class Staged:
    """A CSV file made ready: its bytes in ``data`` where it is no larger than `MOST_IN_MEMORY`, else on disk at ``path``.
    ``spill`` is where bytes in memory may be written.

    ``header`` is its first row. ``crc32`` is the check sum that a zip's list of files gives.
    """

    path: Path
    spill: Path
    sha256: str
    size: int
    header: list[str]
    encoding: str
    crc32: int = 0
    data: bytes | None = None

    def on_disk(self) -> Path:
        """Return where the file lies, written there first where it is held in memory alone."""
        if self.data is None or self.path.exists():
            return self.path
        self.spill.write_bytes(self.data)
        return self.spill

    def lines(self) -> int:
        """Return how many lines the file has, with the header."""
        count, last = 0, b"\n"
        with self.on_disk().open("rb") as stream:
            while chunk := stream.read(CHUNK):
                count, last = count + chunk.count(b"\n"), chunk[-1:]
        return count + (last != b"\n")


def stage(member: Member, staging_file: Path) -> Staged:
    """Return the member ready to be read; what is too large for memory is inflated into ``staging_file``.

    Raises RefusedError, with its sentence, for a damaged, locked, empty or binary file.
    """
    staging_file.unlink(missing_ok=True)  # the file before
    copied = member.archive is not None or not _utf8(member.path)  # DuckDB opens no other path
    path = staging_file if copied else member.path
    digest, crc32, size, start = hashlib.sha256(), member.crc32 or 0, 0, b""
    kept: list[bytes] = []
    with ExitStack() as opened:
        out = None
        for chunk in member.chunks():
            digest.update(chunk)
            if member.archive is None:  # zipfile holds a member's bytes to that of its list
                crc32 = zlib.crc32(chunk, crc32)
            size += len(chunk)
            if len(start) < _MAX_HEADER:
                start += chunk[:_MAX_HEADER]
            kept.append(chunk)
            if size > MOST_IN_MEMORY:
                if copied:
                    out = out or opened.enter_context(staging_file.open("wb"))
                    out.writelines(kept)
                kept.clear()
    if not start.strip(b" \t\r\n\0\xef\xbb\xbf\xfe\xff"):  # nothing but blanks and the mark of an encoding
        raise RefusedError(
            f"{member.label}: the file is empty. It was refused, because it would make a zero out of a month "
            "that is not published. Download it again, or leave the month as a gap."
        )
    encoding = _encoding(member, start)
    header_line = start.decode(encoding, errors="replace").replace("\r", "\n").split("\n", 1)[0]
    header = [name.strip() for name in fields_of(header_line)]
    data = (kept[0] if len(kept) == 1 else b"".join(kept)) if size <= MOST_IN_MEMORY else None
    return Staged(path, staging_file, digest.hexdigest(), size, header, encoding, crc32, data)


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
        staged.on_disk().open(encoding=encoding, errors="replace") as source,
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
        with staged.on_disk().open(encoding=staged.encoding) as source:
            while source.read(CHUNK):
                pass
    except UnicodeError:
        return False
    return True
