"""Files on their way from an archive into the store: each is there whole, or it is not there."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remotezip import RemoteZipError

from analysis.model.errors import RefusedError
from data.alone import one_at_a_time
from data.download.values import Offer
from data.police_uk.archive import CHUNK, Member

FOLDER, LOCK = ".download", ".download.lock"
_BUSY = "Another download into this store is running. Wait until it has finished, then ask again for what is left."
"""In the store: files that were fetched and not imported yet, and the lock of who fetches them."""

_PART = ".part"


class StagingFolder:
    """Where files wait to be imported; what a run that was killed fetched whole is taken up by the next."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self._folder.mkdir(exist_ok=True)
        for left in self._folder.rglob(f"*{_PART}"):
            left.unlink()

    def take(self, offer: Offer) -> Member:
        """Return the file on disk, fetched unless it is there already. Raises RefusedError where it is damaged."""
        target = self._path(offer)
        if not _is(target, offer):
            self._fetch(offer, target)
        return Member(target, offer.member.name, offer.size, origin=f"{offer.release}.zip")

    def _path(self, offer: Offer) -> Path:
        key = offer.key
        return self._folder / offer.release / f"{key.month}-{key.force}-{key.kind}.csv"

    def _fetch(self, offer: Offer, target: Path) -> None:
        target.parent.mkdir(exist_ok=True)
        part = target.with_name(target.name + _PART)
        try:
            with part.open("wb") as out:
                for chunk in offer.member.chunks():  # which checks its length and check sum
                    out.write(chunk)
            part.replace(target)
        except RemoteZipError as problem:
            raise RefusedError(
                f"{offer.member.label}: the archive’s list of files does not say where the file ends, so it cannot be "
                "fetched alone. Download the archive by hand, and import it."
            ) from problem
        finally:
            part.unlink(missing_ok=True)

    def forget(self, members: list[Member]) -> None:
        """Delete files that were imported."""
        for member in members:
            member.path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Delete the folder, once nothing in it is waited for."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _is(path: Path, offer: Offer) -> bool:
    """Return whether this file is there as the archive's list has it."""
    if not path.is_file() or path.stat().st_size != offer.size:
        return False
    crc32 = 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            crc32 = zlib.crc32(chunk, crc32)
    return crc32 == offer.crc32


@contextmanager
def staging_folder(root: Path) -> Iterator[StagingFolder]:
    """Give the folder of this store to one download at a time; a second one raises RefusedError."""
    with one_at_a_time(root / LOCK, _BUSY):
        yield StagingFolder(root)
