"""An advisory lock in the database: one import at a time, and none left locked by a killed process."""

from __future__ import annotations

import asyncio
import os
import platform
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, LiteralString

from neo4j import AsyncDriver, AsyncTransaction
from neo4j.exceptions import DriverError, Neo4jError

from graph.load.faults import LockLost

SECONDS_UNTIL_SAID: Final = 0.5
IMPORT: Final = "import"

PREPARE: Final[LiteralString] = """
MERGE (:Lock {id: $id})
"""

TAKE: Final[LiteralString] = """
MATCH (lock:Lock {id: $id})
SET lock.taken = true
"""

NOTE_HOLDER: Final[LiteralString] = """
MERGE (lock:Lock {id: $id + ' held by'})
SET lock.holder = $holder
"""

HOLDER: Final[LiteralString] = """
MATCH (lock:Lock {id: $id + ' held by'})
RETURN lock.holder AS holder
"""

STILL_THERE: Final[LiteralString] = """
RETURN 1 AS one
"""


@dataclass(frozen=True, slots=True)
class Held:
    """The open transaction whose write keeps others waiting; the server ends it when its connection breaks."""

    tx: AsyncTransaction

    async def check(self) -> None:
        """Raise `LockLost` where others may have come in meanwhile."""
        try:
            await (await self.tx.run(STILL_THERE)).consume()
        except (DriverError, Neo4jError) as error:
            raise LockLost(
                "the connection that holds the import lock was lost; run the import again: nothing is lost or duplicated"
            ) from error


@asynccontextmanager
async def held(driver: AsyncDriver, name: str = IMPORT, *, database: str, waiting: Callable[[str], None]) -> AsyncGenerator[Held]:
    """Hold the lock called `name` for a block; where another has it, say so through `waiting` and wait."""
    await driver.execute_query(PREPARE, id=name, database_=database)
    async with driver.session(database=database) as session:  # pyright: ignore[reportUnknownMemberType] -- untyped options
        tx = await session.begin_transaction()
        try:
            taking = asyncio.ensure_future(_take(tx, name))
            await asyncio.wait({taking}, timeout=SECONDS_UNTIL_SAID)
            if not taking.done():
                waiting(await _holder(driver, name, database))
            await taking
            await driver.execute_query(NOTE_HOLDER, id=name, holder=_self(), database_=database)
            yield Held(tx)
        finally:
            await tx.close()


async def _take(tx: AsyncTransaction, name: str) -> None:
    await (await tx.run(TAKE, id=name)).consume()


async def _holder(driver: AsyncDriver, name: str, database: str) -> str:
    records = (await driver.execute_query(HOLDER, id=name, database_=database)).records
    return f"waiting for another {name}" + (f" ({records[0]['holder']})" if records else "")


def _self() -> str:
    return f"process {os.getpid()} on {platform.node() or 'this machine'}"
