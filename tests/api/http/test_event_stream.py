"""Subscriptions as server-sent events, from a server with a port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from neo4j import AsyncDriver

from api.access.keys import key_id
from api.access.viewer import Role
from api.http import event_stream
from api.process import streams
from graph.outbox import QUERY_SAVED, Event, record
from tests.api.http.streaming_server import CHANGED, EVENTS, SECONDS, Server, serving


@pytest.fixture
async def server(graph: AsyncDriver, tmp_path: Path) -> AsyncIterator[Server]:
    async with serving(graph, tmp_path, streams_at_once=8, requests_at_once=4) as opened:
        yield opened


@asynccontextmanager
async def listening(client: httpx.AsyncClient, **variables: Any) -> AsyncIterator[AsyncIterator[tuple[str, Any]]]:
    """Yield the events of a subscription: their names and data, and ("", None) for each sign of life."""
    body = {"query": CHANGED, "variables": variables}
    async with asyncio.timeout(SECONDS), client.stream("POST", "/graphql", json=body, headers=EVENTS) as answer:
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        assert answer.headers["cache-control"] == "no-store"
        found = events(answer)
        assert await anext(found) == ("", None), "the header does not wait for the first event"
        yield found


async def events(answer: httpx.Response) -> AsyncIterator[tuple[str, Any]]:
    name = ""
    async for line in answer.aiter_lines():
        field, _, value = line.partition(":")
        if line == ":":
            yield "", None
        elif field == "event":
            name = value.strip()
        elif field == "data":
            yield name, json.loads(value) if value.strip() else None


@asynccontextmanager
async def signed_in(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client with a session of the administrator's key, as a browser has one."""
    async with server.client() as client:
        del client.headers["Authorization"]
        client.headers["X-Creatorgraph-Request"] = "explorer"
        assert (await client.post("/session", json={"key": server.keys[Role.ADMIN]})).status_code == 200
        yield client


async def test_events_come_as_they_happen(server: Server) -> None:
    async with server.client() as client, listening(client) as events:
        await server.publish()
        name, data = await anext(events)
        assert (name, data["data"]["changed"]["kind"]) == ("next", "RUN_PUBLISHED")
        await server.publish()
        assert (await anext(events))[1]["data"]["changed"]["cursor"] != data["data"]["changed"]["cursor"]


async def test_who_was_away_goes_on_where_they_were(server: Server) -> None:
    async with server.client() as client:
        async with listening(client) as events:
            await server.publish()
            last = (await anext(events))[1]["data"]["changed"]["cursor"]
        async with server.driver.session() as session:
            for version in range(3):
                await session.execute_write(record, Event(QUERY_SAVED, "q", {"version": version}))
        async with listening(client, since=last) as events:
            assert [(await anext(events))[1]["data"]["changed"]["kind"] for _ in range(3)] == ["QUERY_SAVED"] * 3


async def test_a_query_is_one_event_and_the_end(server: Server) -> None:
    async with server.client() as client:
        answer = await client.post("/graphql", json={"query": "{ viewer { role } }"}, headers=EVENTS)
    kinds = [line for line in answer.text.split("\n") if line.startswith("event")]
    assert (kinds, '{"data":{"viewer":{"role":"ADMIN"}}' in answer.text) == (["event: next", "event: complete"], True)


async def test_a_get_streams_as_browsers_ask(server: Server) -> None:
    asked = {"params": {"query": CHANGED}, "headers": EVENTS}
    async with server.client() as client, asyncio.timeout(SECONDS), client.stream("GET", "/graphql", **asked) as answer:
        await server.publish()
        found = events(answer)
        assert [(await anext(found))[0] for _ in range(2)] == ["", "next"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"query": CHANGED, "variables": {"since": "abc"}}, 400, "BAD_USER_INPUT"),
        ({"query": "subscription { nothing }"}, 400, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "subscription {"}, 400, "GRAPHQL_PARSE_FAILED"),
    ],
)
async def test_what_is_wrong_is_told_before_there_is_a_stream(server: Server, body: Any, status: int, code: str) -> None:
    async with server.client() as client:
        answer = await client.post("/graphql", json=body, headers=EVENTS)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, code)
        plain = await client.post("/graphql", json={"query": CHANGED})
        assert (plain.status_code, "text/event-stream" in plain.json()["errors"][0]["message"]) == (406, True)


async def test_a_silent_stream_shows_signs_of_life_until_its_key_is_revoked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "SECONDS_BETWEEN_SIGNS", 0.1)
    async with server.client() as client, listening(client) as events:
        assert await anext(events) == ("", None)
        server.state.store.revoke(key_id(server.keys[Role.ADMIN]) or "", now=2)
        server.state.keyring.forget()
        found = [each async for each in events]
        assert [name for name, _ in found if name] == ["next", "complete"]
        assert next(data for name, data in found if name == "next")["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_streams_take_no_turns_from_requests_and_are_bounded(server: Server) -> None:
    most = server.state.settings.streams_at_once // 4
    async with server.client() as client, listening(client), listening(client):
        assert most == 2
        refused = await client.post("/graphql", json={"query": CHANGED}, headers=EVENTS)
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (429, "CONCURRENCY_LIMIT")
        for _ in range(3):
            assert (await client.post("/graphql", json={"query": "{ __typename }"})).status_code == 200
    async with server.client() as client, listening(client) as events:
        await server.publish()
        assert (await anext(events))[0] == "next", "streams that have ended are counted no more"


async def test_streams_of_sessions_are_bounded_apart_from_those_of_their_key(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SESSION_STREAMS", 1)

    async def refusal(client: httpx.AsyncClient) -> str:
        refused = await client.post("/graphql", json={"query": CHANGED}, headers=EVENTS)
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (429, "CONCURRENCY_LIMIT")
        return refused.json()["errors"][0]["message"]

    async with server.client() as program, signed_in(server) as first, signed_in(server) as second, signed_in(server) as third:
        async with listening(first), listening(second), listening(program), listening(program) as events:
            assert "this session has 1 streams open" in await refusal(first)
            assert "the sessions of this key have 2 streams open together" in await refusal(third)
            assert "this key has 2 streams open" in await refusal(program)
            await server.publish()
            assert (await anext(events))[0] == "next"
        async with listening(third) as events:
            await server.publish()
            assert (await anext(events))[0] == "next", "streams that have ended are counted no more"
