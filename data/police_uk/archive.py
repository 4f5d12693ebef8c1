"""What is inside a path that someone gives the importer: a zip, a folder or a CSV file, listed safely.

Nothing is unpacked here and nothing is written. A member of a zip is read as a stream by whoever imports
it, so its name never becomes a path on disk; a name that climbs out is refused all the same, because an
archive that has one was not made by data.police.uk.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from analysis.model.english import counted, is_are
from analysis.model.errors import RefusedError
from data.zips import DAMAGE, files_of

MAX_MEMBERS = 20_000
"""A monthly archive has about 5,000 files (36 months x 43 forces x 3 kinds); four times that is no archive
of it."""

MAX_MEMBER_BYTES = 512 * 2**20
"""The largest real file (one month of street-level data of the Metropolitan Police) has about 30 MB."""

MAX_TOTAL_BYTES = 60 * 2**30
"""A monthly archive of 1.7 GB unpacks to about 15 GB."""

MAX_RATIO = 100
"""Real files shrink 5 to 6 times, and about 30 times where no row has a Crime ID; a zip bomb shrinks 1,000
times."""

SMALL_MEMBER_BYTES = 2**20
"""Under this size a ratio says nothing: a few repeated rows shrink as far as they like, and harm no one."""

CHUNK = 2**20
"""Bytes read at a time."""

SHOWN_NAME = 120
"""Characters of a name that a sentence shows."""

_ENCRYPTED = 0x1
_ZIPPED_TWICE = " (a zip inside it is not opened: unpack it first)"
_ZIPS_BY_NAME = ", or the zips in it by name"
_ZIP_MAGIC = b"PK"


@dataclass(frozen=True)
class Member:
    """One file that may be imported: a CSV on disk, or a CSV inside a zip.

    ``origin`` names the zip that a CSV on disk was taken out of, where it was.
    """

    path: Path
    name: str
    size: int
    archive: zipfile.ZipFile | None = field(default=None, compare=False, repr=False)
    origin: str = ""

    @property
    def source(self) -> str:
        """The name of the file that was given (never where it lies on the machine)."""
        return plain_name(self.origin or self.path.resolve().name)

    @property
    def file_name(self) -> str:
        """The name of the CSV itself, without its folder (Windows programs write folders with a backslash)."""
        return last_part(self.name)

    @property
    def shown(self) -> str:
        """The name as it may be shown and kept."""
        return plain_name(self.name)

    @property
    def label(self) -> str:
        """How a sentence names this file: ``cleveland.zip: 2022-07/2022-07-cleveland-street.csv``."""
        return f"{self.source}: {self.shown}" if self.archive or self.origin else self.shown

    @property
    def crc32(self) -> int | None:
        """The check sum that the zip's list gives, to which its bytes are held as they are read; None of a file on disk."""
        return self.archive.getinfo(self.name).CRC if self.archive else None

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of the CSV. Raises RefusedError, with its sentence, where they cannot be read."""
        try:
            with self.open() as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except NotImplementedError as problem:  # zipfile's own error for a packing it does not know
            raise RefusedError(
                f"{self.label}: the file is packed by a method that cannot be read here. "
                "Unpack the zip with the program that made it, and import the folder."
            ) from problem
        except RuntimeError as problem:  # zipfile's own error for a password
            raise RefusedError(
                f"{self.label}: the file is locked with a password. Unlock the zip and import it again."
            ) from problem
        except (*DAMAGE, OSError) as problem:
            if self.archive is None:
                why = problem.strerror if isinstance(problem, OSError) else "its name is none"
                raise RefusedError(
                    f"{self.label}: the file cannot be read ({why}). Check that it is there and its permissions."
                ) from problem
            raise RefusedError(
                f"{self.label}: the file is damaged inside the zip and cannot be unpacked. "
                "Download the zip again from data.police.uk."
            ) from problem

    def open(self) -> BinaryIO:
        """Return the bytes of the CSV as a stream; `chunks` says in a sentence what is wrong with it."""
        if self.archive:
            return self.archive.open(self.name)  # type: ignore[return-value]
        return self.path.open("rb")


@dataclass(frozen=True)
class Listing:
    """What a path holds: CSV files to look at, sentences on what was refused, and other files left alone."""

    members: tuple[Member, ...] = ()
    refused: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def last_part(name: str) -> str:
    """Return the name of a file in a zip without its folders."""
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2]


def plain_name(name: str) -> str:
    """Return a file's name on one line, without marks that no one can see or write, and not too long to read."""
    plain = (
        name
        if name.isprintable()
        else "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in name)
    )
    return plain if len(plain) <= SHOWN_NAME else f"{plain[: SHOWN_NAME // 2]}…{plain[-SHOWN_NAME // 2 :]}"


def list_path(path: Path) -> Listing:
    """Return the CSV files in a zip or a folder, or the CSV file itself.

    Never raises for what the path holds: what cannot be used becomes one sentence in ``refused``, which
    names the file, says what is wrong and what to do. The zip stays open for the members' streams until
    they are let go.
    """
    if path.is_dir():
        return _list_folder(path)
    try:
        start = _first_bytes(path)
    except RefusedError as refusal:
        return _refused(str(refusal))
    if start == _ZIP_MAGIC:
        return _list_zip(path)
    if path.suffix.lower() == ".csv":
        return Listing(members=(Member(path, path.name, path.stat().st_size),))
    if path.suffix.lower() == ".zip":
        reason = "is not a zip file, whatever its name says" if start else "is empty"
        wrong = f"the file {reason}. Download it again from data.police.uk."
    else:
        wrong = (
            "the file is neither a zip nor a CSV. Give the zip from data.police.uk, "
            "a folder unpacked from it, or one of its CSV files."
        )
    return _refused(f"{plain_name(path.name)}: {wrong}")


