"""Where the store is when nobody names it, and that no test finds a user's own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs
import pytest

from analysis.model.vocabulary import KINDS
from data.__main__ import main
from data.store import default_store_path, open_store, store_place


@pytest.fixture
def unnamed(monkeypatch, tmp_path):
    """No variable is set; the project's own place and the user's are empty folders of this test."""
    monkeypatch.delenv("TOWN_CENTRES_STORE")
    monkeypatch.setattr(store_place, "PROJECT_STORE", tmp_path / "project")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, appauthor: tmp_path / "home" / name)
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "store.py").touch()  # the code that lies there is no store
    return tmp_path


def test_without_a_name_it_is_the_folder_for_the_data_of_programs(unnamed):
    assert open_store().path == unnamed / "home" / "safe-town-centres"
    assert not (unnamed / "home").exists()


@pytest.mark.parametrize("folder", [*KINDS, "demonstration", "records"])
def test_a_store_that_lies_in_the_project_is_still_found_and_wins(unnamed, folder):
    (unnamed / "project" / folder).mkdir()
    assert open_store().path == default_store_path() == unnamed / "project"


def test_the_variable_wins_and_a_name_wins_over_it(unnamed, monkeypatch):
    (unnamed / "project" / "street").mkdir()
    monkeypatch.setenv("TOWN_CENTRES_STORE", str(unnamed / "named"))
    assert open_store().path == unnamed / "named"
    assert open_store(unnamed / "other").path == unnamed / "other"


def test_the_help_names_the_folder(unnamed, capsys):
    for command in (["status"], ["records", "list"]):
        with pytest.raises(SystemExit):
            main([*command, "--help"])
        assert "safe-town-centres" in "".join(capsys.readouterr().out.split())


def test_no_test_can_touch_a_user_s_store():
    assert Path(os.environ["TOWN_CENTRES_STORE"]).is_relative_to(tempfile.gettempdir())
    assert open_store().path == Path(os.environ["TOWN_CENTRES_STORE"])
