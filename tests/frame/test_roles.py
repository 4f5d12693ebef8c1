"""Who gets which role, and what each role may do: every action at its call in every role."""

from __future__ import annotations

import shutil

import pytest

from analysis.model.errors import RefusedError
from analysis.model.naming import Naming
from analysis.model.own_area import own_area
from analysis.stats.places_left import PlacesLeft, thinned, thinned_sentence
from data import permitted
from data.access import (
    NEEDED,
    AccessRules,
    Action,
    AllowList,
    Connection,
    Role,
    Visitor,
    local_visitor,
    logged_in_visitor,
    read_rules,
)
from data.audit import AuditLog
from data.backup import write_backup
from data.records import current_version, read_upload, versions
from data.store import open_store

LOCAL = {"host": ("localhost:8501",), "origin": ("http://localhost:8501",)}
NOW = 1_800_000_000.0


def local(address=None, **headers) -> Role:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    held = {name: value for name, value in (LOCAL | named).items() if value}
    return local_visitor(Connection(address, held)).role


def test_whoever_is_at_this_machine_is_the_owner():
    assert local() is Role.OWNER
    assert local(host=("127.0.0.1:1",), origin=("http://127.0.0.1:1",)) is Role.OWNER
    assert local(host=("localhost",), origin=("https://localhost",)) is Role.OWNER


@pytest.mark.parametrize(
    "headers",
    [
        {"address": "192.0.2.7"},
        {"address": "an unknown address"},
        {"host": ()},
        {"origin": ()},
        {"host": ("localhost:8501", "localhost:8501")},
        {"host": ("evil.example",), "origin": ("http://evil.example",)},
        {"origin": ("http://evil.example",)},
        {"origin": ("null",)},
        {"origin": ("http://localhost:9999",)},
        {"origin": ("http://127.0.0.1:8501",)},
        {"origin": ("http://localhost:8501@evil.example",)},
        {"origin": ("http://[localhost",)},
        {"host": ("localhost.evil.example",), "origin": ("http://localhost.evil.example",)},
        {"origin": ("https://office.example",)},
        {"forwarded": ("for=192.0.2.7",)},
        {"x_forwarded_for": ("127.0.0.1",)},
        {"x_forwarded_anything": ("",) * 1},
        {"x_real_ip": ("127.0.0.1",)},
        {"via": ("1.1 proxy",)},
    ],
    ids=str,
)
def test_everybody_else_is_a_reader(headers):
    assert local(**headers) is Role.READER


RULES = read_rules(
    {
        "reader": {"domains": ["Office.example"]},
        "records": {"addresses": ["ana@office.example"], "claims": {"groups": ["crime-data"]}},
        "owner": {"claims": {"groups": "town-centres-owner"}},
    }
)
ANA = {
    "is_logged_in": True,
    "sub": "1",
    "email": "Ana@Office.Example",
    "email_verified": True,
    "iat": NOW - 60,
}


def logged_in(now=NOW, **claims) -> Visitor:
    user = {name: value for name, value in (ANA | claims).items() if value is not None}
    return logged_in_visitor(Connection("192.0.2.7"), user, RULES, now)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, Role.RECORDS),
        ({"email": "bo@office.example"}, Role.READER),
        ({"email": "bo@OFFICE.EXAMPLE"}, Role.READER),
        ({"groups": ["other", "town-centres-owner"]}, Role.OWNER),
        ({"groups": "town-centres-owner", "email": None}, Role.OWNER),
        ({"groups": ["Town-Centres-Owner"], "email": None}, Role.NOBODY),
        ({"groups": {"town-centres-owner": 1}, "email": None}, Role.NOBODY),
        ({"email": "bo@office.example.evil.example"}, Role.NOBODY),
        ({"email": "bo@evil-office.example"}, Role.NOBODY),
        ({"email": "bo@sub.office.example"}, Role.NOBODY),
        ({"email": "bo@evil.example@office.example"}, Role.NOBODY),
        ({"email": "bo@office.example\n"}, Role.NOBODY),
        ({"email": ["bo@office.example"]}, Role.NOBODY),
        ({"email": "office.example"}, Role.NOBODY),
        ({"email_verified": None}, Role.NOBODY),
        ({"email_verified": False}, Role.NOBODY),
        ({"email_verified": "true"}, Role.NOBODY),
        ({"email_verified": 1}, Role.NOBODY),
        ({"is_logged_in": False}, Role.NOBODY),
        ({"is_logged_in": "yes"}, Role.NOBODY),
        ({"iat": None}, Role.NOBODY),
        ({"iat": True}, Role.NOBODY),
        ({"iat": "1800000000"}, Role.NOBODY),
        ({"iat": NOW - 8 * 3600}, Role.RECORDS),
        ({"iat": NOW - 8 * 3600 - 1}, Role.NOBODY),
        ({"iat": NOW + 300}, Role.RECORDS),
        ({"iat": NOW + 301}, Role.NOBODY),
    ],
    ids=str,
)
def test_the_lists_give_the_role(claims, role):
    visitor = logged_in(**claims)
    assert visitor.role is role
    assert bool(visitor.why) is (role is not Role.OWNER)


