"""Archives of made months on this machine, with two town centres in them; what a month has is counted by hand."""

from __future__ import annotations

import pytest

from tests.data.download.conftest import Archives, NoWaiting
from tests.made.archive_server import ArchiveServer

STOCKTON, THORNABY = ("E01012267", "Stockton-on-Tees 014F"), ("E01012284", "Stockton-on-Tees 020C")


class Months(Archives):
    """Archives whose street files have 200 burglaries in Stockton town centre and some in Thornaby."""

    def month(self, month: str, thornaby: int = 2, stockton: int = 200) -> dict[str, bytes]:
        rows = self._made.rows(month, count=stockton)
        code, name = THORNABY
        beside = self._made.rows(month, count=thornaby, **{"LSOA code": code, "LSOA name": name})
        for at, row in enumerate(beside):
            row["Crime ID"] = f"{10**6 + at:064x}"
        return {f"{month}/{month}-cleveland-street.csv": self._made.text([*rows, *beside]).encode()}

    def publish(self, release: str, *months: dict[str, bytes]) -> None:
        """Write a release and make it the newest."""
        self.write(release, *months)
        self.latest(release)


@pytest.fixture
def archives(tmp_path, made) -> Months:
    folder = tmp_path / "served"
    folder.mkdir()
    return Months(folder, made)


@pytest.fixture
def straight(archives, monkeypatch):
    """A service that answers by itself."""
    with ArchiveServer(archives.folder) as server:
        monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", server.address)
        yield server


@pytest.fixture
def held(archives, straight, store):
    """A store with four months, 2024-03 to 2024-06, of release 2024-06."""
    from data.download import DownloadRequest, download

    archives.publish("2024-06", *(archives.month(f"2024-0{month}") for month in (3, 4, 5, 6)))
    archives.write("2024-05", *(archives.month(f"2024-0{month}") for month in (3, 4, 5)))
    archives.latest("2024-06")
    assert download(store, DownloadRequest("cleveland", "2024-03", "2024-06")).ok
    return store


@pytest.fixture
def cancel() -> NoWaiting:
    return NoWaiting()
