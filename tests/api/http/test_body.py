from __future__ import annotations

import asyncio
import gzip
import json

import httpx
import pytest

from api.http.body import PIECE, unpacked
from api.process.state import State

ASK = json.dumps({"query": "{ __typename }"}).encode()
JSON = {"Content-Type": "application/json"}
PACKED = {**JSON, "Content-Encoding": "gzip"}


async def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


async def test_a_body_may_be_packed(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphql", content=gzip.compress(ASK), headers=PACKED)
    assert answer.json()["data"] == {"__typename": "Query"}


async def test_a_long_body_is_refused_before_it_is_read(client: httpx.AsyncClient, state: State) -> None:
    long = b" " * (state.settings.max_body_kb * 1024 + 1)
    assert await code(await client.post("/graphql", content=long, headers=JSON)) == (413, "BODY_TOO_LARGE")


async def test_a_long_body_of_unsaid_length_is_refused(client: httpx.AsyncClient, state: State) -> None:
    async def pieces():
        for _ in range(state.settings.max_body_kb + 1):
            yield b" " * 1024

    assert await code(await client.post("/graphql", content=pieces(), headers=JSON)) == (413, "BODY_TOO_LARGE")


async def test_a_small_body_that_unpacks_to_a_long_one_is_refused(client: httpx.AsyncClient) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 100_000
    assert await code(await client.post("/graphql", content=bomb, headers=PACKED)) == (413, "BODY_TOO_LARGE")


async def test_others_have_their_turn_while_a_body_is_unpacked() -> None:
    packed, turns = gzip.compress(b" " * 1_000_000), 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    others = asyncio.create_task(other())
    await asyncio.sleep(0)
    before = turns
    assert len(await unpacked(packed, 1_000_000)) == 1_000_000
    others.cancel()
    assert turns - before >= 1_000_000 // PIECE


@pytest.mark.parametrize(
    ("content", "headers", "expected"),
    [
        (ASK, PACKED, (400, "BAD_REQUEST")),
        (gzip.compress(ASK)[:-9], PACKED, (400, "BAD_REQUEST")),
        (ASK, {**JSON, "Content-Encoding": "br"}, (415, "UNSUPPORTED_MEDIA_TYPE")),
        (b'{"query": "\xff"}', JSON, (400, "BAD_REQUEST")),
        (b"[" * 100_000, JSON, (400, "BAD_REQUEST")),
    ],
    ids=["not packed", "incomplete", "another packing", "not UTF-8", "nested without end"],
)
async def test_what_cannot_be_read_is_refused(
    client: httpx.AsyncClient, content: bytes, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    assert await code(await client.post("/graphql", content=content, headers=headers)) == expected
