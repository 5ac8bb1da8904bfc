"""The query for a brand's surroundings, put together from what is asked: a text that holds less is planned in a tenth of the time."""

from __future__ import annotations

from typing import Final, LiteralString

from graph.expressions import net_sales, tie_weight

NEAR: Final[LiteralString] = """
MATCH (b:Brand {id: $brand})
CALL (b) {
  OPTIONAL MATCH (b)<-[t:COLLABORATED_WITH {runId: $run}]-(c:Creator)
  WHERE ($brands IS NULL OR b.id IN $brands)
    AND ($regions IS NULL OR c.region IN $regions)
    AND ($chosenRegions IS NULL OR c.region IN $chosenRegions)
    AND ($since IS NULL OR t.lastAt >= $since)
    AND {weight} >= $minWeight{active}
  WITH c, t
  ORDER BY {weight} DESC, c.id
  RETURN collect(c) AS all1, collect(t.gmvUsd) AS sales
}
WITH b, sales, size(all1) AS count1, all1[..(($first + $depth - 1) / $depth)] AS near"""

OTHERS: Final[LiteralString] = """
CALL (b, near) {
  UNWIND near AS c
  MATCH (c)-[t:COLLABORATED_WITH {runId: $run}]->(o:Brand)
  WHERE o <> b
    AND ($brands IS NULL OR o.id IN $brands)
    AND ($since IS NULL OR t.lastAt >= $since)
    AND {weight} >= $minWeight
  WITH o, sum({weight}) AS weight{selling}
  ORDER BY weight DESC, o.id
  RETURN collect(o) AS all2
}
WITH b, sales, count1, near, size(all2) AS count2, all2[..(($first - size(near) + $depth - 2) / ($depth - 1))] AS others"""

FAR: Final[LiteralString] = """
CALL (b, others) {
  UNWIND others AS o
  MATCH (o)<-[t:COLLABORATED_WITH {runId: $run}]-(c:Creator)
  WHERE ($regions IS NULL OR c.region IN $regions)
    AND ($chosenRegions IS NULL OR c.region IN $chosenRegions)
    AND ($since IS NULL OR t.lastAt >= $since)
    AND {weight} >= $minWeight
    AND NOT EXISTS { (c)-[:COLLABORATED_WITH {runId: $run}]->(b) }{active}
  WITH c, sum({weight}) AS weight
  ORDER BY weight DESC, c.id
  RETURN collect(c) AS all3
}
WITH b, sales, count1, count2, size(all3) AS count3, near, others, all3[..($first - size(near) - size(others))] AS far"""

NO_OTHERS: Final[LiteralString] = "\nWITH *, 0 AS count2, [] AS others"
NO_FAR: Final[LiteralString] = "\nWITH *, 0 AS count3, [] AS far"

ACTIVE: Final[LiteralString] = """
    AND EXISTS {
      UNWIND $chosenCategories AS category
      MATCH (:Scorecard {id: $cards + '|' + c.id + '|90|' + category})
    }"""
SELLING: Final[LiteralString] = """
  WHERE EXISTS {
    MATCH (o)-[:SELLS]->(:Product)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..8]->(k:Category)
    WHERE k.id IN $chosenCategories
  }"""

FOUND: Final[LiteralString] = """
WITH b, sales, count1, count2, count3, near, others, far, near + far AS people, [b] + others AS shops
RETURN
  [b.id, b.name, b.region] AS brand,
  [c IN near | [c.id, c.handle, c.region]] AS near,
  [o IN others | [o.id, o.name, o.region]] AS others,
  [c IN far | [c.id, c.handle, c.region]] AS far,
  [count1, count2, count3] AS counts,
  sales,
  COLLECT {
    UNWIND people AS c
    MATCH (c)-[t:COLLABORATED_WITH {runId: $run}]->(o:Brand)
    WHERE o IN shops
      AND ($since IS NULL OR t.lastAt >= $since)
      AND {weight} >= $minWeight
    RETURN [c.id, o.id, {weight}, t.times, t.gmvUsd, t.firstAt, t.lastAt]
  } AS worked,
  COLLECT {
    UNWIND people AS named
    MATCH (named)<-[:MENTIONS]-(x:Content)<-[:PUBLISHED]-(c:Creator)
    WHERE c IN people AND c <> named AND ($since IS NULL OR x.publishedAt >= $since)
    WITH c, named, count(x) AS times, min(x.publishedAt) AS firstAt, max(x.publishedAt) AS lastAt
    RETURN [c.id, named.id, times, firstAt, lastAt]
  } AS mentioned,
  COLLECT {
    UNWIND people AS c
    MATCH (c)-[:PUBLISHED]->(x:Content)-[:FEATURES]->(p:Product)
    WHERE ($since IS NULL OR x.publishedAt >= $since)
      AND ($brands IS NULL OR EXISTS { MATCH (p)<-[:SELLS]-(seller:Brand) WHERE seller.id IN $brands })
    WITH c, p, count(x) AS times
    RETURN [c.id, p.id, times, p.title]
  } AS promoted"""

SOLD: Final[LiteralString] = """,
  COLLECT {
    UNWIND people AS c
    MATCH (c)<-[:CREDITED_TO]-(s:Sale)
    WHERE s.at >= $earlier AND s.at < $asOf AND s.status <> 'NO_SALE'
    MATCH (s)-[:OF]->(:Product)<-[:SELLS]-(o:Brand)
    WHERE o IN shops
    WITH c, o, s.at >= $recent AS late,
         {net} AS usd
    WITH c, o, sum(CASE WHEN late THEN usd ELSE 0.0 END) AS lately, sum(CASE WHEN late THEN 0.0 ELSE usd END) AS before
    RETURN [c.id, o.id, lately, before]
  } AS sold"""

SHARED: Final[LiteralString] = """,
  COLLECT {
    UNWIND people AS c
    MATCH (c)<-[:RATES]-(card:Scorecard {runId: $cards, window: 90})
    WHERE card.categoryId <> '*'
    MATCH (k:Category {id: card.categoryId})
    RETURN [c.id, k.id, k.name]
  } AS categories"""

UNSEEN: Final[LiteralString] = """,
  COLLECT {
    UNWIND people AS c
    RETURN [c.id, COUNT { MATCH (c)-[:COLLABORATED_WITH {runId: $run}]->(o:Brand) WHERE NOT o.id IN $brands }]
  } AS unseen,
  CASE WHEN NOT b.id IN $brands
    THEN COUNT { MATCH (b)<-[:COLLABORATED_WITH {runId: $run}]-(c:Creator) WHERE $regions IS NULL OR c.region IN $regions }
  END AS hidden"""


def text(depth: int, *, narrowed: bool, trends: bool, shared: bool, counts: bool) -> LiteralString:
    """Return the query; `narrowed` tells whether categories are chosen."""
    active: LiteralString = ACTIVE if narrowed else ""
    selling: LiteralString = SELLING if narrowed else ""
    rings: LiteralString = NEAR + (OTHERS if depth > 1 else NO_OTHERS) + (FAR if depth > 2 else NO_FAR)
    more: LiteralString = (SOLD if trends else "") + (SHARED if shared else "") + (UNSEEN if counts else "")
    whole: LiteralString = rings.replace("{active}", active).replace("{selling}", selling) + FOUND + more
    return whole.replace("{weight}", tie_weight("t")).replace("{net}", net_sales("s"))
