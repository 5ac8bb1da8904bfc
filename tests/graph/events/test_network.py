"""Who promotes and sells what, for whom, and who names whom."""

import math
from typing import Any

from api.runs.inputs import read_market
from graph.reader import Reader
from scoring.facts import Market, Pairs, Period, network

STAGE = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (bob:Creator {id: 'bob', handle: 'bob', region: 'GB'}),
       (beauty:Category {id: '1'}), (lips:Category {id: '11'})-[:CHILD_OF]->(beauty),
       (a:Brand {id: 'a'})-[:SELLS]->(p:Product {id: 'p'})-[:IN_CATEGORY]->(lips), (q:Product {id: 'q'}),
       (ann)-[:PUBLISHED]->(v:Content {id: 'v', kind: 'VIDEO', publishedAt: $end - $day})-[:FEATURES]->(p), (v)-[:FEATURES]->(q),
       (ann)-[:PUBLISHED]->(w:Content {id: 'w', kind: 'VIDEO', publishedAt: $end - $day})-[:FEATURES]->(p),
       (v)-[:MENTIONS]->(bob), (w)-[:MENTIONS]->(bob), (w)-[:MENTIONS]->(ann),
       (s:Sale {id: 's', orderId: 's', status: 'PLACED', at: $end - 1, quantity: 2, refundedQuantity: 1, gmvUsd: 10.0})-[:OF]->(p),
       (s)-[:CREDITED_TO]->(ann),
       (t:Sale {id: 't', orderId: 't', status: 'PLACED', at: $end - 1, quantity: 1, gmvUsd: 15.0})-[:OF]->(p), (t)-[:CREDITED_TO]->(bob),
       (a)-[:OFFERED]->(:Collaboration {id: 'k', kind: 'OPEN', status: 'ACCEPTED', answeredAt: $end - $day})-[:WITH]->(bob)
"""


def drawn(pairs: Pairs, source: Any, target: Any) -> dict[tuple[str, str], float]:
    """Return pairs under the ids of their nodes."""
    places = zip(pairs.source, pairs.target, pairs.weight.tolist(), strict=True)
    return {(str(source[one]), str(target[other])): weight for one, other, weight in places}


async def of_the(graph: Any) -> Market:
    """Return the market that ends on the tests' midnight."""
    return await read_market(Reader(graph), Period(20_000 * 86_400))


async def test_weighs_promotion_a_little_and_sales_in_dollars(graph: Any, draw: Any) -> None:
    await draw(STAGE)
    read = await of_the(graph)
    found, people, goods = network(read, 7), read.creators.id, read.catalogue
    assert drawn(found.promotes, people, goods.product) == {("ann", "p"): 6, ("ann", "q"): 1, ("bob", "p"): 16}
    assert drawn(found.sells, goods.brand, goods.product) == {("a", "p"): 22}
    assert drawn(found.mentions, people, people) == {("ann", "bob"): 2}
    assert drawn(found.deals, people, goods.brand) == {("bob", "a"): 1}
    assert drawn(found.restart, goods.product, goods.category) == {
        ("p", "*"): 22,
        ("p", "1"): 22,
        ("p", "11"): 22,
        ("q", "*"): 1,
    }


async def test_shares_of_sales_and_products_are_facts(draw: Any, ask: Any) -> None:
    await draw(STAGE)
    known = await ask()
    assert known.of("influence_degree", "category_sales_share", category="1") == (1, 0.25)
    assert known.of("influence_degree", "category_sales_share") == (2, 0.25)
    assert known("category_sales_share", "bob", category="11") == 0.75


async def test_a_graph_without_sales_has_no_shares_and_an_empty_one_no_pairs(graph: Any, draw: Any, ask: Any) -> None:
    assert len(network(await of_the(graph), 7).promotes.weight) == 0
    await draw("CREATE (:Creator {id: 'ann', handle: 'ann', region: 'US'})")
    assert math.isnan((await ask())("category_sales_share"))
