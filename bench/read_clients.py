"""Clients that cost little: each a connection that sends the same request again as soon as it has its answer."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

import orjson
import uvloop

CLIENTS: Final = 16
LENGTH: Final = b"content-length: "


def rate(port: int, body: dict[str, Any], *, seconds: float, key: str = "") -> tuple[float, dict[str, Any]]:
    """Return the requests a second that `CLIENTS` clients get answered, and the last answer."""
    return uvloop.run(_rate(port, request(orjson.dumps(body), key), seconds))


def request(body: bytes, key: str) -> bytes:
    """Return the bytes of a request with a body of JSON."""
    head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Authorization: Bearer {key}\r\n\r\n".encode() + body


async def _rate(port: int, request: bytes, seconds: float) -> tuple[float, dict[str, Any]]:
    begun = time.monotonic()
    counts = await asyncio.gather(*(_client(port, request, begun + seconds) for _ in range(CLIENTS)))
    taken = time.monotonic() - begun
    return sum(made for made, _ in counts) / taken, orjson.loads(counts[0][1])


async def _client(port: int, request: bytes, until: float) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    made, answer = 0, b""
    while time.monotonic() < until or not made:
        writer.write(request)
        answer = await body(reader)
        made += 1
    writer.close()
    return made, answer


async def body(reader: asyncio.StreamReader) -> bytes:
    """Return the body of the next answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    return await reader.readexactly(int(head.split(LENGTH, 1)[1].split(b"\r\n", 1)[0]))
