"""Sales under a programme: led to the collaboration that the programme has with the sale's creator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, LiteralString

from graph.load import statements
from graph.load.batches import Tx, run
from graph.load.shapes import SHAPES

UNDER: Final = SHAPES["Sale"].link["collaboration_id"]

Pair = tuple[str, str]
"""Programme and creator."""

PAIRS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (k:Collaboration {id: id})-[:WITH]->(c:Creator)
WHERE k.programmeId IS NOT NULL
RETURN DISTINCT k.programmeId AS programme, c.id AS creator
"""


async def pairs(tx: Tx, collaborations: Iterable[str]) -> set[Pair]:
    """Return the programmes of collaborations, each with the creator."""
    return {(each["programme"], each["creator"]) for each in await run(tx, PAIRS, ids=sorted(collaborations))}


ANY_PROGRAMME: Final[LiteralString] = """
MATCH (s:Sale)
WHERE s._programmes IS NOT NULL
RETURN s.id AS id
LIMIT 1
"""

SALES_UNDER: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (c:Creator {id: pair[1]})<-[:CREDITED_TO]-(s:Sale)
WHERE pair[0] IN s._programmes
RETURN s.id AS id
"""


async def link_pairs(tx: Tx, affected: Iterable[Pair]) -> None:
    """Lead the sales of these programmes and creators to their collaborations."""
    wanted = [list(pair) for pair in sorted(affected)]
    if wanted and await run(tx, ANY_PROGRAMME):
        await link_sales(tx, [each["id"] for each in await run(tx, SALES_UNDER, pairs=wanted)])


WANTED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (s:Sale {id: id})
WHERE s._programmes IS NOT NULL
OPTIONAL MATCH (s)-[:CREDITED_TO]->(:Creator)<-[:WITH]-(k:Collaboration)
WHERE k.programmeId IN s._programmes
WITH s, collect([k.programmeId, k.id]) AS found
RETURN s.id AS id, s._programmes AS programmes, found, [(s)-[:UNDER]->(k) | k.id] AS targets
"""


async def link_sales(tx: Tx, sales: Iterable[str]) -> None:
    """Lead those sales that name programmes to the collaboration of the first that has one with their creator."""
    found = [(each["id"], _first(each), each["targets"]) for each in await run(tx, WANTED, ids=sorted(sales))]
    gone = [(sale, key) for sale, wanted, targets in found for key in targets if key != wanted]
    added = [(sale, wanted) for sale, wanted, targets in found if wanted and wanted not in targets]
    if gone:
        await run(tx, statements.erase("Sale", UNDER), pairs=gone)
    if added:
        await run(tx, statements.draw("Sale", UNDER), pairs=added)


def _first(each: dict[str, Any]) -> str | None:
    """Return the first by id of the first programme that has any."""
    known = sorted((each["programmes"].index(programme), key) for programme, key in each["found"] if programme is not None)
    return known[0][1] if known else None
