"""Rows of one creator in what runs keep of all creators together, in chunks: predictions, vectors, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString

from graph.rights.gate import Tx

PREDICTIONS: Final[LiteralString] = """
MATCH (chunk:Predictions)
WHERE any(key IN chunk.keys WHERE key = $creator OR key STARTS WITH $tie)
RETURN chunk.id AS id, chunk.keys AS ids, chunk.rows AS rows
"""

KEEP_PREDICTIONS: Final[LiteralString] = """
MATCH (chunk:Predictions {id: $id})
SET chunk.keys = $ids, chunk.rows = $rows, chunk.first = head($ids), chunk.last = last($ids)
"""

VECTORS: Final[LiteralString] = """
MATCH (chunk:Vectors)
WHERE chunk.kind = 'Creator' AND $creator IN chunk.ids
RETURN chunk.id AS id, chunk.ids AS ids, chunk.rows AS rows, chunk.groups AS groups
"""

KEEP_VECTORS: Final[LiteralString] = """
MATCH (chunk:Vectors {id: $id})
SET chunk.ids = $ids, chunk.rows = $rows, chunk.groups = $groups
"""

SIGNATURES: Final[LiteralString] = """
MATCH (chunk:Signatures)
WHERE $creator IN chunk.creators
RETURN chunk.id AS id, chunk.creators AS ids, chunk.signatures AS signatures
"""

KEEP_SIGNATURES: Final[LiteralString] = """
MATCH (chunk:Signatures {id: $id})
SET chunk.creators = $ids, chunk.signatures = $signatures
"""

KEEPS: Final[tuple[tuple[LiteralString, LiteralString], ...]] = (
    (PREDICTIONS, KEEP_PREDICTIONS),
    (VECTORS, KEEP_VECTORS),
    (SIGNATURES, KEEP_SIGNATURES),
)


def tie_prefix(creator: str) -> str:
    """Return how the keys of rows begin that are of a creator and a brand."""
    return f"{creator}\n"


async def without_rows(tx: Tx, creator: str) -> None:
    """Write every chunk that has rows of the creator without them."""
    tie = tie_prefix(creator)
    for read, keep in KEEPS:
        found = [record.data() async for record in await tx.run(read, creator=creator, tie=tie)]
        for chunk in found:
            others = [at for at, each in enumerate(chunk["ids"]) if each != creator and not each.startswith(tie)]
            await (await tx.run(keep, _chosen(chunk, others))).consume()


def _chosen(chunk: dict[str, Any], places: Sequence[int]) -> dict[str, Any]:
    """Return a chunk with the rows at some places alone; what is packed has as many bytes a row."""
    rows = len(chunk["ids"])
    return {name: value if name == "id" else _rows(value, rows, places) for name, value in chunk.items()}


def _rows(value: Any, rows: int, places: Sequence[int]) -> Any:
    if isinstance(value, bytes | bytearray):
        width = len(value) // rows
        return b"".join(value[at * width : (at + 1) * width] for at in places)
    return [value[at] for at in places]
