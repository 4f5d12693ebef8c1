"""Parts of a file: its own bytes, wherever the connection is cut; and whatever a list of files names."""

from __future__ import annotations

import io
import itertools
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


@given(
    ends=st.lists(st.integers(1, LENGTH - 1), min_size=1, max_size=8, unique=True),
    wanted=st.lists(st.booleans(), min_size=9, max_size=9),
    given_up=st.lists(st.integers(0, LENGTH), min_size=9, max_size=9),
    cuts=st.lists(st.integers(1, LENGTH), max_size=3),
)
def test_parts_asked_for_one_after_the_other_are_the_file_s_own_bytes_however_they_lie(
    file_server, ends, wanted, given_up, cuts
):
    at = [0, *sorted(ends), LENGTH]
    every = [(first, last - 1) for first, last in itertools.pairwise(at)]
    parts = [part for part, want in zip(every, wanted, strict=False) if want]
    file_server.faults = [Fault(cut_after=each) for each in cuts]
    with Service(NeverWaiting()) as service:
        file = RangedFile(service, f"{file_server.address}/file.zip")
        file.expect(parts)
        for (first, last), read in zip(parts, given_up, strict=False):
            part = file.fetch((first, last), stream=True)
            assert part.read(read or 1) == CONTENT[first : last + 1][: read or 1]
            part.close()
        file.rest()
    file_server.faults = []


def test_parts_that_lie_side_by_side_come_in_one_answer(file_server):
    def asked(*expected: tuple[int, int]) -> list[str]:
        del file_server.requests[:]
        with Service(NeverWaiting()) as service:
            file = RangedFile(service, f"{file_server.address}/file.zip")
            file.expect(expected)
            for first, last in ((0, 99), (100, 149), (150, 299), (400, 499)):
                part = file.fetch((first, last), stream=True)
                assert part.read() == CONTENT[first : last + 1]
                part.close()
        return file_server.asked("file.zip")

    assert asked() == ["bytes=0-99", "bytes=100-149", "bytes=150-299", "bytes=400-499"]
    assert asked((0, 99), (100, 149), (150, 299), (400, 499)) == ["bytes=0-299", "bytes=400-499"]
    assert asked((100, 149), (150, 299)) == ["bytes=0-99", "bytes=100-299", "bytes=400-499"]


def test_a_part_that_is_left_unread_is_passed_over_and_an_earlier_one_asked_for_anew(file_server):
    del file_server.requests[:]
    with Service(NeverWaiting()) as service:
        file = RangedFile(service, f"{file_server.address}/file.zip")
        file.expect([(0, 99), (100, 199), (200, 299)])
        assert file.fetch((0, 99), stream=True).read(10) == CONTENT[:10]
        assert file.fetch((200, 299), stream=True).read() == CONTENT[200:300]
        assert file.fetch((100, 199), stream=True).read() == CONTENT[100:200]
    assert file_server.asked("file.zip") == ["bytes=0-299", "bytes=100-299"]


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
            edition = read_edition(archive, len(content.getvalue()), {"cleveland", "btp"}, "2024-06")
        except RefusedError:
            return
        for key, offer in edition.offers.items():
            assert is_month(key.month) and ".." not in offer.member.name
            assert offer.crc32 == archive.getinfo(offer.member.name).CRC


OWN, OTHER = "2024-06/2024-06-cleveland-street.csv", "2024-06/2024-06-kent-street.csv"


def edition_of(names, *, locked=()):
    """Return what an archive of these files offers of Cleveland."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, b"Month\n")
        for entry in archive.filelist:
            entry.flag_bits |= 0x1 * (entry.filename in locked)
    with zipfile.ZipFile(content) as archive:
        return read_edition(archive, len(content.getvalue()), {"cleveland"}, "2024-06")


@pytest.mark.parametrize(
    "names", [[OTHER], [OTHER, "2024-13/2024-13-cleveland-street.csv"], [OTHER, OWN + "/"]]
)
def test_an_archive_of_other_forces_offers_nothing_and_has_nothing_wrong(names):
    edition = edition_of(names)
    assert edition.offers == {} and edition.refused == ()
    assert "kent" in edition.forces


def test_what_is_wrong_with_a_file_of_ones_own_is_said_and_the_others_are_offered():
    edition = edition_of([OWN, "2024-05/2024-05-cleveland-street.csv", OTHER], locked=[OWN, OTHER])
    assert [key.month for key in edition.offers] == ["2024-05"]
    (sentence,) = edition.refused
    assert OWN in sentence and "locked with a password" in sentence


@pytest.mark.parametrize("locked", [[OWN, OTHER], []])
def test_an_archive_of_which_no_file_may_be_taken_is_refused(locked):
    names = [OWN, OTHER] if locked else [f"../{OWN}", f"../{OTHER}"]
    with pytest.raises(RefusedError, match="locked with a password" if locked else "climbs out"):
        edition_of(names, locked=locked)


def test_an_archive_covers_36_months_to_its_own():
    assert covers("2024-06", "2021-07") and covers("2024-06", "2024-06")
    assert not covers("2024-06", "2021-06") and not covers("2024-06", "2024-07")