def test_a_log_in_loses_its_role_while_the_page_stands_open():
    assert logged_in().role is Role.RECORDS
    assert logged_in(now=NOW + 8 * 3600).role is Role.NOBODY
    taken_off = AccessRules({Role.OWNER: AllowList(addresses=frozenset({"bo@office.example"}))})
    assert logged_in_visitor(Connection(None), ANA, taken_off, NOW).role is Role.NOBODY


@pytest.mark.parametrize(
    "section",
    [
        {"editor": {}},
        {"hours": 0},
        {"hours": True},
        {"hours": "8"},
        {"hours": 1000},
        {"reader": ["a@b.example"]},
        {"reader": {"address": []}},
        {"reader": {"domains": ["@office.example"]}},
        {"reader": {"domains": ["*.example"]}},
        {"reader": {"domains": ["*"]}},
        {"reader": {"addresses": ["office.example"]}},
        {"reader": {"addresses": [1]}},
        {"reader": {"claims": ["groups"]}},
        {"reader": {"claims": {"groups": [True]}}},
        {"reader": {"claims": {"groups": [""]}}},
    ],
    ids=str,
)
def test_a_list_that_is_wrong_is_refused_with_a_sentence(section):
    with pytest.raises(RefusedError, match=r"access"):
        read_rules(section)


def test_a_role_without_a_list_is_nobodys():
    assert logged_in_visitor(Connection(None), ANA, read_rules({}), NOW).role is Role.NOBODY


# every action at its call

LOG = "Date,Hotspot,Start,End,Officers\n2023-10-01,Billingham Central,10:00,11:30,2\n"
ENOUGH = [PlacesLeft("Billingham", 60, 40), PlacesLeft("Norton", 12, 3)]
TOO_FEW = [*ENOUGH, PlacesLeft("Yarm", 20, 19)]


@pytest.fixture(scope="module")
def prepared(demonstration_store, tmp_path_factory):
    """A store with two versions of a patrol log, the first put aside, and a kept area called Kept."""
    folder = tmp_path_factory.mktemp("roles") / "store"
    shutil.copytree(demonstration_store.path, folder)
    store, owner = open_store(folder), Visitor(Role.OWNER, "o", "here")
    for _ in range(2):
        permitted.keep_records(owner, folder, report())
    permitted.save_own_area(owner, store, area(store, "Kept"))
    return folder


@pytest.fixture
def store(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "store")
    shutil.rmtree(tmp_path / "store" / "audit")
    return open_store(tmp_path / "store")


def report():
    return read_upload("patrol-log", "log.csv", LOG.encode())


def area(store, name="Yarm", units=("E01012266",)):
    return own_area(name, units, store.ground("cleveland"), store.areas("cleveland"), "cleveland")


def restore_all(visitor, store):
    file = store.path.parent / "all.zip"
    if visitor.may(Action.RESTORE):
        write_backup(store.path, file)
    permitted.restore(visitor, store.path, file)


