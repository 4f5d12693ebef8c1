"""Who may do what: the roles, the actions that need one, and the rules that give a visitor a role.

Nothing is read here: connection, user and lists are handed in, so every rule can be tried as a value. The page's
side is `pages.frame.access`; the calls that ask for a role are in `data.permitted`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any
from urllib.parse import urlsplit

from analysis.model.errors import RefusedError


class Role(IntEnum):
    """What a visitor may do; each role holds those before it.

    A reader sees answers; records may upload, keep and take the raw records away; the owner may do everything.
    """

    NOBODY = 0
    READER = 1
    RECORDS = 2
    OWNER = 3


class Action(StrEnum):
    """What needs a role, in the words of the log."""

    SEE = "see"
    UPLOAD = "upload"
    KEEP_RECORDS = "keep records"
    DOWNLOAD_RECORDS = "download records"
    KEEP_THINNING_LOG = "keep a log that leaves too few similar places"
    PUT_BACK_RECORDS = "put records back"
    REMOVE_RECORDS = "remove records"
    KEEP_AREA = "keep an area"
    REMOVE_AREA = "remove an area"
    IMPORT_DATA = "import data"
    CHANGE_SETTINGS = "change settings"
    BACK_UP = "back up the store"
    RESTORE = "put a back-up back"
    READ_AUDIT = "read the log"


NEEDED: Mapping[Action, Role] = {
    Action.SEE: Role.READER,
    Action.UPLOAD: Role.RECORDS,
    Action.KEEP_RECORDS: Role.RECORDS,
    Action.DOWNLOAD_RECORDS: Role.RECORDS,
    Action.KEEP_THINNING_LOG: Role.OWNER,
    Action.PUT_BACK_RECORDS: Role.OWNER,
    Action.REMOVE_RECORDS: Role.OWNER,
    Action.KEEP_AREA: Role.OWNER,
    Action.REMOVE_AREA: Role.OWNER,
    Action.IMPORT_DATA: Role.OWNER,
    Action.CHANGE_SETTINGS: Role.OWNER,
    Action.BACK_UP: Role.OWNER,
    Action.RESTORE: Role.OWNER,
    Action.READ_AUDIT: Role.OWNER,
}
"""The least role of each action."""


@dataclass(frozen=True)
class Visitor:
    """Somebody at the screen or the command line: role, name for the log, where from.

    ``why`` says in a sentence why the role is not higher; it is empty for the owner.
    """

    role: Role
    who: str
    where: str
    why: str = ""

    def may(self, action: Action) -> bool:
        """Return whether the visitor's role is enough for the action."""
        return self.role >= NEEDED[action]


@dataclass(frozen=True)
class Connection:
    """Where a request came from: the address (None for this machine itself) and the headers, names in lower case."""

    address: str | None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


LOCAL_NAMES = frozenset({"localhost", "127.0.0.1"})
"""Hosts by which a browser on this machine asks."""

PROXY_HEADERS = frozenset({"forwarded", "x-real-ip", "via"})
"""Headers that only a proxy sends, beside every one that begins with ``x-forwarded-``."""

_READ_ONLY = (
    "Answers can be read here. To give records or change what is held, open the dashboard on the machine that "
    "runs it, at http://localhost, or ask whoever runs it for log-in."
)


def local_visitor(connection: Connection) -> Visitor:
    """Return the visitor where nobody logs in: the owner on this machine itself, else a reader.

    This machine is an address of loopback with Host and Origin of localhost or 127.0.0.1, the same in both, and
    no header of a proxy: a proxy on the same machine comes from loopback too, and some send no such header, but
    the Origin is what the reader's browser has in its address bar. A header that is missing makes a reader.
    """
    where = connection.address or "this machine"
    if connection.address is not None or _through_proxy(connection) or not _asked_locally(connection):
        return Visitor(Role.READER, "anybody", where, _READ_ONLY)
    return Visitor(Role.OWNER, "whoever is at this machine", where)


def _through_proxy(connection: Connection) -> bool:
    return any(name in PROXY_HEADERS or name.startswith("x-forwarded-") for name in connection.headers)


def _asked_locally(connection: Connection) -> bool:
    hosts, origins = connection.headers.get("host", ()), connection.headers.get("origin", ())
    if len(hosts) != 1 or len(origins) != 1:
        return False
    try:
        host, origin = urlsplit(f"//{hosts[0]}"), urlsplit(origins[0])
        names = {host.hostname, origin.hostname}
    except ValueError:
        return False
    return (
        len(names) == 1
        and names <= LOCAL_NAMES
        and origin.scheme in {"http", "https"}
        # another page served on this machine is not this app: its port differs
        and origin.netloc.lower() == hosts[0].lower()
    )


# log-in

DEFAULT_HOURS = 8
"""A log-in older than this counts no more: Streamlit itself keeps one for thirty days, whatever its token says."""

MOST_HOURS = 24

CLOCKS_APART = 300
"""Seconds by which the provider's clock may be ahead of ours."""

_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_ADDRESS = re.compile(r"[^@\s]+@" + _DOMAIN.pattern)
_LIST_KEYS = {"addresses", "domains", "claims"}


