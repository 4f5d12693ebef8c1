"""Parts of a file: its own bytes, wherever the connection is cut; and whatever a list of files names."""

from __future__ import annotations

import io
import threading
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import RefusedError
from data.download.editions import covers, read_edition
from data.download.ranged import RangedFile
from data.download.service import Service
from data.police_uk.file_names import is_month
from tests.made.archive_server import ArchiveServer, Fault

LENGTH = 3_000
CONTENT = bytes(number * 7 % 251 for number in range(LENGTH))


class NeverWaiting(threading.Event):
    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


@pytest.fixture(scope="module")
def file_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    (folder / "file.zip").write_bytes(CONTENT)
    with ArchiveServer(folder) as server:
        yield server


@given(
    ends=st.tuples(st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1)),
    cuts=st.lists(st.integers(1, LENGTH), max_size=5),
    reads=st.lists(st.integers(1, LENGTH), min_size=1, max_size=4),
    stream=st.booleans(),
)
def test_wherever_the_connection_is_cut_the_bytes_are_those_of_the_file(
    file_server, ends, cuts, reads, stream
):
    first, last = sorted(ends)
    file_server.faults = [Fault(cut_after=each) for each in cuts]
    with Service(NeverWaiting()) as service:
        part = RangedFile(service, f"{file_server.address}/file.zip").fetch((first, last), stream=stream)
        came = b"".join(part.read(size) for size in reads)
        assert came == CONTENT[first : last + 1][: sum(reads)]
    file_server.faults = []


@given(st.integers(1, 2 * LENGTH))
def test_the_end_of_a_file_is_so_many_bytes_or_all_of_it(file_server, length):
    with Service(NeverWaiting()) as service:
        part = RangedFile(service, f"{file_server.address}/file.zip").fetch((-length, None))
        assert part.read() == CONTENT[-length:]
        assert part.tell() == LENGTH


NAMES = st.one_of(
    st.text(min_size=1, max_size=60),
    st.builds(
        "{}/{}-{}-{}.csv".format,
        st.sampled_from(["2024-05", "..", "", "C:", "/"]),
        st.sampled_from(["2024-05", "2024-13", "2999-01", "1999-01"]),
        st.sampled_from(["cleveland", "CLEVELAND", "..", "a/b", "-"]),
        st.sampled_from(["street", "outcomes", "stop-and-search", "secret"]),
    ),
)


@given(st.lists(NAMES, max_size=12))
def test_whatever_a_list_of_files_names_only_months_of_police_uk_are_offered(names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in dict.fromkeys(name.split("\0")[0] or "x" for name in names):
            archive.writestr(name, b"Month\n")
    with zipfile.ZipFile(content) as archive:
        try:
            edition = read_edition(archive, len(content.getvalue()), "2024-06")
        except RefusedError:
            return
        for key, offer in edition.offers.items():
            assert is_month(key.month) and ".." not in offer.member.name
            assert offer.crc32 == archive.getinfo(offer.member.name).CRC


def test_an_archive_covers_36_months_to_its_own():
    assert covers("2024-06", "2021-07") and covers("2024-06", "2024-06")
    assert not covers("2024-06", "2021-06") and not covers("2024-06", "2024-07")