CALLS = {
    "keep": (Action.KEEP_RECORDS, lambda v, s: permitted.keep_records(v, s.path, report(), places=ENOUGH)),
    "keep a log that leaves too few": (
        Action.KEEP_THINNING_LOG,
        lambda v, s: permitted.keep_records(v, s.path, report(), places=TOO_FEW),
    ),
    "keep a log nobody counted for": (
        Action.KEEP_THINNING_LOG,
        lambda v, s: permitted.keep_records(v, s.path, report()),
    ),
    "put back": (Action.PUT_BACK_RECORDS, lambda v, s: permitted.put_back(v, s.path, "patrol-log", 1)),
    "remove": (Action.REMOVE_RECORDS, lambda v, s: permitted.remove(v, s.path, "patrol-log", 1)),
    "remove all": (Action.REMOVE_RECORDS, lambda v, s: permitted.remove(v, s.path, "patrol-log")),
    "download": (Action.DOWNLOAD_RECORDS, lambda v, s: permitted.download_records(v, s.path, "patrol-log")),
    "save area": (Action.KEEP_AREA, lambda v, s: permitted.save_own_area(v, s, area(s))),
    "remove area": (Action.REMOVE_AREA, lambda v, s: permitted.remove_own_area(v, s, "kept")),
    "import": (Action.IMPORT_DATA, lambda v, s: do_inside(v, Action.IMPORT_DATA, s)),
    "settings": (Action.CHANGE_SETTINGS, lambda v, s: do_inside(v, Action.CHANGE_SETTINGS, s)),
    "names": (Action.CHANGE_SETTINGS, lambda v, s: permitted.keep_naming(v, s, Naming("Mersea Board"))),
    "back up": (Action.BACK_UP, lambda v, s: permitted.back_up(v, s.path, s.path.parent / "backup.zip")),
    "restore": (Action.RESTORE, restore_all),
    "log": (Action.READ_AUDIT, lambda v, s: permitted.read_audit(v, s.path)),
}


def do_inside(visitor, action, store):
    with permitted.permitted(visitor, action, store.path):
        (store.path / "done").touch()


def state(store) -> list:
    """What lies in the store, the log aside."""
    return sorted(
        (str(path.relative_to(store.path)), path.read_bytes() if path.is_file() else b"")
        for path in store.path.rglob("*")
        if "audit" not in path.relative_to(store.path).parts
        and path.suffix not in {".lock"}
        # locks are made before a call is refused by what is held
        and not path.name.endswith(".lock")
    )


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
@pytest.mark.parametrize("call", CALLS)
def test_each_action_at_its_call_in_each_role(store, call, role):
    action, do = CALLS[call]
    visitor, before = Visitor(role, "ana@office.example", "192.0.2.7", "Why."), state(store)
    if role >= NEEDED[action]:
        do(visitor, store)
        outcomes = AuditLog(store.path).table()["outcome"].tolist()
        assert outcomes == ([] if call == "log" else ["done"])
        return
    with pytest.raises(RefusedError):
        do(visitor, store)
    assert state(store) == before
    line = AuditLog(store.path).table().iloc[0]
    assert (line["outcome"], line["who"], line["where"]) == ("refused", "ana@office.example", "192.0.2.7")
    assert line["role"] == role.name.lower()


def test_every_action_has_a_call_or_stands_at_a_gate():
    tried = {action for action, _ in CALLS.values()}
    assert set(Action) - tried == {Action.SEE, Action.UPLOAD}  # the server's: test_server, test_log_in


def test_the_command_line_is_the_owners(store, capsys):
    from data.__main__ import main

    assert permitted.command_line().role is Role.OWNER
    assert main(["records", "put-back", "patrol-log", "1", "--store", str(store.path)]) == 0
    assert current_version(store.path, "patrol-log").version == 1
    assert main(["records", "remove", "patrol-log", "1", "--store", str(store.path)]) == 0
    assert [version.version for version in versions(store.path, "patrol-log")] == [2]
    table = AuditLog(store.path).table()
    assert table["subject"].tolist() == ["patrol-log 1", "patrol-log 1"]
    assert set(table["where"]) == {"the command line"}


# a log that takes the comparators away


def test_only_areas_judged_today_are_counted():
    assert thinned(ENOUGH) == ()
    assert thinned_sentence(ENOUGH) == ""
    assert [place.area for place in thinned(TOO_FEW)] == ["Yarm"]
    many = [PlacesLeft(name, 20, after) for after, name in enumerate("edcba")]
    assert [place.area for place in thinned(many)] == ["e", "d", "c", "b", "a"]
    assert "e (0 of 20), d (1 of 20), c (2 of 20) and 2 other areas" in thinned_sentence(many)


def test_a_log_that_leaves_too_few_says_for_which_area(store):
    with pytest.raises(RefusedError, match=r"Yarm \(19 of 20\).*Only the owner can keep it"):
        permitted.keep_records(Visitor(Role.RECORDS, "a", "b"), store.path, report(), places=TOO_FEW)
