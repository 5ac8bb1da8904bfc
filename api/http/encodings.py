"""How an answer is compressed: RFC 9110's `Accept-Encoding` with quality values."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

import brotli  # pyright: ignore[reportMissingTypeStubs]
import zstandard
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from api.http.negotiation import quality

IDENTITY: Final = "identity"
SMALLEST: Final = 1_400
"""Bytes; what fits into one packet gains nothing by packing."""
GZIP: Final = 16 + zlib.MAX_WBITS
"""What makes zlib read and write the format of gzip."""


def _zstd(body: bytes) -> bytes:
    # Copied: what the compressor returns holds on to memory for the longest result that it could have had.
    return bytes(memoryview(zstandard.ZstdCompressor(level=3).compress(body)))


def _brotli(body: bytes) -> bytes:
    compress: Callable[..., bytes] = brotli.compress  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return compress(body, quality=4)


def _gzip(body: bytes) -> bytes:
    packing = zlib.compressobj(4, zlib.DEFLATED, GZIP)
    return packing.compress(body) + packing.flush()


ENCODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {"zstd": _zstd, "br": _brotli, "gzip": _gzip}
"""In the order in which they are taken by a client that wants them equally: the quickest first."""


def packed(body: bytes, encoding: str) -> bytes:
    """Return a body in an encoding."""
    return body if encoding == IDENTITY else ENCODERS[encoding](body)


@lru_cache(maxsize=256)
def encoding(accept: bytes, offered: tuple[str, ...] = tuple(ENCODERS)) -> str:
    """Return the encoding that a client wants most of those offered; what it refuses in all forms is sent as it is, as the RFC allows."""
    wanted: dict[str, float] = {}
    for part in accept.decode("latin-1").split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        wanted["gzip" if name == "x-gzip" else name] = quality(next((each[2:] for each in parameters if each.startswith("q=")), "1"))
    others = wanted.get("*", 0.0)
    best = max(offered, key=lambda each: wanted.get(each, others))
    most = wanted.get(best, others)
    return best if most > 0 and most >= wanted.get(IDENTITY, 0.0) else IDENTITY


def unpacked(scope: Scope) -> Scope:
    """Return the scope of a request that wants no compression."""
    return {**scope, "headers": [each for each in scope["headers"] if each[0] != b"accept-encoding"]}


class Gzip(GZipMiddleware):
    """gzip for who wants it: Starlette packs for whoever names it, were it to refuse it (`gzip;q=0`)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, packed or not."""
        if scope["type"] == "http" and encoding(Headers(scope=scope).get("accept-encoding", "").encode("latin-1"), ("gzip",)) == IDENTITY:
            scope = unpacked(scope)
        await super().__call__(scope, receive, send)
