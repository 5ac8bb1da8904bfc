"""Tokens over HTTP: verified before anybody asks whose request it is; who is refused is told where to get one (RFC 9728)."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.keyring import REFUSED_TOKEN, from_outside
from api.errors import ApiError, BadRequest
from api.http.answers import refusal
from api.http.headers import values
from api.http.negotiation import JSON
from api.http.resource_metadata import metadata_url
from api.http.sessions import authorized
from api.oidc.verifier import Verifier

WITHOUT: Final = frozenset({"/healthz", "/readyz"})
"""Paths that wait for no identity provider."""
SEVERAL: Final = "the request has several Authorization headers, of which each reader might take another; send one"
REFUSALS: Final = frozenset({401, 403})


class TokenVerification:
    """Has what stands for a verified token take its place in the header; what is no token is left as it is."""

    def __init__(self, app: ASGIApp, *, verifier: Verifier | None) -> None:
        """Wrap `app`; without a verifier only what no client may send is taken out."""
        self.app, self._verifier = app, verifier

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        found = values(scope, b"authorization")
        if len(found) > 1:
            await _refuse(BadRequest(SEVERAL), scope, receive, send)
            return
        given = found[0].decode("latin-1") if found else None
        authorization = from_outside(given)
        if self._verifier is not None and scope["path"] not in WITHOUT:
            send = _challenging(scope, send)
            if authorization is not None:
                try:
                    authorization = await self._verifier.stand_in(authorization)
                except ApiError as error:
                    if scope["type"] == "http":
                        await _refuse(error, scope, receive, send)
                        return
                    authorization = REFUSED_TOKEN + error.message
        await self.app(scope if authorization == given else authorized(scope, authorization), receive, send)


async def _refuse(error: ApiError, scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a request; a WebSocket before its handshake, which the server answers with 403."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})
        return
    scope["state"]["kind"] = "refused"
    await refusal(error, JSON)(scope, receive, send)


def _challenging(scope: Scope, send: Send) -> Send:
    """Have a refusal name the metadata that say which identity provider gives tokens."""

    async def challenged(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] in REFUSALS:
            headers = MutableHeaders(scope=message)
            challenge = headers.get("www-authenticate", "")
            if challenge.startswith("Bearer "):
                headers["www-authenticate"] = f'{challenge}, resource_metadata="{metadata_url(scope)}"'
        await send(message)

    return challenged
