"""A request's body: bounded, unpacked, and bounded again, since a small gzip may hold a large text."""

from __future__ import annotations

import asyncio
import zlib
from typing import Any, Final

import orjson
from starlette.requests import Request

from api.errors import BadRequest, MediaTypeRefused, TooLarge
from api.http.encodings import GZIP
from api.http.negotiation import JSON, utf8_json
from graph.json_text import strict

PIECE: Final = 64 * 1024


async def posted_json(request: Request, *, example: str) -> Any:
    """Return what a body of JSON says, as `body` reads it; MediaTypeRefused where it is not called JSON, BadRequest where it is none."""
    content_type = request.headers.get("content-type")
    if not utf8_json(content_type):
        raise MediaTypeRefused(
            f"Content-Type: {(content_type or 'none')[:100]} is not supported; send {JSON}, encoded in UTF-8", headers={"Accept-Post": JSON}
        )
    text = await body(request)
    if not text:
        raise BadRequest(f"the body is empty; send {example}")
    return json_of(text, "the body")


def json_of(text: bytes, what: str) -> Any:
    """Return what a text of JSON says; BadRequest, which names it as `what`, where it is none."""
    try:
        return strict(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"{what} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from None


async def body(request: Request) -> bytes:
    """Return the body, unpacked; TooLarge beyond the bytes that the settings allow, before or after unpacking."""
    limit = request.app.state.process.settings.max_body_kb * 1024
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip"}:
        raise MediaTypeRefused(f"Content-Encoding: {encoding[:40]} is not supported; send gzip, or an uncompressed body")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise _too_large(limit)
    packed = bytearray()
    async for chunk in request.stream():
        packed += chunk
        if len(packed) > limit:
            raise _too_large(limit)
    return await unpacked(bytes(packed), limit) if encoding == "gzip" else bytes(packed)


async def unpacked(packed: bytes, limit: int) -> bytes:
    """Return what a gzip holds, unpacked piece by piece: others are served in between."""
    stream, text = zlib.decompressobj(GZIP), bytearray()
    while packed and not stream.eof:
        try:
            text += stream.decompress(packed, PIECE)
        except zlib.error:
            raise BadRequest("the body is not gzip, although Content-Encoding says so; compress it, or omit the header") from None
        if len(text) > limit:
            raise _too_large(limit)
        packed = stream.unconsumed_tail
        await asyncio.sleep(0)
    if not stream.eof:
        raise BadRequest("the gzip body is incomplete; send all of it")
    return bytes(text)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body is longer than {limit:,} bytes; send less, or several requests", limit=limit)
