"""An advisory lock in the database: one import at a time, and none left locked by a killed process."""

from __future__ import annotations

import asyncio
import os
import platform
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final, LiteralString

import psutil
from neo4j import AsyncDriver, AsyncTransaction
from neo4j.exceptions import DriverError, Neo4jError

from graph.connection import writing
from graph.load.faults import LockLost

SECONDS_UNTIL_SAID: Final = 0.5
IMPORT: Final = "import"
SCORING: Final = "scoring"

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

FORGET_HOLDER: Final[LiteralString] = """
MATCH (lock:Lock {id: $id + ' held by'})
WHERE lock.holder = $holder
REMOVE lock.holder
"""

HOLDER: Final[LiteralString] = """
MATCH (lock:Lock {id: $id + ' held by'})
RETURN lock.holder AS holder
"""

UNDER_WAY: Final[LiteralString] = """
SHOW TRANSACTIONS
YIELD database, metaData
WHERE metaData.lock = $name AND toLower(database) = toLower($database) // the server lists those of all its databases
RETURN count(*) AS transactions
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
    async with writing(driver, database) as session:
        tx = await session.begin_transaction(metadata={"lock": name})
        try:
            await _taken(driver, tx, name, database, waiting)
            await driver.execute_query(NOTE_HOLDER, id=name, holder=_self(), database_=database)
            try:
                yield Held(tx)
            finally:
                await _forget(driver, name, database)
        finally:
            await tx.close()


async def is_held(driver: AsyncDriver, name: str, *, database: str) -> bool:
    """Tell whether anybody, on whichever machine, holds the lock or waits for it: the server knows, and forgets whoever was killed."""
    records = (await driver.execute_query(UNDER_WAY, name=name, database=database, database_=database)).records
    return records[0]["transactions"] > 0


async def holder_of(driver: AsyncDriver, name: str, *, database: str) -> str | None:
    """Return who holds the lock or waits for it, as others are told; None where nobody does."""
    if not await is_held(driver, name, database=database):
        return None
    records = (await driver.execute_query(HOLDER, id=name, database_=database)).records
    return (records[0]["holder"] if records else None) or "a process that has just begun, or just ended"


async def _taken(driver: AsyncDriver, tx: AsyncTransaction, name: str, database: str, waiting: Callable[[str], None]) -> None:
    taking = asyncio.ensure_future(_take(tx, name))
    try:
        await asyncio.wait({taking}, timeout=SECONDS_UNTIL_SAID)
        if not taking.done():
            waiting(await _holder(driver, name, database))
        await taking
    finally:  # whoever waits no more lets nobody else read from the connection
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)


async def _take(tx: AsyncTransaction, name: str) -> None:
    await (await tx.run(TAKE, id=name)).consume()


async def _holder(driver: AsyncDriver, name: str, database: str) -> str:
    records = (await driver.execute_query(HOLDER, id=name, database_=database)).records
    holder = records[0]["holder"] if records else None
    if not holder:  # not noted yet, or just let go
        return f"waiting for the database, or for another {name} that has just begun"
    if _has_ended(holder):
        return f"waiting for the database to release the lock of {holder}, which has ended"
    return f"waiting for another {name} ({holder})"


async def _forget(driver: AsyncDriver, name: str, database: str) -> None:
    # Only for the message of those who wait: where the connection is gone, the server has let the lock go by itself.
    with suppress(DriverError, Neo4jError):
        await driver.execute_query(FORGET_HOLDER, id=name, holder=_self(), database_=database)


def _self() -> str:
    return f"process {os.getpid()}{_here()}"


def _here() -> str:
    return f" on {platform.node() or 'this machine'}"


def _has_ended(holder: str) -> bool:
    """Tell whether a process of this machine is no more; of another machine's nothing is known."""
    number = holder.removeprefix("process ").removesuffix(_here())
    return holder.endswith(_here()) and number.isdigit() and not psutil.pid_exists(int(number))
