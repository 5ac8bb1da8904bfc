"""One call over HTTP, blocking and awaiting: what comes back, or that nothing did."""

from __future__ import annotations

from typing import Final

import httpx

from creatorgraph.encoding import encoded
from creatorgraph.steps import Answer, Call, Lost

NOT_BEGUN: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.PoolTimeout)
"""Failures after which the service does not work on the request any more; after a `ReadTimeout` it may."""


def sent(http: httpx.Client, call: Call) -> Answer | Lost:
    """Send a call and return what came of it, its body in a file where the call names one."""
    try:
        with http.stream(call.method, call.path, content=_content(call), headers=_headers(call)) as response:
            return _read(call, response)
    except httpx.RequestError as error:
        return _lost(error)


async def sent_awaiting(http: httpx.AsyncClient, call: Call) -> Answer | Lost:
    """Do the same without blocking."""
    try:
        async with http.stream(call.method, call.path, content=_content(call), headers=_headers(call)) as response:
            return await _read_awaiting(call, response)
    except httpx.RequestError as error:
        return _lost(error)


def _read(call: Call, response: httpx.Response) -> Answer | Lost:
    """Read an answer that has begun, into a file where the call says so."""
    try:
        if call.to is None or not response.is_success:
            return Answer(response.status_code, response.headers, response.read())
        with call.to.open("wb") as out:
            out.writelines(response.iter_bytes())
        return Answer(response.status_code, response.headers)
    except httpx.RequestError as error:
        return _broken(error)


async def _read_awaiting(call: Call, response: httpx.Response) -> Answer | Lost:
    try:
        if call.to is None or not response.is_success:
            return Answer(response.status_code, response.headers, await response.aread())
        with call.to.open("wb") as out:
            async for chunk in response.aiter_bytes():
                out.write(chunk)
        return Answer(response.status_code, response.headers)
    except httpx.RequestError as error:
        return _broken(error)


def _content(call: Call) -> bytes | None:
    return None if call.body is None else encoded(call.body)


def _headers(call: Call) -> dict[str, str]:
    return {"Accept": call.accept, **({} if call.body is None else {"Content-Type": "application/json"})}


def _lost(error: httpx.RequestError) -> Lost:
    return Lost(f"{_told(error)}; is the service running, and the address right?", resend=isinstance(error, NOT_BEGUN))


def _broken(error: httpx.RequestError) -> Lost:
    """Return what becomes of an answer that ends too early: asked again it would most likely end there again."""
    return Lost(
        f"the response was cut off ({_told(error)}): it failed midway, for example at its time limit, or the connection did", resend=False
    )


def _told(error: httpx.RequestError) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
