"""Two ways read a CSV file; whatever the quick one takes, both hold alike, and all that is odd it leaves to the other."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.engines.arrow_import import read_month
from data.engines.csv_rules import CsvFile
from data.engines.duckdb_import import CsvImport
from data.police_uk.file_names import COLUMNS, FileKey, key_from_name
from data.police_uk.row_checks import month_rows
from tests.data.conftest import OUTCOMES, STREET

MONTH = "2023-07"
STREET_KEY = FileKey("street", "cleveland", MONTH)
SEARCH = [column.source for column in COLUMNS["stop-and-search"]]
ROW = {
    "Crime ID": "ab" * 32, "Month": MONTH, "Reported by": "Cleveland Police", "Falls within": "Cleveland Police",
    "Longitude": "-1.31", "Latitude": "54.56", "Location": "On or near High Street", "LSOA code": "E01012267",
    "LSOA name": "Stockton-on-Tees 014F", "Crime type": "Burglary", "Last outcome category": "Under investigation",
    "Context": "", "Outcome type": "Local resolution",
}  # fmt: skip
SEARCHED = {
    "Type": "Person search", "Date": "2023-07-03T23:05:00+00:00", "Part of a policing operation": "False",
    "Latitude": "54.56", "Longitude": "-1.31", "Gender": "Male", "Age range": "18-24", "Outcome": "Arrest",
    "Outcome linked to object of search": "TRUE", "Removal of more than just outer clothing": "",
}  # fmt: skip


def text_of(rows: list[dict], header: list[str] = STREET) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def quick(text: str | bytes, key: FileKey = STREET_KEY):
    data = text.encode() if isinstance(text, str) else text
    header = data.decode("utf-8-sig", "replace").splitlines()[0].split(",")
    return read_month(data, header, month_rows(key))


class Slow:
    """The other way, as the import uses it."""

    def __init__(self, folder) -> None:
        self.rows, self.file, self.out = (
            CsvImport(folder / "spill"),
            folder / "slow.csv",
            folder / "slow.parquet",
        )

    def read(self, data: bytes, header: list[str], key: FileKey):
        """The counts and the rows held, None where DuckDB reads no CSV in it."""
        self.file.write_bytes(data)
        if not self.rows.load(CsvFile(str(self.file), tuple(header)), month_rows(key)):
            return None
        self.rows.write(self.out)
        return self.rows.counts(), held(self.out)


def held(file) -> tuple[list, list]:
    """A month as written: its columns with their types, and its rows, read by DuckDB as pages do."""
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(file)])
    return [(each[0], str(each[1])) for each in found.description], found.fetchall()


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    reader = Slow(tmp_path_factory.mktemp("slow"))
    yield reader
    reader.rows.close()


def alike(read, data: bytes, header: list[str], key: FileKey, slow: Slow) -> None:
    """Hold that what the quick way took the slow way holds, too, row for row, and that it would refuse none of it."""
    counts, rows = slow.read(data, header, key)
    assert read.counts() == counts
    assert not counts.refused
    read.write(slow.out)
    assert held(slow.out) == rows
    assert sorted(read.values("falls_within") if key.kind != "stop-and-search" else []) == (
        sorted(slow.rows.values("falls_within")) if key.kind != "stop-and-search" else []
    )
    if counts.repeating_id:
        assert read.repeated_ids(3) == slow.rows.repeated_ids(3)


def test_each_real_file_is_taken_by_the_quick_way_and_held_as_by_the_other(shared, slow):
    with zipfile.ZipFile(shared / "real" / "cleveland-2022-07-to-2024-06.zip") as archive:
        # of each kind the first and the last: columns, places and vintages change between them
        names = [name for name in sorted(archive.namelist()) if name.endswith(".csv")]
        kinds = {key_from_name(name.rpartition("/")[2]).kind for name in names}
        for kind in kinds:
            of_kind = [name for name in names if name.endswith(f"-{kind}.csv")]
            for name in (of_kind[0], of_kind[-1]):
                data, key = archive.read(name), key_from_name(name.rpartition("/")[2])
                header = data.split(b"\n", 1)[0].decode().strip().split(",")
                read = read_month(data, header, month_rows(key))
                assert read is not None, name
                alike(read, data, header, key, slow)
    assert kinds == {"street", "outcomes", "stop-and-search"}


ODD = ["", " ", "x", "é", '"', "a,b", "On or near", "On or near ", " On or near High Street", "1", "nan", "-1e0", "1e9",
       "0x10", "+1", "1_0", "inf", "E01099999", "W01001959", "e01012267", MONTH, "2023-08", "true", "FALSE", "ab" * 32, "AB" * 32,
       "zz" * 32, "cd" * 31, "2023-07-03T23:05:00+00:00", "2023-07-03 23:05:00", "2024-01-01T00:00:00+00:00",
       "2023-02-30T00:00:00+00:00", "a\u200eb", "a\tb", "a\x01b", "٣", "Burglary ", "Robbery", "N" * 400,
       "On or near\u00a0", "High Street\u2003", "\u3000"]  # fmt: skip


def made_rows(usual: dict, header: list[str]):
    """Rows as usual, some fields of which are another row's or odd ones."""
    change = st.dictionaries(
        st.sampled_from(header), st.one_of(st.sampled_from(ODD), st.text(max_size=8)), max_size=2
    )
    harmless = st.dictionaries(
        st.sampled_from([name for name in header if name in ("Location", "LSOA code", "LSOA name", "Crime ID", "Longitude", "Gender")]),
        st.sampled_from(["", "On or near ", "E01099999", "W01001959", "AB" * 32]),
        max_size=2,
    )  # fmt: skip
    row = st.one_of(harmless, harmless, change).map(lambda changed: usual | changed)
    return st.lists(row, min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("kind", "usual", "header"),
    [
        ("street", ROW, STREET),
        ("outcomes", ROW, OUTCOMES),
        ("stop-and-search", SEARCHED, SEARCH),
        ("street", ROW, ["Extra", "LSOA name", "LSOA code", "Crime type", "Month", "Latitude", "Longitude"]),
    ],
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_the_quick_way_takes_both_hold_alike(kind, usual, header, slow, data):
    key = replace(STREET_KEY, kind=kind)
    text = text_of(data.draw(made_rows(usual, header)), header)
    text += data.draw(st.sampled_from(["", "", "", "\n", "x,y\n", '"'])) if len(text) < 4000 else ""
    given_bytes = data.draw(
        st.sampled_from([text, text, text, text.replace("\n", "\r\n"), "\ufeff" + text])
    ).encode()
    read = read_month(given_bytes, header, month_rows(key))
    if read is not None:
        alike(read, given_bytes, header, key, slow)


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"Location": "On or near "}, {"Location": "", "LSOA code": "", "LSOA name": "", "Longitude": "", "Latitude": ""},
        {"Location": "On or near St Mary's, North"}, {"Crime ID": ""}, {"Crime ID": "AB" * 32}, {"LSOA code": "W01001959"},
        {"Last outcome category": ""},
    ],
)  # fmt: skip
def test_what_police_uk_writes_is_taken(changed, slow):
    text = text_of([ROW, ROW | changed])
    read = quick(text)
    assert read is not None
    alike(read, text.encode(), STREET, STREET_KEY, slow)


