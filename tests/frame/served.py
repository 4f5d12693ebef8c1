"""The app as `streamlit run` serves it, and clients that send what a browser would not."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.conftest import PROJECT

WAIT = 120
"""Seconds: a guard against hanging."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Served:
    """A running server: its port, and the file that its log goes to."""

    port: int
    log: Path

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body=b""
    ) -> Answer:
        """Ask as this machine's browser does, but for the headers given; an empty one is left out."""
        sent = {"Host": self.host, "Origin": f"http://{self.host}"} | dict(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value:
                    connection.putheader(name, value)
            if "Content-Length" not in sent and "Transfer-Encoding" not in sent and body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            answer = connection.getresponse()
            cookies = tuple(value for name, value in answer.getheaders() if name.lower() == "set-cookie")
            return Answer(
                answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read(), cookies
            )
        finally:
            connection.close()

    def xsrf(self) -> str:
        """Return a token as the server gives it to each browser."""
        cookies = self.ask("/_stcore/health").cookies
        return next(re.search(r"_streamlit_xsrf=([^;]+)", c)[1] for c in cookies if "_streamlit_xsrf" in c)

    @contextmanager
    def session(self, cookies: Mapping[str, str] | None = None, **headers: str) -> Iterator[Session]:
        """Open a page's connection as a browser does, with the log-in in these cookies."""
        token = self.xsrf()
        sent = {"_streamlit_xsrf": token, **(cookies or {})}
        given = {"Host": self.host} | {name.replace("_", "-"): value for name, value in headers.items()}
        host = given.pop("Host")
        with connect(
            f"ws://{host}/_stcore/stream",
            sock=socket.create_connection(("127.0.0.1", self.port)),
            origin=given.pop("Origin", f"http://{host}") or None,
            subprotocols=["streamlit", token],
            additional_headers={"Cookie": "; ".join(f"{k}={v}" for k, v in sent.items()), **given},
            max_size=None,
            open_timeout=WAIT,
        ) as opened:
            yield Session(opened)


@dataclass
class Session:
    """A page that stands open."""

    socket: ClientConnection
    id: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    redirect: str = ""
    part: str = ""

    def send(self, kind: str) -> None:
        """Send a message of this kind that asks for no answer."""
        message = BackMsg()
        setattr(message, kind, True)
        self.socket.send(message.SerializeToString())

    def run(self, pressed: str = "", *, part: str = "", **query: str) -> str:
        """Run the script, or a part of it, and return all that it drew as one text; a button is pressed by its label."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(query)
        if part:
            message.rerun_script.fragment_id = part
        if pressed:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self.buttons[pressed], True
        self.socket.send(message.SerializeToString())
        texts = []
        while True:
            got = ForwardMsg()
            got.ParseFromString(self.socket.recv(timeout=WAIT))
            if got.HasField("new_session"):
                self.id = got.new_session.initialize.session_id
            if got.HasField("delta"):
                texts.append(str(got.delta))
                self.part = got.delta.fragment_id or self.part
                button = got.delta.new_element.button
                self.buttons[button.label] = button.id
            if got.HasField("auth_redirect"):
                self.redirect = got.auth_redirect.url
            if got.HasField("script_finished"):
                return "\n".join(texts)


@contextmanager
def serving(
    folder: Path, *, script: Path = PROJECT / "app.py", port: int = 0, **settings: str
) -> Iterator[Served]:
    """Serve a script from a folder that may hold ``.streamlit/secrets.toml``, with the project's configuration."""
    port, log = port or free_port(), folder / "server.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")},
        "PYTHONPATH": str(PROJECT),
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_HEADLESS": "true",
        **settings,
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script)],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(process, port, log)
            yield Served(port, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(WAIT)


def wait_for(process: subprocess.Popen, port: int, log: Path) -> None:
    deadline = time.monotonic() + WAIT
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.1)
