"""The defences in the order a request meets them, and what is done once before anybody comes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware

from data.store import open_store
from data.store.own_folder import make_own, own_files
from pages.frame import access
from pages.frame.server.gates import HostGate, PathGate
from pages.frame.server.headers import SecurityHeaders
from pages.frame.server.memory import giving_back, one_allocator
from pages.frame.server.messages import MessageGate
from pages.frame.server.streamlit_inside import can_log_in, end_sessions, no_folder_of_pages
from pages.frame.server.uploads import UploadGate

NO_AUTHLIB = (
    "Log-in is set up ([auth] in the secrets), but Authlib is not installed, so nobody can log in. Install it "
    'with: pip install -e ".[office]" -c constraints.txt'
)


def middleware() -> list[Middleware]:
    """Return the defences for `streamlit.starlette.App`, the outermost first: each refusal has the headers too."""
    return [Middleware(each) for each in (SecurityHeaders, HostGate, PathGate, UploadGate, MessageGate)]


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Before anybody comes: deep links open their page, the store is its owner's alone, log-in is as it was set up."""
    one_allocator()
    no_folder_of_pages()
    access.remember_log_in()
    if access.needs_log_in() and not can_log_in():
        logging.getLogger(__name__).error(NO_AUTHLIB)
    with own_files():
        make_own(open_store().path)
        async with giving_back(end_sessions):
            yield
