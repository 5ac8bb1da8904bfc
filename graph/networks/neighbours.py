"""The strongest neighbours of nodes that somebody looks at already, and what ties them to these and to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
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

OF_NEW_CREATORS: Final[LiteralString] = """
    UNWIND $newCreators AS id
    MATCH (c:Creator {id: id})-[t:COLLABORATED_WITH {runId: $run}]->(o:Brand)
    WHERE o.id IN $shops AND {tie o}"""
OF_NEW_BRANDS: Final[LiteralString] = """
    UNWIND $newBrands AS id
    MATCH (o:Brand {id: id})<-[t:COLLABORATED_WITH {runId: $run}]-(c:Creator)
    WHERE c.id IN $knownCreators AND {seen c} AND {tie o}"""
BY_NEW_CREATORS: Final[LiteralString] = """
    UNWIND $newCreators AS id
    MATCH (c:Creator {id: id})-[:PUBLISHED]->(x:Content)-[:MENTIONS]->(named:Creator)
    WHERE named <> c AND named.id IN $creators AND {seen named} AND ($since IS NULL OR x.publishedAt >= $since)"""
OF_NEW_NAMES: Final[LiteralString] = """
    UNWIND $newCreators AS id
    MATCH (named:Creator {id: id})<-[:MENTIONS]-(x:Content)<-[:PUBLISHED]-(c:Creator)
    WHERE named <> c AND c.id IN $knownCreators AND {seen c} AND ($since IS NULL OR x.publishedAt >= $since)"""
"""The ties of new nodes: collaborations of creators and of brands, mentions by creators and of creators; none is of two of these."""

HEAVIEST: Final[LiteralString] = """
    WITH c, o, t, {weight} AS weight
    ORDER BY weight DESC, c.id, o.id
    LIMIT $most
    RETURN [c.id, o.id, weight, t.times, t.gmvUsd, t.firstAt, t.lastAt]"""
MOST_NAMED: Final[LiteralString] = """
    WITH c, named, count(x) AS times, min(x.publishedAt) AS firstAt, max(x.publishedAt) AS lastAt
    ORDER BY times DESC, c.id, named.id
    LIMIT $most
    RETURN [c.id, named.id, times, firstAt, lastAt]"""

TIES: Final[LiteralString] = f"""
  COLLECT {{{OF_NEW_CREATORS}{HEAVIEST}
  }} + COLLECT {{{OF_NEW_BRANDS}{HEAVIEST}
  }} AS worked,
  COLLECT {{{BY_NEW_CREATORS}{MOST_NAMED}
  }} + COLLECT {{{OF_NEW_NAMES}{MOST_NAMED}
  }} AS mentioned"""

UNSEEN: Final[LiteralString] = """
  COLLECT {
    UNWIND $newCreators AS id
    MATCH (c:Creator {id: id})
    RETURN [c.id, COUNT { MATCH (c)-[:COLLABORATED_WITH {runId: $run}]->(o:Brand) WHERE NOT o.id IN $brands }]
  } AS unseen"""

PAIRS: Final[LiteralString] = """
    RETURN DISTINCT c, named"""
NUMBER_OF_TIES: Final[LiteralString] = f"""
RETURN COUNT {{{OF_NEW_CREATORS}
    RETURN t
  }} + COUNT {{{OF_NEW_BRANDS}
    RETURN t
  }} + COUNT {{{BY_NEW_CREATORS}{PAIRS}
  }} + COUNT {{{OF_NEW_NAMES}{PAIRS}
  }} AS ties
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
class Expansion:
    """What a network is to be expanded by: the neighbours of the nodes `of`, without those `among` that it has already.

    Of each, `first` neighbours come; `mention` is what a post weighs that names someone; `since` keeps ties that were active after a time.
    `ties` is how many are read at most; `trends` and `counts` say whether late sales and numbers of unseen ties are wanted.
    """

    of: Sequence[Key]
    among: Sequence[Key]
    run: str
    as_of: int
    first: int
    mention: float
    since: int | None = None
    ties: int = 0
    trends: bool = False
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`totals` tell how many neighbours each node has that the reader may see, `new` whom it brings in.

    `worked` and `mentioned` are the heaviest ties of these, collaborations first; `left_out` tells how many more there are. `sold` and
    `unseen` are as in `Around`.
    """

    totals: dict[Key, int]
    new: dict[Key, list[tuple[str, Neighbour]]]
    worked: list[Worked] = field(default_factory=list[Worked])
    mentioned: list[Mentioned] = field(default_factory=list[Mentioned])
    left_out: int = 0
    sold: Rows = field(default_factory=list[list[Any]])
    unseen: Rows = field(default_factory=list[list[Any]])


async def neighbours_of(reading: Reading, expansion: Expansion) -> Neighbours:
    """Return the strongest neighbours as the reader sees them; a node that is not seen has none, like one without ties."""
    rows = await _strongest(reading, expansion)
    totals = {(kind, own): total for kind, own, total, _ in rows}
    new = {(kind, own): [(each[0], Neighbour(*each[1:])) for each in found] for kind, own, _, found in rows}
    fresh = {(kind, each.id) for found in new.values() for kind, each in found}
    counts = expansion.counts and reading.brands is not None
    if not fresh or not (expansion.ties or counts):
        return Neighbours(totals, new)
    shown = {*expansion.of, *expansion.among}
    given = {
        **_given(expansion, shown - fresh),
        "creators": _ids(CREATOR, shown | fresh),
        "shops": _ids(BRAND, shown | fresh),
        "newCreators": _ids(CREATOR, fresh),
        "newBrands": _ids(BRAND, fresh),
    }
    query = "RETURN" + (TIES if expansion.ties else "") + ("," if expansion.ties and counts else "") + (UNSEEN if counts else "")
    # One more than may be told says that there are more.
    (values,) = await reading.rows(_text(query), most=expansion.ties + 1, **given)
    read: tuple[Rows, Rows] = (values[0], values[1]) if expansion.ties else ([], [])
    worked, mentioned = _heaviest(*read, expansion.ties)
    return Neighbours(
        totals,
        new,
        [Worked(*each) for each in worked],
        [Mentioned(*each) for each in mentioned],
        left_out=await _left_out(reading, given, sum(map(len, read)), len(worked) + len(mentioned)),
        sold=await _sold(reading, expansion, worked) if expansion.trends and worked else [],
        unseen=values[-1] if counts else [],
    )


async def _strongest(reading: Reading, expansion: Expansion) -> Rows:
    """Return whom each node brings in; a text that nobody needs is not planned."""
    creators, shops = _ids(CREATOR, expansion.of), _ids(BRAND, expansion.of)
    given = {**_given(expansion, expansion.among), "first": expansion.first}
    rows = await reading.rows(_text(OF_CREATORS), creators=creators, mention=expansion.mention, **given) if creators else []
    return rows + (await reading.rows(_text(OF_BRANDS), shops=shops, **given) if shops else [])


def _heaviest(worked: Rows, mentioned: Rows, most: int) -> tuple[Rows, Rows]:
    """Return the heaviest collaborations, and as many of the mentions as these leave room for."""
    by_weight = [sorted(rows, key=lambda row: (-row[2], *row[:2])) for rows in (worked, mentioned)]
    return by_weight[0][:most], by_weight[1][: max(0, most - len(worked))]


async def _left_out(reading: Reading, given: dict[str, Any], read: int, told: int) -> int:
    """Return how many ties are not told; they are counted only where there are more."""
    if read == told:
        return 0
    ((ties,),) = await reading.rows(_text(NUMBER_OF_TIES), **given)
    return ties - told


async def _sold(reading: Reading, expansion: Expansion, worked: Rows) -> Rows:
    times = {"asOf": expansion.as_of, "recent": expansion.as_of - RECENT * DAY, "earlier": expansion.as_of - 2 * RECENT * DAY}
    creators, shops = (sorted({each[end] for each in worked}) for end in (0, 1))
    return await reading.rows(SOLD.replace("{net}", net_sales("s")), creators=creators, shops=shops, **times)


def _given(expansion: Expansion, known: Collection[Key]) -> dict[str, Any]:
    return {
        "run": expansion.run,
        "since": expansion.since,
        "knownCreators": _ids(CREATOR, known),
        "knownBrands": _ids(BRAND, known),
    }


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
