"""Sales under a programme: led to the collaboration that the programme has with the sale's creator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, LiteralString

from graph.load import statements
from graph.load.batches import Tx, read, read_sliced, run
from graph.load.shapes import SHAPES

UNDER: Final = SHAPES["Sale"].link["collaboration_id"]

Pair = tuple[str, str]
"""Programme and creator."""

PAIRS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (k:Collaboration {id: id})-[:WITH]->(c:Creator)
WHERE k.programmeId IS NOT NULL
RETURN collect(DISTINCT {programme: k.programmeId, creator: c.id}) AS rows
"""


async def pairs(tx: Tx, collaborations: Iterable[str]) -> set[Pair]:
    """Return the programmes of collaborations, each with the creator."""
    return {(each["programme"], each["creator"]) for each in await read(tx, PAIRS, ids=sorted(collaborations))}


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

AT_ONCE: Final = 2_000
"""Sales that are looked at in one read, of which a programme may have any number."""


async def link_pairs(tx: Tx, affected: Iterable[Pair]) -> None:
    """Lead the sales of these programmes and creators to their collaborations."""
    wanted = [list(pair) for pair in sorted(affected)]
    if wanted and await run(tx, ANY_PROGRAMME):
        await link_sales(tx, [each["id"] for each in await run(tx, SALES_UNDER, pairs=wanted)])


WANTED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (s:Sale {id: id})
WHERE s._programmes IS NOT NULL
RETURN collect({id: s.id, programmes: s._programmes,
  creators: [(s)-[:CREDITED_TO]->(c) | c.id],
  targets: [(s)-[:UNDER]->(k) | k.id]}) AS rows
"""


OF_PAIRS: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (c:Creator {id: pair[1]})<-[:WITH]-(k:Collaboration)
WHERE k.programmeId = pair[0]
WITH pair, min(k.id) AS id
RETURN collect({pair: pair, id: id}) AS rows
"""


async def link_sales(tx: Tx, sales: Iterable[str]) -> None:
    """Lead those sales that name programmes to the collaboration of the first that has one with their creator."""
    told = await read_sliced(tx, WANTED, sorted(sales), size=AT_ONCE)
    asked = {(programme, creator) for each in told for programme in each["programmes"] for creator in each["creators"]}
    known = {
        (each["pair"][0], each["pair"][1]): each["id"] for each in await read(tx, OF_PAIRS, pairs=[list(pair) for pair in sorted(asked)])
    }
    found = [(each["id"], _first(each, known), each["targets"]) for each in told]
    gone = [(sale, key) for sale, wanted, targets in found for key in targets if key != wanted]
    added = [(sale, wanted) for sale, wanted, targets in found if wanted and wanted not in targets]
    if gone:
        await run(tx, statements.erase("Sale", UNDER), pairs=gone)
    if added:
        await run(tx, statements.draw("Sale", UNDER), pairs=added)


def _first(each: dict[str, Any], known: Mapping[Pair, str]) -> str | None:
    """Return the collaboration of the first programme that has one."""
    pairs = ((programme, creator) for programme in each["programmes"] for creator in each["creators"])
    return next((known[pair] for pair in pairs if pair in known), None)
