"""Erasure of a creator: everything that is held of them goes in one transaction, and tombstones keep imports from taking it in again.

Lines of orders stay, since they are the brand's: what was sold, when and for how much, with nothing that leads to the creator.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final, LiteralString, NamedTuple

from neo4j import AsyncDriver

from graph.connection import writing
from graph.outbox import CREATOR_ERASED, KINDS, Event, record
from graph.retrying import read_rows
from graph.rights.gaps import close_gaps
from graph.rights.gate import Tx, passed
from graph.rights.notes import take_from_notes
from graph.rights.tombstones import Trace, bury, hashed
from graph.rights.unrating import unrated
from graph.rights.views import take_from_views

PART: Final = "\t"
NOTHING: Final = {name: json.dumps(dict.fromkeys(kind.payload), sort_keys=True) for name, kind in KINDS.items()}
"""By kind of event, what its payload is once nothing of it is kept."""

KNOWN_AS: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})
RETURN c.openId AS openId, c.handle AS handle, c.region + ':' + c.handleKey AS name,
  COLLECT { MATCH (n:Name) WHERE n.id = $creator OR any(note IN n.seen WHERE note ENDS WITH $note) RETURN n.id } AS names,
  COLLECT { MATCH (c)-[:PUBLISHED]->(t:Content) RETURN t.id } AS contents,
  COLLECT { MATCH (c)<-[:WITH]-(k:Collaboration) RETURN k.id } AS collaborations
"""


class Known(NamedTuple):
    """What a creator is known by: ids, names and handle, and what is theirs by id."""

    ids: frozenset[str]
    handle: str
    names: frozenset[str]
    contents: tuple[str, ...]
    collaborations: tuple[str, ...]

    @property
    def traces(self) -> set[Trace]:
        """All of it as imports could bring it back."""
        kinds = {"Creator": self.ids, "Name": self.names, "Content": self.contents, "Collaboration": self.collaborations}
        return {(kind, each) for kind, every in kinds.items() for each in every}


async def known_as(tx: Tx, creator: str) -> Known | None:
    """Return what a creator is known by; None where there is no such creator."""
    found = await (await tx.run(KNOWN_AS, creator=creator, note=f"{PART}{creator}")).single()
    return None if found is None else _known(creator, found.values())


async def known_of(driver: AsyncDriver, creator: str, *, database: str) -> Known | None:
    """Return what a creator is known by at this moment; None where there is no such creator."""
    rows = await read_rows(driver, KNOWN_AS, {"creator": creator, "note": f"{PART}{creator}"}, database=database)
    return _known(creator, rows[0]) if rows else None


def _known(creator: str, found: Sequence[Any]) -> Known:
    open_id, handle, name, names, contents, collaborations = found
    return Known(
        ids=frozenset({creator, open_id or creator}),
        handle=handle or "",
        names=frozenset({*names, *([name] if name else [])}),
        contents=tuple(contents),
        collaborations=tuple(collaborations),
    )


