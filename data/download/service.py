"""One connection to the service: the system's certificates and proxies, tries again with back-off, can be stopped."""

from __future__ import annotations

import random
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from analysis.model.english import counted
from analysis.model.errors import RefusedError
from data.download.address import host_of

ATTEMPTS = 6
"""Tries without a byte in between: with the waits below about half a minute, as long as a router takes to come back."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 16.0
"""Seconds before the second try and at most between two; each wait is twice the one before, less up to half by chance."""

LONGEST_ASKED_WAIT = 300
"""Seconds that a service may ask to wait (Retry-After); past five minutes whoever waits is told to come back later."""

TIMEOUTS = (15, 30)
"""Seconds to connect and between two bytes; a service that sends nothing for half a minute has lost the connection."""

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be another in a moment: too many requests, and the server's own trouble."""

PIECE = 2**16
"""Bytes read at a time, after each of which a download can be stopped."""

MOST_HOPS = 3
"""Redirects in a row; the service has one."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({403, 404, 410})
"""No such file; a storage host says 403 where it may not say so, and where an address that it gave has run out."""

GO_ON = "Try again later; a download goes on where it stopped."

Trouble = requests.RequestException | urllib3.exceptions.HTTPError | OSError
TROUBLE = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)
"""What a connection may raise, while asking or while reading."""


class ServiceError(RefusedError):
    """The service cannot be read, so that no other file of it is worth a try now; its sentence says why."""


class BusyError(OSError):
    """The service answered, in words of its own and not by its status, that it cannot now."""


class StoppedError(Exception):
    """Whoever asked for the download has stopped it."""


class Service:
    """The session of one download. ``bytes_fetched`` counts the bytes of archives that came, without headers.

    ``told`` is called after each piece of an answer, from the thread that reads; ``go_on`` ends a sentence on trouble.
    """

    def __init__(
        self, cancel: threading.Event, told: Callable[[], None] = lambda: None, go_on: str = GO_ON
    ) -> None:
        self._cancel, self._told, self._go_on = cancel, told, go_on
        self.bytes_fetched = 0
        self._session = _Session()
        # a part of a file must come as it lies there
        self._session.headers.update({"User-Agent": "Safe Town Centres", "Accept-Encoding": "identity"})
        self._session.mount("https://", _SystemsCertificates(pool_connections=2, pool_maxsize=1))
        self._session.mount("http://", HTTPAdapter(pool_connections=2, pool_maxsize=1))

    def __enter__(self) -> Service:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def ask(self, address: str, headers: dict[str, str]) -> requests.Response:
        """Return one answer, whatever its status, its body still to be read; a redirect is not followed here."""
        self.check()
        return self._session.get(
            address, headers=headers, stream=True, allow_redirects=False, timeout=TIMEOUTS
        )

    def follow(self, at: str, headers: dict[str, str], asked: str = "") -> tuple[requests.Response, str]:
        """Return one answer that is no redirect, and the address that gave it; ``asked`` is named where none does."""
        host = host_of(asked or at)
        for _ in range(MOST_HOPS + 1):
            response = self.ask(at, headers)
            if response.status_code not in REDIRECTS:
                return response, at
            let_go(response)
            to = urljoin(at, response.headers.get("Location", ""))
            scheme = urlsplit(to).scheme
            if scheme != "https" and not (scheme == "http" and urlsplit(at).scheme == "http"):
                raise ServiceError(
                    f"{host} sends on to an address that is not secure ({host_of(to)}). "
                    "Nothing was fetched; tell whoever keeps the address."
                )
            at = to
        raise ServiceError(
            f"{host} sends on from address to address, {counted(MOST_HOPS, 'time')} and more. {self._go_on}"
        )

    def check(self) -> None:
        """Raise StoppedError where the download has been stopped."""
        if self._cancel.is_set():
            raise StoppedError

    def count(self, amount: int) -> None:
        """Take note that so many bytes came; raises StoppedError where the download has been stopped."""
        self.bytes_fetched += amount
        self._told()
        self.check()

    def wait(self, address: str, tries: int, trouble: Trouble | requests.Response) -> None:
        """Wait before the next try, as long as the service asks; ServiceError where that is too long or was too often."""
        if "CERTIFICATE_VERIFY_FAILED" in str(trouble):  # no later try would be another
            raise ServiceError(
                f"The certificate of {host_of(address)} is not trusted by this machine. A proxy may stand between: ask "
                "your IT to add its certificate to the system’s."
            )
        if tries >= ATTEMPTS:
            raise ServiceError(
                f"{host_of(address)} cannot be read: {_reason(trouble)}, {counted(ATTEMPTS, 'time')} in a row. "
                f"Check the network and the proxy. {self._go_on}"
            )
        seconds = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1)) * random.uniform(0.5, 1)
        asked = _retry_after(trouble)
        if asked > LONGEST_ASKED_WAIT:
            raise ServiceError(
                f"{host_of(address)} asks to wait {counted(-(-asked // 60), 'minute')} before the next try. {self._go_on}"
            )
        if self._cancel.wait(max(seconds, asked)):
            raise StoppedError


def let_go(response: requests.Response, left: int | None = None) -> None:
    """Close an answer; where little of it is left it is read first, so that its connection can be used again."""
    length = response.headers.get("Content-Length", "")
    left = int(length) if left is None and length.isdecimal() else left
    if left is not None and left <= PIECE:
        with suppress(*TROUBLE):
            response.raw.read(left + 1)  # only a read past the last byte sees the end
    response.close()


def _retry_after(trouble: Trouble | requests.Response) -> float:
    """Return the seconds that an answer asks to wait, as a number or until a date; 0 where it does not say."""
    given = trouble.headers.get("Retry-After") if isinstance(trouble, requests.Response) else None
    if not given:
        return 0
    try:
        return urllib3.util.Retry().parse_retry_after(given)
    except urllib3.exceptions.InvalidHeader:
        return 0


def _reason(trouble: Trouble | requests.Response) -> str:
    if isinstance(trouble, requests.Response):
        return f"the answer was {trouble.status_code} {trouble.reason or ''}".rstrip()
    if isinstance(trouble, BusyError):
        return f"the answer was {trouble}"
    text = str(trouble)
    for sign, reason in _REASONS.items():
        if sign in text or sign in type(trouble).__name__:
            return reason
    return "the connection was lost"


_REASONS = {
    "Proxy": "the proxy refused",
    "NameResolution": "its name is not known here",
    "Connection refused": "the connection was refused",
    "Timeout": "no answer came in time",
    "timed out": "no answer came in time",
    "IncompleteRead": "the answer was cut off",
}
"""Signs in the errors of requests and urllib3, most of which have no class of their own once they are wrapped."""


class _Session(requests.Session):
    """Takes the system's proxies by itself, and looks for those of a host once and not at each of a hundred parts."""

    def __init__(self) -> None:
        super().__init__()
        self._surroundings: dict[tuple[str, str], Any] = {}

    def merge_environment_settings(self, url: Any, *given: Any) -> Any:
        parts = urlsplit(url)
        host = (parts.scheme, parts.netloc)
        if host not in self._surroundings:
            self._surroundings[host] = super().merge_environment_settings(url, *given)
        return {**self._surroundings[host]}

    def rebuild_proxies(self, prepared_request: Any, proxies: Any) -> dict[str, str]:
        # asked at each redirect for the request that would follow it, and none is followed here
        return {}


class _SystemsCertificates(HTTPAdapter):
    """Trusts what the system trusts, so that a proxy whose certificate an office has installed is trusted too."""

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(*given, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **named)

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return super().proxy_manager_for(proxy, ssl_context=context, **named)

    def cert_verify(self, conn: Any, url: str, verify: bool | str, cert: Any) -> None:
        super().cert_verify(conn, url, verify, cert)
        if verify is True:  # requests would add the list that it brings; one that the user has set stays
            conn.ca_certs = conn.ca_cert_dir = None
