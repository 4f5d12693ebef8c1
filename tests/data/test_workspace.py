"""Folders to work in: gone at the end, and what a killed run left is gone after the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.workspace import workspace
from tests.conftest import PROJECT

RUN = """
import sys
from pathlib import Path
from data.workspace import workspace
with workspace("made-", Path(sys.argv[1])) as folder:
    (folder / "half").write_text("x")
    print("at work", flush=True)
    sys.stdin.read()
"""


def at_work(parent: Path) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        text=True,
    )
    assert process.stdout.readline().strip() == "at work"
    return process


def test_the_folder_of_a_killed_run_is_removed_by_the_next_and_a_living_one_s_stays(tmp_path):
    killed, living = at_work(tmp_path), at_work(tmp_path)
    killed.kill()
    killed.wait()
    assert len(list(tmp_path.iterdir())) == 2
    with workspace("made-", tmp_path):
        assert len(list(tmp_path.glob("made-*/*/half"))) == 1
        assert len(list(tmp_path.iterdir())) == 2
    living.communicate("")
    assert list(tmp_path.iterdir()) == []


def test_what_fails_inside_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), workspace("made-", tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_whose_maker_was_killed_before_its_lock_goes_after_an_hour_and_no_other(tmp_path):
    young, old, full = (tmp_path / f"made-{name}" for name in ("young", "old", "full"))
    for folder in (young, old, full):
        folder.mkdir()
    (full / "somebody's").touch()
    for folder in (old, full):
        os.utime(folder, (0, 0))
    with workspace("made-", tmp_path):
        assert not old.exists() and young.exists() and full.exists()
