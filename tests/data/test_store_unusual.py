"""A store that may not be written, and one of a newer version: a sentence each, and the rest works."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys

import pytest

from analysis.model.errors import RefusedError
from data.__main__ import main
from tests.conftest import PROJECT

READ_ONLY = """
import sys
from analysis.model.errors import RefusedError
from analysis.model.naming import Naming
from data import permitted
from data.store import open_store
store = open_store(sys.argv[1])
owner = permitted.command_line()
print(int(store.cube("cleveland")["incidents"].sum()), store.forces())
for change in (
    lambda: permitted.keep_naming(owner, store, Naming("Mersea Board")),
    lambda: store.import_police_uk(sys.argv[2]),
):
    try:
        print("done", change())
    except RefusedError as problem:
        print("refused", problem)
"""

_DROP_FROM_BOUNDS, _WRITE_ANYWHERE = 24, 1
"""Linux's own numbers: prctl's PR_CAPBSET_DROP, and what lets root write where modes forbid it."""


def as_anybody() -> None:
    """Take from root what lets it write anywhere; others have not got it."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_DROP_FROM_BOUNDS, _WRITE_ANYWHERE, 0, 0, 0)


@pytest.mark.skipif(
    sys.platform != "linux", reason="root may write anywhere, but for Linux's own way to forbid it"
)
def test_a_store_that_may_not_be_written_answers_and_each_change_is_refused_in_a_sentence(made, store):
    assert store.import_police_uk(made.street("2023-06")).ok
    other = made.street("2023-07")
    closed = [store.path, *(path for path in store.path.rglob("*"))]
    for path in closed:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        told = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(store.path), str(other)],
            cwd=PROJECT, capture_output=True, text=True, preexec_fn=as_anybody, check=False,
        )  # fmt: skip
    finally:
        for path in closed:
            path.chmod(0o700 if path.is_dir() else 0o600)
    assert told.returncode == 0, told.stderr
    first, *changes = told.stdout.splitlines()
    assert first == "3 ('cleveland',)"
    assert len(changes) == 2, changes
    for change in changes:
        assert change.startswith("refused"), change
        assert "cannot be written" in change
        assert "Traceback" not in change


def newer(store) -> None:
    record = store.path / "street/cleveland/2023-06.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "format": 2, "weather": "rain"}))


def test_a_month_of_a_newer_version_is_said_and_not_called_damaged(made, store, capsys):
    assert store.import_police_uk(made.street("2023-06"), made.street("2023-07")).ok
    newer(store)
    said = r"street/cleveland/2023-06\.json: a newer version of this dashboard wrote this month.*Use that version"
    with pytest.raises(RefusedError, match=said):
        store.manifest()
    assert main(["status", "--store", str(store.path)]) == 1
    assert "newer version" in capsys.readouterr().err
    # another month can be imported, and what the newer version wrote stays
    before = (store.path / "street/cleveland/2023-06.json").read_text()
    assert store.import_police_uk(made.street("2023-08")).ok
    assert (store.path / "street/cleveland/2023-06.json").read_text() == before
    assert list((store.path / "street/cleveland").glob("2023-06.*.parquet"))
