"""Rows of `mentions`: whom a content names, by id or by the name that someone held then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, LiteralString

from graph.load.batches import Batch, Orphans, Tx, read, run
from graph.load.holders import sightings
from graph.load.money import UsdPerUnit
from graph.load.names import MARK, creator_key, holder
from graph.load.nodes import pass_on
from graph.load.observations import Passing, reference
from graph.load.states import assumed
from graph.load.tally import Outcome
from graph.load.writing import write
from graph.rows import CreatorRef, Row

COLUMN: Final = "mentioned"

READ_MENTIONED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (n:Content {id: id})
RETURN collect({id: id,
  said: [(n)-[r:MENTIONS]->(c:Creator) WHERE r._said | c.id],
  targets: [(n)-[:MENTIONS]->(c:Creator) | c.id],
  named: [(n)-[r:NAMED {column: 'mentioned'}]->(m:Name) | [m.id, r.at]]}) AS rows
"""

PLACE_CONTENTS: Final[LiteralString] = """
UNWIND $ids AS id
MERGE (:Content {id: id})
"""

PLACE_CREATORS: Final[LiteralString] = """
UNWIND $rows AS row
MERGE (c:Creator {id: row.id})
ON CREATE SET c += row.properties
"""

MENTION: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (n:Content {id: pair[0]})
MATCH (c:Creator {id: pair[1]})
MERGE (n)-[r:MENTIONS]->(c)
SET r._said = coalesce(r._said, pair[2])
"""

MENTION_BY_NAME: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (n:Content {id: row[0]})
MERGE (m:Name {id: row[1]})
MERGE (n)-[r:NAMED {column: 'mentioned'}]->(m)
SET r.at = CASE WHEN r.at > row[2] THEN r.at ELSE row[2] END
"""

UNMENTION: Final[LiteralString] = """
UNWIND $pairs AS pair
MATCH (:Content {id: pair[0]})-[r:MENTIONS]->(:Creator {id: pair[1]})
DELETE r
"""


async def take(tx: Tx, rows: Sequence[Row], rate: UsdPerUnit) -> Outcome:
    """Write a batch of mentions; a mention once made stays."""
    batch, passing = Batch(rate), Passing()
    told = [(row.values["content_id"], _whom(row, passing), row.age.observed_at) for row in rows]
    known = await _known(tx, {content for content, _, _ in told})
    by_id: dict[tuple[str, str], None] = {}
    by_name: dict[tuple[str, str], int] = {}
    for content, whom, at in told:
        at_before = known.get((content, whom), by_name.get((content, whom), -1))
        batch.outcome.add("mentions", "created" if at_before < 0 and (content, whom) not in by_id else "unchanged")
        if whom.startswith(MARK):
            if at > at_before:
                by_name[content, whom] = at
        elif at_before < 0:
            by_id[content, whom] = None
    await pass_on(tx, passing, batch)
    await write(tx, batch)
    if by_id or by_name:
        batch.outcome.written = True
        await _write(tx, list(by_id), by_name)
    return batch.outcome


def _whom(row: Row, passing: Passing) -> str:
    ref = row.values["creator_id"]
    return (reference(ref, row.age.text(), passing) if isinstance(ref, CreatorRef) else creator_key(ref)) or ""


async def _known(tx: Tx, contents: Iterable[str]) -> dict[tuple[str, str], int]:
    """Return the mentions that were said before, those by name with the newest time."""
    known: dict[tuple[str, str], int] = {}
    for each in await read(tx, READ_MENTIONED, ids=sorted(contents)):
        known |= {(each["id"], creator): 0 for creator in each["said"]}
        known |= {(each["id"], MARK + name): at for name, at in each["named"]}
    return known


async def _write(tx: Tx, by_id: Sequence[tuple[str, str]], by_name: dict[tuple[str, str], int]) -> None:
    contents = sorted({content for content, _ in (*by_id, *by_name)})
    await run(tx, PLACE_CONTENTS, ids=contents)
    await _mention(tx, [(content, creator, True) for content, creator in by_id])
    if by_name:
        await run(tx, MENTION_BY_NAME, rows=[[content, name[1:], at] for (content, name), at in by_name.items()])
        orphans = Orphans()
        await lead_mentions(tx, {content for content, _ in by_name}, orphans)
        await orphans.sweep(tx)


async def _mention(tx: Tx, pairs: Sequence[tuple[str, str, bool | None]]) -> None:
    if pairs:
        creators = sorted({creator for _, creator, _ in pairs})
        await run(tx, PLACE_CREATORS, rows=[{"id": key, "properties": assumed("Creator", key, {})} for key in creators])
        await run(tx, MENTION, pairs=[list(pair) for pair in pairs])


async def lead_mentions(tx: Tx, contents: Iterable[str], orphans: Orphans) -> None:
    """Lead contents to the holders of the names that they mention."""
    found = await read(tx, READ_MENTIONED, ids=sorted(contents))
    seen = await sightings(tx, {name for each in found for name, _ in each["named"]})
    added: list[tuple[str, str, None]] = []
    gone: list[list[str]] = []
    for each in found:
        wanted = {holder(seen.get(name, []), at) or name for name, at in each["named"]} | set(each["said"])
        added += [(each["id"], creator, None) for creator in sorted(wanted - set(each["targets"]))]
        gone += [[each["id"], creator] for creator in sorted(set(each["targets"]) - wanted)]
    if gone:
        await run(tx, UNMENTION, pairs=gone)
        orphans.suspect("Creator", (creator for _, creator in gone))
    await _mention(tx, added)
