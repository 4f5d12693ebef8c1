"""Backing up and restoring on the screen: for the owner, at the call; what is refused is said and changes nothing."""

from __future__ import annotations

import io
import shutil
import zipfile
from types import SimpleNamespace

import pytest

from data.access import Role, Visitor
from data.audit import AuditLog
from data.backup import write_backup
from pages.frame import access, backup
from tests.pages.conftest import text_of

PAGE = "pages/about/data.py"
OWNER, READER = (Visitor(role, "ana", "here", "Why.") for role in (Role.OWNER, Role.READER))


@pytest.fixture
def given(bare_store, tmp_path, monkeypatch):
    """A store of real months to be changed, a back-up of it as a browser gives it, and what a page would say."""
    root, said = tmp_path / "store", {}
    shutil.copytree(bare_store.path, root)
    write_backup(root, tmp_path / "backup.zip")
    monkeypatch.setenv("TOWN_CENTRES_STORE", str(root))
    monkeypatch.setattr(backup, "st", SimpleNamespace(session_state=said))
    monkeypatch.setattr(access, "visitor", lambda: OWNER)
    return root, (tmp_path / "backup.zip").read_bytes(), said


def uploaded(content: bytes) -> io.BytesIO:
    """A file as the browser gives it, under a name that is no name of a file here."""
    file = io.BytesIO(content)
    file.name = "../Monday’s copy.zip"
    return file


def test_a_back_up_is_put_back_by_the_owner_alone(given, monkeypatch):
    root, content, said = given
    (root / "settings.toml").write_text('body = "Mersea Policing Board"\n')
    monkeypatch.setattr(access, "visitor", lambda: READER)
    backup._restore(uploaded(content))
    assert "You may not put a back-up back" in said[backup._SAID] and backup._DONE not in said
    assert (root / "settings.toml").exists()
    assert AuditLog(root).table().iloc[0][["what", "outcome"]].tolist() == ["put a back-up back", "refused"]
    monkeypatch.setattr(access, "visitor", lambda: OWNER)
    backup._restore(uploaded(content))
    assert said[backup._DONE] and "59 monthly files" in said[backup._SAID]
    assert not (root / "settings.toml").exists()
    assert not list(root.parent.glob(".given-*"))


def test_a_file_that_is_none_is_said_and_changes_nothing(given):
    root, content, said = given
    for file in (b"no zip", content[:5000]):
        backup._restore(uploaded(file))
        assert said[backup._SAID].startswith("monday-s-copy.zip: the zip is cut short or damaged")
    assert zipfile.is_zipfile(root.parent / "backup.zip") and (root / "street").is_dir()


def test_the_page_offers_it_to_the_owner_and_tells_others_who_can(run_app, demonstration_store, monkeypatch):
    app = run_app(demonstration_store, PAGE)
    assert not app.exception
    # there is nothing to take away of simulated months, and a back-up can be put in their place
    assert "All of the file is checked before anything held is touched." in text_of(app)
    assert "Whoever has the file can read the records" not in text_of(app)
    monkeypatch.setattr(access, "visitor", lambda: READER)
    app.run()
    assert any("can back up and restore" in each.value for each in app.caption)
