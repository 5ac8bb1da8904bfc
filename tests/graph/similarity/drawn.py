"""A market of four creators, drawn in Cypher.

ann and bob have worked with acme and bolt, and show acme's shoe and bolt's hat; cat, of another region, has worked with acme alone.
dan is tied to nothing. ann names bob and cat, bob names cat, cat names himself and, later than `END`, bob.
"""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.plans.visibility import Reach, Visibility
from graph.recommendations.reading import Reading
from graph.runs import WORLD, scope_key

END: Final = 20_000 * 86_400
RUN: Final = "r1"

DRAWN: Final[LiteralString] = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US', language: 'en'}), (bob:Creator {id: 'bob', handle: 'bob', region: 'US'}),
       (cat:Creator {id: 'cat', handle: 'cat', region: 'GB', language: 'en'}), (dan:Creator {id: 'dan', handle: 'dan', region: 'US'}),
       (acme:Brand {id: 'acme', name: 'Acme'}), (bolt:Brand {id: 'bolt'}),
       (wear:Category {id: 'wear', name: 'Wear'}), (shoes:Category {id: 'shoes', name: 'Shoes'})-[:CHILD_OF]->(wear),
       (acme)-[:SELLS]->(shoe:Product {id: 'shoe', title: 'Shoe', priceUsd: 10.0})-[:IN_CATEGORY]->(shoes),
       (bolt)-[:SELLS]->(hat:Product {id: 'hat'})-[:IN_CATEGORY]->(wear)
FOREACH (tie IN [[ann, acme], [ann, bolt], [bob, acme], [bob, bolt], [cat, acme]] |
  CREATE (a:Pair) SET a.creator = tie[0].id, a.brand = tie[1].id)
CREATE (ann)-[:PUBLISHED]->(t1:Content:Video {id: 't1', kind: 'VIDEO', publishedAt: $end - 500 * 86400})-[:FEATURES]->(shoe),
       (t1)-[:FEATURES]->(hat), (t1)-[:MENTIONS]->(bob),
       (ann)-[:PUBLISHED]->(t2:Content:Video {id: 't2', kind: 'VIDEO', publishedAt: $end - 86400})-[:MENTIONS]->(cat),
       (t2)-[:MENTIONS]->(bob),
       (bob)-[:PUBLISHED]->(t3:Content:Video {id: 't3', kind: 'VIDEO', publishedAt: $end - 86400})-[:FEATURES]->(shoe),
       (t3)-[:FEATURES]->(hat), (t3)-[:MENTIONS]->(cat),
       (cat)-[:PUBLISHED]->(t4:Content:Video {id: 't4', kind: 'VIDEO', publishedAt: $end - 86400})-[:MENTIONS]->(cat),
       (cat)-[:PUBLISHED]->(t5:Content:Video {id: 't5', kind: 'VIDEO', publishedAt: $end + 86400})-[:MENTIONS]->(bob),
       (ann)-[:HAS_AUDIENCE]->(:Audience {id: 'a1', dimension: 'GENDER', bucket: 'FEMALE', share: 0.75, at: $end - 9}),
       (ann)-[:HAS_AUDIENCE]->(:Audience {id: 'a2', dimension: 'GENDER', bucket: 'MALE', share: 0.25}),
       (bob)-[:HAS_AUDIENCE]->(:Audience {id: 'a3', dimension: 'AGE', bucket: '18-24', share: 1.0}),
       (cat)-[:HAS_AUDIENCE]->(:Audience {id: 'a4', dimension: 'AGE', bucket: '55+'}),
       (cat)-[:HAS_AUDIENCE]->(:Audience {id: 'a5', dimension: 'AGE', bucket: '25-34', share: 1.0, at: $end + 9})
"""

TIED: Final[LiteralString] = """
MATCH (pair:Pair)
MATCH (c:Creator {id: pair.creator})
MATCH (b:Brand {id: pair.brand})
CREATE (c)-[:COLLABORATED_WITH {runId: $run, times: 2, gmvUsd: 5.0}]->(b),
       (c)-[:COLLABORATED_WITH {runId: 'r0', times: 1, gmvUsd: 1.0}]->(b)
DELETE pair
"""

CARDS: Final[LiteralString] = """
UNWIND [['ann', 'wear'], ['ann', 'shoes'], ['ann', '*'], ['bob', 'wear'], ['bob', '*']] AS card
MATCH (c:Creator {id: card[0]})
CREATE (c)<-[:RATES]-(:Scorecard {id: $run + card[0] + card[1], runId: $run, creatorId: card[0], window: 90, categoryId: card[1],
                                  world: $worlds[card[1]], overallWorldOrdinal: 0})
"""


async def draw(driver: AsyncDriver) -> None:
    """Create the market, with ties and a few scorecards of one run."""
    worlds = {category: scope_key(RUN, 90, category, WORLD) for category in ("wear", "shoes", "*")}
    for query in (DRAWN, TIED, CARDS):
        await driver.execute_query(query, end=END, run=RUN, worlds=worlds, database_="neo4j")


def reading(driver: AsyncDriver, *, regions: tuple[str, ...] | None = None, brands: tuple[str, ...] = ()) -> Reading:
    """Return a reader who sees all, or a brand's that sees some regions and ties."""
    if regions is None:
        everything = Visibility(Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL)
        return Reading(driver, "neo4j", 10, everything)
    return Reading(driver, "neo4j", 10, Visibility(Reach.REGIONS, Reach.REGIONS, Reach.OWN, Reach.COUNTS, Reach.RANGES, regions, brands))
