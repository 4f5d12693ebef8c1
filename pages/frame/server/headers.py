"""Security headers of every answer: what a page may load, and that nobody frames it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.frame.server.streamlit_inside import index_page

MAP_STYLE = "TOWN_CENTRES_MAP_STYLE"
"""The environment variable that names somebody else's map style; its origin alone may be called."""

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def script_hashes(html: str) -> list[str]:
    """Return the hash of each script that stands in a page itself, as a policy names it."""
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(html)
    ]


def origin_of(address: str) -> str:
    """Return the origin of a web address, or nothing where it is none that a policy could name."""
    try:
        parts = urlsplit(address.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    name = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[a-z0-9.-]+", name):
        return ""
    return f"{parts.scheme}://{name}{port}"


def content_policy(html: str, map_style: str = "") -> str:
    """Return the content security policy for Streamlit's page and, where one is set, a map style of somebody else's.

    ``blob:`` is there for the scripts of components and map workers; nothing may be evaluated but WebAssembly.
    Styles are inline throughout Streamlit.
    """
    maps = origin_of(map_style)
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "blob:", "'wasm-unsafe-eval'", *script_hashes(html)]),
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self' data:",
        "img-src": f"'self' data: blob: {maps}".rstrip(),
        "worker-src": "'self' blob:",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    if maps:
        rules["connect-src"] = f"'self' {maps}"
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


class SecurityHeaders:
    """Puts the headers on every answer; the policy is made once, at the start."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_policy(index_page(), os.environ.get(MAP_STYLE, "")),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "X-Frame-Options": "DENY",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                # Streamlit lets every site's pages read the app's static files; only our own need to
                if headers.get("access-control-allow-origin") == "*":
                    del headers["access-control-allow-origin"]
            await send(message)

        await self.app(scope, receive, send_with_headers)
