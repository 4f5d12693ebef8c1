"""What bad input gets: a sentence that names the file, says what is wrong and what to do; nothing held is lost."""

from __future__ import annotations

import json
import re
import struct
import zipfile
from pathlib import Path

import filelock
import pandas as pd
import pytest

from analysis.model.errors import AnalysisError, RefusedError
from data.__main__ import main
from data.police_uk import archive as archive_limits
from data.police_uk.file_names import COLUMNS

CSV = "2023-07/2023-07-cleveland-street.csv"


@pytest.fixture
def held(made, store):
    """A store that holds July 2023 (three rows), which no bad file may change."""
    report = store.import_police_uk(made.street("2023-07", folder="held"))
    assert report.ok
    return store


def refused_whole(store, *paths):
    """Import files that must be refused as a whole; return the sentence, with what was held unchanged."""
    before = store.fingerprint()
    report = store.import_police_uk(*paths)
    assert not report.ok and len(report.refused) == 1, str(report)
    assert store.fingerprint() == before
    assert len(store.street("cleveland").execute()) == 3
    sentence = report.refused[0]
    assert sentence.endswith(".") and "\n" not in sentence
    return sentence


def zipped(path, files, **options):
    """Write a zip of names and texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in files:
            out.writestr(name, text, **options)
    return path


# whole files


def test_a_path_that_is_not_there(held, tmp_path):
    assert "missing.zip: there is no such file" in refused_whole(held, tmp_path / "missing.zip")


def test_a_file_that_is_neither_zip_nor_csv(held, made):
    assert "photo.png: the file is neither a zip nor a CSV" in refused_whole(
        held, made.file("photo.png", b"\x89PNG")
    )


def test_a_zip_that_is_none(held, made):
    assert "crime.zip: the file is not a zip" in refused_whole(
        held, made.file("crime.zip", "<html>not found</html>")
    )


def test_an_empty_zip_file(held, made):
    assert "crime.zip: the file is empty" in refused_whole(held, made.file("crime.zip", b""))


def test_a_truncated_zip(held, made, tmp_path):
    whole = zipped(tmp_path / "whole.zip", [(CSV, made.text(made.rows("2023-07", count=500)))]).read_bytes()
    sentence = refused_whole(held, made.file("short.zip", whole[: len(whole) // 2]))
    assert "short.zip: the zip is cut short or damaged" in sentence and "Download it again" in sentence


def test_a_zip_damaged_inside_one_file_keeps_the_others(held, made, tmp_path):
    rows = [r | {"Crime ID": f"{i * 7919:064x}"} for i, r in enumerate(made.rows("2023-07", count=500))]
    other = made.text(made.rows("2023-08"))
    path = zipped(
        tmp_path / "a.zip", [(CSV, made.text(rows)), ("2023-08/2023-08-cleveland-street.csv", other)]
    )
    data = bytearray(path.read_bytes())
    data[400:440] = bytes(40)
    path.write_bytes(data)
    report = held.import_police_uk(path)
    assert report.refused == (
        f"a.zip: {CSV}: the file is damaged inside the zip and cannot be unpacked. "
        "Download the zip again from data.police.uk.",
    )
    assert [str(month) for month in held.months("cleveland")] == ["2023-07", "2023-08"]


def test_a_zip_with_a_password(held, made, tmp_path):
    path = zipped(tmp_path / "locked.zip", [(CSV, made.text(made.rows("2023-07")))])
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark) + offset
        data[at : at + 2] = struct.pack("<H", struct.unpack("<H", data[at : at + 2])[0] | 1)
    path.write_bytes(data)
    assert "locked.zip: 1 file is locked with a password" in refused_whole(held, path)


@pytest.mark.parametrize(
    "name", ["../2023-07-cleveland-street.csv", "/etc/2023-07-cleveland-street.csv", "a/../../b.csv"]
)
def test_a_path_that_climbs_out(held, made, tmp_path, name):
    path = zipped(tmp_path / "sly.zip", [(name, made.text(made.rows("2023-07", count=9)))])
    assert "climbs out of the archive" in refused_whole(held, path)
    assert not list(tmp_path.parent.glob("*.csv"))


def test_a_file_beside_one_that_climbs_out_is_kept(held, made, tmp_path):
    good = made.text(made.rows("2023-08"))
    path = zipped(tmp_path / "sly.zip", [("../x.csv", good), ("2023-08/2023-08-cleveland-street.csv", good)])
    report = held.import_police_uk(path)
    assert len(report.refused) == 1 and report.rows_kept == 3


def test_a_zip_bomb_by_its_ratio(held, tmp_path):
    path = zipped(tmp_path / "bomb.zip", [(CSV, b"0" * 5_000_000)])
    sentence = refused_whole(held, path)
    assert re.search(r"bomb.zip: .* would unpack to [\d,]+ times its size, .*the limit is 100", sentence)


def test_a_zip_of_too_many_files(held, tmp_path, monkeypatch):
    monkeypatch.setattr(archive_limits, "MAX_MEMBERS", 3)
    path = zipped(tmp_path / "many.zip", [(f"{i}.csv", "x") for i in range(4)])
    assert "many.zip: the zip holds 4 files" in refused_whole(held, path)


def test_a_zip_too_large_in_all_and_a_file_too_large(held, made, tmp_path, monkeypatch):
    path = zipped(tmp_path / "large.zip", [(CSV, made.text(made.rows("2023-07", count=100)))])
    monkeypatch.setattr(archive_limits, "MAX_MEMBER_BYTES", 1000)
    assert "MB, and the largest real file" in refused_whole(held, path)
    monkeypatch.setattr(archive_limits, "MAX_TOTAL_BYTES", 1000)
    assert "large.zip: the zip would unpack to" in refused_whole(held, path)


class Listed:
    """An archive by its list of files alone."""

    def __init__(self, entries):
        self._entries = entries

    def infolist(self):
        return self._entries


def test_the_limits_admit_a_full_monthly_archive():
    # about 36 months x 43 forces x 3 kinds, 1.7 GB zipped, 15 GB unpacked, the largest file 30 MB
    entries = [zipfile.ZipInfo(f"{i}.csv") for i in range(36 * 45 * 3)]
    for entry in entries:
        entry.file_size, entry.compress_size = 30 * 2**20, 350_000
    archive = Path("2024-08.zip")
    assert archive_limits._whole_archive_problem(Listed(entries[:500]), archive) is None
    assert all(archive_limits._entry_problem(entry, 1) is None for entry in entries[:1])
    for entry in entries:
        entry.file_size = 15 * 2**30 // len(entries)
    assert archive_limits._whole_archive_problem(Listed(entries), archive) is None


def test_a_zip_and_a_folder_without_police_files(held, made, tmp_path):
    path = zipped(tmp_path / "other.zip", [("readme.txt", "hello"), ("shops.csv", "name,street\na,b\n")])
    assert "other.zip: no file of data.police.uk is in it" in refused_whole(held, path)
    made.file("empty/readme.txt", "hello")
    assert "empty: the folder holds no CSV file" in refused_whole(held, made.folder / "empty")


def test_an_empty_file_and_one_with_a_header_only(held, made):
    for text in ("", "\n", made.text([])):
        sentence = refused_whole(held, made.file("2023-08-cleveland-street.csv", text))
        assert "a zero out of a month" in sentence


def test_a_missing_column_is_named(held, made):
    columns = [name for name in made.text([]).strip().split(",") if name != "Crime type"]
    path = made.file("2023-07-cleveland-street.csv", made.text(made.rows("2023-07", count=9), columns))
    assert "row 1, the header, lacks the column Crime type" in refused_whole(held, path)


def test_a_column_that_stands_twice(held, made):
    text = made.text(made.rows("2023-07", count=9)).replace("Context", "Month", 1)
    assert "has the column Month twice" in refused_whole(
        held, made.file("2023-07-cleveland-street.csv", text)
    )


def test_a_month_in_the_name_that_is_none(held, made):
    path = made.file("2023-13-cleveland-street.csv", made.text(made.rows("2023-12")))
    assert "“2023-13” in the file's name is not a month" in refused_whole(held, path)


def test_a_file_of_several_months_or_forces_under_another_name(held, made):
    several = made.file("all.csv", made.text(made.rows("2023-07") + made.rows("2023-08")))
    assert "its rows name 2 months (2023-07 to 2023-08)" in refused_whole(held, several)
    forces = made.file(
        "all.csv", made.text(made.rows("2023-07") + made.rows("2023-07", force="Durham Constabulary"))
    )
    assert "its rows name 2 forces (cleveland to durham)" in refused_whole(held, forces)


def test_a_stop_and_search_file_that_does_not_name_its_force(held, made):
    columns = [c.source for c in COLUMNS["stop-and-search"]]
    path = made.file("searches.csv", made.text([{"Type": "Person search"}], columns))
    assert "does not name its force" in refused_whole(held, path)


def test_a_binary_file_named_csv(held, made):
    path = made.file("2023-07-cleveland-street.csv", b"\x00\x01\x02" * 100)
    assert "is not text, so it is no CSV" in refused_whole(held, path)


def test_a_file_of_another_month_under_this_name(held, made):
    path = made.file("2023-08-cleveland-street.csv", made.text(made.rows("2023-07")))
    sentence = refused_whole(held, path)
    assert (
        "no row could be kept; 3 rows were refused for a month that is not the file's (row 2, “2023-07”)"
        in sentence
    )


def test_two_files_of_the_same_month_in_one_command(held, made, tmp_path):
    one = made.street("2023-07", made.rows("2023-07", count=4), folder="one")
    two = zipped(tmp_path / "two.zip", [(CSV, made.text(made.rows("2023-07", count=5)))])
    sentence = refused_whole(held, one, two)
    assert (
        "2023-07-cleveland-street.csv and two.zip: 2023-07/2023-07-cleveland-street.csv hold the same"
        in sentence
    )


def test_a_damaged_file_does_not_replace_a_month_that_holds_more(held, made):
    rows = made.rows("2023-07", count=2) + made.rows("2023-07", count=8, **{"Crime type": "Arson"})
    sentence = refused_whole(held, made.street("2023-07", rows))
    assert "only 2 rows could be kept where 3 are held" in sentence


def test_a_release_that_is_none(held, made):
    with pytest.raises(RefusedError, match="“August” is not a release"):
        held.import_police_uk(made.folder, release="August")


def test_a_second_import_at_the_same_time_is_told_to_wait(held, made):
    with (
        filelock.FileLock(held.path / ".lock"),
        pytest.raises(RefusedError, match="Another import into this store is running"),
    ):
        held.import_police_uk(made.folder)


# rows


def test_each_bad_row_is_refused_for_its_reason_and_the_rest_kept(made, store):
    faults = {
        "a month that is not YYYY-MM": {"Month": "07/2023"},
        "a month that is not the file's": {"Month": "2023-08"},
        "an unknown crime type": {"Crime type": "Sheep rustling"},
        "an LSOA code that is no code": {"LSOA code": "E0101226"},
        "a coordinate that is not a number": {"Longitude": "west"},
        "coordinates outside the British Isles": {"Longitude": "151.2", "Latitude": "-33.9"},
        "a name that is too long or has a character that cannot be seen": {"LSOA name": "a\u202eb"},
    }
    rows = made.rows("2023-07", count=2)
    for changed in faults.values():
        rows += made.rows("2023-07", count=1, **changed)
    report = store.import_police_uk(made.street("2023-07", rows))
    assert report.ok and report.rows_kept == 2
    assert report.rows_refused == dict.fromkeys(faults, 1)
    record = json.loads((store.path / "street/cleveland/2023-07.json").read_text())
    assert record["examples"] == {reason: [4 + i] for i, reason in enumerate(faults)}
    for reason, changed in faults.items():
        shown = ", ".join(changed.values())
        assert any(
            f"refused for {reason} (row {record['examples'][reason][0]}, “{shown}”)" in s
            for s in report.remarks
        )
    assert store.manifest()["rows_refused"].tolist() == [7]


def test_rows_with_too_few_or_too_many_fields_and_an_unclosed_quotation(made, store):
    lines = made.text(made.rows("2023-07", count=4)).splitlines()
    lines[2] += ",more,still more"
    lines[3] = "only,three,fields"
    lines.append(lines[1].replace("On or near", '"On or near'))
    lines.append(lines[1])
    report = store.import_police_uk(made.file("2023-07-cleveland-street.csv", "\n".join(lines)))
    assert report.rows_refused == {"the wrong number of fields": 3} and report.rows_kept == 3
    assert "(row 3 is the first)" in report.remarks[0]
    assert store.manifest()["rows_read"].tolist() == [6]


def test_a_field_broken_over_two_lines_hides_no_row(made, store):
    text = made.text(made.rows("2023-07", count=3)).replace(
        "On or near High Street", '"On or near\nHigh Street"', 1
    )
    report = store.import_police_uk(made.file("2023-07-cleveland-street.csv", text))
    assert report.rows_kept == 2 and report.rows_refused == {"the wrong number of fields": 2}


def test_extra_columns_are_left_out_and_named(made, store):
    columns = [*made.text([]).strip().split(","), "Officer"]
    path = made.file("2023-07-cleveland-street.csv", made.text(made.rows("2023-07", Officer="A"), columns))
    report = store.import_police_uk(path)
    assert report.ok and report.rows_kept == 3 and "“Officer”" in report.remarks[0]
    assert "Officer" not in store.street("cleveland").columns


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_another_encoding_is_read(made, store, encoding):
    text = made.text(made.rows("2023-07", Location="On or near Café Yard"))
    report = store.import_police_uk(made.file("2023-07-cleveland-street.csv", text.encode(encoding)))
    assert report.ok and report.rows_kept == 3
    assert store.street("cleveland").execute()["location"].tolist() == ["On or near Café Yard"] * 3
    assert ("Windows-1252" in str(report)) == (encoding == "cp1252")


def test_blanks_round_a_field_are_no_fault(made, store):
    rows = made.rows("2023-07", **{"Crime type": " Burglary ", "LSOA code": "E01012267 "})
    report = store.import_police_uk(made.street("2023-07", rows))
    assert report.rows_kept == 3 and not report.rows_refused


def test_the_command_line_says_the_sentence_and_fails(held, made, capsys):
    path = made.file("crime.zip", "<html>")
    assert main(["import", str(path), "--store", str(held.path)]) == 1
    assert "crime.zip: the file is not a zip" in capsys.readouterr().out
    assert main(["import", str(path), "--store", str(held.path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_a_lookup_that_is_none_is_refused_and_the_one_held_stays(held, made, capsys):
    path = made.file("lookup.csv", "a,b\n1,2\n")
    assert main(["import-lookup", str(path), "--store", str(held.path)]) == 1
    assert "lookup.csv" in capsys.readouterr().err
    assert not held.crosswalk().complete


def test_a_force_or_months_not_held_are_an_error_that_says_so(held):
    with pytest.raises(AnalysisError, match="No street-level month of “durham” is held"):
        held.cube("durham")
    with pytest.raises(AnalysisError, match="No outcomes month of cleveland is held"):
        held.outcomes("cleveland")
    assert held.months("durham") == ()
    assert isinstance(held.coverage("durham"), pd.DataFrame)


@pytest.mark.parametrize("name", ["a\u202eb", "a\x07b", "x" * 5_000])
@pytest.mark.parametrize("column", ["Location", "LSOA name", "Last outcome category"])
def test_a_name_that_may_not_stand_refuses_its_row_and_the_longest_stays_whole(made, store, column, name):
    rows = [
        *made.rows("2023-07", count=1, **{column: name}),
        *made.rows("2023-07", count=1, **{column: "x" * 200}),
    ]
    report = store.import_police_uk(made.street("2023-07", rows))
    assert (report.rows_kept, sum(report.rows_refused.values())) == (1, 1)