def _first_bytes(path: Path) -> bytes:
    named = plain_name(path.name)
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for ever
            raise RefusedError(
                f"{named}: it is neither a file nor a folder (a pipe or a device, perhaps). Save it as a file first."
            )
        with path.open("rb") as stream:
            return stream.read(len(_ZIP_MAGIC))
    except (FileNotFoundError, ValueError) as problem:
        raise RefusedError(
            f"{named}: there is no such file or folder. Check the path and its spelling."
        ) from problem
    except OSError as problem:
        raise RefusedError(
            f"{named}: the file cannot be read ({problem.strerror}). Check its permissions."
        ) from problem


def _refused(sentence: str) -> Listing:
    return Listing(refused=(sentence,))


def _list_folder(folder: Path) -> Listing:
    members, ignored = [], []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() == ".csv":
            members.append(Member(path, name, path.stat().st_size))
        else:
            ignored.append(plain_name(name))
    if not members:
        return _refused(
            f"{plain_name(folder.resolve().name)}: the folder holds no CSV file. Give the folder that the zip from "
            f"data.police.uk unpacks to{_ZIPS_BY_NAME if _zips(ignored) else ''}."
        )
    return Listing(tuple(members), (), tuple(ignored))


def _list_zip(path: Path) -> Listing:
    try:
        archive = zipfile.ZipFile(path)
    except (*DAMAGE, OSError):
        return _refused(
            f"{plain_name(path.name)}: the zip is cut short or damaged, so its list of files cannot be read. "
            "Download it again from data.police.uk."
        )
    listing = list_archive(archive, path)
    if not listing.members:
        archive.close()
    return listing


def list_archive(archive: zipfile.ZipFile, path: Path, wanted: Container[str] | None = None) -> Listing:
    """Return the CSV files in a zip that is open, by its list of files; ``path`` names it and need not be on this disk.

    With ``wanted`` only files of these names are looked at, but a zip of too many files or bytes is refused for all of them.
    """
    if whole := _whole_archive_problem(archive, path):
        return _refused(whole)
    given = plain_name(path.name)
    entries = [each for each in files_of(archive) if wanted is None or each.filename in wanted]
    times = Counter(entry.filename for entry in entries)
    members, ignored, refused, locked = [], [], [], []
    for entry in {entry.filename: entry for entry in entries}.values():
        name = entry.filename
        problem = _entry_problem(entry, times[name])
        if problem:
            refused.append(f"{given}: {problem}")
        elif not name.lower().endswith(".csv"):
            ignored.append(plain_name(name))
        elif entry.flag_bits & _ENCRYPTED:
            locked.append(name)
        else:
            members.append(Member(path, name, entry.file_size, archive))
    if locked:
        refused.append(
            f"{given}: {_files(len(locked))} locked with a password (“{plain_name(locked[0])}” is the first). "
            "Unlock the zip, or download it again from data.police.uk, which sets none."
        )
    if not members and not refused and wanted is None:
        return _refused(
            f"{given}: the zip holds no CSV file{_ZIPPED_TWICE if _zips(ignored) else ''}. "
            "Give a zip of street-level data from data.police.uk."
        )
    return Listing(tuple(members), tuple(refused), tuple(ignored))


def _whole_archive_problem(archive: zipfile.ZipFile, path: Path) -> str | None:
    name, entries = plain_name(path.name), files_of(archive)
    if len(entries) > MAX_MEMBERS:
        return (
            f"{name}: the zip holds {len(entries):,} files, and a full archive of data.police.uk about 5,000 "
            f"(the limit is {MAX_MEMBERS:,}). Give a zip from data.police.uk."
        )
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL_BYTES:
        return (
            f"{name}: the zip would unpack to {total / 2**30:,.0f} GB, and a full archive of data.police.uk "
            f"to about 15 GB (the limit is {MAX_TOTAL_BYTES / 2**30:.0f} GB). Give a zip from data.police.uk."
        )
    return None


def _entry_problem(entry: zipfile.ZipInfo, times: int) -> str | None:
    name = entry.filename
    if _climbs(name):
        return (
            f"the file “{plain_name(name)}” climbs out of the archive (../ or an absolute path) and was refused. "
            "Download the archive again from data.police.uk."
        )
    if not name.lower().endswith(".csv"):
        return None
    if times > 1:
        return (
            f"“{plain_name(name)}” stands in the archive {times} times, so none of them can be trusted. "
            "Download the archive again from data.police.uk."
        )
    if entry.file_size > MAX_MEMBER_BYTES:
        return (
            f"“{plain_name(name)}” would unpack to {entry.file_size / 2**20:,.0f} MB, and the largest real file has about 30 MB "
            f"(the limit is {MAX_MEMBER_BYTES / 2**20:.0f} MB). It was refused; give a file from data.police.uk."
        )
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > SMALL_MEMBER_BYTES and ratio > MAX_RATIO:
        return (
            f"“{plain_name(name)}” would unpack to {ratio:,.0f} times its size, and real files to 5 to 30 times "
            f"(the limit is {MAX_RATIO}). It was refused; give a file from data.police.uk."
        )
    return None


def _climbs(name: str) -> bool:
    if ".." not in name and "\\" not in name and ":" not in name and not name.startswith("/"):
        return False  # as nearly all of some ten thousand
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or (len(plain) > 1 and plain[1] == ":")


def _zips(names: list[str]) -> bool:
    return any(name.lower().endswith(".zip") for name in names)


def _files(count: int) -> str:
    return f"{counted(count, 'file')} {is_are(count)}"
