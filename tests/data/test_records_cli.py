from __future__ import annotations

import pytest

from analysis.model.errors import RefusedError
from data.demo.demo_records import demo_csv
from data.records import bounded, records_cli
from data.records.record_files import LARGEST_FILE
from tests.data.test_records_bounded import cell, remade


def test_a_file_is_imported_listed_put_back_and_removed(command, tmp_path):
    file = tmp_path / "funding.csv"
    file.write_bytes(demo_csv("funding"))
    code, said = command("import-records", "funding", str(file), "--delete-after", "2099-12-31")
    assert (code, said.splitlines()[-1]) == (0, "Kept as version 1 until 2099-12-31.")
    assert "5 rows accepted, 0 refused" in said
    command("import-records", "funding", str(file))
    assert "2  " in command("records", "list", "funding")[1]
    assert "in use again" in command("records", "put-back", "funding", "1")[1]
    assert command("records", "put-back", "funding", "9")[0] == 1
    assert command("records", "remove", "funding", "1")[0] == 0
    assert command("records", "remove", "funding", "--all")[0] == 0
    assert "funding: nothing held" in command("records", "list")[1]


def test_a_refused_file_gives_its_sentence_and_exit_code_one(command, tmp_path):
    file = tmp_path / "log.csv"
    assert "cannot be read" in command("import-records", "patrol-log", str(file))[1]
    file.write_text("a,b\n1,2\n")
    code, said = command("import-records", "patrol-log", str(file))
    assert (code, said[:27]) == (1, "This is not a patrol log: t")
    assert not (tmp_path / "store").exists()


def test_refused_rows_are_printed_and_written_and_a_check_keeps_nothing(command, tmp_path):
    file, refused = tmp_path / "log.csv", tmp_path / "refused.csv"
    file.write_text("date,hotspot,start,end\n2023-08-01,A,22:15,23:05\n" + "x,A,22:15,23:05\n" * 25)
    code, said = command("import-records", "patrol-log", str(file), "--check", "--refused", str(refused))
    assert code == 0
    assert "row 3: Date: “x” is not a date" in said
    assert "and 5 more" in said
    assert len(refused.read_text(encoding="utf-8-sig").splitlines()) == 26
    assert "nothing held" in command("records", "list", "patrol-log")[1]


def test_a_workbook_made_to_cost_much_is_refused_as_on_the_screen(command, tmp_path):
    file = tmp_path / "log.xlsx"
    file.write_bytes(remade({}, cell("A", 1_048_576)))
    with pytest.raises(RefusedError) as on_the_screen:
        bounded.read_bounded("patrol-log", file.name, file.read_bytes())
    code, said = command("import-records", "patrol-log", str(file))
    assert (code, said.strip()) == (1, str(on_the_screen.value))
    assert "row 1,048,576, column 4" in said


def test_a_file_that_takes_too_long_is_stopped_on_the_command_line_too(command, tmp_path, monkeypatch):
    monkeypatch.setattr(bounded, "TIME_LIMIT", 0.01)
    file = tmp_path / "funding.csv"
    file.write_bytes(demo_csv("funding"))
    code, said = command("import-records", "funding", str(file))
    assert code == 1
    assert "seconds to read, so it was stopped and nothing is kept" in said
    assert "nothing held" in command("records", "list", "funding")[1]


def test_of_a_file_that_is_too_large_no_more_is_read_than_tells_it(command, tmp_path, monkeypatch):
    given = []
    monkeypatch.setattr(records_cli, "LARGEST_FILE", 10)
    monkeypatch.setattr(
        records_cli, "read_bounded", lambda *of, **_: given.append(of) or bounded.read_bounded(*of)
    )
    (tmp_path / "log.csv").write_text("a" * 1_000)
    command("import-records", "patrol-log", str(tmp_path / "log.csv"))
    assert [len(content) for _, _, content in given] == [11]
    with (tmp_path / "log.csv").open("wb") as file:
        file.truncate(50 * LARGEST_FILE)
    monkeypatch.setattr(records_cli, "LARGEST_FILE", LARGEST_FILE)
    assert (
        "log.csv is larger than 20 MB"
        in command("import-records", "patrol-log", str(tmp_path / "log.csv"))[1]
    )


@pytest.mark.parametrize(("name", "start"), [("t.csv", b"\xef\xbb\xbfDate"), ("t.xlsx", b"PK")])
def test_templates_are_written(command, tmp_path, name, start):
    assert command("records", "template", "patrol-log", str(tmp_path / name), store=False)[0] == 0
    assert (tmp_path / name).read_bytes().startswith(start)
    assert command("records", "template", "patrol-log", str(tmp_path / "t.doc"), store=False)[0] == 1
