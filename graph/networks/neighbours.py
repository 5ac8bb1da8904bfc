"""The strongest neighbours of nodes that somebody looks at already, and what ties them to these and to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from graph.dates import DAY
from graph.expressions import net_sales, tie_weight
from graph.networks.around import RECENT, Mentioned, Neighbour, Rows, Worked
from graph.recommendations.reading import Reading

CREATOR, BRAND = "Creator", "Brand"

Key = tuple[str, str]
"""A node: its kind, and its own id."""

SEEN: Final[LiteralString] = "($regions IS NULL OR {creator}.region IN $regions)"
TIE: Final[LiteralString] = "($brands IS NULL OR {brand}.id IN $brands) AND ($since IS NULL OR t.lastAt >= $since)"

CREATORS: Final[tuple[LiteralString, ...]] = ("a", "other", "named", "c")
BRANDS: Final[tuple[LiteralString, ...]] = ("a", "other", "o")
"""What creators and brands are called in the queries."""

OF_CREATORS: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (a:Creator {id: id})
WHERE {seen a}
CALL (a) {
  MATCH (a)-[t:COLLABORATED_WITH {runId: $run}]->(other:Brand)
  WHERE {tie other}
  RETURN other, {weight} AS weight, other.id IN $knownBrands AS known
  UNION ALL
  MATCH (a)-[:PUBLISHED]->(x:Content)-[:MENTIONS]->(other:Creator)
  WHERE other <> a AND {seen other} AND ($since IS NULL OR x.publishedAt >= $since)
  RETURN other, $mention * count(x) AS weight, other.id IN $knownCreators AS known
  UNION ALL
  MATCH (a)<-[:MENTIONS]-(x:Content)<-[:PUBLISHED]-(other:Creator)
  WHERE other <> a AND {seen other} AND ($since IS NULL OR x.publishedAt >= $since)
  RETURN other, $mention * count(x) AS weight, other.id IN $knownCreators AS known
}
WITH a, other, known, sum(weight) AS weight
ORDER BY weight DESC, other.id, labels(other)[0]
WITH a, count(*) AS total, collect(CASE WHEN NOT known THEN other END)[..$first] AS new
RETURN 'Creator' AS kind, a.id AS id, total,
  [other IN new | [labels(other)[0], other.id, coalesce(other.handle, other.name), other.region]] AS new
"""

OF_BRANDS: Final[LiteralString] = """
UNWIND $shops AS id
MATCH (a:Brand {id: id})<-[t:COLLABORATED_WITH {runId: $run}]-(other:Creator)
WHERE {tie a} AND {seen other}
WITH a, other, {weight} AS weight
ORDER BY weight DESC, other.id
WITH a, count(*) AS total, collect(CASE WHEN NOT other.id IN $knownCreators THEN other END)[..$first] AS new
RETURN 'Brand' AS kind, a.id AS id, total, [other IN new | ['Creator', other.id, other.handle, other.region]] AS new
"""

TIES: Final[LiteralString] = """
RETURN
  COLLECT {
    UNWIND $newCreators AS id
    MATCH (c:Creator {id: id})-[t:COLLABORATED_WITH {runId: $run}]->(o:Brand)
    WHERE o.id IN $shops AND {tie o}
    RETURN [c.id, o.id, {weight}, t.times, t.gmvUsd, t.firstAt, t.lastAt]
  } + COLLECT {
    UNWIND $newBrands AS id
    MATCH (o:Brand {id: id})<-[t:COLLABORATED_WITH {runId: $run}]-(c:Creator)
    WHERE c.id IN $knownCreators AND {seen c} AND {tie o}
    RETURN [c.id, o.id, {weight}, t.times, t.gmvUsd, t.firstAt, t.lastAt]
  } AS worked,
  COLLECT {
    UNWIND $newCreators AS id
    MATCH (c:Creator {id: id})-[:PUBLISHED]->(x:Content)-[:MENTIONS]->(named:Creator)
    WHERE named <> c AND named.id IN $creators AND {seen named} AND ($since IS NULL OR x.publishedAt >= $since)
    WITH c, named, count(x) AS times, min(x.publishedAt) AS firstAt, max(x.publishedAt) AS lastAt
    RETURN [c.id, named.id, times, firstAt, lastAt]
  } + COLLECT {
    UNWIND $newCreators AS id
    MATCH (named:Creator {id: id})<-[:MENTIONS]-(x:Content)<-[:PUBLISHED]-(c:Creator)
    WHERE named <> c AND c.id IN $knownCreators AND {seen c} AND ($since IS NULL OR x.publishedAt >= $since)
    WITH c, named, count(x) AS times, min(x.publishedAt) AS firstAt, max(x.publishedAt) AS lastAt
    RETURN [c.id, named.id, times, firstAt, lastAt]
  } AS mentioned,
  CASE WHEN $brands IS NULL THEN [] ELSE COLLECT {
    UNWIND $newCreators AS id
    MATCH (c:Creator {id: id})
    RETURN [c.id, COUNT { MATCH (c)-[:COLLABORATED_WITH {runId: $run}]->(o:Brand) WHERE NOT o.id IN $brands }]
  } END AS unseen
"""

