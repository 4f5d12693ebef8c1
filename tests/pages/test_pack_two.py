"""A pack by two processes: each piece is made once, the same bytes come out, and one that ends early leaves nothing undone."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from analysis.model.errors import RefusedError
from analysis.model.naming import Naming
from data.desk import Desk
from data.store import open_store
from data.store.settings import keep_naming
from pages.pack import beside, manifest
from pages.pack.beside import Side
from pages.pack.making import BEGINS, Making, help_make, make
from pages.pack.shared import MOVED, MovedError
from tests.conftest import PROJECT

PAGES, FORMATS = ("perceptions", "incidents", "data"), ("html", "csv", "xlsx", "pptx")


@pytest.fixture
def asked(real_store, monkeypatch):
    monkeypatch.setenv(manifest.EPOCH, "1767225600")
    desk = Desk(real_store)
    return desk, desk.default_selection("cleveland")


def files_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def alone(real_store, tmp_path_factory):
    """The files of a pack that one process made."""
    folder = tmp_path_factory.mktemp("one") / "pack"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(manifest.EPOCH, "1767225600")
        desk = Desk(real_store)
        make(desk, desk.default_selection("cleveland"), folder, Making(PAGES, FORMATS))
    return files_of(folder)


def test_two_sides_take_each_piece_once_from_the_two_ends(tmp_path):
    first, second, pieces = Side(tmp_path, 0), Side(tmp_path, 1), ("a", "b", "c")
    assert [*first.order(pieces)] == ["a", "b", "c"] and [*second.order(pieces)] == ["c", "b", "a"]
    assert first.take("a") and second.take("c") and second.take("b")
    assert not any(side.take(piece) for side in (first, second) for piece in pieces)


def test_what_one_side_gives_the_other_gets_and_makes_small_pieces_until_then(tmp_path):
    first, second, made = Side(tmp_path, 0), Side(tmp_path, 1), []

    def meanwhile() -> bool:
        made.append("a piece")
        if len(made) == 3:
            second.give("words", {"key": "value"})
        return True

    assert first.wait("words", meanwhile) == {"key": "value"}
    assert len(made) == 3


def test_who_waits_for_one_that_has_ended_gets_nothing_or_what_it_gave_before(tmp_path):
    first = Side(tmp_path, 0, alive=lambda: False)
    assert first.wait("words") is None
    Side(tmp_path, 1).give("words", "the last")
    assert first.wait("words") == "the last"


def test_who_gives_nothing_for_too_long_is_given_up(tmp_path, monkeypatch):
    ended = []
    first = Side(tmp_path, 0, alive=lambda: not ended, give_up=lambda: ended.append("ended"))
    monkeypatch.setattr(beside, "LONGEST", 0.0)
    assert first.wait("words") is None
    assert ended == ["ended"]


def test_two_processes_make_the_same_bytes_as_one_also_where_the_second_hangs(
    asked, alone, tmp_path, monkeypatch
):
    desk, chosen = asked
    for hangs in (False, True):
        second = beside.begin(help_make, fresh=False)
        assert second is not None
        if hangs:
            monkeypatch.setattr(beside, "LONGEST", 0.0)
            monkeypatch.setattr(beside, "GRACE", 0.0)
            os.kill(second._process.pid, signal.SIGSTOP)
        folder = second.side._folder
        try:
            made = make(desk, chosen, tmp_path / f"two {hangs}", Making(PAGES, FORMATS, second=second))
        finally:
            second.end()
        assert made.said == ()
        assert files_of(tmp_path / f"two {hangs}") == alone
        assert not folder.exists() and not second._process.is_alive()


def test_two_that_saw_two_states_of_the_store_are_not_mixed(asked, alone, tmp_path, monkeypatch):
    desk, chosen = asked
    second = beside.begin(help_make, fresh=False)
    assert second is not None
    monkeypatch.setattr(beside, "GRACE", 0.0)
    os.kill(second._process.pid, signal.SIGSTOP)
    second.side._file("chapters", 1).write_bytes(pickle.dumps(("another state", ())))
    made = make(desk, chosen, tmp_path / "two", Making(PAGES, FORMATS, second=second))
    assert files_of(tmp_path / "two") == alone and made.said == ()
    assert not second._process.is_alive()


def test_a_store_that_changes_while_a_pack_is_made_of_it_is_refused_in_a_sentence(real_store, tmp_path):
    shutil.copytree(real_store.path, tmp_path / "store")
    desk = Desk(open_store(tmp_path / "store"))

    def change(done, of, words):
        keep_naming(desk.store, Naming(body=f"Office {done}"))

    with pytest.raises(MovedError) as refused:
        make(desk, desk.default_selection("cleveland"), tmp_path / "pack", Making(PAGES, ("csv",)), change)
    assert str(refused.value) == MOVED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]


def command(store, out, folder, *more):
    """Begin the command, whose second process is a copy of the first, with a folder of its own for temporary files."""
    folder.mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "pages.pack", "--store", str(store.path), "--out", str(out), *more],
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(true):
    """Wait for a state."""
    last = time.monotonic() + 300
    while not (value := true()):
        assert time.monotonic() < last
        time.sleep(0.02)
    return value


def children(pid):
    with suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def goes_on(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


forks = pytest.mark.skipif(sys.platform != "linux", reason="the second is a copy of the first on Linux alone")
SOME = [
    word
    for key, each in (("--only", PAGES), ("--format", ("csv", "html")))
    for of in each
    for word in (key, of)
]


@forks
def test_a_copy_that_is_killed_leaves_nothing_undone(asked, alone, real_store, tmp_path):
    first = command(real_store, tmp_path / "two", tmp_path / "between", *SOME)
    (second,) = until(lambda: children(first.pid))
    os.kill(second, signal.SIGKILL)
    first.communicate()
    assert first.returncode == 0
    made = files_of(tmp_path / "two")
    assert made == {name: content for name, content in alone.items() if name in made}
    assert {name.suffix for name in made} == {".csv", ".html", ".json"}
    assert [*(tmp_path / "between").iterdir()] == []


@forks
def test_the_copy_of_a_process_that_is_killed_ends_with_it_and_the_next_pack_removes_what_is_left(
    asked, real_store, tmp_path
):
    out, between = tmp_path / "pack", tmp_path / "between"
    first = command(real_store, out, between, *SOME)
    (second,) = until(lambda: children(first.pid))
    until(lambda: [*tmp_path.glob(f"{BEGINS}*/work")])
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    until(lambda: not goes_on(second))
    assert [*between.iterdir()] == []
    assert [*tmp_path.glob(f"{BEGINS}*")]  # the pack that was being made
    desk, chosen = asked
    make(desk, chosen, out, Making(PAGES, ("csv",)))
    assert not [*tmp_path.glob(f"{BEGINS}*")]


@forks
def test_a_pack_that_is_ended_ends_the_browser_that_prints_for_it(real_store, tmp_path):
    programs, told = tmp_path / "programs", tmp_path / "told"
    programs.mkdir()
    (programs / "chromium").write_text(
        f"#!/bin/sh\necho $$ > {told}.coming\nmv {told}.coming {told}\nexec sleep 3600\n"
    )
    (programs / "chromium").chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        first = command(
            real_store,
            tmp_path / "pack",
            tmp_path / "between",
            "--only",
            "perceptions",
            "--only",
            "data",
            "--format",
            "pdf",
        )
    until(told.exists)
    first.terminate()
    words = first.communicate()[1]
    assert first.returncode == 2 and "Stopped; nothing was written." in words
    assert not goes_on(int(told.read_text()))
    assert not (tmp_path / "pack").exists() and [*(tmp_path / "between").iterdir()] == []


def test_a_temporary_folder_that_cannot_be_written_leaves_one_process(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/dev/null/there is none")
    assert beside.begin(help_make, fresh=False) is None


def test_a_folder_for_the_pack_that_cannot_be_made_is_a_sentence(asked, tmp_path):
    desk, chosen = asked
    (tmp_path / "file").write_text("a file")
    with pytest.raises(RefusedError, match="The pack cannot be written to"):
        make(desk, chosen, tmp_path / "file" / "pack", Making(PAGES, ("csv",)))
