from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from analysis.records import RECORD_KINDS, kinds
from analysis.records.contract import HOW_TO_WRITE
from analysis.records.demonstration import DemoInputs

PROJECT = Path(__file__).parents[2]
KINDS = pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.key)


def test_each_kind_has_a_file_of_its_name_and_each_file_a_kind():
    files = {path.stem for path in Path(kinds.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {kind.key.replace("-", "_") for kind in RECORD_KINDS}


def test_no_code_asks_which_kind_it_has():
    switch = re.compile(r"kind\.key\s*(==|!=|\bin\b)|\bkey\s*==\s*[\"']")
    wrong = [
        str(path.relative_to(PROJECT))
        for folder in ("analysis/records", "data/records", "data/demo")
        for path in sorted((PROJECT / folder).rglob("*.py"))
        if switch.search(path.read_text(encoding="utf-8").replace("if kind.key == key:", ""))
    ]
    assert not wrong


@KINDS
def test_a_kind_makes_its_own_demonstration_from_what_it_is_given_alone(kind):
    inputs = DemoInputs(lambda label: Random(label).random, towns=(("A", "D"), ("B", "D"), ("C", "E")))
    assert kind.demonstration is not None
    rows = kind.demonstration(inputs)
    assert rows == kind.demonstration(inputs)
    assert {name for row in rows for name in row} <= set(kind.names)


@KINDS
def test_each_column_says_what_it_means_and_how_it_is_written(kind):
    assert all(column.meaning and column.type in HOW_TO_WRITE for column in kind.columns)
