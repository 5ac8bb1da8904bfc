"""Processes of a schedule: each connects to the database by a line that breaks, may be killed, and is begun again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError

from api.app import application
from api.process.state import State
from graph.connection import open_driver
from graph.runs import CurrentRun
from tests.api.processes import process
from tests.simulated.loop import Life, SimulatedLoop
from tests.simulated.schedule import Schedule

SECONDS_BETWEEN_LOOKS: Final = 60.0
"""Between two looks for a new run: a schedule is to have other steps, too."""

Done = TypeVar("Done")


class Killed(Exception):
    """The process was killed, or what it did was given up."""


@dataclass
class Process:
    """Something that may be killed at each of its requests to the database, and begins again with nothing but what is stored."""

    name: str
    loop: SimulatedLoop
    schedule: Schedule
    auth: tuple[str, str]
    lives: int = 0
    life: Life = field(init=False)
    driver: AsyncDriver = field(init=False)

    async def begin(self) -> None:
        """Begin a life, with connections of its own."""
        self.lives += 1
        self.life = self.loop.begin(self.name)
        self.driver = open_driver(f"bolt://127.0.0.1:{self.life.port}", auth=self.auth)
        self.schedule.fragile.append(self.life)

    async def end(self) -> None:
        """End in order."""
        if self.life in self.schedule.fragile:
            self.schedule.fragile.remove(self.life)
        with suppress(DriverError, Neo4jError, OSError):
            await self.driver.close()
        self.life.over = True

    async def attempt(self, work: Callable[[], Awaitable[Done]], what: str = "") -> Done:
        """Do something as this process, begun again where it was killed before; Killed where it does not come to an end."""
        if self.life.over:
            await self.end()
            await self.begin()
        life = self.life
        task = self.loop.spawn(life, work())
        self.schedule.attempts.append((f"{self.name}: {what}", task))
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            raise
        finally:
            self.schedule.attempts.remove((f"{self.name}: {what}", task))
        if task.cancelled() or (life.over and task.exception() is not None):
            raise Killed
        return task.result()


@dataclass(frozen=True)
class Reply:
    """What a client got."""

    status: int
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def codes(self) -> list[str]:
        """The codes of its errors."""
        return [each["extensions"]["code"] for each in self.json.get("errors", ())]


@dataclass
class Server(Process):
    """A process that serves, with its own kept answers and its own knowledge of the current run."""

    home: Path = Path()
    state: State = field(init=False)
    app: Any = field(init=False)
    told: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Which events its follower heard of, each with the life that heard."""
    beside: list[asyncio.Task[Any]] = field(default_factory=list[asyncio.Task[Any]])

    async def begin(self) -> None:
        """Begin to serve; what follows the current run is begun with the first request."""
        await super().begin()
        opened = process(self.driver, self.home)
        life = self.lives
        run = CurrentRun(self.driver, seconds=SECONDS_BETWEEN_LOOKS, told=lambda each: self.told.append((life, each.number)))
        self.state = replace(opened, run=run)
        self.app = application(self.state)
        self._starting = asyncio.Lock()

    async def end(self) -> None:
        """Serve no longer."""
        for task in self.beside:
            task.cancel()
        await asyncio.gather(*self.beside, return_exceptions=True)
        self.beside.clear()
        if not self.life.over:
            await self.loop.spawn(self.life, self._stopped())
        self.state.store.close()
        self.state.keyring.sessions.close()  # type: ignore[union-attr]
        await super().end()

    async def _stopped(self) -> None:
        await self.state.run.stop()
        await self.state.own.end()

    async def ready(self) -> None:
        """Begin to follow the current run, as a server does before it listens; while the database is away, try again."""
        async with self._starting:
            while self.state.run._task is None:
                try:
                    await self.state.run.start()
                except (DriverError, Neo4jError, OSError):
                    await asyncio.sleep(1)

    async def ask(self, key: str, query: str, **variables: Any) -> Reply:
        """Answer a request; Killed where the process is, or the client hangs up."""

        async def work() -> Reply:
            await self.ready()
            return await _asked(self.app, key, json.dumps({"query": query, "variables": variables}).encode())

        return await self.attempt(work, query.strip().split("(")[0])


async def _asked(app: Any, key: str, body: bytes) -> Reply:
    """Send a request straight to an application."""
    headers = [(b"authorization", f"Bearer {key}".encode()), (b"content-type", b"application/json"), (b"host", b"127.0.0.1")]
    headers.append((b"content-length", str(len(body)).encode()))
    scope = {"type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/graphql", "raw_path": b"/graphql"}
    scope |= {"query_string": b"", "root_path": "", "headers": headers, "state": {}}
    scope |= {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
    sent = [{"type": "http.request", "body": body, "more_body": False}]
    status, parts = 0, list[bytes]()
    never = asyncio.get_running_loop().create_future()

    async def receive() -> Any:
        return sent.pop() if sent else await never

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)
        parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return Reply(status, b"".join(parts))
