"""A market of a dozen creators with enough of everything to be scored, drawn in Cypher."""

from collections.abc import Sequence
from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.search.stored import make_searchable

END: Final = 20_000 * 86_400
CREATORS: Final = 12

GOODS: Final[LiteralString] = """
CREATE (beauty:Category {id: '1', name: 'Beauty'}), (lips:Category {id: '11', name: 'Lips'})-[:CHILD_OF]->(beauty),
       (home:Category {id: '2', name: 'Home'})
WITH [lips, home] AS categories
UNWIND range(0, 5) AS n
CREATE (b:Brand {id: 'b' + n, name: 'Brand ' + n, region: 'US'})-[:SELLS]->(p:Product {id: 'p' + n, title: 'Product ' + n})
WITH categories[n % 2] AS category, p
CREATE (p)-[:IN_CATEGORY]->(category)
"""

PEOPLE: Final[LiteralString] = """
UNWIND range(1, $creators) AS n
CREATE (:Creator {id: 'c' + right('0' + n, 2), handle: 'creator' + n, region: CASE n % 3 WHEN 0 THEN 'GB' ELSE 'US' END,
                  followerCount: 500 * n * n, joinedAt: $end - (60 + 10 * n) * $day})
"""

POSTS: Final[LiteralString] = """
MATCH (c:Creator)
WITH c, toInteger(substring(c.id, 1)) AS n
UNWIND range(1, 4 + n) AS m
MATCH (p:Product {id: 'p' + (n * m % 6)})
CREATE (c)-[:PUBLISHED]->(t:Content:Video {id: 'v' + n + '-' + m, kind: 'VIDEO', publishedAt: $end - (m * 5 - n % 4) * $day,
                                           views: 100 * n + 37 * m * m, likes: 3 * m, comments: n, shares: m % 3}),
       (t)-[:FEATURES {clicks: 10 + m}]->(p),
       (s:Sale {id: 's' + n + '-' + m, orderId: 's' + n + '-' + m, status: 'PLACED', at: t.publishedAt + 60, quantity: 2,
                refundedQuantity: m % 2, gmvUsd: 3.1 * n + 0.7 * m}),
       (s)-[:OF]->(p), (s)-[:CREDITED_TO]->(c), (s)-[:THROUGH]->(t)
"""

DEALS: Final[LiteralString] = """
MATCH (c:Creator)
WITH c, toInteger(substring(c.id, 1)) AS n
UNWIND range(1, 7) AS m
MATCH (b:Brand {id: 'b' + ((n + m * m) % 6)})-[:SELLS]->(p:Product)
CREATE (b)-[:OFFERED]->(k:Collaboration {id: 'k' + n + '-' + m, kind: 'TARGETED', status: 'DELIVERED', offeredAt: $end - (m * 9) * $day,
                                         answeredAt: $end - (m * 9) * $day + 3600 * n * m, deliveredAt: $end - (m * 9 - 5) * $day,
                                         dueAt: $end - (m * 9 - 4 - (n + m) % 3) * $day, rating: 3.0 + (n + m) % 3,
                                         ratedAt: $end - (m * 9 - 6) * $day})-[:WITH]->(c),
       (k)-[:PROMOTES]->(p)
"""


async def draw_market(driver: AsyncDriver, *, end: int = END, more: Sequence[LiteralString] = ()) -> None:
    """Create the market; its events lie in the days before `end`. `more` are queries that draw into it with the same parameters."""
    for query in (GOODS, PEOPLE, POSTS, DEALS, *more):
        await driver.execute_query(query, end=end, day=86_400, creators=CREATORS, database_="neo4j")
    async with driver.session() as session:
        await make_searchable(session)