SOLD: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})<-[:CREDITED_TO]-(s:Sale)
WHERE s.at >= $earlier AND s.at < $asOf AND s.status <> 'NO_SALE'
MATCH (s)-[:OF]->(:Product)<-[:SELLS]-(o:Brand)
WHERE o.id IN $shops
WITH c, o, s.at >= $recent AS late, {net} AS usd
RETURN c.id AS creator, o.id AS brand,
  sum(CASE WHEN late THEN usd ELSE 0.0 END) AS lately, sum(CASE WHEN late THEN 0.0 ELSE usd END) AS before
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody looks at: `of` are the nodes whose neighbours are wanted, `among` those that need not come again.

    Of each, `first` neighbours come; `mention` is what a post weighs that names someone; `since` keeps ties that were active after a time.
    """

    of: Sequence[Key]
    among: Sequence[Key]
    run: str
    as_of: int
    first: int
    mention: float
    since: int | None = None
    trends: bool = False


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`totals` tell how many neighbours each node has that the reader may see, `new` whom it brings in, `sold` as in `Around`."""

    totals: dict[Key, int]
    new: dict[Key, list[tuple[str, Neighbour]]]
    worked: list[Worked]
    mentioned: list[Mentioned]
    sold: Rows
    unseen: Rows


async def neighbours_of(reading: Reading, looked: Looked) -> Neighbours:
    """Return the strongest neighbours as the reader sees them; a node that is not seen has none, like one without ties."""
    shown, given = set(looked.among), {"run": looked.run, "since": looked.since}
    rows = await _strongest(reading, looked, given | _known(shown))
    totals = {(kind, own): total for kind, own, total, _ in rows}
    new = {(kind, own): [(each[0], Neighbour(*each[1:])) for each in found] for kind, own, _, found in rows}
    fresh = {(kind, each.id) for found in new.values() for kind, each in found}
    if not fresh:
        return Neighbours(totals, new, [], [], [], [])
    shown |= set(looked.of)
    every = {"creators": _ids(CREATOR, shown | fresh), "shops": _ids(BRAND, shown | fresh)}
    added = {"newCreators": _ids(CREATOR, fresh), "newBrands": _ids(BRAND, fresh)}
    ((worked, mentioned, unseen),) = await reading.rows(_text(TIES), **given, **every, **added, **_known(shown - fresh))
    sold = await _sold(reading, looked, worked) if looked.trends else []
    by_ends = [sorted(rows, key=lambda row: row[:2]) for rows in (worked, mentioned)]
    return Neighbours(totals, new, [Worked(*each) for each in by_ends[0]], [Mentioned(*each) for each in by_ends[1]], sold, unseen)


async def _strongest(reading: Reading, looked: Looked, given: dict[str, Any]) -> Rows:
    """Return whom each node brings in; a text that nobody needs is not planned."""
    creators, shops = _ids(CREATOR, looked.of), _ids(BRAND, looked.of)
    of_creators, of_brands = _text(OF_CREATORS), _text(OF_BRANDS)
    rows = await reading.rows(of_creators, creators=creators, mention=looked.mention, first=looked.first, **given) if creators else []
    return rows + (await reading.rows(of_brands, shops=shops, first=looked.first, **given) if shops else [])


async def _sold(reading: Reading, looked: Looked, worked: Rows) -> Rows:
    times = {"asOf": looked.as_of, "recent": looked.as_of - RECENT * DAY, "earlier": looked.as_of - 2 * RECENT * DAY}
    creators, shops = (sorted({each[end] for each in worked}) for end in (0, 1))
    return await reading.rows(SOLD.replace("{net}", net_sales("s")), creators=creators, shops=shops, **times)


def _known(keys: Collection[Key]) -> dict[str, list[Any]]:
    return {"knownCreators": _ids(CREATOR, keys), "knownBrands": _ids(BRAND, keys)}


def _ids(kind: str, keys: Iterable[Key]) -> list[Any]:
    return sorted({own for of, own in keys if of == kind})


def _text(query: LiteralString) -> LiteralString:
    """Return a query with what a tie weighs, and what may be seen of creators and ties."""
    whole = query.replace("{weight}", tie_weight("t"))
    for name in CREATORS:
        whole = whole.replace("{seen " + name + "}", SEEN.replace("{creator}", name))
    for name in BRANDS:
        whole = whole.replace("{tie " + name + "}", TIE.replace("{brand}", name))
    return whole
