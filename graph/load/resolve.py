"""Who is who, settled once the rows are in: what was said by name goes to whoever held the name at the time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString

from graph.load.adoption import adopt, delivered
from graph.load.batches import Batch, Orphans, Tx, run, states
from graph.load.holders import lead, sightings
from graph.load.mentions import COLUMN, lead_mentions
from graph.load.money import UsdPerUnit
from graph.load.names import holder
from graph.load.observations import id_of
from graph.load.pending import note_pending
from graph.load.programmes import Pair, link_pairs, link_sales, pairs
from graph.load.shapes import SHAPES
from graph.load.statements import forget_nodes, hear_as, reset_nodes
from graph.load.states import State, assumed, of_creator, renewed
from graph.load.writing import write

NAMES_TO_SETTLE: Final[LiteralString] = """
CALL () {
  MATCH (n:Touched) RETURN n
  UNION
  MATCH (n:Told) RETURN n
}
RETURN n.id AS id
ORDER BY id
LIMIT $limit
"""


async def unsettled(tx: Tx, *, limit: int) -> list[str]:
    """Return some names that lead elsewhere than before, or under which something new was said."""
    return [each["id"] for each in await run(tx, NAMES_TO_SETTLE, limit=limit)]


USERS: Final[LiteralString] = """
UNWIND $names AS name
MATCH (n)-[r:NAMED]->(:Name:Touched {id: name})
RETURN DISTINCT labels(n) AS labels, r.column AS column, n.id AS id
ORDER BY id
"""


async def users(tx: Tx, names: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return label, column and id of the nodes that refer to a creator by one of these names, where they lead elsewhere now."""
    found = await run(tx, USERS, names=list(names))
    return [(next(label for label in each["labels"] if label in SHAPES), each["column"], each["id"]) for each in found]


async def lead_users(tx: Tx, found: Sequence[tuple[str, str, str]]) -> None:
    """Lead some of those nodes to the holders of their names."""
    orphans = Orphans()
    for label, column in sorted({(label, column) for label, column, _ in found}):
        ids = [each for its_label, its_column, each in found if (its_label, its_column) == (label, column)]
        if column == COLUMN:
            await lead_mentions(tx, ids, orphans)
        else:
            await _lead(tx, label, column, ids, orphans)
    await orphans.sweep(tx)


async def _lead(tx: Tx, label: str, column: str, ids: Sequence[str], orphans: Orphans) -> None:
    before: set[Pair] = await pairs(tx, ids) if label == "Collaboration" else set()
    moved = await lead(tx, label, SHAPES[label].link[column], dict.fromkeys(ids), orphans)
    if label == "Collaboration" and moved:
        await link_pairs(tx, before | await pairs(tx, ids))
        await adopt(tx, await delivered(tx, moved))
    if label == "Sale":
        await link_sales(tx, moved)


SAYINGS: Final[LiteralString] = """
UNWIND $names AS name
MATCH (h:Heard)-[:SAID_OF]->(:Name {id: name})
RETURN name, h.id AS id, h.label AS label, h.key AS key, h.at AS at, [(h)-[:HEARD_AS]->(x) | x.id] AS targets
ORDER BY id
"""

UNHEAR: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (:Heard {id: id})-[r:HEARD_AS]->()
DELETE r
"""


async def show_sayings(tx: Tx, names: Sequence[str], rate: UsdPerUnit) -> None:
    """Show what was said by these names on whoever held them, and no more on whoever did not."""
    seen = await sightings(tx, names)
    moves: list[tuple[str, str, list[str], str]] = []
    for each in await run(tx, SAYINGS, names=list(names)):
        who = holder(seen.get(each["name"], []), each["at"]) or each["name"]
        wanted = id_of(each["label"], each["key"], who)
        if each["targets"] != [wanted]:
            moves.append((each["id"], each["label"], [*each["targets"], wanted], who))
    for label in sorted({label for _, label, _, _ in moves}):
        await _move(tx, label, [move for move in moves if move[1] == label], rate)


async def _move(tx: Tx, label: str, moves: Sequence[tuple[str, str, list[str], str]], rate: UsdPerUnit) -> None:
    """Show sayings on other nodes of one label, and bring all nodes up to date that had or have them."""
    creators = {targets[-1]: who for _, _, targets, who in moves}
    affected = sorted({target for _, _, targets, _ in moves for target in targets})
    before = await states(tx, label, affected)
    under, contents = set[Pair](), set[str]()
    if label == "Collaboration":
        under, contents = await pairs(tx, affected), await delivered(tx, affected)
    await run(tx, UNHEAR, ids=[move[0] for move in moves])
    await run(tx, hear_as(label), rows=[{"id": move[0], "target": move[2][-1]} for move in moves])
    now = await states(tx, label, affected)
    batch = Batch(rate)
    gone = [key for key in affected if not _renew(batch, label, key, now[key], creators.get(key))]
    await write(tx, batch)
    await note_pending(tx, batch)
    await forget(tx, label, gone, before)
    if label == "Collaboration":
        await link_pairs(tx, under | await pairs(tx, affected))
        await adopt(tx, contents | await delivered(tx, affected))


def _renew(batch: Batch, label: str, key: str, state: State, creator: str | None) -> bool:
    """Bring a node up to date with what is said of it; False where nothing is any more."""
    if state.empty:
        return False
    whose = creator or next(iter(state.references.get("creator_id", ())), None)
    batch.put(label, key, state, of_creator(renewed(SHAPES[label], state, state.own, batch.derive, key=key), whose))
    return True


async def forget(tx: Tx, label: str, gone: Sequence[str], before: dict[str, State]) -> None:
    """Take away nodes of which nothing is known any more; a creator stays while others refer to it."""
    if not gone:
        return
    orphans = Orphans()
    if label == "Creator":
        await run(tx, reset_nodes(label), rows=[{"id": key, "properties": _bare(label, key, before[key])} for key in gone])
        orphans.suspect(label, gone)
    else:
        for key in gone:
            for link in SHAPES[label].links:
                orphans.suspect(link.target, before[key].references.get(link.column, ()))
        await run(tx, forget_nodes(label), ids=list(gone))
    await orphans.sweep(tx)


def _bare(label: str, key: str, state: State) -> dict[str, Any]:
    return dict.fromkeys(state.properties) | {"id": key} | assumed(label, key, {})


SETTLED: Final[LiteralString] = """
UNWIND $names AS name
MATCH (n:Name {id: name})
REMOVE n:Touched
REMOVE n:Told
"""


async def settled(tx: Tx, names: Sequence[str]) -> None:
    """Note that these names are settled."""
    await run(tx, SETTLED, names=list(names))
