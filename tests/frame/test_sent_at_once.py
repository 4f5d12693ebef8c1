"""What the server has to say goes out at once: no small message waits until the reader's machine has acknowledged the one before."""

from __future__ import annotations

import asyncio
import socket
import sys

import pytest
from streamlit.web import bootstrap
from streamlit.web.server.starlette.starlette_server import _bind_socket

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="uvloop is not for Windows, where a click waits for 40 ms more"
)


async def waits_for_acknowledgement() -> bool:
    """Return whether a connection to the socket that Streamlit binds holds small messages back (Nagle's algorithm)."""
    accepted: asyncio.Queue[bool] = asyncio.Queue()

    def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken = writer.get_extra_info("socket")
        accepted.put_nowait(not taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listening = _bind_socket("127.0.0.1", 0, 10)
    async with await asyncio.start_server(greet, sock=listening):
        _, writer = await asyncio.open_connection(*listening.getsockname())
        answer = await asyncio.wait_for(accepted.get(), 30)
        writer.close()
        return answer


def test_on_the_loop_that_streamlit_takes_no_message_waits_for_an_acknowledgement():
    factory = bootstrap._get_uvloop_loop_factory()
    assert factory is not None, "uvloop is not installed"
    with asyncio.Runner(loop_factory=factory) as runner:
        assert not runner.run(waits_for_acknowledgement())


def test_on_pythons_own_loop_each_would_so_uvloop_is_needed():
    with asyncio.Runner() as runner:
        if not runner.run(waits_for_acknowledgement()):
            pytest.skip("Python's own loop sends at once, too: with this Python uvloop is not needed for it")
