"""Where the monthly archives lie: the service of police.uk, or the address that whoever runs the program has set."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from analysis.model.errors import RefusedError

ENVIRONMENT_VARIABLE = "TOWN_CENTRES_ARCHIVE"
SERVICE = "https://data.police.uk/data/archive"
LATEST = "latest"
"""What the service calls the newest archive, beside its month."""


def archive_address() -> str:
    """Return the address under which the archives lie: ``$TOWN_CENTRES_ARCHIVE``, else the service's own.

    It is never taken from a screen or a link: whoever could name it would make this machine ask any address.
    """
    return web_address(ENVIRONMENT_VARIABLE, SERVICE)


def web_address(variable: str, service: str) -> str:
    """Return the address that this variable of the environment has, else ``service``; RefusedError where it is none."""
    address = os.environ.get(variable, "").strip().rstrip("/") or service
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise RefusedError(
            f"{variable} is “{shown(address)}”, which is no web address. Set it to one that begins with https://, "
            f"or unset it to use {host_of(service)}."
        )
    return address


def shown(address: str) -> str:
    """Return an address as a sentence may show it: without a user's name and password."""
    return re.sub(r"//[^/]*@", "//", address)


def host_of(address: str) -> str:
    """Return the name of the host in an address, as a sentence may show it: without user, password or path."""
    return urlsplit(address).hostname or address
