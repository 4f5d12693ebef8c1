"""A restore while others write into the store, and after work that a kill left half done."""

from __future__ import annotations

from pathlib import Path

import filelock
import pytest

from analysis.model.errors import RefusedError
from data import permitted
from data.access import Action
from data.audit import AuditLog
from data.backup import restore, restoring, write_backup
from data.police_uk.coming import Coming
from data.police_uk.manifest import sidecars
from data.store import open_store

OWNER = permitted.command_line()


def months(store) -> list[str]:
    return [str(month) for month in open_store(store.path).months("cleveland")]


@pytest.fixture
def held(made, store, tmp_path) -> Path:
    """The back-up of a store that holds May 2023."""
    assert store.import_police_uk(made.street("2023-05")).ok
    write_backup(store.path, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_a_line_of_the_log_written_in_the_middle_of_a_restore_locks_no_store(store, held, monkeypatch):
    moved, told = Path.rename, []

    def rename(self: Path, target: Path) -> Path:
        out = moved(self, target)
        if "/old/" in str(target) and not told:
            told.append(AuditLog(store.path).refuse(OWNER, Action.READ_AUDIT, "another reader's call"))
        return out

    monkeypatch.setattr(Path, "rename", rename)
    restore(store.path, held)
    monkeypatch.undo()
    assert told and months(store) == ["2023-05"]
    assert "another reader's call" in "".join(AuditLog(store.path).table()["subject"])


@pytest.mark.parametrize("name", [".update.lock", ".settings.lock", ".side.lock"])
def test_a_restore_waits_for_who_writes_and_then_says_so(store, held, monkeypatch, name):
    monkeypatch.setattr(restoring, "_LOCK_SECONDS", 0.1)
    with filelock.FileLock(store.path / name), pytest.raises(RefusedError, match="is writing into the store"):
        restore(store.path, held)
    assert months(store) == ["2023-05"]
    restore(store.path, held)


class KilledError(BaseException):
    """The process ends here."""


def killed_import(made, store, monkeypatch) -> None:
    """Import June and July, and end it when one of the two has its record in place."""
    moved = Coming._move_files

    def half(self: Coming, kind: str, suffix: str) -> None:
        if suffix == ".json" and (waiting := sorted(self._written(kind, suffix))):
            waiting[0].replace(self.root / kind / waiting[0].parent.name / waiting[0].name)
            raise KilledError
        moved(self, kind, suffix)

    monkeypatch.setattr(Coming, "_move_files", half)
    with pytest.raises(KilledError):
        store.import_police_uk(made.street("2023-06"), made.street("2023-07"))
    monkeypatch.undo()


def test_months_of_a_killed_import_are_not_carried_into_a_restored_store(made, store, held, monkeypatch):
    killed_import(made, store, monkeypatch)
    restore(store.path, held)
    assert store.import_police_uk(made.street("2023-08")).ok
    assert months(store) == ["2023-05", "2023-08"]


def test_a_back_up_has_all_of_an_import_that_was_killed_as_it_took_its_place(
    made, store, held, monkeypatch, tmp_path
):
    killed_import(made, store, monkeypatch)
    write_backup(store.path, tmp_path / "second.zip")
    restore(tmp_path / "other", tmp_path / "second.zip")
    assert months(open_store(tmp_path / "other")) == ["2023-05", "2023-06", "2023-07"]


def test_copies_that_a_killed_restore_left_are_gone_when_the_store_is_opened(store, held):
    for name in (".swap.done", ".restoring"):
        (store.path / name / "old" / "records").mkdir(parents=True)
        (store.path / name / "old" / "records" / "actions.parquet").write_bytes(b"x")
    open_store(store.path)
    assert not (store.path / ".swap.done").exists() and not (store.path / ".restoring").exists()


def test_a_restore_counts_the_months_anew(store, held):
    kept = store.path / "counts" / "cleveland.parquet"
    whole = kept.read_bytes()
    kept.unlink()
    restore(store.path, held)
    assert kept.read_bytes() == whole


def test_a_mark_of_what_lies_beside_months_is_the_same_after_a_restore(store, held):
    before = store.side_stamps()
    restore(store.path, held)
    assert open_store(store.path).side_stamps() == before


def test_what_is_made_while_an_import_ends_is_not_kept_half_of_before(made, store, held, monkeypatch):
    reader, asked, imported = open_store(store.path), type(store)._held, []

    def ask(self, force, kind):
        out = asked(self, force, kind)
        if self is reader and not imported:
            imported.append(store.import_police_uk(made.street("2023-06")))
        return out

    monkeypatch.setattr(type(store), "_held", ask)
    reader.wholeness("cleveland")
    monkeypatch.undo()
    assert imported and len(list(sidecars(store.path))) == 2
    assert {str(cell.month) for cell in reader.wholeness("cleveland").cells} == {"2023-05", "2023-06"}