ERASE: Final[tuple[LiteralString, ...]] = (
    """
MATCH (:Creator {id: $creator})<-[:CREDITED_TO]-(sale:Sale)
WITH sale, COLLECT { MATCH (sale)-[r:CREDITED_TO|THROUGH|UNDER|NAMED]->() RETURN r } AS ways
FOREACH (way IN ways | DELETE way)
REMOVE sale.handleKey, sale.commissionRate, sale._byContent, sale._programmes, sale._uncredited
""",
    """
MATCH (c:Creator {id: $creator})
CALL (c) {
  RETURN c AS about
  UNION
  MATCH (c)<-[:ABOUT|WITH]-(about) RETURN about
  UNION
  MATCH (c)-[:HAS_AUDIENCE]->(about) RETURN about
}
MATCH (heard:Heard)-[:HEARD_AS]->(about)
DETACH DELETE heard
""",
    """
MATCH (:Creator {id: $creator})<-[:ABOUT|WITH]-(about)
DETACH DELETE about
""",
    """
MATCH (:Creator {id: $creator})-[:PUBLISHED|HAS_AUDIENCE]->(own)
DETACH DELETE own
""",
    """
MATCH (appeal:Appeal {creatorId: $creator})
DELETE appeal
""",
    """
MATCH (asked:Objection|ErasureRequest {id: $creator})
DELETE asked
""",
    """
MATCH (n:Name)
WHERE n.id IN $names
SET n.seen = [note IN n.seen WHERE NOT note ENDS WITH $note]
WITH n
WHERE size(coalesce(n.seen, [])) = 0
OPTIONAL MATCH (heard:Heard)-[:SAID_OF]->(n)
DETACH DELETE heard, n
""",
    """
MATCH (event:DomainEvent)
WHERE event.creatorId = $creator OR event.subject = $creator OR event.subject IN $collaborations OR event.subject STARTS WITH $creator + '|'
SET event.subject = '', event.payload = $nothing[event.name], event.creatorId = null
""",
    """
MATCH (query:SavedQuery)
WHERE any(word IN $words WHERE query.text CONTAINS word OR query.parameters CONTAINS word OR query.description CONTAINS word)
SET query.text = '', query.parameters = '[]', query.description = 'Removed: it named a creator who was erased.'
""",
    """
MATCH (c:Creator {id: $creator})
DETACH DELETE c
""",
)
"""The order matters: a creator's own node is the last, since the others are found from it."""

VERSIONS: Final[LiteralString] = """
MATCH (version:BriefVersion)
WHERE version.wanted CONTAINS $creator
RETURN version.id AS id, version.wanted AS wanted
"""

REWORD: Final[LiteralString] = """
MATCH (version:BriefVersion {id: $id})
SET version.wanted = $wanted
"""


async def erase_creator(driver: AsyncDriver, creator: str, *, now: int, database: str) -> Known | None:
    """Erase a creator and return what they were known by; None where there is no such creator.

    Nothing of them is left in the database once this returns.
    """
    async with writing(driver, database) as session:
        done = await session.execute_write(erased, creator, now=now)
    if done is not None:
        await close_gaps(driver, database=database)
    return done


async def erased(tx: Tx, creator: str, *, now: int) -> Known | None:
    """Erase a creator in one transaction: an import that is going on waits, and then finds the tombstones."""
    gate = await passed(tx)
    known = await known_as(tx, creator)
    if known is None:
        return None
    await bury(tx, known.traces, gate.key, now=now, alone=known.ids <= known.names)
    await unrated(tx, creator)
    values = {
        "creator": creator,
        "note": f"{PART}{creator}",
        "names": sorted(known.names),
        "collaborations": list(known.collaborations),
        "words": quoted(known),
        "nothing": NOTHING,
    }
    await _unmentioned(tx, creator)
    await take_from_views(tx, named(known))
    await take_from_notes(tx, named(known))
    for query in ERASE:
        await (await tx.run(query, values)).consume()
    await record(tx, Event(CREATOR_ERASED, hashed(("Creator", creator), gate.key)), at=now)
    return known


def named(known: Known) -> set[str]:
    """Return the words that name the creator: ids, and user names with and without their region."""
    return {*known.ids, *known.names, known.handle, *(name.partition(":")[2] for name in known.names)} - {""}


def quoted(known: Known) -> list[str]:
    """Return how a query or JSON names the creator: an id or a handle in quotes, since a handle may be any word."""
    return sorted(f"{quote}{head}{word}{quote}" for word in named(known) for quote in "'\"" for head in ("", "@", "Creator:"))


async def _unmentioned(tx: Tx, creator: str) -> None:
    """Leave the creator out of the lists of creators in briefs."""
    for version in [found.data() async for found in await tx.run(VERSIONS, creator=creator)]:
        wanted: dict[str, Any] = json.loads(version["wanted"])
        others = [each for each in wanted.get("creator_ids", ()) if each != creator]
        if others != wanted.get("creator_ids", []):
            text = json.dumps(wanted | {"creator_ids": others}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            await (await tx.run(REWORD, id=version["id"], wanted=text)).consume()
