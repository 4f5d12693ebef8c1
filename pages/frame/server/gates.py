"""Who is let through to which path: the right host, nobody to what is closed, readers to files, at every request."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data.access import Action, Visitor
from pages.frame import access
from pages.frame.server.streamlit_inside import host_is_allowed, path_below_base, user_of_cookies

CLOSED = ("/_stcore/agent/",)
"""Paths that nobody needs: Streamlit's agents drive an app without a browser, past every page."""

OWNERS = ("/_stcore/metrics",)
"""Paths that say how the server does."""

READERS = ("/media/", "/app/static/")
"""Paths of files made of the data: pictures, downloads, outlines."""


def visitor_of(scope: Scope) -> Visitor:
    """Return who sent a request, by the rules that hold for a run of a page."""
    request = HTTPConnection(scope)
    client = scope.get("client")
    connection = access.connection_of(client[0] if client else None, request.headers.items())
    user = user_of_cookies(request.cookies) if access.needs_log_in() else {}
    return access.judge(connection, user)


async def refuse(status: int, sentence: str, *, to: tuple[Scope, Receive, Send]) -> None:
    """Answer a request with a sentence and nothing else."""
    await PlainTextResponse(sentence, status_code=status, headers={"Cache-Control": "no-store"})(*to)


class HostGate:
    """Refuses each request whose Host is not in `server.allowedHosts`.

    Streamlit asks the list for its websocket alone. A page of somebody else's whose name is made to point here
    (DNS rebinding) has a Host of its own, whatever it asks for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 403."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        hosts = HTTPConnection(scope).headers.getlist("host")
        if len(hosts) == 1 and host_is_allowed(hosts[0]):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refuse(403, "This address is not one of this dashboard’s.", to=(scope, receive, send))


class PathGate:
    """Closes paths to those who need not reach them; files of the data need the role of a reader."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 404 or 403."""
        path = path_below_base(scope["path"]).lower() if scope["type"] == "http" else ""
        if any(closed in f"{path}/" for closed in CLOSED):
            await refuse(404, "There is nothing here.", to=(scope, receive, send))
        elif any(owners in path for owners in OWNERS) and not visitor_of(scope).may(Action.READ_AUDIT):
            await refuse(403, "Only the owner may see this.", to=(scope, receive, send))
        elif any(readers in path for readers in READERS) and not visitor_of(scope).may(Action.SEE):
            await refuse(403, "Log in to see this.", to=(scope, receive, send))
        else:
            await self.app(scope, receive, send)
