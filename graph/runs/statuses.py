"""The status of runs, changed by one at a time: whoever reads it to change it has the lock, else two runs could become current at once."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncManagedTransaction

LOCKED: Final[LiteralString] = """
MERGE (lock:Lock {id: 'current run'})
SET lock._locked = true // takes the lock until the transaction ends
REMOVE lock._locked
"""


async def lock_statuses(tx: AsyncManagedTransaction) -> None:
    """Keep others from changing a run's status or its place in the history; after the gate of rights, before anything else."""
    await (await tx.run(LOCKED)).consume()
