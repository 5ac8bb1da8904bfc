"""A network to draw on paper, with the weights of ties beside them.

acme, the viewers' own brand: ana 6, cat 3 (GB), ben 1. bolt, a stranger: dan 4, ana 3, ben 2. ana works with five more brands,
weight 1 each. eve worked with acme as of an earlier run only. acme sells `shoe` in lips, a part of beauty; bolt `hat` in home.
ana names ben twice and cat once; ana promotes shoe and hat, ben shoe, cat and dan hat.
"""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.plans.visibility import Reach, Visibility
from graph.recommendations.reading import Reading

DAY: Final = 86_400
NOW: Final = 20_000 * DAY
RUN: Final = "r1"

DRAWN: Final[LiteralString] = """
CREATE (ana:Creator {id: 'ana', handle: 'Ana', region: 'US'}), (ben:Creator {id: 'ben', handle: 'Ben', region: 'US'}),
       (cat:Creator {id: 'cat', handle: 'Cat', region: 'GB'}), (dan:Creator {id: 'dan', handle: 'Dan', region: 'US'}),
       (eve:Creator {id: 'eve', handle: 'Eve', region: 'US'}),
       (acme:Brand {id: 'acme', name: 'Acme', region: 'US'}), (bolt:Brand {id: 'bolt', name: 'Bolt', region: 'US'}),
       (lone:Brand {id: 'lone'}),
       (beauty:Category {id: 'beauty', name: 'Beauty'}), (lips:Category {id: 'lips', name: 'Lips'})-[:CHILD_OF]->(beauty),
       (home:Category {id: 'home', name: 'Home'}),
       (acme)-[:SELLS]->(shoe:Product {id: 'shoe', title: 'Shoe'})-[:IN_CATEGORY]->(lips),
       (bolt)-[:SELLS]->(hat:Product {id: 'hat', title: 'Hat'})-[:IN_CATEGORY]->(home),
       (run:ScoringRun {id: 'r1', status: 'current', asOf: $now})
CREATE (ana)-[:COLLABORATED_WITH {runId: 'r1', times: 3, gmvUsd: 999.0, firstAt: $now - 300 * $day, lastAt: $now - $day}]->(acme),
       (ben)-[:COLLABORATED_WITH {runId: 'r1', times: 1, gmvUsd: 0.0, firstAt: $now - 30 * $day, lastAt: $now - 20 * $day}]->(acme),
       (cat)-[:COLLABORATED_WITH {runId: 'r1', times: 2, gmvUsd: 9.0, firstAt: $now - 400 * $day, lastAt: $now - 100 * $day}]->(acme),
       (ana)-[:COLLABORATED_WITH {runId: 'r1', times: 1, gmvUsd: 99.0, firstAt: $now - 300 * $day, lastAt: $now - 10 * $day}]->(bolt),
       (ben)-[:COLLABORATED_WITH {runId: 'r1', times: 1, gmvUsd: 9.0, firstAt: $now - 300 * $day, lastAt: $now - 10 * $day}]->(bolt),
       (dan)-[:COLLABORATED_WITH {runId: 'r1', times: 4, gmvUsd: 0.0, firstAt: $now - 300 * $day, lastAt: $now - 10 * $day}]->(bolt),
       (eve)-[:COLLABORATED_WITH {runId: 'r0', times: 9, gmvUsd: 9.0, firstAt: $now - 300 * $day, lastAt: $now - 10 * $day}]->(acme)
CREATE (ana)-[:PUBLISHED]->(v1:Content:Video {id: 'v1', kind: 'VIDEO', publishedAt: $now - 5 * $day})-[:FEATURES]->(shoe),
       (ana)-[:PUBLISHED]->(v2:Content:Video {id: 'v2', kind: 'VIDEO', publishedAt: $now - 40 * $day})-[:FEATURES]->(hat),
       (ben)-[:PUBLISHED]->(v3:Content:Video {id: 'v3', kind: 'VIDEO', publishedAt: $now - 6 * $day})-[:FEATURES]->(shoe),
       (cat)-[:PUBLISHED]->(v4:Content:Video {id: 'v4', kind: 'VIDEO', publishedAt: $now - 7 * $day})-[:FEATURES]->(hat),
       (dan)-[:PUBLISHED]->(v5:Content:Video {id: 'v5', kind: 'VIDEO', publishedAt: $now - 8 * $day})-[:FEATURES]->(hat),
       (v1)-[:MENTIONS]->(ben), (v2)-[:MENTIONS]->(ben), (v2)-[:MENTIONS]->(cat)
CREATE (s1:Sale {id: 's1', orderId: 's1', at: $now - 5 * $day, status: 'SETTLED', quantity: 2, refundedQuantity: 1, gmvUsd: 400.0}),
       (s1)-[:OF]->(shoe), (s1)-[:CREDITED_TO]->(ana),
       (s2:Sale {id: 's2', orderId: 's2', at: $now - 100 * $day, status: 'PLACED', quantity: 1, gmvUsd: 100.0}),
       (s2)-[:OF]->(shoe), (s2)-[:CREDITED_TO]->(ana),
       (s3:Sale {id: 's3', orderId: 's3', at: $now - 5 * $day, status: 'REFUNDED', quantity: 1, gmvUsd: 5000.0}),
       (s3)-[:OF]->(shoe), (s3)-[:CREDITED_TO]->(ben),
       (s4:Sale {id: 's4', orderId: 's4', at: $now - 200 * $day, status: 'PLACED', quantity: 1, gmvUsd: 7000.0}),
       (s4)-[:OF]->(shoe), (s4)-[:CREDITED_TO]->(cat)
WITH ana
UNWIND range(1, 5) AS n
CREATE (ana)-[:COLLABORATED_WITH {runId: 'r1', times: 1, gmvUsd: 0.0, firstAt: $now - 300 * $day, lastAt: $now - 10 * $day}]->
       (:Brand {id: 'x' + n, name: 'X' + n, region: 'US'})
"""

CARDS: Final[LiteralString] = """
UNWIND [['ana', 'lips'], ['ana', 'beauty'], ['ben', 'lips'], ['ben', 'beauty'], ['cat', 'home'], ['dan', 'home'], ['ana', '*']] AS pair
MATCH (c:Creator {id: pair[0]})
CREATE (c)<-[:RATES]-(:Scorecard {id: 'r1|' + pair[0] + '|90|' + pair[1], runId: 'r1', creatorId: pair[0], window: 90, categoryId: pair[1]})
"""

ALL: Final = Visibility(Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL)
OWN: Final = Visibility(Reach.REGIONS, Reach.REGIONS, Reach.OWN, Reach.COUNTS, Reach.RANGES, ("US",), ("acme",))
EVERYWHERE: Final = Visibility(Reach.ALL, Reach.ALL, Reach.OWN, Reach.COUNTS, Reach.RANGES, ("*",), ("acme",))
CLIENTS: Final = Visibility(Reach.REGIONS, Reach.REGIONS, Reach.CLIENTS, Reach.COUNTS, Reach.RANGES, ("US", "GB"), ("acme", "bolt"))


async def draw(driver: AsyncDriver) -> None:
    """Draw the network into an empty database."""
    await driver.execute_query(DRAWN, now=NOW, day=DAY)
    await driver.execute_query(CARDS)


def reading(driver: AsyncDriver, visibility: Visibility) -> Reading:
    """Return a way to read as one who sees so much."""
    return Reading(driver, "neo4j", 10, visibility)
