"""Members of a zip that may be damaged anywhere: what zipfile raises of it, told as one kind of trouble."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    NotImplementedError,  # a packing that is not known
    RuntimeError,  # a password
)
"""What is raised of a zip that is cut short or changed, by `member` and while what it gives is read."""


@contextmanager
def member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str) -> Iterator[IO[bytes]]:
    """Give one member to be read. Its list may place it before the file's beginning: an OSError for zipfile, damage here.

    What goes wrong with a file that is written meanwhile (a full disk) is raised as it is.
    """
    try:
        source = archive.open(entry)
    except OSError as problem:
        raise zipfile.BadZipFile("a member lies outside the file") from problem
    with source:
        yield source


def files_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the members that are no folders; zipfile's own look at a name takes it to have a letter."""
    return [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
