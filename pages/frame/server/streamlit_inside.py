"""The one place that reaches into Streamlit's private parts; a test holds them to the version that was tried."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from streamlit import config, file_util
from streamlit.auth_util import get_origin_from_redirect_uri, is_authlib_installed
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    is_host_allowed,
)

__all__ = [
    "can_log_in",
    "end_sessions",
    "files_held",
    "host_is_allowed",
    "index_page",
    "let_go_of",
    "no_folder_of_pages",
    "user_of_cookies",
]

TRIED = "1.67"
"""The version of Streamlit that these were tried with; `pyproject.toml` allows no other."""

can_log_in = is_authlib_installed
host_is_allowed = is_host_allowed


def no_folder_of_pages() -> None:
    """Keep Streamlit from guessing pages by the folder called pages.

    Until `st.navigation` has run once it would tell the first visitor with a deep link that the page does not exist.
    """
    PagesManager.uses_pages_directory = False


def index_page() -> str:
    """Return the HTML page that Streamlit serves for every address."""
    return (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


def user_of_cookies(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Return the claims in Streamlit's signed log-in cookie, and ``is_logged_in``; nothing where it is not genuine."""
    signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    if not signed:
        return {}
    try:
        user = json.loads(signed)
    except ValueError:
        return {}
    if not isinstance(user, dict) or user.pop("origin", None) != get_origin_from_redirect_uri():
        return {}
    return user


def files_held() -> dict[str, dict[str, int]]:
    """Return the bytes of each uploaded file that the server holds, by session and file."""
    if not Runtime.exists():
        return {}
    # the port that Streamlit names knows no list of files; the one manager that it has keeps one
    uploads: Any = Runtime.instance().uploaded_file_mgr
    storage = uploads.file_storage
    return {
        session: {file: len(held.data) for file, held in list(files.items())}
        for session, files in list(storage.items())
    }


def end_sessions() -> None:
    """End the sessions whose readers did not come back within Streamlit's two minutes, and let go of their files.

    Streamlit takes them off its list when another reader goes, and ends them when Python's collector of cycles comes by: an
    owner's 200 MB stayed for as long as nobody else came. To be called where the server's messages are served.
    """
    if Runtime.exists():
        manager: Any = Runtime.instance()
        for _, left in manager._session_mgr._session_storage._cache.expire():
            left.session.shutdown()


def let_go_of(files: Iterable[UploadedFile]) -> None:
    """Take files that were given in this session out of the server's memory, where they else stay until it ends.

    A box under a new key does not do it: Streamlit lets go of a file when a reader takes it out of its box, or leaves.
    """
    run = get_script_run_ctx()
    # the port knows no way to take one file out; Streamlit's own chat box asks the same before it does
    if run is not None and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            run.uploaded_file_mgr.remove_file(run.session_id, file.file_id)


def path_below_base(path: str) -> str:
    """Return a request's path without `server.baseUrlPath`, with one slash in front."""
    base = "/" + str(config.get_option("server.baseUrlPath") or "").strip("/")
    inner = path[len(base) :] if base != "/" and path.startswith(base + "/") else path
    return "/" + inner.lstrip("/")
