"""A file is there whole, as it was before or as it is now, whatever happens while it is written."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.atomic import hidden_beside, move_into_place, sweep_hidden, write_file

PROJECT = Path(__file__).parents[2]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_text_and_bytes_are_written_over_what_was_there(tmp_path):
    target = tmp_path / "a.json"
    write_file(target, "Café")
    assert target.read_bytes() == "Café".encode()
    write_file(target, b"\xff")
    assert target.read_bytes() == b"\xff" and names(tmp_path) == ["a.json"]


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_file_before_it_and_nothing_else(tmp_path, monkeypatch, moment):
    target = tmp_path / "a.json"
    write_file(target, "old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, moment, full)
    with pytest.raises(OSError, match="No space left"):
        write_file(target, "new")
    assert target.read_text() == "old" and names(tmp_path) == ["a.json"]


def test_the_content_is_on_the_disk_before_the_file_has_its_name(tmp_path, monkeypatch):
    target, steps = tmp_path / "a.json", []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, name=name, real=real: (steps.append(name), real(*given)))
    write_file(target, "new")
    assert steps == ["fsync", "replace"]


def test_another_folder_to_write_in_keeps_the_file_s_own_clean(tmp_path, monkeypatch):
    staging, target = tmp_path / "staging", tmp_path / "months" / "a.json"
    for folder in (staging, target.parent):
        folder.mkdir()
    seen = []
    real = os.replace
    monkeypatch.setattr(os, "replace", lambda one, other: (seen.append(Path(one).parent), real(one, other)))
    write_file(target, "new", folder=staging)
    assert seen == [staging] and names(target.parent) == ["a.json"] and names(staging) == []


DYING = """
import os, signal, sys
from pathlib import Path
from data.atomic import write_file
setattr(os, sys.argv[2], lambda *given: os.kill(os.getpid(), signal.SIGKILL))
write_file(Path(sys.argv[1]), "new")
"""


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_kill_leaves_the_file_before_it_and_its_leavings_are_swept(tmp_path, moment):
    target = tmp_path / "a.json"
    write_file(target, "old")
    child = subprocess.run(
        [sys.executable, "-c", DYING, str(target), moment], cwd=PROJECT, capture_output=True, check=False
    )
    assert child.returncode == -9, child.stderr
    assert target.read_text() == "old" and len(names(tmp_path)) == 2
    sweep_hidden(target)
    assert names(tmp_path) == ["a.json"]


def test_files_that_belong_together_are_all_written_before_one_is_moved(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    with pytest.raises(ZeroDivisionError), hidden_beside([one, other]) as hidden:
        hidden[one].write_text("1")
        raise ZeroDivisionError
    assert names(tmp_path) == []
    with hidden_beside([one, other]) as hidden:
        for number, target in enumerate(hidden):
            hidden[target].write_text(str(number))
        assert not one.exists() and not other.exists()
        for target in hidden:
            move_into_place(hidden[target], target)
    assert names(tmp_path) == ["one", "other"]


def test_writers_of_one_file_at_once_do_not_write_into_each_other(tmp_path):
    texts = [str(number) * 100_000 for number in range(8)]
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(lambda text: write_file(tmp_path / "a", text), texts * 4))
    assert (tmp_path / "a").read_text() in texts and names(tmp_path) == ["a"]
