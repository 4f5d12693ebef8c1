"""What is used of Streamlit's private parts is as it was tried; a new Streamlit fails here first."""

from __future__ import annotations

import inspect
import json
import tomllib
from types import SimpleNamespace

import pytest
import streamlit
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.caching.ttl_cache import TTLCache
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from pages.frame.server import streamlit_inside as inside
from tests.conftest import PROJECT

ORIGIN = "https://towns.office.example"


def test_only_the_version_that_was_tried_is_allowed():
    assert streamlit.__version__.startswith(inside.TRIED + ".")
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["office"]]
    assert {line.split("]")[-1] for line in needed if line.startswith("streamlit")} == {
        "streamlit>=1.67,<1.68",
        ">=1.67,<1.68",
    }


@pytest.fixture
def signed(monkeypatch):
    """Return a function that signs a user's cookie as the log-in does."""
    monkeypatch.setattr(inside, "get_origin_from_redirect_uri", lambda: ORIGIN)
    monkeypatch.setattr(
        "streamlit.web.server.starlette.starlette_websocket.get_cookie_secret", lambda: "s" * 32
    )

    def sign(user, secret="s" * 32, name="_streamlit_user") -> dict[str, str]:
        return {"_streamlit_user": create_signed_value(secret, name, json.dumps(user)).decode()}

    return sign


def test_a_cookie_of_the_log_in_gives_its_claims(signed):
    user = {"origin": ORIGIN, "is_logged_in": True, "email": "ana@office.example"}
    assert inside.user_of_cookies(signed(user)) == {"is_logged_in": True, "email": "ana@office.example"}


def test_a_cookie_that_is_forged_or_of_another_place_gives_nothing(signed):
    user = {"origin": ORIGIN, "is_logged_in": True}
    genuine = signed(user)["_streamlit_user"]
    assert inside.user_of_cookies({}) == {}
    assert inside.user_of_cookies(signed(user, secret="t" * 32)) == {}
    assert inside.user_of_cookies(signed(user, name="_streamlit_user_tokens")) == {}
    assert inside.user_of_cookies(signed(user | {"origin": "https://evil.example"})) == {}
    assert inside.user_of_cookies(signed({"is_logged_in": True})) == {}
    assert inside.user_of_cookies(signed(["is_logged_in"])) == {}
    for broken in ("", genuine[:-2], "x" + genuine, genuine.replace(".", "", 1), json.dumps(user), "é"):
        assert inside.user_of_cookies({"_streamlit_user": broken}) == {}


def test_uploaded_files_are_counted_by_session(monkeypatch):
    manager = MemoryUploadedFileManager("/up")
    manager.add_file("s", UploadedFileRec("a", "a.csv", "text/csv", b"12345"))

    class Running:
        uploaded_file_mgr = manager

    monkeypatch.setattr(inside.Runtime, "exists", lambda: True)
    monkeypatch.setattr(inside.Runtime, "instance", Running)
    assert inside.files_held() == {"s": {"a": 5}}
    monkeypatch.setattr(inside.Runtime, "exists", lambda: False)
    assert inside.files_held() == {}


def test_a_file_that_is_let_go_of_leaves_the_servers_memory_and_nobody_elses_does(monkeypatch):
    manager = MemoryUploadedFileManager("/up")
    taken = UploadedFileRec("a", "a.csv", "text/csv", b"12345")
    for session in ("mine", "theirs"):
        manager.add_file(session, taken)
    manager.add_file("mine", UploadedFileRec("b", "b.csv", "text/csv", b"1"))

    class Run:
        session_id, uploaded_file_mgr = "mine", manager

    monkeypatch.setattr(inside, "get_script_run_ctx", Run)
    inside.let_go_of([UploadedFile(taken, FileURLs())])
    assert {session: set(files) for session, files in manager.file_storage.items()} == {
        "mine": {"b"},
        "theirs": {"a"},
    }


def test_a_reader_who_did_not_come_back_in_time_is_ended_and_one_who_may_still_is_not(monkeypatch):
    now, ended = [0.0], []
    storage = MemorySessionStorage()
    storage._cache = TTLCache(maxsize=128, ttl=120, timer=lambda: now[0])

    class Session:
        def __init__(self, name: str) -> None:
            self.id = name

        def shutdown(self) -> None:
            ended.append(self.id)

    class Running:
        _session_mgr = SimpleNamespace(_session_storage=storage)

    for name in ("first", "second"):
        storage.save(SimpleNamespace(session=Session(name)))
        now[0] += 100
    monkeypatch.setattr(inside.Runtime, "exists", lambda: True)
    monkeypatch.setattr(inside.Runtime, "instance", Running)
    inside.end_sessions()
    assert ended == ["first"]
    assert storage.get("second") is not None
    now[0] += 120
    inside.end_sessions()
    assert ended == ["first", "second"]
    monkeypatch.setattr(inside.Runtime, "exists", lambda: False)
    inside.end_sessions()


def test_streamlits_runtime_keeps_readers_who_left_where_they_are_ended():
    # the parts that `end_sessions` reaches for, in a runtime as the server makes it
    manager = WebsocketSessionManager(
        session_storage=MemorySessionStorage(), uploaded_file_manager=None, script_cache=None,
        message_enqueued_callback=None,
    )  # fmt: skip
    assert manager._session_storage._cache.expire() == []
    assert "_session_mgr" in inspect.getsource(inside.Runtime.__init__)
    assert callable(AppSession.shutdown)


def test_the_folder_of_pages_is_not_guessed_at(monkeypatch):
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    inside.no_folder_of_pages()
    assert PagesManager.uses_pages_directory is False
    manager = PagesManager(str(PROJECT / "app.py"), setup_watcher=False)
    assert PagesManager.uses_pages_directory is False
    assert manager.get_pages() is not None


def test_hosts_are_those_of_the_list(monkeypatch):
    monkeypatch.setattr(
        "streamlit.config.get_option", lambda name: ["localhost"] if name == "server.allowedHosts" else None
    )
    assert inside.host_is_allowed("localhost:8501")
    assert not inside.host_is_allowed("evil.example")
    assert not inside.host_is_allowed(None)


@pytest.mark.parametrize(
    ("base", "path", "inner"),
    [
        ("", "/media/x", "/media/x"),
        ("", "//media/x", "/media/x"),
        ("towns", "/towns/media/x", "/media/x"),
        ("/towns/", "/towns/media/x", "/media/x"),
        ("towns", "/media/x", "/media/x"),
    ],
)
def test_a_path_is_read_below_the_base(monkeypatch, base, path, inner):
    monkeypatch.setattr(inside.config, "get_option", lambda name: base)
    assert inside.path_below_base(path) == inner
