"""A bulk load from end to end: files, a new store, its constraints and indexes, and the change to it in one step."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, LiteralString

from graph.connection import open_driver, writing
from graph.load.bulk import write_files
from graph.load.csvs import Files
from graph.load.faults import BulkRefused
from graph.load.rules import prepare
from graph.load.running import finished
from graph.load.tally import Tally
from graph.migrations import migrate
from graph.outbox import record
from graph.rows import Item, Reject
from graph.server import PrivateServer
from graph.server.offline import DATABASE, Store, replace_data

ANYTHING: Final[LiteralString] = """
MATCH (n)
WHERE NOT n:Lock AND NOT n:Schema
RETURN n
LIMIT 1
"""


def bulk_load(server: PrivateServer, items: Iterable[Item], *, rejected: Callable[[Reject], None], indicators: Sequence[str] = ()) -> Tally:
    """Load tables into a private database that is empty and that nobody else uses, and return what came of them.

    BulkRefused where it is not empty or a row needs merging; the database is then as it was. Killed at any moment it is too.
    """
    with server:
        asyncio.run(_refuse_content(server))
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="creatorgraph-bulk-", dir=server.home) as folder:
        with Files(Path(folder)) as files:
            for reject in write_files(items, files, tally):
                rejected(reject)
        nodes, relationships = files.groups("node"), files.groups("relationship")

        def make(store: Store) -> None:
            store.fill(nodes, relationships)

        replace_data(server, make, check=lambda started: asyncio.run(_ready(started, indicators, tally)))
    return tally


async def _refuse_content(server: PrivateServer) -> None:
    async with open_driver(server.uri, auth=server.auth) as driver:
        if (await driver.execute_query(ANYTHING)).records:
            raise BulkRefused(f"{server.home}: the database is not empty; import without --bulk, which merges")


async def _ready(server: PrivateServer, indicators: Sequence[str], tally: Tally) -> None:
    """Bring about the schema of a new store, and record what has filled it."""
    async with open_driver(server.uri, auth=server.auth) as driver:
        await migrate(driver, indicators=indicators)
        await prepare(driver)
        async with writing(driver, DATABASE) as session:
            await session.execute_write(record, finished(tally))
