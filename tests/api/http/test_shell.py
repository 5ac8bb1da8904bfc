"""What every request for data goes through: failures, and clients that go away."""

from __future__ import annotations

import asyncio
import gc
import logging
import weakref
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
from starlette.requests import ClientDisconnect, Request

from api.app import application
from api.http.shell import CLIENT_GONE, while_connected
from api.process.state import State


async def sent(state: State, path: str, key: str, *received: MutableMapping[str, Any]) -> int:
    """Return the status of a POST of JSON to `path` that brings these messages."""
    messages, statuses = list(received), list[int]()

    async def receive() -> MutableMapping[str, Any]:
        return messages.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = {"host": "127.0.0.1", "authorization": f"Bearer {key}", "content-type": "application/json"}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    await application(state)(scope, receive, send)
    return statuses[0]


@pytest.mark.fault
@pytest.mark.parametrize("path", ["/graphql", "/cypher", "/exports", "/mcp"])
async def test_a_client_that_hangs_up_is_nobody_s_failure(state: State, key: str, path: str, caplog: pytest.LogCaptureFixture) -> None:
    half: MutableMapping[str, Any] = {"type": "http.request", "body": b'{"query": ', "more_body": True}
    with caplog.at_level(logging.ERROR):
        assert await sent(state, path, key, half, {"type": "http.disconnect"}) == CLIENT_GONE
    assert state.metrics.registry.get_sample_value("creatorgraph_failures_total") == 0
    assert state.metrics.registry.get_sample_value("creatorgraph_requests_cancelled_total") == 1
    assert not caplog.records


class Client:
    """A client that goes away when told to."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()

    async def receive(self) -> MutableMapping[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}


async def test_work_ends_when_its_client_goes_away() -> None:
    client, ended = Client(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.set()
            raise

    waiting = asyncio.ensure_future(while_connected(Request({"type": "http"}, client.receive), work()))
    await asyncio.sleep(0.01)
    client.gone.set()
    with pytest.raises(ClientDisconnect):
        await waiting
    assert ended.is_set()


async def test_work_for_a_client_that_stays_is_done() -> None:
    async def work() -> int:
        return 7

    assert await while_connected(Request({"type": "http"}, Client().receive), work()) == 7


class Refused(Exception):
    """What a request is refused with."""


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Leave circles where they are while the test runs."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("seconds", [0.0, 0.15], ids=["at once", "after a while"])
async def test_what_a_refused_request_held_is_let_go_at_once(seconds: float) -> None:
    held: list[weakref.ref[BaseException]] = []

    async def work() -> None:
        await asyncio.sleep(seconds)
        error = Refused()
        held.append(weakref.ref(error))
        try:
            raise error
        finally:
            del error

    with pytest.raises(Refused) as raised:
        await while_connected(Request({"type": "http"}, Client().receive), work())
    del raised
    await asyncio.sleep(0)
    assert held[0]() is None


async def test_a_query_ends_in_the_database_when_its_client_goes_away(graph: Any) -> None:
    client = Client()

    async def work() -> None:
        async with graph.session() as session:
            await (await session.run("UNWIND range(1, 1000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n)")).consume()

    waiting = asyncio.ensure_future(while_connected(Request({"type": "http"}, client.receive), work()))
    assert await running(graph, 1)
    client.gone.set()
    with pytest.raises(ClientDisconnect):
        await waiting
    assert await running(graph, 0)


async def running(graph: Any, expected: int) -> bool:
    """Wait until so many of the long queries run."""
    for _ in range(100):
        found = await graph.execute_query(
            "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range' RETURN count(*)"
        )
        if found.records[0].value() == expected:
            return True
        await asyncio.sleep(0.05)
    return False
