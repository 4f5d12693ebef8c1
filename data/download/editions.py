"""The archives of the service, each by its list of files, which is all that is read until a file is wanted."""

from __future__ import annotations

import zipfile
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd
from remotezip import RemoteZip, RemoteZipError

from analysis.model.errors import RefusedError
from analysis.model.vocabulary import Kind
from data.download.address import LATEST, shown
from data.download.choosing import usual_size
from data.download.ranged import NotThereError, RangedFile
from data.download.service import GO_ON, Service, ServiceError
from data.download.values import Offer
from data.police_uk import file_names
from data.police_uk.archive import Listing, Member, last_part, list_archive, plain_name
from data.police_uk.file_names import FileKey
from data.zips import DAMAGE

SPAN = 36
"""Months in an archive: that of its name and the 35 before."""

NEWEST_LOOKED_FOR = 12
"""Months back from today in which the newest archive is looked for where none is called latest; the service is two behind."""


@dataclass(frozen=True)
class Edition:
    """One archive: its release, its length in bytes, what it offers, and sentences on what its list of files has wrong.

    ``forces`` are all that it has files of; ``offers`` are of those forces that were asked for. ``usual`` is the usual size
    of a file by kind and force (`choosing.usual_size`).
    """

    release: str
    bytes: int
    offers: dict[FileKey, Offer]
    usual: dict[tuple[Kind, str], float]
    forces: frozenset[str] = frozenset()
    refused: tuple[str, ...] = ()
    archive: zipfile.ZipFile | None = field(default=None, compare=False, repr=False)
    file: RangedFile | None = field(default=None, compare=False, repr=False)

    def covers(self, month: str) -> bool:
        """Return whether the month lies in the archive's span."""
        return covers(self.release, month)


class Archives:
    """The archives under one address; each list of files is read once, when it is first asked for.

    ``forces`` are those whose files are wanted.
    ``unreadable`` are the sentences on older archives that are there and cannot be read: the others serve without them.
    """

    def __init__(self, service: Service, address: str, forces: Collection[str]) -> None:
        self._service, self._address, self._forces = service, address, forces
        self._editions: dict[str, Edition | None] = {}
        self._newest: Edition | None = None
        self.unreadable: list[str] = []

    @property
    def editions(self) -> list[Edition]:
        """The archives looked at so far, newest first."""
        return sorted(filter(None, self._editions.values()), key=lambda e: e.release, reverse=True)

    def expect(self, offers: Sequence[Offer]) -> None:
        """Take note of files that will be fetched in this order, so that those side by side are asked for at once."""
        for edition in self.editions:
            if edition.file:
                edition.file.expect(
                    (each.begins, each.ends - 1) for each in offers if each.release == edition.release
                )

    def rest(self) -> None:
        """Hold no answer open: nothing will be fetched for a while."""
        for edition in self.editions:
            if edition.file:
                edition.file.rest()

    def close(self) -> None:
        """Let go of what was opened."""
        self.rest()
        for edition in self.editions:
            if edition.archive:
                edition.archive.close()

    def newest(self) -> Edition:
        """Return the newest archive: the one called latest, else the last month that has one.

        Raises RefusedError where there is none, and where the newest cannot be read.
        """
        if self._newest is None:
            self._newest = self._look_for_newest()
            self._editions[self._newest.release] = self._newest
        return self._newest

    def _look_for_newest(self) -> Edition:
        if edition := self._open(LATEST):
            return edition
        this = pd.Period(f"{datetime.now(UTC):%Y-%m}", freq="M")
        for back in range(NEWEST_LOOKED_FOR):
            if edition := self._open(str(this - back)):
                return edition
        raise RefusedError(
            f"No archive is at {shown(self._address)} ({LATEST}.zip and those of the last {NEWEST_LOOKED_FOR} months were asked "
            "for). Check the address; nothing was changed."
        )

    def of(self, release: str) -> Edition | None:
        """Return the archive of a release, None where the service has none or it cannot be read."""
        if release not in self._editions:
            try:
                self._editions[release] = self._open(release)
            except ServiceError:
                raise
            except RefusedError as damage:
                self._editions[release] = None
                self.unreadable.append(str(damage))
        return self._editions[release]

    def _open(self, name: str) -> Edition | None:
        file = RangedFile(self._service, f"{self._address}/{name}.zip")
        try:
            archive = RemoteZip(file.address, fetcher=lambda *_, **__: file)
        except NotThereError:
            return None
        except (*DAMAGE, RemoteZipError, OSError) as problem:
            raise RefusedError(
                f"{name}.zip: its list of files cannot be read, so the archive is cut short or damaged at the service. "
                f"{GO_ON}"
            ) from problem
        edition = read_edition(archive, file.size, self._forces, "" if name == LATEST else name)
        return replace(edition, file=file)


def read_edition(archive: zipfile.ZipFile, size: int, forces: Collection[str], release: str = "") -> Edition:
    """Return what an open archive offers of these forces; without its release, the newest month in it names it.

    A file whose name stands for a month that another file has, too, is left out, since neither can be trusted. Raises
    RefusedError, with the sentence of the import, where no file of it may be taken.
    """
    keys = {name: key for name in archive.namelist() if (key := file_names.key_from_name(last_part(name)))}
    months = {month for month in {key.month for key in keys.values()} if file_names.is_month(month)}
    if not release:
        release = max(months, default="")
        if not release:
            raise RefusedError(
                f"{LATEST}.zip: no file of data.police.uk is in it. Check the address of the archives."
            )
    path = Path(f"{release}.zip")
    # an archive has some 5,000 files, of which a force has a hundred
    mine = {name for name, key in keys.items() if key.force in forces and key.month in months}
    listing = list_archive(archive, path, mine) if mine else Listing()
    if not listing.members:
        # nothing of these forces can be taken: whether anything can is seen from all of it
        everything = list_archive(archive, path)
        if not everything.members:
            raise RefusedError(" ".join(everything.refused))
    begins = sorted(entry.header_offset for entry in archive.infolist())
    ends = dict(zip(begins, [*begins[1:], archive.start_dir], strict=True))
    offers: dict[FileKey, Offer] = {}
    times = Counter[FileKey]()
    for member in listing.members:
        if key := keys.get(member.name):
            times[key] += 1
            entry = archive.getinfo(member.name)
            offers[key] = _offer(key, release, member, (entry, ends[entry.header_offset]))
    twice = [key for key, count in times.items() if count > 1]
    refused = [
        f"{release}.zip: {plain_name(str(key))} stands in it {times[key]} times, so none of them is taken."
        for key in twice
    ]
    whole = {key: offer for key, offer in offers.items() if key not in twice}
    sizes: dict[tuple[Kind, str], list[int]] = defaultdict(list)
    for key, offer in whole.items():
        sizes[key.kind, key.force].append(offer.size)
    usual = {force: usual_size(each) for force, each in sizes.items()}
    every = frozenset(key.force for key in keys.values())
    return Edition(release, size, whole, usual, every, (*listing.refused, *refused), archive)


def _offer(key: FileKey, release: str, member: Member, lies: tuple[zipfile.ZipInfo, int]) -> Offer:
    entry, ends = lies
    return Offer(
        key, release, entry.file_size, entry.compress_size, entry.CRC, entry.header_offset, ends, member
    )


def covers(release: str, month: str) -> bool:
    """Return whether an archive of this release has the month in its span."""
    return first_month(release) <= month <= release


@lru_cache(maxsize=100)  # asked for each month that is looked for in each of some thirty releases
def first_month(release: str) -> str:
    """Return the first month of an archive's span."""
    return str(pd.Period(release, freq="M") - (SPAN - 1))
