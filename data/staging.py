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
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import RefusedError
from data.archive import Member

CHUNK = 2**20
_MAX_HEADER = 2**16


@dataclass(frozen=True)
class Staged:
    """A CSV file on disk. ``lines`` counts its lines with the header; ``header`` is its first row."""

    path: Path
    sha256: str
    bytes: int
    lines: int
    header: list[str]
    encoding: str


def stage(member: Member, staging_file: Path) -> Staged:
    """Return the member on disk: the file itself where it is one, else inflated into ``staging_file``.

    Raises RefusedError, with its sentence, for a damaged, locked, empty or binary file.
    """
    digest, size, lines, start, last = hashlib.sha256(), 0, 0, b"", b""
    out = staging_file.open("wb") if member.archive else None
    try:
        with member.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                lines += chunk.count(b"\n")
                last = chunk[-1:]
                if len(start) < _MAX_HEADER:
                    start += chunk[:_MAX_HEADER]
                if out:
                    out.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
        raise RefusedError(
            f"{member.label}: the file is damaged inside the zip and cannot be unpacked. "
            "Download the zip again from data.police.uk."
        ) from problem
    except NotImplementedError as problem:
        raise RefusedError(
            f"{member.label}: the file is packed by a method that cannot be read here. "
            "Unpack the zip with the program that made it, and import the folder."
        ) from problem
    except RuntimeError as problem:  # zipfile's own error for a password
        raise RefusedError(
            f"{member.label}: the file is locked with a password. Unlock the zip and import it again."
        ) from problem
    finally:
        if out:
            out.close()
    if not start.strip():
        raise RefusedError(
            f"{member.label}: the file is empty. It was refused, because it would make a zero out of a month "
            "that is not published. Download it again, or leave the month as a gap."
        )
    encoding = _encoding(member, start)
    header_line = start.decode(encoding, errors="replace").splitlines()[0]
    header = [name.strip() for name in next(csv.reader([header_line]))]
    if last != b"\n":
        lines += 1
    return Staged(
        staging_file if member.archive else member.path, digest.hexdigest(), size, lines, header, encoding
    )


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
    encoding = staged.encoding if _decodes(staged) else "cp1252"
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
            fields = _fields(line)
            if len(fields) == width:
                writer.writerow([number, *(field.replace("\0", "").strip() for field in fields)])
            else:
                wrong.append(number)
    return CleanCopy(target, rows, wrong, encoding)


def _fields(line: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], strict=True), [])
    except csv.Error:  # an unclosed quotation mark, or a field longer than any real one
        return []


def _decodes(staged: Staged) -> bool:
    try:
        with staged.path.open(encoding=staged.encoding) as source:
            while source.read(CHUNK):
                pass
    except UnicodeError:
        return False
    return True
