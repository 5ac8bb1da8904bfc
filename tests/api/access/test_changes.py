from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from neo4j import AsyncDriver

from api.access.changes import Changes
from api.access.grants import Grant
from api.access.sqlite import opened
from api.access.store import Store
from api.access.viewer import Role
from tests.api.http.streaming_server import serving

SECONDS = 30
ACCEPTED = "application/graphql-response+json"
REQUESTS = 100
READERS = 3
TABLE = "CREATE TABLE notes (n INTEGER)"
WRITE = "INSERT INTO notes VALUES (1)"


@pytest.fixture(params=["asyncio", "uvloop"])
def loop(request: pytest.FixtureRequest) -> Callable[[], asyncio.AbstractEventLoop]:
    """Return what makes a loop, of each kind that is installed."""
    module: Any = asyncio if request.param == "asyncio" else pytest.importorskip(request.param)
    return module.new_event_loop


def test_whoever_sends_after_a_change_is_answered_by_a_look_that_saw_it(
    tmp_path: Path, loop: Callable[[], asyncio.AbstractEventLoop]
) -> None:
    """A writer changes the file and then asks, over a socket, while others keep the loop's turns full."""
    file = tmp_path / "notes.sqlite"
    own = opened(file)
    own.execute(TABLE)
    with asyncio.Runner(loop_factory=loop) as runner:
        numbers = runner.run(asyncio.wait_for(_numbers(file, Changes(own)), 2 * SECONDS))
    own.close()
    assert len(set(numbers)) == len(numbers) == REQUESTS


async def test_a_key_is_valid_once_it_is_made_and_no_longer_once_it_is_revoked(graph: AsyncDriver, tmp_path: Path) -> None:
    """By another process's connection, between the requests of one that is kept alive."""
    other = Store(tmp_path)
    statuses: list[int] = []
    async with serving(graph, tmp_path) as server, server.client() as client:
        for _ in range(3):
            key = other.create(Grant("a", Role.ADMIN), now=1)
            statuses += [await _status(client, key.text)]
            other.revoke(key.id, now=2)
            statuses += [await _status(client, key.text)]
    other.close()
    assert statuses == [200, 401] * 3


async def _status(client: httpx.AsyncClient, key: str) -> int:
    headers = {"Authorization": f"Bearer {key}", "Accept": ACCEPTED}
    return (await client.post("/graphql", json={"query": "{ viewer { name } }"}, headers=headers)).status_code


def test_without_a_loop_every_look_is_of_now_also_after_a_loop_that_has_ended(tmp_path: Path) -> None:
    own, other = (opened(tmp_path / "notes.sqlite") for _ in range(2))
    own.execute(TABLE)
    looks = Changes(own)

    async def look() -> int:
        return looks.number

    numbers = [asyncio.run(look())]
    for _ in range(3):
        other.execute(WRITE)
        numbers.append(looks.number)
        other.execute(WRITE)
        numbers.append(asyncio.run(look()))
    assert len(set(numbers)) == 7
    own.close()
    other.close()


async def _numbers(file: Path, looks: Changes) -> list[int]:
    """Return what the writer was answered; each answer is made by a task of its own, as a server's are."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1):
            task = asyncio.create_task(answer(writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        writer.close()
        await writer.wait_closed()

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"%d\n" % looks.number)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    over = asyncio.Event()
    reading = [asyncio.create_task(_reader(address, over)) for _ in range(READERS)]
    numbers = await asyncio.to_thread(_written, file, address)
    over.set()
    await asyncio.gather(*reading)
    server.close()
    await server.wait_closed()
    return numbers


async def _reader(address: tuple[str, int], over: asyncio.Event) -> None:
    reader, writer = await asyncio.open_connection(*address)
    while not over.is_set():
        writer.write(b"x")
        await asyncio.wait_for(reader.readline(), SECONDS)
    writer.close()
    await writer.wait_closed()


def _written(file: Path, address: tuple[str, int]) -> list[int]:
    database, numbers = opened(file), list[int]()
    with socket.create_connection(address, timeout=SECONDS) as connection, connection.makefile() as answers:
        for _ in range(REQUESTS):
            database.execute(WRITE)
            connection.sendall(b"x")
            numbers.append(int(answers.readline()))
    database.close()
    return numbers
