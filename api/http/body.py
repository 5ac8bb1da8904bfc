"""A request's body: bounded, unpacked, and bounded again, since a small gzip may hold a large text."""

from __future__ import annotations

import zlib
from typing import Final

from starlette.requests import Request

from api.errors import BadRequest, MediaTypeRefused, TooLarge

GZIP: Final = 16 + zlib.MAX_WBITS


async def body(request: Request, *, limit: int) -> bytes:
    """Return the body, unpacked; TooLarge beyond `limit` bytes, before or after unpacking."""
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
    return _unpacked(bytes(packed), limit) if encoding == "gzip" else bytes(packed)


def _unpacked(packed: bytes, limit: int) -> bytes:
    stream = zlib.decompressobj(GZIP)
    try:
        text = stream.decompress(packed, limit + 1)
    except zlib.error:
        raise BadRequest("the body is not gzip, although Content-Encoding says so; compress it, or omit the header") from None
    if len(text) > limit:
        raise _too_large(limit)
    if not stream.eof:
        raise BadRequest("the gzip body is incomplete; send all of it")
    return text


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body is longer than {limit:,} bytes; send less, or several requests", limit=limit)
