"""A TCP proxy in front of a database, which breaks as networks do."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, TypeVar

CHUNK: Final = 64 * 1024
RESET: Final = struct.pack("ii", 1, 0)
"""SO_LINGER of no seconds: what is closed so is reset."""

COMMIT: Final = b"\x00\x02\xb0\x12\x00\x00"
"""The message that commits, as Bolt frames it."""

T = TypeVar("T")


class Weather(Enum):
    """What becomes of bytes, of connections that are there and of new ones."""

    FAIR = "fair"
    SILENT = "silent"
    """All is accepted, nothing is passed on, and nobody is told: a cable that is cut, a firewall that forgot."""
    SLOW = "slow"
    """Each piece waits, and pieces are small."""


@dataclass
class Link:
    """The proxy, as tests turn it; `port` stays its own while it refuses connections."""

    target: tuple[str, int]
    loop: asyncio.AbstractEventLoop
    seconds: float = 0.05
    piece: int = 2_048
    port: int = 0
    weather: Weather = Weather.FAIR
    left: int | None = None
    """How many bytes of answers still pass before every connection is reset; None: all."""
    asked: bytes | None = None
    """With which bytes in a request every connection is reset, once they have reached the database and before its answer has come."""
    tls: ssl.SSLContext | None = None
    """As whom it speaks TLS to those who connect."""
    passing: int = 0
    """How many such requests pass before that."""
    _pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = field(default_factory=set)
    _server: asyncio.Server | None = None

    @property
    def uri(self) -> str:
        """The address for a driver."""
        return f"bolt://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Refuse new connections, and reset those that are there."""
        self._do(self._close())

    def open(self) -> None:
        """Accept connections, and pass on what comes."""
        self.weather, self.left, self.asked, self.passing = Weather.FAIR, None, None, 0
        self._do(self._open())

    def reset(self) -> None:
        """Reset every connection that is there."""
        self._do(self._reset())

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    async def _open(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, reuse_address=True, ssl=self.tls)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._reset()

    async def _reset(self) -> None:
        for pair in tuple(self._pairs):
            for writer in pair:
                _reset(writer)
        self._pairs.clear()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection(*self.target)
        except OSError:
            _reset(writer)
            return
        pair = (writer, back)
        self._pairs.add(pair)
        try:
            await asyncio.gather(self._pass(reader, back, answers=False), self._pass(there, writer, answers=True))
        finally:
            self._pairs.discard(pair)
            for each in pair:
                each.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool) -> None:
        while data := await _read(reader):
            while self.weather is Weather.SILENT:
                await asyncio.sleep(0.02)
            if answers and await self._breaks(len(data), lambda: writer.write(data[: self.left])):
                return
            if self.weather is Weather.SLOW:
                await self._slowly(writer, data)
            else:
                writer.write(data)
                await _drained(writer)
            if not answers and self.asked is not None and self.asked in data:
                self.passing -= 1
                if self.passing < 0:
                    self.asked, self.left, self.passing = None, 0, 0
        writer.close()

    async def _breaks(self, size: int, rest: Callable[[], None]) -> bool:
        """Count down to the reset; `rest` writes what still passes before it."""
        if self.left is None:
            return False
        if self.left >= size:
            self.left -= size
            return False
        rest()
        self.left = None
        await self._reset()
        return True

    async def _slowly(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        for at in range(0, len(data), self.piece):
            await asyncio.sleep(self.seconds)
            writer.write(data[at : at + self.piece])
            await _drained(writer)


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(CHUNK)
    except OSError:
        return b""


async def _drained(writer: asyncio.StreamWriter) -> None:
    try:
        await writer.drain()
    except OSError:
        writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    given: socket.socket | None = writer.get_extra_info("socket")
    if given is not None and given.fileno() >= 0:
        given.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()


@contextmanager
def linked(uri: str, *, tls: ssl.SSLContext | None = None) -> Iterator[Link]:
    """Pass connections on to a database until the block ends."""
    loop = asyncio.new_event_loop()
    running = threading.Thread(target=loop.run_forever, daemon=True)
    running.start()
    host, port = uri.removeprefix("bolt://").split(":")
    link = Link((host, int(port)), loop, tls=tls)
    link.open()
    try:
        yield link
    finally:
        link.close()
        loop.call_soon_threadsafe(loop.stop)
        running.join(10)
        loop.close()
