"""Connections that are too slow, too large or too many are closed; honest ones are answered meanwhile."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.process import protocol
from api.process.protocol import Bounds
from api.process.serving import served

GONE: list[str] = []


async def echo(request: Request) -> Response:
    try:
        return PlainTextResponse(str(len(await request.body())))
    except ClientDisconnect:
        GONE.append("body")
        return Response()


async def early(_request: Request) -> Response:
    return PlainTextResponse("early")


async def large(_request: Request) -> Response:
    return PlainTextResponse("x" * 20_000_000)


APP = Starlette(routes=[Route("/", echo, methods=("GET", "POST")), Route("/early", early, methods=("POST",)), Route("/large", large)])


@asynccontextmanager
async def serving(kind: type[Bounds] = Bounds, **bounds: int) -> AsyncIterator[int]:
    """Yield the port of a server with these bounds, beside 4 KiB of header, 16 KiB of body and 5 connections."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        async with served(APP, listener, kind(**{"header": 4_096, "body": 16_384, "connections": 5, **bounds})):
            yield listener.getsockname()[1]


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def said(port: int, *pieces: bytes) -> bytes:
    """Return all that a server answers until it closes."""
    async with connected(port) as (reader, writer):
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(0.01)
        return await ended(reader)


async def ended(reader: asyncio.StreamReader) -> bytes:
    try:
        return await asyncio.wait_for(reader.read(), 5)
    except ConnectionResetError:
        return b""


LAST = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a fifth of a second where a server waits many."""
    for name in ("HEADER_SECONDS", "BODY_SECONDS", "READING_SECONDS", "LEFT_SECONDS"):
        monkeypatch.setattr(protocol, name, 0.2)


async def test_honest_requests_are_answered_on_one_connection() -> None:
    async with serving() as port:
        body = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n"
        answer = await said(port, body, b"a" * 10_000, body + b"b" * 10_000, LAST)
    assert answer.count(b"HTTP/1.1 200") == 3
    assert answer.count(b"10000") == 2


@pytest.mark.parametrize(
    "pieces",
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", *[b"a" * 1_000] * 6),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1_000 + b"\r\n",),
        (b"GET /?" + b"q" * 5_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",),
        (b"GET /", *[b"q" * 1_000] * 6),
    ],
)
async def test_a_header_has_an_end(pieces: tuple[bytes, ...]) -> None:
    async with serving() as port:
        assert (await said(port, *pieces)).startswith(b"HTTP/1.1 431 ")
        assert b"200" in await said(port, LAST)


@pytest.mark.fault
@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        ((), b""),
        ((b"\r\n",), b"HTTP/1.1 408 "),
        ((b"GET / HTTP/1.1\r\nHost",), b"HTTP/1.1 408 "),
        ((b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",), b""),
        ((b"POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",), b"HTTP/1.1 200 "),
        ((b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HT"), b"HTTP/1.1 200 "),
    ],
)
async def test_what_does_not_come_is_not_waited_for(pieces: tuple[bytes, ...], status: bytes) -> None:
    async with serving() as port:
        answer = await said(port, *pieces)
    assert answer.startswith(status) if status else not answer


async def test_chunks_and_trailers_have_an_end() -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with serving() as port:
        assert (await said(port, head + b"1\r\na\r\n" * 3 + b"0\r\nT: " + b"t" * 50 + b"\r\n\r\n" + LAST)).count(b"HTTP/1.1 200") == 2
        assert await said(port, head, b"1\r\na\r\n0\r\nT: ", *[b"t" * 50_000] * 4) == b""


@pytest.mark.usefixtures("hasty")
async def test_an_answer_that_nobody_reads_is_given_up() -> None:
    async with serving() as port, connected(port) as (reader, writer):
        transport: Any = writer.transport
        transport.pause_reading()
        writer.write(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(1)
        transport.resume_reading()
        assert len(await ended(reader)) < 20_000_000


async def test_the_longest_idle_makes_room() -> None:
    async with serving() as port:
        opened: list[Any] = [await asyncio.open_connection("127.0.0.1", port) for _ in range(6)]
        first = await ended(opened[0][0])
        assert first.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 2" in first
        assert b"200" in await said(port, LAST)
        for _, writer in opened:
            writer.close()


async def test_the_head_of_an_answer_goes_with_its_body() -> None:
    """Asked of the transport itself: on its way, what was sent at twice may come as one piece, too."""
    writes: list[bytes] = []

    class Watched(protocol.BoundedProtocol):
        def connection_made(self, transport: asyncio.Transport) -> None:
            class Spy:
                def write(self, data: bytes) -> None:
                    writes.append(data)
                    transport.write(data)

                def __getattr__(self, name: str) -> Any:
                    return getattr(transport, name)

            super().connection_made(cast("asyncio.Transport", Spy()))

    class Watching(Bounds):
        @property
        def protocol(self) -> Any:
            return partial(Watched, bounds=self)

    async with serving(Watching) as port:
        await said(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345", LAST)
    assert [(each[:15], each[-1:]) for each in writes] == [(b"HTTP/1.1 200 OK", b"5"), (b"HTTP/1.1 200 OK", b"0")]


@pytest.mark.parametrize(
    ("sent", "begins"),
    [
        (b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200"),
        (b"HEAD /large HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", b"HTTP/1.1 100"),
    ],
)
async def test_a_head_that_no_body_follows_is_not_held_back(sent: bytes, begins: bytes) -> None:
    async with serving() as port, connected(port) as (reader, writer):
        writer.write(sent)
        assert (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)).startswith(begins)
