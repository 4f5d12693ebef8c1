"""An archive service on this machine, its archives small and made: what a month has is counted by hand."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.data.conftest import OUTCOMES, MadeFiles
from tests.made.archive_server import ArchiveServer, redirecting, write_edition

FORCES = ("btp", "cleveland", "durham")
NEWEST, BEFORE = "2024-06", "2024-05"


class Archives:
    """Writes archives of made months into the folder that is served."""

    def __init__(self, folder: Path, made: MadeFiles) -> None:
        self.folder, self._made = folder, made

    def street(self, month: str, count: int = 200, **changed: str) -> dict[str, bytes]:
        """One street file of Cleveland, by its name in an archive; 200 rows are enough to be compared."""
        text = self._made.text(self._made.rows(month, count=count, **changed))
        return {f"{month}/{month}-cleveland-street.csv": text.encode()}

    def outcomes(self, month: str, count: int = 200) -> dict[str, bytes]:
        rows = [row | {"Outcome type": "Local resolution"} for row in self._made.rows(month, count=count)]
        return {f"{month}/{month}-cleveland-outcomes.csv": self._made.text(rows, OUTCOMES).encode()}

    def railways(self, month: str, count: int = 200) -> dict[str, bytes]:
        text = self._made.text(self._made.rows(month, count=count, force="British Transport Police"))
        return {f"{month}/{month}-btp-street.csv": text.encode()}

    def write(self, release: str, *files: dict[str, bytes], forces: tuple[str, ...] = ("durham",)) -> Path:
        """Write one archive; another force beside, so that not all of it is Cleveland's."""
        target = self.folder / f"{release}.zip"
        target.unlink(missing_ok=True)
        write_edition(target, release, {name: text for each in files for name, text in each.items()}, forces)
        return target

    def latest(self, release: str) -> None:
        link = self.folder / "latest.zip"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{release}.zip")


@pytest.fixture
def archives(tmp_path, made) -> Archives:
    folder = tmp_path / "served"
    folder.mkdir()
    return Archives(folder, made)


@pytest.fixture
def two_editions(archives) -> Archives:
    """Four months in the newest archive, three of them in the one before; 200 rows each."""
    months = [archives.street(month) for month in ("2024-03", "2024-04", "2024-05", "2024-06")]
    archives.write(NEWEST, *months)
    archives.write(BEFORE, *months[:3])
    archives.latest(NEWEST)
    return archives


@pytest.fixture
def service(archives, monkeypatch):
    """The service, which redirects to a storage host; the storage host is `service.storage`."""
    with redirecting(archives.folder) as (service, _):
        monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", service.address)
        yield service


class NoWaiting(threading.Event):
    """A cancel event that never waits, and remembers how long it was asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0)
        return self.is_set()


@pytest.fixture
def cancel() -> NoWaiting:
    return NoWaiting()


@pytest.fixture
def straight(archives, monkeypatch):
    """A service that answers by itself."""
    with ArchiveServer(archives.folder) as server:
        monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", server.address)
        yield server
