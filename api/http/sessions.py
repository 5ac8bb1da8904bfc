"""Sessions of browsers over HTTP: `/session` begins, shows and ends one, and a cookie stands for its key in every request after that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from time import time
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.keyring import SESSION, Keyring
from api.access.sessions import LONGEST, Sessions
from api.access.viewer import Viewer
from api.errors import BadRequest, Forbidden, MethodRefused, Unauthenticated
from api.http.admission import Attempts
from api.http.answers import UNCACHED, refusal
from api.http.body import posted_json
from api.http.headers import header
from api.http.middleware import LOOPBACK, host_of
from api.http.negotiation import JSON
from api.http.shell import answered, signed_in
from api.process.state import State

PATH: Final = "/session"
SERVED: Final = ("/graphql", "/cypher", "/exports", "/imports", PATH)
"""Where a cookie is taken; elsewhere nothing needs one."""
FROM_OUTSIDE: Final = SESSION.lower().encode()
"""How a client would begin what stands for a session within the process."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OURS: Final = "X-Creatorgraph-Request"
NOT_OURS: Final = (
    f"a request with a session's cookie that may change something needs the header `{OURS}: explorer`, which no page of another site "
    "can set; send it, or an access key instead of the cookie"
)
EXAMPLE: Final = '{"key": "cgk_…"}, or {"link": "…"} with what follows # in a sign-in link'


class SessionCookies:
    """Has a cookie stand for the key that its session was begun with; a request with an `Authorization` header is left as it is."""

    def __init__(self, app: ASGIApp, *, keyring: Keyring) -> None:
        """Wrap `app`; what reads the header of a request, such as `keyring`, then finds the session in it."""
        self.app, self._keyring = app, keyring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        authorization = header(scope, b"authorization")
        if authorization is None and header(scope, b"cookie") is not None and scope["path"].startswith(SERVED):
            await self._with_cookie(scope, Headers(scope=scope), receive, send)
        elif authorization is not None and authorization[: len(SESSION)].lower() == FROM_OUTSIDE:
            await self.app(authorized(scope, None), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _with_cookie(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        token = _token(headers, secure(scope))
        if token is None or (scope["type"] == "websocket" and not _same_origin(headers)):
            await self.app(scope, receive, send)
            return
        if scope["type"] == "http" and scope["method"] not in SAFE and OURS not in headers:
            scope["state"]["kind"] = "refused"
            await refusal(Forbidden(NOT_OURS), JSON)(scope, receive, send)
            return
        sessions = self._keyring.sessions
        assert sessions is not None, "a service has sessions"
        use = sessions.use(token)
        if use is not None and use.renewed is not None:
            send = _setting(send, cookie(use.renewed, secure(scope)), lambda: sessions.key(use.id) is not None)
        await self.app(authorized(scope, f"{SESSION}{use.id if use else ''}"), receive, send)


async def session(request: Request) -> Response:
    """Begin a session (POST), tell whose it is (GET), or end it (DELETE)."""
    return await answered(request, _session(request), lambda error: refusal(error, JSON))


def cookie(token: str, secured: bool, *, seconds: int = LONGEST) -> str:
    """Return what sets the cookie: for this host alone, never read by a script, never sent by another site."""
    return f"{_name(secured)}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict" + ("; Secure" if secured else "")


def secure(scope: Scope) -> bool:
    """Tell whether a request is for a host other than loopback, where cookies go over TLS alone."""
    return host_of(scope) not in LOOPBACK


def authorized(scope: Scope, authorization: str | None) -> Scope:
    """Return a request with another `Authorization` header, or without one."""
    headers = [each for each in scope["headers"] if each[0] != b"authorization"]
    return {**scope, "headers": headers if authorization is None else [*headers, (b"authorization", authorization.encode("latin-1"))]}


async def _session(request: Request) -> Response:
    match request.method:
        case "POST":
            if OURS not in request.headers:
                raise Forbidden(NOT_OURS)
            return await _begun(request, await posted_json(request, example=EXAMPLE))
        case "GET" | "HEAD":
            viewer = signed_in(request)
            request.state.kind = "page"
            return _person(viewer)
        case "DELETE":
            return _ended(request)
        case other:
            raise MethodRefused(f"the method {other} is not allowed; send GET, POST or DELETE", headers={"Allow": "GET, POST, DELETE"})


async def _begun(request: Request, given: Any) -> Response:
    """Begin a session of the key that is given, or that a link stands for; one that was there before is over."""
    process: State = request.app.state.process
    try:
        viewer = _viewer(given, process.keyring, _sessions(process))
    except Unauthenticated:
        address = request.client.host if request.client else ""
        await asyncio.sleep(process.own.of(Attempts).failed(address))
        raise
    request.state.fields["key"] = viewer.key_id
    former = _token(request.headers, secure(request.scope))
    if former is not None:
        _sessions(process).end(former)
    record = process.store.record(viewer.key_id)
    until = record.grant.expires_at if record else None
    token = _sessions(process).begin(viewer.key_id, until=until)
    request.state.kind = "page"
    seconds = LONGEST if until is None else max(0, min(LONGEST, until - int(time())))
    return _person(viewer, {"Set-Cookie": cookie(token, secure(request.scope), seconds=seconds)})


def _ended(request: Request) -> Response:
    secured = secure(request.scope)
    token = _token(request.headers, secured)
    if token is not None:
        _sessions(request.app.state.process).end(token)
    request.state.kind = "page"
    over = {"Set-Cookie": cookie("", secured, seconds=0), "Clear-Site-Data": '"cache"'}
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={**UNCACHED, **over})


def _viewer(given: Any, keyring: Keyring, sessions: Sessions) -> Viewer:
    match given:
        case {"key": str() as key} if len(given) == 1:
            return keyring.viewer(f"Bearer {key.strip()}")
        case {"link": str() as link} if len(given) == 1:
            account = sessions.redeem(link)
            if account is None:
                raise Unauthenticated("this link has been used, or is over; sign in with an access key, or have another link made")
            return keyring.holder(account)
        case _:
            raise BadRequest(f"the body names no key; send {EXAMPLE}")


def _sessions(process: State) -> Sessions:
    assert process.keyring.sessions is not None, "a service has sessions"
    return process.keyring.sessions


def _person(viewer: Viewer, headers: dict[str, str] | None = None) -> Response:
    said = orjson.dumps({"name": viewer.name, "role": viewer.role})
    return Response(said, headers={**UNCACHED, **(headers or {})}, media_type=JSON)


def _name(secured: bool) -> str:
    """Return the cookie's name; with the prefix a browser takes it from this host alone, and over TLS."""
    return "__Host-creatorgraph_session" if secured else "creatorgraph_session"


def _token(headers: Headers, secured: bool) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(_name(secured))
    except CookieError:
        return None
    return found.value if found else None


def _same_origin(headers: Headers) -> bool:
    """Tell whether a page of ours opens a WebSocket: browsers send its origin, and the cookie along with it."""
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host", "")


def _setting(send: Send, cookie_: str, lasts: Callable[[], bool]) -> Send:
    """Have the answer set a cookie, too, that to the handshake of a WebSocket as well.

    A session that no longer `lasts` by then sets none: it would replace the cookie of whoever has signed in meanwhile.
    """

    async def sent(message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.accept"} and lasts():
            message.setdefault("headers", [])
            MutableHeaders(scope=message).append("Set-Cookie", cookie_)
        await send(message)

    return sent
