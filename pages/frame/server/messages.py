"""What an open page may ask of the server, message by message: roles hold for as long as the page stands open."""

from __future__ import annotations

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from data.access import Role
from pages.frame.server.gates import visitor_of

ANYBODYS = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
"""A run shows whoever may see nothing the log-in."""

READERS = ANYBODYS | {"backend_operation_request", "file_urls_request"}
"""Also downloads made when they are asked for, and addresses to upload to; both ask for the role again.

The rest is the owner's: emptying the caches is for everybody at once, and facts of the checkout are nobody else's.
"""


class MessageGate:
    """Lets through an open page's messages that its visitor may send at this moment, and drops the others.

    A part of a page that runs by itself (a fragment) does not pass the log-in in `app.py`: for whoever has lost the
    role meanwhile, by age or by the lists, it becomes a run of the whole page, which does.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the connection with its messages looked at."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def receive_permitted() -> Message:
            while True:
                message = await receive()
                if not message.get("bytes"):
                    return message
                permitted = permitted_message(message["bytes"], visitor_of(scope).role)
                if permitted is not None:
                    return {**message, "bytes": permitted}

        await self.app(scope, receive_permitted, send)


def permitted_message(sent: bytes, role: Role) -> bytes | None:
    """Return what may be passed on of a message, or None; one that is none is left to Streamlit to refuse."""
    message = BackMsg()
    try:
        message.ParseFromString(sent)
    except DecodeError:
        return sent
    kind = message.WhichOneof("type")
    if role is Role.OWNER or (role >= Role.READER and kind in READERS):
        return sent
    if kind not in ANYBODYS:
        return None
    if kind == "rerun_script":
        message.rerun_script.ClearField("fragment_id")
    return bytes(message.SerializeToString())
