"""An answer that is written while it is sent: one task makes it, the response hands it on, and neither gets far ahead of the other."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.access.viewer import Viewer
from api.cypher.queries import CypherQuery, running
from api.error_mapping import translated
from api.errors import ApiError
from api.http.answers import UNCACHED
from api.http.shell import gone
from api.http.streams import ARROW, STREAMS, ending, last_line

if TYPE_CHECKING:
    from api.process.state import State

AHEAD: Final = 2
"""Pieces that wait to be sent; a client that reads slowly slows the query down, until its time is up."""


class Producer:
    """Runs a query and writes its answer, piece by piece, in a task of its own; ends with `stop`, whatever has happened."""

    def __init__(self, process: State, viewer: Viewer, query: CypherQuery, media_type: str, request_id: str) -> None:
        """Prepare; the query begins with `first`."""
        self._process, self._viewer, self._query = process, viewer, query
        self._media_type, self._request_id = media_type, request_id
        self._pieces: asyncio.Queue[bytes | Exception | None] = asyncio.Queue(AHEAD)
        self._first: list[bytes | None] = []
        self._task: asyncio.Task[None] | None = None

    async def first(self) -> None:
        """Begin, and return when the first piece is there; raise what kept it from coming."""
        self._task = asyncio.get_running_loop().create_task(self._produced())
        try:
            piece = await self._pieces.get()
        except BaseException:
            await self.stop()
            raise
        if isinstance(piece, Exception):
            await self.stop()
            try:
                raise piece
            finally:
                del piece  # which knows this frame
        self._first = [piece]

    async def next(self) -> bytes | Exception | None:
        """Return the next piece, an error, or None at the end."""
        return self._first.pop() if self._first else await self._pieces.get()

    async def stop(self) -> None:
        """End the query where it still runs."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def told(self, error: Exception) -> ApiError:
        """Return what the client is told of an error."""
        return translated(error, self._request_id)

    async def _produced(self) -> None:
        with ExitStack() as closing:
            try:
                async with running(self._process, self._viewer, self._query) as ran:
                    stream = STREAMS[self._media_type](ran.answer)
                    closing.callback(stream.close)
                    async for batch in ran.answer.batches():
                        if piece := stream.rows(batch):
                            await self._pieces.put(piece)
                    end = ending(ran)
                for piece in stream.rest(end):
                    await self._pieces.put(piece)
                await self._pieces.put(None)
            except Exception as error:
                await self._pieces.put(error)


class Produced(Response):
    """Sends what a producer makes. An error ends JSON Lines with a line of its own; an Arrow stream breaks off, as does its connection."""

    def __init__(self, producer: Producer, media_type: str) -> None:
        """Send from a producer whose first piece is there."""
        self._producer = producer
        self.status_code, self.media_type, self.background = 200, media_type, None
        self.init_headers(UNCACHED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the end, or until the client goes, which ends the query."""
        watching = asyncio.ensure_future(gone(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if await self._sent(send, watching):
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (ClientDisconnect, OSError):
            scope["app"].state.process.metrics.cancelled.inc()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self._producer.stop()

    async def _sent(self, send: Send, watching: asyncio.Future[None]) -> bool:
        """Send every piece; tell whether the answer may be ended as whole."""
        while True:
            coming = asyncio.ensure_future(self._producer.next())
            await asyncio.wait((coming, watching), return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
                raise ClientDisconnect
            piece = coming.result()
            if piece is None:
                return True
            if isinstance(piece, Exception):
                if self.media_type == ARROW:
                    return False
                piece = last_line(self._producer.told(piece))
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                return True
            await send({"type": "http.response.body", "body": piece, "more_body": True})
