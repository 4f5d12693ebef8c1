"""What may be uploaded, and how much: asked before a byte of it is read."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from data.access import Action
from data.audit import AuditLog
from data.store import open_store
from pages.frame.server.gates import refuse, visitor_of
from pages.frame.server.streamlit_inside import files_held, path_below_base

MOST_FILES = 4
"""Files that a session may have on the server at a time: two kinds of record, and one taking the place of each."""

LARGEST_RECORDS = 20 * 1024 * 1024
"""Bytes of one file of whoever may give records alone; `data.records` takes no larger one."""

AROUND = 1_000
"""Bytes that a form puts round a file."""

MOST_FILES_OWNER = 80
"""The same of the owner's: three years of months are 36 files of street-level data and as many of outcomes."""

MOST_BYTES = 100_000_000
"""Bytes of one session's files together."""

MOST_BYTES_OWNER = 220_000_000
"""The same of the owner's, who gives months and boundaries too: one file at Streamlit's own limit."""

MOST_BYTES_IN_ALL = 400_000_000
"""Bytes of all sessions' files together: they lie in memory, beside the 600 MB that the app itself may take."""

_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)/?")


class UploadGate:
    """Refuses an upload that the visitor may not make, or that is too much with what is held and under way.

    What is under way is counted from its start at the length that it states, else at the most that Streamlit
    reads of one file, so many at once count as much as one after another.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.under_way: dict[tuple[str, str], int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 403, 409 or 413."""
        path = path_below_base(scope["path"]) if scope["type"] == "http" else ""
        if not path.startswith("/_stcore/upload_file") or scope["method"] in {"OPTIONS", "DELETE"}:
            await self.app(scope, receive, send)
            return
        named = _PATH.fullmatch(path)
        to = (scope, receive, send)
        if named is None:
            await refuse(404, "There is nothing here.", to=to)
        elif not (visitor := visitor_of(scope)).may(Action.UPLOAD):
            await run_in_threadpool(AuditLog(open_store().path).refuse, visitor, Action.UPLOAD, "")
            await refuse(403, f"You may not upload files here. {visitor.why}", to=to)
        else:
            await self._take((named[1], named[2]), to, owner=visitor.may(Action.IMPORT_DATA))

    async def _take(self, file: tuple[str, str], to: tuple[Scope, Receive, Send], *, owner: bool) -> None:
        size = stated_bytes(Headers(scope=to[0]))
        if file in self.under_way:
            await refuse(409, "This file is being uploaded already.", to=to)
        elif sentence := self.too_much(file, size, owner=owner):
            await refuse(413, sentence, to=to)
        else:
            self.under_way[file] = size
            try:
                await self.app(*to)
            finally:
                del self.under_way[file]

    def too_much(self, file: tuple[str, str], size: int, *, owner: bool = False) -> str:
        """Return the sentence that refuses a file of this size, or nothing where it may come."""
        if not owner and size > LARGEST_RECORDS + AROUND:
            return f"A file of records has at most {LARGEST_RECORDS // 1024 // 1024} MB; larger files are the owner's to give."
        most = MOST_BYTES_OWNER if owner else MOST_BYTES
        held = {
            (session, name): length
            for session, of_session in files_held().items()
            for name, length in of_session.items()
        }
        together = {**held, **self.under_way, file: size}
        own = [length for (session, _), length in together.items() if session == file[0]]
        files = MOST_FILES_OWNER if owner else MOST_FILES
        if len(own) > files:
            return f"{files} files are uploaded already. Take one away, or load the page again."
        if sum(own) > most:
            return f"The files uploaded here would be more than {most // 1_000_000} MB together."
        if sum(together.values()) > MOST_BYTES_IN_ALL:
            return "Too many files are being uploaded by others just now. Try again in a few minutes."
        return ""


def stated_bytes(headers: Headers) -> int:
    """Return the bytes that an upload states, or the most that Streamlit reads of one where it states none."""
    stated = headers.get("content-length", "")
    if stated.isascii() and stated.isdigit():
        return int(stated)
    return (int(config.get_option("server.maxUploadSize")) + 1) * 1024 * 1024
