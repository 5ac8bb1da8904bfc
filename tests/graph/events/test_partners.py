"""Brands, repeats and their spread."""

import math
from typing import Any

import pytest

STAGE = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (a:Brand {id: 'a'}), (b:Brand {id: 'b'}),
       (c:Brand {id: 'c'}),
       (k1:Category {id: '1'}), (pa:Product {id: 'pa'})-[:IN_CATEGORY]->(k1), (pc:Product {id: 'pc'}),
       (a)-[:SELLS]->(pa), (c)-[:SELLS]->(pc)
"""


def deal(name: str, brand: str, day: int, *, promotes: str = "", status: str = "ACCEPTED") -> str:
    """Return Cypher for one collaboration offered and answered on a day before the end."""
    made = f"CREATE ({brand})-[:OFFERED]->(d{name}:Collaboration {{id: '{name}', kind: 'TARGETED', status: '{status}', "
    made += f"offeredAt: $end - {day} * $day, answeredAt: $end - {day} * $day}})-[:WITH]->(ann)\n"
    return made + (f"CREATE (d{name})-[:PROMOTES]->({promotes})\n" if promotes else "")


async def test_counts_brands_of_the_window_and_repeats_of_all_the_history(draw: Any, ask: Any) -> None:
    sold = """CREATE (s:Sale {id: 's', orderId: 's', status: 'PLACED', at: $end - 1, quantity: 1, gmvUsd: 5.0}),
                     (s)-[:OF]->(pc), (s)-[:CREDITED_TO]->(ann)"""
    offers = deal("1", "a", 300) + deal("2", "a", 5) + deal("3", "b", 20) + deal("4", "b", 2, status="DECLINED")
    await draw(STAGE + offers + sold)
    known = await ask()
    assert known.of("brands", "repeat_brands", "collaborations", window=7) == (2, 1, 1)
    assert known.of("brands", "repeat_brands", "collaborations", window=28) == (3, 1, 2)
    assert known("brand_entropy", window=28) == pytest.approx(math.log(2))
    assert known("brand_entropy", window=7) == 0


async def test_a_category_has_the_work_that_promotes_its_products(draw: Any, ask: Any) -> None:
    await draw(STAGE + deal("1", "a", 5, promotes="pa") + deal("2", "b", 5))
    known = await ask()
    assert known.of("collaborations", "brands", category="1") == (1, 1)
    assert known.of("collaborations", "brands") == (2, 2)


async def test_without_work_the_spread_is_unknown(draw: Any, ask: Any) -> None:
    await draw(STAGE)
    known = await ask()
    assert known.of("brands", "collaborations") == (0, 0)
    assert math.isnan(known("brand_entropy"))
