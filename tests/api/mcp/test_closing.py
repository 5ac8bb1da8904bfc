"""A client that closes early, before its answer or as soon as it has it, is no failure of ours."""

from __future__ import annotations

import asyncio
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Message, Send

from api.access.viewer import Role, Viewer
from api.http.metrics import Metrics
from api.mcp import http
from api.settings import Settings

BODY = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}'
SCOPE: dict[str, Any] = {"type": "http", "http_version": "1.1", "method": "POST", "path": "/mcp", "query_string": b"", "state": {}}


async def sent(answered: Any, monkeypatch: pytest.MonkeyPatch, *, gone_after: float) -> tuple[list[Message], Metrics]:
    """Return what is sent to a client that closes after a while, where `answered` stands in for the SDK."""
    monkeypatch.setattr(http, "_answered", answered)
    app, metrics, messages = Starlette(routes=[Route("/mcp", http.Endpoint())]), Metrics(), list[Message]()
    viewer = Viewer("k", "the admin", Role.ADMIN, (), (), None)
    app.state.process = SimpleNamespace(keyring=SimpleNamespace(viewer=lambda _: viewer), settings=Settings(), metrics=metrics)
    bodies = [{"type": "http.request", "body": BODY, "more_body": False}]

    async def receive() -> Message:
        if bodies:
            return bodies.pop()
        await asyncio.sleep(gone_after)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        assert not (message["type"] == "http.response.start" and messages), "a second answer"
        messages.append(message)

    scope = SCOPE | {"headers": [(b"content-type", b"application/json")], "state": {"request_id": "r", "fields": {}}}
    await asyncio.wait_for(app(scope, receive, send), 10)
    return messages, metrics


async def test_one_that_has_its_answer_gets_no_second_one(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    async def answered(_process: object, _scope: object, _text: bytes, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}", "more_body": False})
        await asyncio.sleep(5)  # the SDK tidies up

    with caplog.at_level(logging.WARNING):
        messages, metrics = await sent(answered, monkeypatch, gone_after=0.2)
    assert [message.get("status") for message in messages] == [200, None]
    assert (metrics.registry.get_sample_value("creatorgraph_requests_cancelled_total"), caplog.records) == (0, [])


async def test_one_that_leaves_before_is_counted_and_ends_what_runs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ended: list[str] = []

    async def answered(*_: object) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("ended")

    with caplog.at_level(logging.WARNING):
        messages, metrics = await sent(answered, monkeypatch, gone_after=0.2)
    assert [message.get("status") for message in messages] == [499, None]
    assert (ended, metrics.registry.get_sample_value("creatorgraph_requests_cancelled_total"), caplog.records) == (["ended"], 1, [])


async def test_the_sdk_is_not_told_that_a_waiting_client_has_gone() -> None:
    receive = http._received(BODY)
    assert (await receive())["body"] == BODY
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(receive(), 0.1)
