"""A server with a port, for those who listen to it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import httpx
from neo4j import AsyncDriver
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from api.access.viewer import Role
from api.app import application
from api.events.places import cursor
from api.process.protocol import Bounds
from api.process.serving import served
from api.process.state import State
from graph.outbox import RUN_PUBLISHED, Event, record
from tests.api.processes import keys, process

SECONDS: Final = 30
BOUNDS: Final = {"header": 65_536, "body": 65_536, "connections": 100, "upload": 2**24}
CHANGED: Final = "subscription ($since: String) { changed(since: $since) { cursor kind } }"
EVENTS: Final = {"Accept": "text/event-stream"}
TRANSPORT: Final = Subprotocol("graphql-transport-ws")


class Server:
    """A server on a graph, and keys to it."""

    def __init__(self, driver: AsyncDriver, state: State, port: int) -> None:
        self.driver, self.state, self.port = driver, state, port
        self.keys = keys(state)

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[Role.ADMIN]}"}

    @property
    def start(self) -> str:
        """The cursor of the time before any event, for a subscription that misses none, whenever it begins."""
        return cursor(self.state.settings.home, 0)

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", headers=self.bearer, timeout=SECONDS)

    async def publish(self, run: str = "r1") -> None:
        async with self.driver.session() as session:
            await session.execute_write(record, Event(RUN_PUBLISHED, run))

    def sockets(self, **given: Any) -> connect:
        return connect(f"ws://127.0.0.1:{self.port}/graphql", subprotocols=[TRANSPORT], **given)


@asynccontextmanager
async def serving(driver: AsyncDriver, home: Path, **settings: Any) -> AsyncIterator[Server]:
    state = process(driver, home, **settings)
    try:
        async with state.run:
            with socket.socket() as listener:
                listener.bind(("127.0.0.1", 0))
                listener.listen()
                async with served(application(state), listener, Bounds(**BOUNDS)):
                    yield Server(driver, state, listener.getsockname()[1])
    finally:
        state.store.close()
