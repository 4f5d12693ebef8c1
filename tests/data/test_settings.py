"""The settings file of a store: what it gives, what is refused by name, and that nothing held is touched by it."""

from __future__ import annotations

import shutil
import stat
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import RefusedError
from analysis.model.naming import Naming, checked_naming
from data import permitted
from data.access import Role, Visitor
from data.audit import AuditLog
from data.desk import Desk
from data.store import open_store
from data.store.settings import MOST_BYTES, SETTINGS_FILE, keep_naming, read_naming

OWNER = Visitor(Role.OWNER, "o", "here")
NAMES = checked_naming(
    "Mersea Policing Board", "the Board", {"Stockton-on-Tees": 'the borough of "Stockton" \\ Tees'}
)


@pytest.fixture
def store(demonstration_store, tmp_path):
    shutil.copytree(demonstration_store.path, tmp_path / "store")
    return open_store(tmp_path / "store")


def test_names_are_read_as_they_were_kept_and_the_file_is_the_owners_alone(store):
    assert read_naming(store.path) == Naming()
    before = store.fingerprint()
    file = keep_naming(store, NAMES)
    assert file == store.path / SETTINGS_FILE
    assert read_naming(store.path) == NAMES
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert store.fingerprint() == before


def test_a_file_edited_by_hand_is_read_anew(store):
    keep_naming(store, NAMES)
    file = store.path / SETTINGS_FILE
    file.write_text('\ufeffbody = "Tees  Board"\n', encoding="utf-8")
    assert read_naming(store.path) == Naming("Tees Board")
    file.unlink()
    assert read_naming(store.path) == Naming()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"body = ", "not TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (b'boddy = "x"', "body, asks, districts, and not boddy"),
        (b"body = 3", "body of settings.toml is a text"),
        (b'districts = "x"', "districts of settings.toml is a table"),
        (b'[districts]\n"Ay" = ["x"]', "Ay of settings.toml is a text"),
        (b'[districts]\nA = "x"\nB = "X"', "would both be called"),
        (b'asks = "' + b"x" * 61 + b'"', "60 are the most"),
        (b'asks = "a\\u202eb"', "cannot be seen"),
        (b"#" * (MOST_BYTES + 1), "more than 200,000 bytes"),
        (b"a = " + b"[" * 3000, "settings.toml"),
    ],
    ids=lambda value: str(value[:20]),
)
def test_another_file_is_refused_by_name_and_the_desk_goes_on_with_neutral_names(store, content, why):
    (store.path / SETTINGS_FILE).write_bytes(content)
    with pytest.raises(RefusedError, match=r"settings\.toml") as refused:
        read_naming(store.path)
    assert why in str(refused.value)
    desk = Desk(store)
    assert desk.naming() == Naming()
    assert desk.naming_problem() == str(refused.value)
    assert desk.areas("cleveland")["stockton-on-tees"].name == "Stockton-on-Tees"


def test_a_folder_in_the_files_place_is_a_sentence(store):
    (store.path / SETTINGS_FILE).mkdir()
    with pytest.raises(RefusedError, match=r"settings\.toml cannot be read"):
        read_naming(store.path)
    with pytest.raises(RefusedError, match="the names are as they were"):
        keep_naming(store, NAMES)


def test_a_district_cannot_have_another_areas_name_and_what_stood_there_stays(store):
    keep_naming(store, NAMES)
    taken = checked_naming("", "", {"Hartlepool": "Yarm", "Stockton-on-Tees": "Thornaby Town Centre"})
    with pytest.raises(RefusedError, match="the name of Thornaby Town Centre"):
        keep_naming(store, taken)
    assert read_naming(store.path) == NAMES


def test_only_the_owner_changes_names_and_the_log_has_none_of_them(store):
    for role in (Role.NOBODY, Role.READER, Role.RECORDS):
        with pytest.raises(RefusedError, match="You may not change settings"):
            permitted.keep_naming(Visitor(role, "r", "there", "Why."), store, NAMES)
    assert read_naming(store.path) == Naming()
    permitted.keep_naming(OWNER, store, NAMES)
    lines = AuditLog(store.path).table()
    assert lines["outcome"].tolist().count("refused") == 3
    done = lines.loc[lines["outcome"] == "done"]  # a clock may be set back between two calls
    assert done[["what", "subject"]].to_numpy().tolist() == [["change settings", "names"]]
    assert "Mersea" not in (store.path / "audit" / "calls.jsonl").read_text()


def test_the_desk_has_the_names_at_once_and_another_state(store):
    desk = Desk(store)
    before = desk.state()
    assert desk.case(desk.default_selection("cleveland")).naming == Naming()
    keep_naming(store, NAMES)
    assert desk.state() != before
    case = desk.case(desk.default_selection("cleveland"))
    assert case.areas["stockton-on-tees"].name == 'the borough of "Stockton" \\ Tees'
    assert case.areas["rest-of-stockton-on-tees"].name == 'Rest of the borough of "Stockton" \\ Tees'
    assert {place.district for place in desk.find_places("cleveland", "stockton")} <= {
        'the borough of "Stockton" \\ Tees'
    }


@given(
    st.dictionaries(st.text(min_size=1, max_size=20), st.text(max_size=20), max_size=4), st.text(max_size=30)
)
def test_whatever_may_stand_is_read_as_it_was_written(tmp_path_factory, districts, body):
    from data.store.settings import _text

    try:
        naming = checked_naming(body, body, districts)
    except RefusedError:
        return
    table = tomllib.loads(_text(naming))
    assert checked_naming(table["body"], table["asks"], table.get("districts", {})) == naming
