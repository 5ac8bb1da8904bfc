"""Subscriptions over WebSocket, by the GraphQL over WebSocket protocol (subprotocol `graphql-transport-ws`)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import aclosing, suppress
from enum import IntEnum
from math import inf
from time import perf_counter
from typing import Any, Final

import orjson
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.access.keyring import from_outside, session_id
from api.access.viewer import Viewer
from api.error_mapping import translated
from api.errors import NotReady, Unauthenticated
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.subscriptions import subscribed
from api.http.answers import errors_of
from api.http.naming import document
from api.http.parameters import checked
from api.http.shell import counted
from api.json_values import is_object
from api.oidc.verifier import verifier
from api.process.state import State
from api.process.streams import streams_of

SUBPROTOCOL: Final = "graphql-transport-ws"
SECONDS_TO_INIT: Final = 5.0
SECONDS_BETWEEN_CHECKS: Final = 12.0
"""A connection is looked at so often, whatever comes on it: its key may have been revoked, or its token expired."""


class Close(IntEnum):
    """Why a connection is closed, as the protocol numbers it."""

    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INIT_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    TOO_MANY_INITS = 4429


class Closed(Exception):
    """Ends a connection."""

    def __init__(self, code: Close, reason: str) -> None:
        """Keep what the client is told; a reason has at most 123 bytes."""
        super().__init__(reason)
        self.code, self.reason = code, reason


async def websocket(socket: WebSocket) -> None:
    """Serve one connection until either side ends it."""
    if SUBPROTOCOL not in socket.scope.get("subprotocols", ()):
        await socket.accept()
        await socket.close(Close.SUBPROTOCOL_NOT_ACCEPTABLE, f"Subprotocol not acceptable: use {SUBPROTOCOL}")
        return
    await socket.accept(SUBPROTOCOL)
    connection = Connection(socket)
    try:
        await connection.serve()
    except Closed as closed:
        await socket.close(closed.code, closed.reason)
    except WebSocketDisconnect:
        pass
    finally:
        await connection.end()


class Connection:
    """One connection: whose it is, and the subscriptions on it."""

    def __init__(self, socket: WebSocket) -> None:
        """Begin with nobody's key."""
        self._socket = socket
        self._process: State = socket.app.state.process
        self._authorization = socket.headers.get("authorization")
        self._running: dict[str, asyncio.Task[None]] = {}
        self._check_at = inf
        """When it is looked at next, by the loop's clock."""

    async def serve(self) -> None:
        """Take messages; `Closed` where the client breaks the protocol."""
        try:
            async with asyncio.timeout(SECONDS_TO_INIT):
                await self._init()
        except TimeoutError:
            raise Closed(Close.INIT_TIMEOUT, "Connection initialisation timeout") from None
        while True:
            message = await self._message()
            match message["type"]:
                case "ping":
                    await self._send({"type": "pong"})
                case "pong":
                    pass
                case "subscribe":
                    self._subscribe(message)
                case "complete":
                    self._stop(message.get("id"))
                case "connection_init":
                    raise Closed(Close.TOO_MANY_INITS, "Too many initialisation requests")
                case other:
                    raise Closed(Close.BAD_REQUEST, f"{str(other)[:40]!r} is not a message of {SUBPROTOCOL}")

    async def end(self) -> None:
        """End every subscription."""
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _init(self) -> None:
        """Learn whose connection it is: from its header, or from what it begins with."""
        message = await self._message()
        while message["type"] in {"ping", "pong"}:
            if message["type"] == "ping":
                await self._send({"type": "pong"})
            message = await self._message()
        if message["type"] != "connection_init":
            raise Closed(Close.UNAUTHORIZED, "Unauthorized: send connection_init first")
        payload = message.get("payload")
        given = {str(name).lower(): value for name, value in payload.items()} if is_object(payload) else {}
        if isinstance(given.get("authorization"), str):
            self._authorization = await self._verified(given["authorization"])
        self._check()
        await self._send({"type": "connection_ack"})

    async def _verified(self, authorization: str) -> str | None:
        """Return what stands for a token that comes in a message; a key is left as it is."""
        found, tokens = from_outside(authorization), verifier(self._process)
        if found is None or tokens is None:
            return found
        try:
            return await tokens.stand_in(found)
        except NotReady as error:
            raise Closed(Close.FORBIDDEN, "Forbidden: tokens cannot be verified now; try again later") from error

    def _check(self) -> None:
        """Close the connection where its key or token is not valid, or no longer."""
        try:
            self._viewer()
        except Unauthenticated as error:
            raise Closed(Close.FORBIDDEN, "Forbidden: no valid access key") from error
        self._check_at = asyncio.get_running_loop().time() + SECONDS_BETWEEN_CHECKS

    async def _message(self) -> Mapping[str, Any]:
        """Return the next message: an object with a type."""
        received = await self._received()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code", 1000))
        try:
            message = orjson.loads(received.get("text") or received.get("bytes") or b"")
        except orjson.JSONDecodeError:
            raise Closed(Close.BAD_REQUEST, "the message is not JSON") from None
        if not is_object(message) or not isinstance(message.get("type"), str):
            raise Closed(Close.BAD_REQUEST, "the message is no object with a type")
        return message

    async def _received(self) -> Message:
        """Return what comes next; by the clock, whatever comes, look whether the key or token is still valid."""
        clock, coming = asyncio.get_running_loop().time, asyncio.ensure_future(self._socket.receive())
        try:
            while True:
                left = self._check_at - clock()
                if left <= 0:
                    self._check()
                elif (await asyncio.wait((coming,), timeout=None if left == inf else left))[0]:
                    return coming.result()
        finally:
            coming.cancel()

    def _subscribe(self, message: Mapping[str, Any]) -> None:
        id_ = message.get("id")
        if not isinstance(id_, str) or not id_:
            raise Closed(Close.BAD_REQUEST, "subscribe has no id")
        if id_ in self._running:
            raise Closed(Close.SUBSCRIBER_EXISTS, f"Subscriber for {id_[:40]} already exists")
        self._running[id_] = asyncio.create_task(self._served(id_, message.get("payload")))

    def _stop(self, id_: Any) -> None:
        task = self._running.pop(id_, None) if isinstance(id_, str) else None
        if task is not None:
            task.cancel()

    async def _served(self, id_: str, payload: Any) -> None:
        """Send the answers of one subscription, and that it has ended, or why."""
        began, status = perf_counter(), 200
        try:
            given = checked(payload)
            viewer = self._viewer()
            named = document(given, viewer, self._process)
            request = GraphQLRequest(named.text, given.operation_name, given.variables)
            async with (
                streams_of(self._process).stream(viewer.key_id, session=session_id(self._authorization)),
                aclosing(await subscribed(request, self._viewer, self._process)) as answers,
            ):
                named.answered(viewer, self._process)
                async for answer in answers:
                    await self._send({"id": id_, "type": "next", "payload": answer})
            await self._send({"id": id_, "type": "complete"})
        except WebSocketDisconnect:
            pass  # nobody is there to be told
        except Exception as error:
            told = counted(translated(error, ""), self._process)
            status = told.status
            with suppress(WebSocketDisconnect):
                await self._send({"id": id_, "type": "error", "payload": errors_of(told)["errors"]})
        finally:
            if self._running.get(id_) is asyncio.current_task():
                del self._running[id_]
            self._process.metrics.answered("subscription", status, perf_counter() - began)

    def _viewer(self) -> Viewer:
        return self._process.keyring.viewer(self._authorization)

    async def _send(self, message: Mapping[str, Any]) -> None:
        """Send a message; WebSocketDisconnect where the connection is closed, by whichever side."""
        try:
            await self._socket.send_text(orjson.dumps(message).decode())
        except RuntimeError as error:
            raise WebSocketDisconnect from error
