"""What remembers that somebody was erased: keyed hashes of what imports know them by, from which no name can be read back.

The key lies beside them in the database, so that whoever imports into it finds them: it keeps a hash from being looked up in tables
made elsewhere. Whoever may read the database can test a name that they already know.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, LiteralString, TypeAlias

from graph.rights.gate import Tx

Trace: TypeAlias = tuple[str, str]
"""What something is known by: `Creator`, `Content` or `Collaboration` and its id, or `Name` and `REGION:user name as compared`."""

BYTES: Final = 24

BURY: Final[LiteralString] = """
UNWIND $ids AS id
MERGE (erased:Erased {id: id})
ON CREATE SET erased.at = $now, erased.alone = $alone
"""

ONLY_NAMES: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (erased:Erased {id: id})
WHERE erased.alone
RETURN erased.id AS id
"""

BURIED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (erased:Erased {id: id})
RETURN erased.id AS id
"""

SETTLE: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (erased:Erased {id: id})
SET erased.alone = false
"""

RELEASE: Final[LiteralString] = """
MATCH (erased:Erased {id: $id})
DELETE erased
RETURN count(*) AS gone
"""


def hashed(trace: Trace, key: str) -> str:
    """Return the hash that stands for a trace."""
    return blake2b("\t".join(trace).encode(), key=bytes.fromhex(key), digest_size=BYTES).hexdigest()


async def bury(tx: Tx, traces: Iterable[Trace], key: str, *, now: int, alone: bool = False) -> None:
    """Remember traces as those of somebody who was erased; `alone` where no id is known that their user names belong to."""
    await (await tx.run(BURY, ids=sorted({hashed(each, key) for each in traces}), now=now, alone=alone)).consume()


async def buried(tx: Tx, traces: Iterable[Trace], key: str) -> frozenset[Trace]:
    """Return those of the traces that are remembered."""
    return await _found(tx, BURIED, traces, key)


async def only_names(tx: Tx, traces: Iterable[Trace], key: str) -> frozenset[Trace]:
    """Return those of the traces that are all that somebody was known by."""
    return await _found(tx, ONLY_NAMES, traces, key)


async def settle(tx: Tx, names: Iterable[Trace], key: str) -> None:
    """Note that an id is known now that these names belong to: whoever is seen with one later is somebody else."""
    await (await tx.run(SETTLE, ids=[hashed(each, key) for each in names])).consume()


async def _found(tx: Tx, query: LiteralString, traces: Iterable[Trace], key: str) -> frozenset[Trace]:
    known = {hashed(each, key): each for each in traces}
    found = await tx.run(query, ids=sorted(known))
    return frozenset([known[record["id"]] async for record in found])


async def release(tx: Tx, trace: Trace, key: str) -> bool:
    """Forget a trace, so that imports take it in again; tell whether it was remembered."""
    found = await (await tx.run(RELEASE, id=hashed(trace, key))).single(strict=True)
    return bool(found["gone"])
