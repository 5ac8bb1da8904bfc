"""Which creators and brands have worked together, over the whole history."""

from typing import Any

from api.runs.inputs import read_market
from graph.reader import Reader
from scoring.facts import Period, ties

STAGE = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (a:Brand {id: 'a'})-[:SELLS]->(p:Product {id: 'p'}),
       (b:Brand {id: 'b'}), (q:Product {id: 'q'}),
       (a)-[:OFFERED]->(:Collaboration {id: '1', kind: 'TARGETED', status: 'ACCEPTED', offeredAt: $end - 400 * $day})-[:WITH]->(ann),
       (a)-[:OFFERED]->(:Collaboration {id: '2', kind: 'TARGETED', status: 'DECLINED', offeredAt: $end - 4 * $day})-[:WITH]->(ann),
       (b)-[:OFFERED]->(:Collaboration {id: '3', kind: 'TARGETED', status: 'ACCEPTED', offeredAt: $end - 4 * $day})-[:WITH]->(ann)
WITH ann, p, q
UNWIND [[500, 10.0, p, 0], [300, 20.0, p, 1], [5, 30.0, p, 0], [5, 40.0, q, 0]] AS sold
WITH ann, sold, sold[2] AS product
CREATE (s:Sale {id: randomUUID(), orderId: 'o', status: 'PLACED', at: $end - sold[0] * $day, quantity: 2, refundedQuantity: sold[3],
                gmvUsd: sold[1]})-[:OF]->(product), (s)-[:CREDITED_TO]->(ann)
"""


async def test_ties_have_accepted_collaborations_and_net_sales_of_all_time(graph: Any, draw: Any) -> None:
    await draw(STAGE)
    reader, end = Reader(graph), 20_000 * 86_400
    found = ties(await read_market(reader, Period(end)))
    day = 86_400
    assert list(zip(found.creator.tolist(), found.brand.tolist(), found.times.tolist(), found.gmv_usd.tolist(), strict=True)) == [
        ("ann", "a", 1, 50.0),
        ("ann", "b", 1, 0.0),
    ]
    assert found.first_at.tolist() == [end - 500 * day, end - 4 * day]
    assert found.last_at.tolist() == [end - 5 * day, end - 4 * day]


async def test_an_empty_graph_has_none(graph: Any) -> None:
    reader = Reader(graph)
    assert len(ties(await read_market(reader, Period(20_000 * 86_400)))) == 0
