"""Notes that brands keep on their lists lose an erased creator whom they name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, LiteralString

from graph.rights.gate import Tx
from graph.rights.views import REMOVED, looked_for, names_one

NAMING: Final[LiteralString] = """
MATCH (listed:Prospect)
WHERE any(word IN $words WHERE toLower(listed.note) CONTAINS word)
RETURN listed.id AS id, listed.note AS note
ORDER BY id
"""

REWRITE: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (listed:Prospect {id: id})
SET listed.note = $note
"""


async def take_from_notes(tx: Tx, words: Collection[str]) -> None:
    """Remove every note, on whatever list, that names a creator by one of the words: own ids, and user names without a region."""
    known, parts = looked_for(words)
    found = [row.data() async for row in await tx.run(NAMING, words=parts)]
    naming = [row["id"] for row in found if names_one(row["note"], known)]
    await (await tx.run(REWRITE, ids=naming, note=REMOVED)).consume()
