"""Where imports, scoring runs and withdrawals meet: whoever passes later sees what whoever passed before has done."""

from __future__ import annotations

from secrets import token_hex
from typing import Final, LiteralString, NamedTuple

from neo4j import AsyncManagedTransaction, AsyncTransaction

Tx = AsyncManagedTransaction | AsyncTransaction

PASS: Final[LiteralString] = """
MERGE (state:State {id: 'rights'})
ON CREATE SET state.key = $key, state.withdrawals = 0
SET state._locked = true // takes the lock until the transaction ends
REMOVE state._locked
RETURN state.key AS key, state.withdrawals AS withdrawals, COUNT { MATCH (:Erased) } AS erased
"""


class Passed(NamedTuple):
    """What is known behind the gate: the key of hashes, how many withdrawals there were, and how much is remembered as erased."""

    key: str
    withdrawals: int
    erased: int


async def passed(tx: Tx) -> Passed:
    """Pass the gate, which keeps others waiting until the transaction ends."""
    found = await (await tx.run(PASS, key=token_hex(32))).single(strict=True)
    return Passed(found["key"], found["withdrawals"], found["erased"])


PEEK: Final[LiteralString] = """
OPTIONAL MATCH (state:State {id: 'rights'})
RETURN coalesce(state.key, '') AS key, coalesce(state.withdrawals, 0) AS withdrawals, COUNT { MATCH (:Erased) } AS erased
"""


async def peeked(tx: Tx) -> Passed:
    """Return what is known behind the gate without passing it, for whoever writes nothing in the end."""
    found = await (await tx.run(PEEK)).single(strict=True)
    return Passed(found["key"], found["withdrawals"], found["erased"])


WITHDRAWN: Final[LiteralString] = """
MATCH (state:State {id: 'rights'})
SET state.withdrawals = state.withdrawals + 1
WITH state
OPTIONAL MATCH (run:BuildingRun)
SET run.token = 'outdated'
"""
"""A run that is being made has read of somebody who is no longer to be in it."""


async def withdrawn(tx: Tx) -> None:
    """Note that something was withdrawn, so that no run that has read of it is published."""
    await (await tx.run(WITHDRAWN)).consume()


WITHDRAWALS: Final[LiteralString] = """
OPTIONAL MATCH (state:State {id: 'rights'})
RETURN coalesce(state.withdrawals, 0) AS withdrawals
"""
