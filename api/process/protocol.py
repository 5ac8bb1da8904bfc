"""HTTP and WebSocket as a hostile client may send them: endless headers, bodies that never come, answers unread, thousands of connections.

uvicorn bounds none of these for the parser that it prefers (httptools), so this does, at the cost of a few comparisons a request.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any, Final, cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEADER_SECONDS: Final = 10.0
BODY_SECONDS: Final = 30.0
READING_SECONDS: Final = 30.0
"""How long a client may take to make room for more of an answer."""
LEFT_SECONDS: Final = 5.0
"""How long a client may go on sending a body after its answer."""
CHUNKED: Final = 8
"""A body in chunks may take so many times its own size, at a byte a chunk."""
UPLOADS: Final = ("PUT", b"/imports/")
"""Method and path of requests whose bodies are files: what they may hold is for the application to say, which refuses others at once."""

_STATUS_LINE: Final = b"HTTP/1.1 "
_CONTINUE: Final = b"HTTP/1.1 100 "


class Bounded(asyncio.Protocol, ABC):
    """What connections have in common: they are counted, and closed where their client reads nothing for too long."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport

    def __init__(self, *, bounds: Bounds, **given: Any) -> None:
        """Serve one connection within bounds; uvicorn gives the rest."""
        super().__init__(**given)
        self._bounds = bounds
        self._unread: asyncio.TimerHandle | None = None

    @property
    @abstractmethod
    def idle(self) -> bool:
        """Whether nothing of the connection is worked on."""

    @abstractmethod
    def turn_away(self) -> None:
        """Close what there is no room for."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, and make room where there are too many."""
        super().connection_made(transport)
        self._bounds.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._bounds.closed(self)
        self._stop_waiting()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait until the client reads."""
        super().pause_writing()
        self._unread = self.loop.call_later(READING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on."""
        self._stop_waiting()
        super().resume_writing()

    def _stop_waiting(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None


class BoundedProtocol(Bounded, HttpToolsProtocol):
    """A connection that is closed where it is too slow or too large, or where there are too many and it is idle longest."""

    def __init__(self, **given: Any) -> None:
        """Serve one connection of HTTP."""
        super().__init__(**given)
        self._in_header, self._in_message, self._upgraded, self._uploads = True, False, False, False
        self._header_bytes = self._message_bytes = 0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def idle(self) -> bool:
        """Whether no request of the connection is worked on."""
        # uvicorn declares a cycle always, and begins with none.
        return self.cycle is None or self.cycle.response_complete  # pyright: ignore[reportUnnecessaryComparison]

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] -- as uvicorn has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._joining = _Joining(transport)
        self._wait(HEADER_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come, where it is no more than may come."""
        self._message_bytes += len(data)
        self._header_bytes += len(data) if self._in_header else 0
        super().data_received(data)
        if self._upgraded or self.transport.is_closing():
            return
        if self._in_header and self._header_bytes > self._bounds.header:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._message_bytes > self._bounds.header + CHUNKED * (self._bounds.upload if self._uploads else self._bounds.body):
            self.transport.close()
        elif self._uploads and self._in_message and not self.idle:
            self._wait(BODY_SECONDS)  # anew: a file may take its time, as long as some of it comes
        elif self._timer is None and (self.idle or self._in_message):
            self._wait(HEADER_SECONDS if self._in_header or not self._in_message else BODY_SECONDS)

    def on_message_begin(self) -> None:
        """Note that a request begins."""
        self._in_header, self._in_message, self._uploads = True, True, False
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; what follows a body in chunks is left out, since nobody reads it."""
        if self._in_header:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Serve the request, where its header is not too long."""
        self._rest()
        if sum(len(name) + len(value) + 4 for name, value in self.headers) + len(self.url) > self._bounds.header:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            raise httptools.HttpParserError
        self._in_header = False
        earlier = self.cycle
        super().on_headers_complete()
        self._uploads = self.scope["method"] == UPLOADS[0] and self.url.startswith(UPLOADS[1])
        if self.cycle is not earlier:  # a request to upgrade has no answer of its own
            self.cycle.transport = cast("asyncio.Transport", self._joining)

    def on_message_complete(self) -> None:
        """Note that a request is whole."""
        self._in_message = False
        self._header_bytes = self._message_bytes = 0
        self._rest()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Note that an answer is whole; a body that still comes has to end soon."""
        self._joining.flush()
        super().on_response_complete()
        self._bounds.rested(self)
        if self._in_message and not self.transport.is_closing():
            self._wait(LEFT_SECONDS)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, unless it is refused already."""
        if not self.transport.is_closing():
            super().send_400_response(msg)

    def _wait(self, seconds: float) -> None:
        self._rest()
        self._timer = self.loop.call_later(seconds, self._late)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        """Close a connection whose request has not come in time; one that has sent nothing needs no answer."""
        if self._in_message or self._message_bytes:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        self.transport.close()

    def _refuse(self, status: HTTPStatus) -> None:
        """Close, with an answer where a header was coming and no other answer is on its way."""
        if self._in_header and self.idle and not self.transport.is_closing():
            self.transport.write(_answer(status))
        self.transport.close()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection on: it is HTTP no longer."""
        self._bounds.closed(self)
        super().handle_websocket_upgrade()
        self._upgraded = True
        self._rest()

    def turn_away(self) -> None:
        """Close what there is no room for."""
        self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)


