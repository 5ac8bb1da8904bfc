"""The database that the settings name: a given Neo4j, or the private one, started where it does not run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, nullcontext
from typing import Final

from neo4j import AsyncDriver
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from api.process.ending import at_last
from api.process.keeper import kept_running
from api.settings import Settings
from graph.connection import open_driver, writing
from graph.errors import DatabaseUnreachable
from graph.reachability import unaccepted
from graph.server import Memory, PrivateServer
from graph.server.jars import Progress

FOLDER: Final = "neo4j"
BOOKMARKS: Final = "bookmarks"
"""Folder in the home where its processes tell each other how far a cluster has to be."""
ONLY_DATABASE: Final = "neo4j"
NO_SUCH_DATABASE: Final = "Neo.ClientError.Database.DatabaseNotFound"


def private_server(settings: Settings, *, progress: Progress | None = None) -> PrivateServer:
    """Return the private server of these settings, not started, with its home there and closed to others; `progress` hears of downloads."""
    if settings.neo4j_database != ONLY_DATABASE:
        raise DatabaseUnreachable(
            f"NEO4J_DATABASE is {settings.neo4j_database!r}, but the private server has only the database {ONLY_DATABASE!r}; "
            "unset NEO4J_DATABASE, or set NEO4J_URI to the server that has it"
        )
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    modest = Memory.for_machine()
    memory = Memory(heap=settings.heap_mb or modest.heap, page_cache=settings.page_cache_mb or modest.page_cache)
    server = PrivateServer(settings.home / FOLDER, cache=settings.cache, memory=memory, progress=progress)
    at_last(server.kill)
    return server


@asynccontextmanager
async def database(settings: Settings, *, progress: Progress | None = None, patient: bool = False) -> AsyncGenerator[AsyncDriver]:
    """Yield a driver on a database that answers; a private server that this started ends with the block.

    For a `patient` user the private server is started again where it ends meanwhile, and may be stopped for a backup.
    The driver has no default database: pass `settings.neo4j_database` on, which is `neo4j` for the private one.
    """
    if settings.neo4j_uri is not None:
        bookmarks = settings.home / BOOKMARKS
        async with open_driver(settings.neo4j_uri, auth=_auth(settings), connections=settings.connections, bookmarks=bookmarks) as driver:
            await _reach(driver, settings)
            yield driver
        return
    server = private_server(settings, progress=progress)
    server.patient = patient
    try:
        await asyncio.to_thread(server.start)
        async with (
            open_driver(server.uri, auth=server.auth, connections=settings.connections) as driver,
            kept_running(server) if patient else nullcontext(),
        ):
            yield driver
    finally:
        await asyncio.to_thread(server.stop)


def _auth(settings: Settings) -> tuple[str, str]:
    return settings.neo4j_username, settings.neo4j_password or ""


async def _reach(driver: AsyncDriver, settings: Settings) -> None:
    """Ask the server for one row, once, and translate what keeps it from answering."""
    try:
        async with writing(driver, settings.neo4j_database) as session:
            await (await session.run("RETURN 1 AS one")).consume()
    except AuthError as error:
        raise DatabaseUnreachable(
            f"{settings.neo4j_uri} rejects the user {settings.neo4j_username!r}; check NEO4J_USERNAME and NEO4J_PASSWORD"
        ) from error
    except (DriverError, Neo4jError, OSError) as error:
        if isinstance(error, Neo4jError) and error.code == NO_SUCH_DATABASE:
            raise DatabaseUnreachable(
                f"{settings.neo4j_uri} has no database {settings.neo4j_database!r}; set NEO4J_DATABASE to one that `SHOW DATABASES` lists"
            ) from error
        if wrong := unaccepted(error):
            raise DatabaseUnreachable(
                f"{settings.neo4j_uri} has a certificate that is not accepted ({wrong}); renew it, or have this machine trust its issuer "
                "(SSL_CERT_FILE names a file of trusted ones)"
            ) from error
        raise DatabaseUnreachable(
            f"{settings.neo4j_uri} does not answer ({type(error).__name__}); start it, or unset NEO4J_URI to use the private one"
        ) from error
