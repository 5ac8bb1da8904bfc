"""The shortest ways between two nodes, over what the reader may see: bounded by depth, by number and by time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.networks.walks import Step, Walk, walk
from graph.recommendations.reading import Reading

WALKS: Final = 60
"""Ways of the least length that are looked at in a round; a way by two posts counts as two."""
ROUNDS: Final = 3

SOURCES: Final[dict[str, LiteralString]] = {
    "Creator": "MATCH (a:Creator {id: $source})\nWHERE $regions IS NULL OR a.region IN $regions",
    "Brand": "MATCH (a:Brand {id: $source})",
    "Product": "MATCH (a:Product {id: $source})",
    "Category": "MATCH (a:Category {id: $source})",
}
TARGETS: Final[dict[str, LiteralString]] = {
    "Creator": "\nMATCH (b:Creator {id: $target})\nWHERE $regions IS NULL OR b.region IN $regions",
    "Brand": "\nMATCH (b:Brand {id: $target})",
    "Product": "\nMATCH (b:Product {id: $target})",
    "Category": "\nMATCH (b:Category {id: $target})",
}
KINDS: Final = tuple(SOURCES)
"""What a way may begin and end at."""

TYPES: Final[dict[frozenset[str], LiteralString]] = {
    frozenset({"COLLABORATIONS"}): "COLLABORATED_WITH",
    frozenset({"PRODUCTS"}): "SELLS|FEATURES|PUBLISHED|IN_CATEGORY|CHILD_OF",
    frozenset({"MENTIONS"}): "PUBLISHED|MENTIONS",
    frozenset({"COLLABORATIONS", "PRODUCTS"}): "COLLABORATED_WITH|SELLS|FEATURES|PUBLISHED|IN_CATEGORY|CHILD_OF",
    frozenset({"COLLABORATIONS", "MENTIONS"}): "COLLABORATED_WITH|PUBLISHED|MENTIONS",
    frozenset({"PRODUCTS", "MENTIONS"}): "SELLS|FEATURES|PUBLISHED|MENTIONS|IN_CATEGORY|CHILD_OF",
    frozenset({"COLLABORATIONS", "PRODUCTS", "MENTIONS"}): "COLLABORATED_WITH|SELLS|FEATURES|PUBLISHED|MENTIONS|IN_CATEGORY|CHILD_OF",
}
DEPTHS: Final[tuple[LiteralString, ...]] = ("1", "2", "3", "4", "5", "6")

OWN: Final[LiteralString] = """
CALL () {
  MATCH (seller:Brand)-[:SELLS]->(product:Product)
  WHERE seller.id IN $brands
  RETURN collect(product) AS own
}"""
ALL_TIES: Final[LiteralString] = "type(r) <> 'COLLABORATED_WITH' OR r.runId = $run"
OWN_TIES: Final[LiteralString] = """CASE type(r)
      WHEN 'COLLABORATED_WITH' THEN r.runId = $run AND endNode(r).id IN $brands
      WHEN 'FEATURES' THEN endNode(r) IN own
      ELSE true
    END"""
SEEN: Final[LiteralString] = """
    AND all(n IN nodes(p) WHERE CASE
      WHEN n:Creator THEN n.region IN $regions
      WHEN n:Content THEN EXISTS { MATCH (n)<-[:PUBLISHED]-(owner:Creator) WHERE owner.region IN $regions }
      ELSE true
    END)"""

# All predicates are tested while the paths are searched for, so that what may not be seen neither shortens nor hides a way.
WAYS: Final[LiteralString] = """
CALL ({kept}) {
  MATCH p = allShortestPaths((a)-[:{types}*..{depth}]-(b))
  WHERE all(r IN relationships(p) WHERE NOT elementId(r) IN $used AND ({ties})){seen}
  WITH p
  LIMIT $walks
  RETURN collect([
    [n IN nodes(p) | [labels(n), n.id, coalesce(n.handle, n.name, n.title, n.id)]],
    [r IN relationships(p) | [type(r), startNode(r).id, r.times, r.gmvUsd]],
    [r IN relationships(p) | elementId(r)]
  ]) AS found
}
RETURN found
"""

WEIGHTS: Final[LiteralString] = """
RETURN
  COLLECT {
    UNWIND $promotes AS pair
    MATCH (c:Creator {id: pair[0]})
    MATCH (p:Product {id: pair[1]})
    RETURN [pair[0], pair[1], COUNT { MATCH (c)-[:PUBLISHED]->(:Content)-[:FEATURES]->(p) }]
  } AS promotes,
  COLLECT {
    UNWIND $mentions AS pair
    MATCH (c:Creator {id: pair[0]})
    MATCH (named:Creator {id: pair[1]})
    RETURN [pair[0], pair[1], COUNT { MATCH (c)-[:PUBLISHED]->(:Content)-[:MENTIONS]->(named) }]
  } AS mentions