@dataclass(frozen=True)
class AllowList:
    """Who has a role: whole e-mail addresses, whole domains, or a value of a claim in the token."""

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    claims: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def names(self, user: Mapping[str, Any]) -> bool:
        """Return whether the user is on the list; an address counts only where the provider verified it."""
        return self._by_address(verified_address(user)) or any(
            _values(user.get(claim)) & allowed for claim, allowed in self.claims.items()
        )

    def _by_address(self, address: str) -> bool:
        return bool(address) and (address in self.addresses or address.rpartition("@")[2] in self.domains)


@dataclass(frozen=True)
class AccessRules:
    """The lists of an office, and how many hours a log-in counts."""

    lists: Mapping[Role, AllowList]
    hours: float = DEFAULT_HOURS


def read_rules(section: Mapping[str, Any]) -> AccessRules:
    """Return the rules that ``[access]`` of the secrets gives; RefusedError names an entry that is wrong.

    ``hours`` and a table for each of reader, records, owner with addresses, domains, claims (a table of claim
    and values). A role without a table is nobody's.
    """
    roles = {"reader": Role.READER, "records": Role.RECORDS, "owner": Role.OWNER}
    if unknown := sorted(set(section) - set(roles) - {"hours"}):
        raise RefusedError(f"[access] knows reader, records, owner and hours, not {', '.join(unknown)}.")
    hours = section.get("hours", DEFAULT_HOURS)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= MOST_HOURS:
        raise RefusedError(f"hours of [access] is a number above 0 and up to {MOST_HOURS}, not {hours!r}.")
    lists = {role: _read_list(name, section[name]) for name, role in roles.items() if name in section}
    return AccessRules(lists, float(hours))


def _read_list(name: str, section: Any) -> AllowList:
    if not isinstance(section, Mapping) or set(section) - _LIST_KEYS:
        raise RefusedError(f"[access.{name}] is a table of addresses, domains and claims, and nothing else.")
    claims = section.get("claims", {})
    if not isinstance(claims, Mapping):
        raise RefusedError(f"claims of [access.{name}] is a table: the claim, and the values that count.")
    return AllowList(
        _texts(f"addresses of [access.{name}]", section.get("addresses", ()), _ADDRESS),
        _texts(f"domains of [access.{name}]", section.get("domains", ()), _DOMAIN),
        {str(claim): _texts(f"claims.{claim} of [access.{name}]", held) for claim, held in claims.items()},
    )


def _texts(what: str, entries: Any, form: re.Pattern[str] | None = None) -> frozenset[str]:
    listed = (
        [entries]
        if isinstance(entries, str)
        else list(entries)
        if isinstance(entries, list | tuple)
        else None
    )
    if listed is None or not all(isinstance(entry, str) and entry for entry in listed):
        raise RefusedError(f"{what} is a list of texts.")
    if form is None:  # a claim is compared as it is written
        return frozenset(listed)
    lowered = [entry.lower() for entry in listed]
    if wrong := [entry for entry in lowered if not form.fullmatch(entry)]:
        raise RefusedError(
            f"{what} holds {wrong[0]!r}, which is not one. Write it whole, without spaces or *."
        )
    return frozenset(lowered)


def verified_address(user: Mapping[str, Any]) -> str:
    """Return the user's e-mail address in lower case, or nothing unless the provider says that it verified it."""
    address = user.get("email")
    if user.get("email_verified") is not True or not isinstance(address, str):
        return ""
    return address.lower() if _ADDRESS.fullmatch(address.lower()) else ""


def logged_in_visitor(
    connection: Connection, user: Mapping[str, Any], rules: AccessRules, now: float
) -> Visitor:
    """Return the visitor by the highest list that names the user; nobody without log-in, or with an old one.

    ``user`` holds the claims of the token and ``is_logged_in``; ``now`` is the clock in seconds.
    """
    where = connection.address or "this machine"
    if user.get("is_logged_in") is not True:
        return Visitor(Role.NOBODY, "anybody", where, "Log in to see this dashboard.")
    who = (verified_address(user) or str(user.get("sub") or "a user without a name"))[:120]
    issued = user.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return Visitor(Role.NOBODY, who, where, "The log-in does not say when it was made. Log in again.")
    if not -CLOCKS_APART <= now - issued <= rules.hours * 3600:
        return Visitor(
            Role.NOBODY, who, where, f"The log-in is older than {rules.hours:g} hours. Log in again."
        )
    role = max((role for role, listed in rules.lists.items() if listed.names(user)), default=Role.NOBODY)
    if role is Role.NOBODY:
        return Visitor(
            role, who, where, "You are logged in, but not on a list of those who may use this dashboard."
        )
    return Visitor(
        role, who, where, "" if role is Role.OWNER else "Your log-in does not give the right to this."
    )


def _values(claim: Any) -> frozenset[str]:
    if isinstance(claim, str):
        return frozenset({claim})
    return (
        frozenset(v for v in claim if isinstance(v, str)) if isinstance(claim, list | tuple) else frozenset()
    )
