"""Who is at the screen: connection and user of this run, judged by the office's lists.

Ask at every call that needs a role, and hand the visitor on as a value. Tests set ``visitor`` here.
"""

from __future__ import annotations

import logging
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError

from analysis.model.errors import RefusedError
from data.access import (
    AccessRules,
    Connection,
    Role,
    Visitor,
    local_visitor,
    logged_in_visitor,
    read_rules,
)

_UNREADABLE = (
    "The lists of who may use this dashboard cannot be read, so nobody can. Whoever runs it finds the reason in "
    "its log."
)

LOOPBACK = frozenset({"127.0.0.1", "::1"})

_STARTED_WITH: set[str] = set()


def visitor() -> Visitor:
    """Return who is at the screen in this run, by the lists and the clock of this moment."""
    return standing()()


def standing() -> Callable[[], Visitor]:
    """Return a function that says who this run's visitor is whenever it is called.

    For what happens after the run, as a download made when it is asked for: connection and user are this run's,
    lists and clock those of the call.
    """
    connection = _connection_of_run()
    user = dict(st.user.to_dict())
    return lambda: judge(connection, user)


def judge(connection: Connection, user: Mapping[str, Any]) -> Visitor:
    """Return the visitor with this connection and these claims, by the secrets of this moment."""
    try:
        rules = _rules()
    except RefusedError:
        logging.getLogger(__name__).exception("the secrets do not say who may use the dashboard")
        return Visitor(Role.NOBODY, "anybody", connection.address or "this machine", _UNREADABLE)
    if rules is None:
        return local_visitor(connection)
    return logged_in_visitor(connection, user, rules, time.time())


def needs_log_in() -> bool:
    """Return whether the office has set up log-in; also where its secrets cannot be read."""
    try:
        return _rules() is not None
    except RefusedError:
        return True


def remember_log_in() -> None:
    """Hold to log-in for as long as this server runs, where it was set up at its start.

    Secrets that vanish for a moment, as while an editor saves them, then shut everybody out and let nobody in.
    """
    if needs_log_in():
        _STARTED_WITH.add("auth")


def connection_of(address: str | None, headers: Iterable[tuple[str, str]]) -> Connection:
    """Return a connection from the peer's address and the headers as they came; loopback has no address."""
    named: dict[str, tuple[str, ...]] = {}
    for name, value in headers:
        named[name.lower()] = (*named.get(name.lower(), ()), value)
    # through a socket file comes whatever the proxy in front of it lets in
    if address is None or str(config.get_option("server.address") or "").startswith("unix:"):
        return Connection("an unknown address", named)
    return Connection(None if address in LOOPBACK else address, named)


def _connection_of_run() -> Connection:
    headers = st.context.headers
    pairs = [(name, value) for name in headers for value in headers.get_all(name)]
    # Streamlit gives no address for loopback, nor where there is no connection; then there are no headers either
    return connection_of(st.context.ip_address or "127.0.0.1", pairs)


def _rules() -> AccessRules | None:
    """Return the office's rules, or None where it has set up no log-in; RefusedError where that cannot be told."""
    secrets = _secrets()
    if "auth" in secrets or _streamlit_has_log_in():
        return read_rules(secrets.get("access", {}))
    if _STARTED_WITH:
        raise RefusedError("The server was started with log-in, and [auth] is in the secrets no more.")
    if "access" in secrets:
        raise RefusedError("The secrets have [access] without [auth], so nobody could log in.")
    return None


def _secrets() -> dict[str, Any]:
    """Return what the secrets' files say at this moment, a later file's sections in place of an earlier's.

    Streamlit reads them again when they change, but stops looking for good after one that it could not read, as
    a file half saved is: a name taken off later would keep its role.
    """
    sections: dict[str, Any] = {}
    for path in map(Path, config.get_option("secrets.files")):
        try:
            found = path.stat()
            if path.suffix == ".toml":
                sections |= _parsed(path, (found.st_mtime_ns, found.st_size, found.st_ino))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as problem:
            raise RefusedError(f"{path.name} cannot be read ({type(problem).__name__}).") from problem
    return sections


@lru_cache(maxsize=8)
def _parsed(path: Path, _stamp: tuple[int, int, int]) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _streamlit_has_log_in() -> bool:
    # secrets may come in other ways than these files, as from folders
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False
