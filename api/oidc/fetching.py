"""One GET of a JSON document of the identity provider, bounded in time and size; redirects are not followed."""

from __future__ import annotations

import asyncio
import ssl
from functools import cache
from typing import Any, Final

import httpcore
import orjson

from api.json_values import is_object
from api.setting_kinds import ISSUER

SECONDS: Final = 5.0
"""For the whole answer, looking up the name included."""
LONGEST: Final = 256 * 1024
"""Bytes of an answer."""
HEADERS: Final = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "creatorgraph", "Connection": "close"}


class FetchFailed(Exception):
    """The provider did not answer with what was asked for; the message says why."""


async def fetched(url: str) -> dict[str, Any]:
    """Return the JSON object at an https address, or on loopback at an http one; FetchFailed where there is none."""
    try:
        ISSUER.parse(url)
    except ValueError:
        raise FetchFailed(f"{url[:200]!r} is not {ISSUER.rule}") from None
    try:
        async with asyncio.timeout(SECONDS):
            text = await _text(url)
    except TimeoutError:
        raise FetchFailed(f"{url} did not answer within {SECONDS:g} seconds") from None
    except (OSError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise FetchFailed(f"{url}: {type(error).__name__}: {error}"[:300]) from error
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise FetchFailed(f"{url} did not answer with JSON") from None
    if not is_object(found):
        raise FetchFailed(f"{url} did not answer with a JSON object")
    return found


async def _text(url: str) -> bytes:
    text = bytearray()
    async with (
        httpcore.AsyncConnectionPool(ssl_context=_trust()) as pool,
        pool.stream("GET", url, headers=list(HEADERS.items())) as response,
    ):
        if response.status != 200:
            raise FetchFailed(f"{url} answered {response.status}; only 200 is taken, and redirects are not followed")
        async for piece in response.aiter_stream():
            text += piece
            if len(text) > LONGEST:
                raise FetchFailed(f"{url} answered with more than {LONGEST:,} bytes")
    return bytes(text)


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
