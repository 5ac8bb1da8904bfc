"""A market drawn so that every question that comes with the product has an answer that can be worked out by hand.

ana and ben (US) promote the same, ana names ben, ben names cat (GB); dan sells without a post. acme sells shoe and lamp, bolt
sells hat, cove sells a vase that nobody buys. Days count back from `END`.
"""

from typing import Final, LiteralString

from neo4j import AsyncDriver

END: Final = 20_000 * 86_400

GOODS: Final[LiteralString] = """
CREATE (wear:Category {id: 'wear', name: 'Wear'})<-[:CHILD_OF]-(shoes:Category {id: 'shoes', name: 'Shoes'})
CREATE (home:Category {id: 'home', name: 'Home'})
CREATE (acme:Brand {id: 'acme', name: 'Acme', region: 'US'})
CREATE (bolt:Brand {id: 'bolt', name: 'Bolt', region: 'US'})
CREATE (cove:Brand {id: 'cove', name: 'Cove', region: 'GB'})
CREATE (acme)-[:SELLS]->(:Product {id: 'shoe', title: 'Shoe', commissionRate: 0.1})-[:IN_CATEGORY]->(shoes)
CREATE (acme)-[:SELLS]->(:Product {id: 'lamp', title: 'Lamp', commissionRate: 0.12})-[:IN_CATEGORY]->(home)
CREATE (bolt)-[:SELLS]->(:Product {id: 'hat', title: 'Hat', commissionRate: 0.2})-[:IN_CATEGORY]->(wear)
CREATE (cove)-[:SELLS]->(:Product {id: 'vase', title: 'Vase'})-[:IN_CATEGORY]->(home)
CREATE (:Creator {id: 'ana', handle: 'Ana', region: 'US', followerCount: 1000})
CREATE (:Creator {id: 'ben', handle: 'Ben', region: 'US', followerCount: 90000})
CREATE (:Creator {id: 'cat', handle: 'Cat', region: 'GB', followerCount: 100000})
CREATE (:Creator {id: 'dan', handle: 'Dan', region: 'US', followerCount: 10})
"""

POSTS: Final[LiteralString] = """
UNWIND [
  ['v1', 'ana', 'VIDEO', 10, ['shoe', 'hat'], ['ben']],
  ['v2', 'ben', 'LIVE', 8, ['shoe', 'hat', 'vase'], ['cat']],
  ['v3', 'cat', 'VIDEO', 40, ['lamp'], []],
  ['v4', 'cat', 'VIDEO', 12, [], []]
] AS row
MATCH (c:Creator {id: row[1]})
CREATE (c)-[:PUBLISHED]->(t:Content {id: row[0], kind: row[2], publishedAt: $end - row[3] * 86400})
WITH row, t
CALL (row, t) {
  UNWIND row[4] AS id
  MATCH (p:Product {id: id})
  CREATE (t)-[:FEATURES {clicks: 7}]->(p)
}
CALL (row, t) {
  UNWIND row[5] AS id
  MATCH (named:Creator {id: id})
  CREATE (t)-[:MENTIONS]->(named)
}
"""

SALES: Final[LiteralString] = """
UNWIND [
  ['s1', 'ana', 'shoe', 'v1', 9, 2, 1, 100.0, 'PLACED', null],
  ['s2', 'ana', 'hat', 'v1', 5, 1, 0, 40.0, 'PLACED', null],
  ['s3', 'ben', 'hat', 'v2', 7, 1, 0, 60.0, 'PLACED', null],
  ['s4', 'cat', 'lamp', 'v3', 38, 4, 0, 200.0, 'SETTLED', null],
  ['s5', 'ana', 'shoe', null, 35, 1, 0, 30.0, 'SETTLED', 'VIDEO'],
  ['s6', 'dan', 'lamp', null, 3, 1, 0, 20.0, 'REFUNDED', 'SHOWCASE'],
  ['s7', 'dan', 'lamp', null, 2, 1, 0, 999.0, 'NO_SALE', null],
  ['s8', 'ben', 'lamp', 'v2', 6, 1, 0, 60.0, 'PLACED', null],
  ['s9', 'dan', 'shoe', null, 4, 1, 0, 400.0, 'PLACED', null]
] AS row
MATCH (c:Creator {id: row[1]})
MATCH (p:Product {id: row[2]})
CREATE (s:Sale {id: row[0], orderId: row[0], at: $end - row[4] * 86400, quantity: row[5], refundedQuantity: row[6], gmvUsd: row[7],
                status: row[8], contentKind: row[9]})
CREATE (s)-[:OF]->(p)
CREATE (s)-[:CREDITED_TO]->(c)
WITH row, s
MATCH (t:Content {id: row[3]})
CREATE (s)-[:THROUGH]->(t)
"""

WORK: Final[LiteralString] = """
UNWIND [
  ['k1', 'ana', 'TARGETED', 'DELIVERED', 20, 6],
  ['k2', 'ben', 'TARGETED', 'DECLINED', 20, 2],
  ['k3', 'cat', 'TARGETED', 'OFFERED', 10, null],
  ['k4', 'cat', 'SAMPLE', 'ACCEPTED', 40, 24]
] AS row
MATCH (c:Creator {id: row[1]})
MATCH (b:Brand {id: 'acme'})
CREATE (b)-[:OFFERED]->(k:Collaboration {id: row[0], kind: row[2], status: row[3], offeredAt: $end - row[4] * 86400,
                                        answeredAt: $end - row[4] * 86400 + row[5] * 3600})-[:WITH]->(c)
WITH k
MATCH (s:Sale {id: 's1'})
WHERE k.id = 'k1'
CREATE (s)-[:UNDER]->(k)
"""

RUNS: Final[LiteralString] = """
CREATE (:ScoringRun {id: 'r1', status: 'superseded', asOf: $end - 86400, publishedAt: 1})
CREATE (:ScoringRun {id: 'r2', status: 'current', asOf: $end, publishedAt: 2})
WITH *
UNWIND [['ana', 'acme', 2, 80.0], ['ana', 'bolt', 1, 40.0], ['ben', 'bolt', 1, 60.0], ['cat', 'acme', 1, 200.0]] AS row
MATCH (c:Creator {id: row[0]})
MATCH (b:Brand {id: row[1]})
CREATE (c)-[:COLLABORATED_WITH {runId: 'r2', times: row[2], gmvUsd: row[3], firstAt: $end - 4000000, lastAt: $end - 86400 * row[2]}]->(b)
"""

CARDS: Final[LiteralString] = """
UNWIND [['r1', 'ana', 0], ['r1', 'ben', 1], ['r2', 'ana', 1], ['r2', 'ben', 0]] AS row
MATCH (c:Creator {id: row[1]})
CREATE (:Scorecard {id: row[0] + row[1], runId: row[0], window: 90, categoryId: '*', region: 'US', overall: 50.0 - row[2],
                    overallOrdinal: row[2]})-[:RATES]->(c)
"""


async def draw_little_market(driver: AsyncDriver) -> None:
    """Create the market in an empty database."""
    for query in (GOODS, POSTS, SALES, WORK, RUNS, CARDS):
        await driver.execute_query(query, end=END, database_="neo4j")
