"""Subscriptions over WebSocket, from a server with a port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from neo4j import AsyncDriver
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from api.access.viewer import Role
from api.http import websocket as over_websocket
from graph.outbox import QUERY_SAVED, Event, record
from tests.api.http.streaming_server import CHANGED, EVENTS, SECONDS, TRANSPORT, Server, serving

HANDSHAKE: Final = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": TRANSPORT,
}


@pytest.fixture
async def server(graph: AsyncDriver, tmp_path: Path) -> AsyncIterator[Server]:
    async with serving(graph, tmp_path, streams_at_once=8, requests_at_once=4) as opened:
        yield opened


async def said(connection: ClientConnection) -> Any:
    async with asyncio.timeout(SECONDS):
        return json.loads(await connection.recv())


async def say(connection: ClientConnection, message: Mapping[str, Any]) -> None:
    await connection.send(json.dumps(message))


@asynccontextmanager
async def opened(server: Server, role: Role = Role.ADMIN) -> AsyncIterator[ClientConnection]:
    async with server.sockets() as connection:
        await say(connection, {"type": "connection_init", "payload": {"Authorization": f"Bearer {server.keys[role]}"}})
        assert await said(connection) == {"type": "connection_ack"}
        yield connection


@pytest.mark.parametrize("origin", ["own", "https://elsewhere.example", None])
async def test_a_session_is_taken_from_a_page_of_ours_alone(server: Server, origin: str | None) -> None:
    sessions = server.state.keyring.sessions
    assert sessions is not None
    brand = next(each.id for each in server.state.store.records() if each.grant.role is Role.BRAND)
    cookie = {"Cookie": f"creatorgraph_session={sessions.begin(brand)}"}
    given = {"own": f"http://127.0.0.1:{server.port}"}.get(origin or "", origin)
    async with server.sockets(additional_headers=cookie, origin=given) as connection:
        await say(connection, {"type": "connection_init"})
        if origin == "own":
            assert await said(connection) == {"type": "connection_ack"}
        else:
            assert await closed_with(connection) == 4403


def subscribe(id_: str, query: str = CHANGED, **variables: Any) -> Mapping[str, Any]:
    return {"id": id_, "type": "subscribe", "payload": {"query": query, "variables": variables}}


async def test_several_subscriptions_share_a_socket(server: Server) -> None:
    async with opened(server) as connection:
        await say(connection, subscribe("a", since=server.start))
        await say(connection, subscribe("b", since=server.start))
        await say(connection, {"type": "ping"})
        assert await said(connection) == {"type": "pong"}
        await server.publish()
        first = [await said(connection), await said(connection)]
        assert {(each["id"], each["type"], each["payload"]["data"]["changed"]["kind"]) for each in first} == {
            ("a", "next", "RUN_PUBLISHED"),
            ("b", "next", "RUN_PUBLISHED"),
        }
        await say(connection, {"id": "a", "type": "complete"})
        await say(connection, {"type": "ping"})
        assert await said(connection) == {"type": "pong"}
        await server.publish()
        assert (await said(connection))["id"] == "b"


async def test_each_role_hears_of_its_own(server: Server) -> None:
    async with opened(server, Role.BRAND) as connection:
        await say(connection, subscribe("a", since=server.start))
        async with server.driver.session() as session:
            await session.execute_write(record, Event(QUERY_SAVED, "q", {"version": 1}))
        await server.publish()
        assert (await said(connection))["payload"]["data"]["changed"]["kind"] == "RUN_PUBLISHED"


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        (CHANGED, {"since": "abc"}, "BAD_USER_INPUT"),
        ("subscription { nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{ viewer { role } }", {}, "BAD_REQUEST"),
    ],
)
async def test_what_is_wrong_with_a_subscription_is_told_and_the_socket_stays(
    server: Server, query: str, variables: dict[str, Any], code: str
) -> None:
    async with opened(server) as connection:
        await say(connection, subscribe("a", query, **variables))
        found = await said(connection)
        assert (found["id"], found["type"], found["payload"][0]["extensions"]["code"]) == ("a", "error", code)
        await say(connection, {"type": "ping"})
        assert await said(connection) == {"type": "pong"}


async def closed_with(connection: ClientConnection) -> int:
    async with asyncio.timeout(SECONDS):
        await connection.wait_closed()
    assert connection.close_code is not None
    return connection.close_code


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["{"], 4400),
        (["[]"], 4400),
        (['{"type": 1}'], 4400),
        (['{"type": "subscribe", "id": "a", "payload": {"query": "{ __typename }"}}'], 4401),
        (['{"type": "connection_init"}'], 4403),
        (['{"type": "connection_init", "payload": {"Authorization": "Bearer cgk_nobody"}}'], 4403),
    ],
)
async def test_a_socket_that_is_not_begun_right_is_closed(server: Server, messages: list[str], code: int) -> None:
    async with server.sockets() as connection:
        for each in messages:
            await connection.send(each)
        assert await closed_with(connection) == code


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([{"type": "connection_init"}], 4429),
        ([{"type": "nothing"}], 4400),
        ([{"type": "subscribe", "payload": {"query": CHANGED}}], 4400),
        ([subscribe("a"), subscribe("a")], 4409),
    ],
)
async def test_a_socket_that_breaks_the_protocol_is_closed(server: Server, messages: list[Mapping[str, Any]], code: int) -> None:
    async with opened(server) as connection:
        for each in messages:
            await say(connection, each)
        assert await closed_with(connection) == code


async def test_a_socket_that_says_nothing_is_closed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_websocket, "SECONDS_TO_INIT", 0.2)
    async with server.sockets() as connection:
        assert await closed_with(connection) == 4408


async def test_another_subprotocol_or_host_is_not_served(server: Server) -> None:
    async with connect(f"ws://127.0.0.1:{server.port}/graphql", subprotocols=[Subprotocol("graphql-ws")]) as connection:
        assert await closed_with(connection) == 4406
    async with server.client() as client:
        assert (await client.get("/graphql", headers={**HANDSHAKE, "Host": "elsewhere.example"})).status_code == 403


async def test_the_key_may_come_in_the_header_and_counts_with_all_its_streams(server: Server) -> None:
    async with server.sockets(additional_headers=server.bearer) as connection:
        await say(connection, {"type": "connection_init"})
        assert await said(connection) == {"type": "connection_ack"}
        for each in "abc":
            await say(connection, subscribe(each, since=server.start))
        found = await said(connection)
        assert (found["id"], found["payload"][0]["extensions"]["code"]) == ("c", "CONCURRENCY_LIMIT")
        # Whoever goes while the database is asked takes the connection to it along, unclosed: let both have asked.
        await server.publish()
        assert {(await said(connection))["id"], (await said(connection))["id"]} == {"a", "b"}


async def test_a_server_that_stops_lets_its_streams_go(graph: AsyncDriver, tmp_path: Path) -> None:
    async with asyncio.timeout(SECONDS):
        async with serving(graph, tmp_path) as server:
            client, connection = server.client(), await server.sockets()
            stream = client.stream("POST", "/graphql", json={"query": CHANGED}, headers=EVENTS)
            await stream.__aenter__()
            began = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - began < 10
        assert await closed_with(connection) == 1012
        await client.aclose()


async def test_a_failure_of_ours_is_masked_and_counted_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(over_websocket, "subscribed", failing)
    async with opened(server) as connection:
        await say(connection, subscribe("a"))
        found = await said(connection)
    assert (found["type"], found["payload"][0]["extensions"]["code"], "secret" in str(found)) == ("error", "INTERNAL", False)
    assert server.state.metrics.registry.get_sample_value("creatorgraph_failures_total") == 1
