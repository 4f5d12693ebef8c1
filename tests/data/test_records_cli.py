from __future__ import annotations

import pytest

from data.demo.demo_records import demo_csv


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


@pytest.mark.parametrize(("name", "start"), [("t.csv", b"\xef\xbb\xbfDate"), ("t.xlsx", b"PK")])
def test_templates_are_written(command, tmp_path, name, start):
    assert command("records", "template", "patrol-log", str(tmp_path / name), store=False)[0] == 0
    assert (tmp_path / name).read_bytes().startswith(start)
    assert command("records", "template", "patrol-log", str(tmp_path / "t.doc"), store=False)[0] == 1