class BoundedWebSocket(Bounded, WebSocketsSansIOProtocol):
    """A WebSocket, which is never idle: its client may wait for hours."""

    @property
    def idle(self) -> bool:
        """It is not."""
        return False

    def turn_away(self) -> None:
        """Close what there is no room for."""
        self.transport.close()


class _Joining:
    """Keeps the head of an answer until something of its body comes, and sends both at once: a client is woken once, not twice."""

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport, self._head = transport, b""

    def write(self, data: bytes) -> None:
        if self._head:
            data, self._head = self._head + data, b""
        elif data.startswith(_STATUS_LINE) and not data.startswith(_CONTINUE):
            self._head = data
            return
        self._transport.write(data)

    def flush(self) -> None:
        if self._head:
            self.write(b"")

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()


def _answer(status: HTTPStatus) -> bytes:
    text = f"{status.phrase}\n"
    retry = "retry-after: 2\r\n" if status is HTTPStatus.SERVICE_UNAVAILABLE else ""
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain\r\ncontent-length: {len(text)}\r\n"
    return f"{head}{retry}connection: close\r\n\r\n{text}".encode()


class Bounds:
    """What connections share: how large a header and a body may be, and how many connections may be open."""

    def __init__(self, *, header: int, body: int, connections: int, upload: int = 0) -> None:
        """Bound headers, bodies and uploaded files in bytes, and connections by number; without uploads a file is a body like others."""
        self.header, self.body, self.upload, self._most = header, body, max(upload, body), connections
        self._open: dict[Bounded, None] = {}

    @property
    def protocol(self) -> Callable[..., BoundedProtocol]:
        """What uvicorn makes connections with."""
        return partial(BoundedProtocol, bounds=self)

    @property
    def web_socket(self) -> Callable[..., BoundedWebSocket]:
        """What uvicorn makes WebSockets with."""
        return partial(BoundedWebSocket, bounds=self)

    def opened(self, connection: Bounded) -> None:
        """Take a connection; where there are too many, close the one that is idle longest, or this one where none is idle."""
        self._open[connection] = None
        if len(self._open) > self._most:
            oldest = next((each for each in self._open if each.idle and each is not connection), connection)
            self.closed(oldest)
            oldest.turn_away()

    def rested(self, connection: BoundedProtocol) -> None:
        """Note that a connection has just been of use."""
        if connection in self._open:
            del self._open[connection]
            self._open[connection] = None

    def closed(self, connection: Bounded) -> None:
        """Forget a connection."""
        self._open.pop(connection, None)
