"""What the made services share: a server on loopback in a thread of this process."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class LocalHandler(BaseHTTPRequestHandler):
    """Answers requests by ``_answer``, and says nothing of them; ``server_of`` is the server that it answers for."""

    protocol_version = "HTTP/1.1"
    # as any server of files has it: else the last bytes of each answer wait for 40 ms
    disable_nagle_algorithm = True
    server_of: Any

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer one request; whoever asked may be gone meanwhile."""
        with contextlib.suppress(ConnectionError, TimeoutError):
            self._answer()

    def _answer(self) -> None:
        raise NotImplementedError


class LocalServer:
    """A server that runs while it is open; ``root`` is the path under which it answers."""

    def __init__(self, handler: type[LocalHandler], root: str, port: int = 0) -> None:
        own = type(handler.__name__, (handler,), {"server_of": self})
        self._root = root
        self._http = ThreadingHTTPServer(("127.0.0.1", port), own)
        self._http.daemon_threads = True
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def address(self) -> str:
        """What the setting of the service's address is set to."""
        return f"http://127.0.0.1:{self._http.server_address[1]}{self._root}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
