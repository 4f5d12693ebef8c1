"""The status is told again without loading anything while nothing changed, and anew the moment something did."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from data.__main__ import main
from data.status_kept import STATUS_FILE, told_again
from data.store import open_store
from data.store.status import current_status, read_status, status_text
from tests.conftest import PROJECT


@pytest.fixture
def held(made, store, capsys):
    """A store of two months, imported and asked on the command line."""
    for month in ("2023-06", "2023-07"):
        made.street(month)
    assert main(["import", str(made.folder), "--store", str(store.path)]) == 0
    capsys.readouterr()
    return store


def again(store, *words):
    return told_again(["status", "--store", str(store.path), *words], None)


def test_what_an_import_left_is_what_the_command_says(held, capsys):
    told = again(held)
    assert main(["status", "--store", str(held.path)]) == 0
    assert capsys.readouterr().out == told + "\n" and "2 months, 6 rows" in told
    assert json.loads(again(held, "--json")) == json.loads(json.dumps(read_status(held)))


def test_nothing_is_loaded_to_tell_it_again(held):
    code = (
        "import sys; from data.status_kept import told_again; "
        "assert told_again(['status', '--store', sys.argv[1]], None); "
        "assert not {'pandas', 'duckdb', 'pyarrow', 'ibis'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(held.path)], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "change",
    [
        lambda store, made: open_store(store.path).import_police_uk(made.street("2023-08")),
        lambda store, made: (store.path / "street/cleveland/2023-07.json").unlink(),
        lambda store, made: (store.path / "areas.toml").write_text(""),
        lambda store, made: (store.path / "street/durham").mkdir(),
        lambda store, made: (store.path / STATUS_FILE).write_text("{"),
        lambda store, made: (store.path / STATUS_FILE).write_text("[]"),
    ],
)
def test_any_change_makes_it_be_read_anew(held, made, change):
    change(held, made)
    assert again(held) is None
    assert current_status(open_store(held.path)) == read_status(open_store(held.path))
    assert again(held) is not None


def test_only_a_force_that_changed_is_read_again(held, made, monkeypatch):
    rows = made.rows("2023-07", force="Durham Constabulary")
    open_store(held.path).import_police_uk(made.street("2023-07", rows, slug="durham"))
    reader, asked = open_store(held.path), []
    coverage = reader.coverage
    monkeypatch.setattr(reader, "coverage", lambda force: asked.append(force) or coverage(force))
    status = current_status(reader)
    assert asked == ["durham"]
    assert status == read_status(open_store(held.path))


def test_other_words_are_no_question_for_it(held):
    path = str(held.path)
    for words in (
        ["status"],
        ["import", path],
        ["status", "--store"],
        ["status", "--store", path, "--more"],
        [],
    ):
        assert told_again(words, None) is None
    assert told_again(["status"], path) == again(held)
    assert told_again(["status"], path + os.sep + "elsewhere") is None


def test_an_area_with_a_code_that_the_lookup_does_not_have_is_said_and_no_other(real_store, tmp_path):
    shutil.copytree(real_store.path, tmp_path / "store")
    areas = """
[areas.{key}]
name = "{name}"
kind = "proposed centre"
force = "cleveland"
district = "Redcar and Cleveland"
rule = "Made up."
confidence = "low"
ground = [{{ lsoa_2011 = "{code}", lsoa_2021 = ["{code}"] }}]
"""
    mistyped = areas.format(key="redcar", name="Redcar Centre", code="E01099999")
    right = areas.format(key="loftus", name="Loftus Centre", code="E01012100")
    same = areas.format(key="loftus2", name="Redcar Centre", code="E01012100")
    (tmp_path / "store" / "areas.toml").write_text(mistyped + right + same)
    store = open_store(tmp_path / "store")
    status = read_status(store)
    assert status["areas_without_ground"] == [{"area": "Redcar Centre", "codes": ["E01099999"]}]
    (line,) = [line for line in status_text(status).splitlines() if "areas.toml" in line]
    assert line.startswith("Redcar Centre of areas.toml: the lookup does not have E01099999, so no figure")
    (tmp_path / "store" / "areas.toml").write_text("[areas.x")
    assert read_status(open_store(store.path))["areas_without_ground"] == []
