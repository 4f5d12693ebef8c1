from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from analysis.model.errors import RefusedError
from analysis.records import RECORD_KINDS
from analysis.records.contract import HELD_AS, RecordColumn, RecordKind
from analysis.records.tidying.cells import says_not_known
from data.exports.safe_cells import safe_csv
from data.records import current_records as held_records
from data.records import keep_records, read_upload, records_csv, template_excel
from tests.exhaustive import examples

TODAY = dt.date(2024, 12, 31)
KINDS = pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.key)
QUICK = examples(12)  # of each of the kinds of record

words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
words = words.filter(lambda word: not says_not_known(word))
days = st.dates(dt.date(2000, 1, 1), TODAY)
clocks = st.times().map(lambda time: time.replace(microsecond=0, fold=0))
lists = st.lists(words.filter(lambda word: not set(word) & set(";|")), min_size=1, max_size=3, unique=True)
VALUES: dict[str, st.SearchStrategy[str]] = {
    "text": words,
    "list": lists.map("; ".join),
    "date": days.map(str),
    # the hour in which clocks change has tests of its own
    "date-time": st.tuples(days, clocks.filter(lambda t: t.hour != 1)).map(lambda p: f"{p[0]} {p[1]}"),
    "count": st.integers(0, 10_000).map(str),
    "number": st.decimals(0, 10_000, places=2).map(str),
    "money": st.decimals(0, 1_000_000, places=2).map(lambda amount: f"£{amount:,}"),
    "yes/no/when": st.sampled_from(["yes", "no", "Y", "FALSE"]),
    "yes/no": st.sampled_from(["yes", "no", "N", "true"]),
    "lsoa": st.integers(0, 999_999).map(lambda n: f"E01{n:06d}"),
}


@st.composite
def valid_rows(draw: st.DrawFn, kind: RecordKind) -> dict[str, str]:
    """One row that the contract takes, as text by column name."""

    def cell(column: RecordColumn) -> str:
        if column.type not in VALUES or (not column.required and draw(st.booleans())):
            return ""
        return draw(VALUES[column.type])

    row = {column.name: cell(column) for column in kind.columns}
    if kind.key == "patrol-log":
        start, minutes = draw(st.integers(3 * 60, 23 * 60)), draw(st.integers(5, 120))
        end = (start + minutes) % 1440
        row |= {"start": f"{start // 60:02d}:{start % 60:02d}"}
        row |= {"end": f"{end // 60:02d}:{end % 60:02d}"} if draw(st.booleans()) else {"end": ""}
        row |= {"duration_minutes": f"{minutes // 60}:{minutes % 60:02d}" if not row["end"] else ""}
    elif kind.key == "retail-register":
        later = draw(st.booleans())
        row |= {
            "evidence_passed": "2024-12-31" if later else row["evidence_passed"],
            "evidence_passed_on": "",
        }
        if draw(st.booleans()):
            row |= {"longitude": "-1.305", "latitude": "54.565", "show_on_map": "yes"}
    elif kind.key == "funding":
        row["first_day"], row["last_day"] = sorted([row["first_day"], row["last_day"]])
    elif kind.key == "perception-survey":
        low, high = sorted([int(row["respondents"]), int(row["felt_unsafe"])])
        row |= {"respondents": str(high), "felt_unsafe": str(low)}
        if draw(st.booleans()):
            row |= {"longitude": "-1.305", "latitude": "54.565"}
    elif kind.key == "timed-incidents":
        first, last = sorted([draw(VALUES["date-time"]), draw(VALUES["date-time"])])
        row |= {"earliest": first, "latest": last, "date_time": ""}
        if draw(st.booleans()):
            row |= {"earliest": "", "latest": "", "date_time": first}
        row["place"] = row["place"] or "Place"
    return row


def as_excel(frame: pd.DataFrame) -> bytes:
    book = Workbook()
    for line in [list(frame.columns), *frame.to_numpy().tolist()]:
        book.active.append(line)
        for cell in book.active[book.active.max_row]:
            cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@KINDS