@pytest.mark.parametrize(
    "changed",
    [
        {"Month": "2023-08"}, {"Month": ""}, {"Crime type": "Burglary "}, {"Crime type": ""}, {"LSOA code": "E0101226"},
        {"Longitude": "east"}, {"Longitude": "nan"}, {"Latitude": "91"}, {"Crime ID": "ab"}, {"Crime ID": "zz" * 32},
        {"Location": 'the "Globe"'}, {"Location": "a\x01b"}, {"LSOA name": "N" * 400}, {"Location": "two\nlines"},
        {"Location": "a\rb"}, {"Location": "a\0b"},
    ],
)  # fmt: skip
def test_a_row_that_is_odd_in_any_way_leaves_the_file_to_the_other_way(changed):
    assert quick(text_of([ROW, ROW | changed])) is None


@pytest.mark.parametrize(
    "text",
    [
        text_of([]), text_of([ROW]) + "\n", text_of([ROW]) + "one,two\n", text_of([ROW]) + ",".join(["x"] * 13) + "\n",
        text_of([ROW]).replace("High", 'Hi"gh'), text_of([ROW]).replace("On or near", '"On or near'),
        text_of([ROW]).encode().replace(b"High", b"H\xefgh"), text_of([ROW]).encode("utf-16"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_row_by_row_is_left_to_the_other_way(text):
    data = text.encode() if isinstance(text, str) else text
    assert read_month(data, STREET, month_rows(STREET_KEY)) is None


def test_crime_ids_alike_in_their_first_half_are_told_apart_and_repeated_ones_named():
    rows = [ROW | {"Crime ID": each} for each in ("0" * 64, "0" * 63 + "1", "0" * 63 + "2", "0" * 63 + "1")]
    read = quick(text_of(rows))
    assert (read.counts().with_id, read.counts().repeating_id) == (4, 1)
    assert read.repeated_ids(3) == ["0" * 63 + "1"]


@pytest.mark.parametrize("blank", ["\u00a0", "\u1680", "\u2003", "\u2009", "\u202f", "\u3000"])
def test_a_place_that_ends_in_a_blank_of_another_kind_is_left_to_the_other_way(blank):
    assert quick(text_of([ROW | {"Location": f"On or near{blank}"}])) is None
    assert quick(text_of([ROW | {"Location": f"High{blank}Street"}])) is not None


def test_a_full_disk_is_told_in_the_systems_words_and_without_a_path(tmp_path):
    read = quick(text_of([ROW]))
    with pytest.raises(OSError, match="No space left on device") as full:
        read.write(Path("/dev/full"))
    assert full.value.strerror == "No space left on device"
    with pytest.raises(OSError, match="No such file or directory") as gone:
        read.write(tmp_path / "gone" / "month.parquet")
    assert str(tmp_path) not in str(gone.value)


def test_a_month_is_written_alike_twice_to_the_byte(tmp_path):
    for name in ("first", "second"):
        quick(text_of([ROW, ROW | {"LSOA code": ""}])).write(tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
