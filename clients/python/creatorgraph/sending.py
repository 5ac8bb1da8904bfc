"""One call over HTTP, blocking and awaiting: what comes back, or that nothing did."""

from __future__ import annotations

from typing import Final

import httpx

from creatorgraph.encoding import encoded
from creatorgraph.steps import Answer, Call, Lost

NOT_BEGUN: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.PoolTimeout)
"""Failures after which the service does not work on the request any more; after a `ReadTimeout` it may."""

NOBODY: Final = "nothing answers at this address; is the service running, and the address right?"
UNCONNECTED: Final = {
    "certificate": "the service's TLS certificate is not trusted; check the host name, and that the machine knows its authority",
    "ssl": "no TLS connection could be made; does the service speak https on this port?",
    "name or service not known": "no host of this name is known; is the address right?",
    "name resolution": "no host of this name is known; is the address right?",
    "nodename nor servname": "no host of this name is known; is the address right?",
    "getaddrinfo": "no host of this name is known; is the address right?",
}
"""Why no connection was made, by a part of what the system says of it."""

FAILURES: Final[dict[type[httpx.RequestError], str]] = {
    httpx.ConnectTimeout: NOBODY,
    httpx.PoolTimeout: "all connections of this client are in use; wait for other calls to end, or use another client",
    httpx.TimeoutException: "no answer came within the client's time limit; pass a larger timeout=…, or ask for less",
    httpx.RemoteProtocolError: "the connection ended without an HTTP answer; is the service running, and the address right?",
    httpx.NetworkError: "the connection broke before an answer came; is the service running?",
    httpx.ProxyError: "the proxy refuses the connection; check HTTP_PROXY, HTTPS_PROXY and NO_PROXY",
    httpx.TooManyRedirects: "the address redirects without end; use the service's own address",
    httpx.DecodingError: "the answer's compression is broken; is there a proxy in between?",
}
"""What each kind of failure means, the narrower kinds first."""


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
    return Lost(_told(error), resend=isinstance(error, NOT_BEGUN), cause=error)


def _broken(error: httpx.RequestError) -> Lost:
    """Return what becomes of an answer that ends too early: asked again it would most likely end there again."""
    return Lost(
        "the response was cut off: it failed midway, for example at its time limit, or the connection did", resend=False, cause=error
    )


def _told(error: httpx.RequestError) -> str:
    """Return what happened and what to do, in words that need no knowledge of HTTPX; its error stays the cause."""
    about = str(error).lower()
    if isinstance(error, httpx.ConnectError):
        return next((words for part, words in UNCONNECTED.items() if part in about), NOBODY)
    return next((words for kind, words in FAILURES.items() if isinstance(error, kind)), NOBODY)