@QUICK
@given(data=st.data())
def test_a_random_valid_file_is_accepted_held_and_comes_back_the_same(kind, data, tmp_path_factory):
    rows = data.draw(st.lists(valid_rows(kind), min_size=1, max_size=5, unique_by=str))
    frame = pd.DataFrame(rows)[data.draw(st.permutations(kind.names))]
    report = read_upload(kind.key, "f.csv", safe_csv(frame), today=TODAY)
    assert report.refused["reason"].tolist() == []
    assert len(report.accepted) == len(rows)
    assert [str(t) for t in report.accepted.dtypes] == [HELD_AS[column.type] for column in kind.columns]
    again = read_upload(kind.key, "f.csv", records_csv(kind.key, report.accepted), today=TODAY)
    assert again.accepted.equals(report.accepted)
    excel = read_upload(kind.key, "f.xlsx", as_excel(frame), today=TODAY)
    assert excel.accepted.equals(report.accepted)
    store = tmp_path_factory.mktemp("store")
    keep_records(store, kind.key, report)
    assert held_records(store, kind.key).equals(report.accepted)


hostile_cells = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            *("24:00", "373:26:00", "45139", "45139.5", "0.5", "1e999", "nan", "03/04/2024", "13/13/2024"),
            *("01:30 BST", "£1,2", "-1", "99999999999999999999", "2024-02-30", "1900-02-30 10:00:00", "yes"),
            *("2023-10-29 01:30", "2024-03-31 01:30", "24:00 GMT", "0000-00-00", "31 Feb 2024", "=1+1", "٣"),
        ]
    ),
    st.floats().map(str),
    st.datetimes().map(str),
)


@KINDS
@QUICK
@given(data=st.data())
def test_a_file_of_random_cells_is_refused_with_sentences_or_taken_and_never_breaks(kind, data):
    names = data.draw(st.permutations([column.heading for column in kind.columns]))
    rows = data.draw(
        st.lists(st.lists(hostile_cells, min_size=1, max_size=len(names) + 1), min_size=1, max_size=6)
    )
    stream = io.StringIO()
    csv.writer(stream).writerows([names, *rows])
    try:
        report = read_upload(kind.key, "f.csv", stream.getvalue().encode("utf-8", "replace"), today=TODAY)
    except RefusedError as error:
        assert str(error).endswith((".", ")"))
        return
    assert report.refused["reason"].str.endswith(".").all()
    assert read_upload(
        kind.key, "f.csv", records_csv(kind.key, report.accepted), today=TODAY
    ).accepted.equals(report.accepted)


@examples(150)
@given(content=st.binary(max_size=400), kind=st.sampled_from(RECORD_KINDS))
@pytest.mark.parametrize("start", [b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"Date,Hotspot,Start\n"])
def test_random_bytes_are_refused_and_never_break(start, content, kind):
    try:
        read_upload(kind.key, "f.bin", start + content, today=TODAY)
    except RefusedError as error:
        assert str(error)


@pytest.fixture(scope="module")
def members() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(template_excel("patrol-log"))) as package:
        return {name: package.read(name) for name in package.namelist()}


@examples(150)
@given(data=st.data())
def test_a_workbook_with_a_damaged_part_is_refused_or_read_and_never_breaks(members, data):
    name = data.draw(st.sampled_from(sorted(members)))
    part = bytearray(members[name])
    how = data.draw(st.sampled_from(["flip", "cut", "drop", "swap"]))
    at = data.draw(st.integers(0, len(part) - 1))
    if how == "flip":
        part[at] = data.draw(st.integers(0, 255))
    elif how == "cut":
        del part[at:]
    elif how == "swap":
        part[at:at] = data.draw(
            st.sampled_from([b"</c>", b' r="ZZZ9"', b' t="d"', b' s="9999"', b"<v>1e400</v>"])
        )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for member, content in members.items():
            if member != name:
                package.writestr(member, content)
            elif how != "drop":
                package.writestr(member, bytes(part))
    try:
        read_upload("patrol-log", "f.xlsx", stream.getvalue(), today=TODAY)
    except RefusedError as error:
        assert str(error)
