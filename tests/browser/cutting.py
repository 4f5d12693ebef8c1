"""A way to the app that can be cut, as a room's network is: what passes it stands still, and what comes is refused."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.browser.conftest import free_port


class Way:
    """A way from a port of this machine to another, over which bytes go both ways until it is cut."""

    def __init__(self, to: int) -> None:
        self.port = free_port()
        self._to = to
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._door: socket.socket | None = None

    def mend(self) -> None:
        """Let connections through (again)."""
        door = socket.create_server(("127.0.0.1", self.port))
        self._door = door
        threading.Thread(target=self._let_in, args=(door,), daemon=True).start()

    def cut(self) -> None:
        """End every connection, and refuse further ones."""
        with self._lock:
            ends, self._ends = self._ends, []
        if self._door is not None:
            with suppress(OSError):  # wakes the thread that waits at it
                self._door.shutdown(socket.SHUT_RDWR)
            self._door.close()
        for each in ends:
            _close(each)

    def _let_in(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                with self._lock:
                    self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while sent := one.recv(65536):
            other.sendall(sent)
    _close(one)
    _close(other)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def way_to(app: str) -> Iterator[tuple[Way, str]]:
    """Yield a way to the app at this address, and the address that leads over it."""
    way = Way(int(app.rsplit(":", 1)[1]))
    way.mend()
    yield way, f"http://127.0.0.1:{way.port}"
    way.cut()