"""


@dataclass(frozen=True, slots=True)
class Between:
    """Two ends, as kind and own id, and how ways between them may lead: `depth` counts relationships, a post on the way taking two."""

    source: tuple[str, str]
    target: tuple[str, str]
    run: str
    depth: int
    via: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ways:
    """Different ways; `bounded` tells whether there may be more of the same length than were looked at."""

    walks: list[Walk]
    bounded: bool


async def ways(reading: Reading, between: Between, *, enough: int) -> Ways | None:
    """Return different shortest ways with the weights of their steps; None where either end is not seen.

    Where fewer than `enough` are of the least length, it is looked for more that share no relationship with those, a few times.
    """
    query = _text(between, some_ties=reading.brands is not None, some_creators=reading.regions is not None)
    found: dict[tuple[Step, ...], Walk] = {}
    used: list[str] = []
    bounded = False
    for _ in range(ROUNDS):
        rows = await reading.rows(query, source=between.source[1], target=between.target[1], run=between.run, used=used, walks=WALKS)
        if not rows:
            return None
        found |= {each.steps: each for each in (walk(nodes, relationships) for nodes, relationships, _ in rows[0][0])}
        bounded |= len(rows[0][0]) == WALKS
        if not rows[0][0] or len(found) >= enough:
            break
        used += [each for *_, relationships in rows[0][0] for each in relationships]
    return Ways(await _weighed(reading, list(found.values())), bounded)


async def _weighed(reading: Reading, found: Sequence[Walk]) -> list[Walk]:
    """Return the ways with the number of posts behind each step that posts make."""
    pairs = {kind: sorted({each.pair for way in found for each in way.steps if each.kind == kind}) for kind in ("PROMOTES", "MENTIONS")}
    if not any(pairs.values()):
        return list(found)
    ((promotes, mentions),) = await reading.rows(WEIGHTS, promotes=_lists(pairs["PROMOTES"]), mentions=_lists(pairs["MENTIONS"]))
    times = {("PROMOTES", *pair): count for *pair, count in promotes} | {("MENTIONS", *pair): count for *pair, count in mentions}
    return [Walk(tuple(each._replace(times=times.get((each.kind, *each.pair), each.times)) for each in way.steps)) for way in found]


def _lists(pairs: Collection[tuple[str, str]]) -> list[list[str]]:
    return [list(pair) for pair in pairs]


def _text(between: Between, *, some_ties: bool, some_creators: bool) -> LiteralString:
    ends = SOURCES[between.source[0]] + TARGETS[between.target[0]]
    own: LiteralString = OWN if some_ties else ""
    kept: LiteralString = "a, b, own" if some_ties else "a, b"
    ties: LiteralString = OWN_TIES if some_ties else ALL_TIES
    seen: LiteralString = SEEN if some_creators else ""
    body = WAYS.replace("{kept}", kept).replace("{types}", TYPES[between.via]).replace("{depth}", DEPTHS[between.depth - 1])
    return ends + own + body.replace("{ties}", ties).replace("{seen}", seen)
