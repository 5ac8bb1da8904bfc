"""Gaps, weeks and how weekly sales vary."""

import math
from typing import Any

import pytest

POSTS = """
MERGE (c:Creator {id: 'ann'}) ON CREATE SET c.handle = 'ann', c.region = 'US', c.joinedAt = $joined
WITH c
UNWIND $days AS back
CREATE (c)-[:PUBLISHED]->(:Content {id: randomUUID(), kind: 'VIDEO', publishedAt: $end - back * $day})
"""
SALES = """
MERGE (c:Creator {id: 'ann'}) ON CREATE SET c.handle = 'ann', c.region = 'US', c.joinedAt = $joined
MERGE (p:Product {id: 'p'})
WITH c, p
UNWIND $sold AS sold
CREATE (s:Sale {id: randomUUID(), orderId: 'o', status: 'PLACED', at: $end - sold[0] * $day, quantity: 1, gmvUsd: toFloat(sold[1])}),
       (s)-[:OF]->(p), (s)-[:CREDITED_TO]->(c)
"""


async def test_gaps_run_from_one_day_with_posts_to_the_next(draw: Any, ask: Any) -> None:
    await draw(POSTS, days=[20, 20, 18, 14, 13, 40], joined=None)
    known = await ask()
    assert known("gaps", window=28) == 3
    logs = [math.log(2), math.log(4), math.log(1)]
    mean = sum(logs) / 3
    assert known("gap_log_var", window=28) == pytest.approx(sum((each - mean) ** 2 for each in logs) / 2)
    assert known("gaps", window=90) == 4
    assert known("gaps", window=7) == 0
    assert math.isnan(known("gap_log_var", window=7))


async def test_weeks_are_counted_back_from_the_end_as_far_as_the_creator_was_there(draw: Any, ask: Any) -> None:
    await draw(POSTS, days=[1, 7, 8, 30], joined=20_000 * 86_400 - 32 * 86_400)
    known = await ask()
    assert known.of("week_count", "active_weeks") == (4, 2)
    assert known.of("week_count", "active_weeks", window=7) == (1, 1)


async def test_weekly_sales_vary_over_whole_weeks(draw: Any, ask: Any) -> None:
    await draw(SALES, sold=[(1, 10), (2, 20), (9, 30), (16, 0), (29, 500)], joined=None)
    known = await ask()
    assert known("sales_weeks", window=28) == 4
    assert known("weekly_sales_cv", window=28) == pytest.approx(math.sqrt((15**2 * 4) / 3) / 15)
    assert math.isnan(known("weekly_sales_cv", window=7))


async def test_without_sales_there_is_nothing_to_vary(draw: Any, ask: Any) -> None:
    await draw(POSTS, days=[1], joined=None)
    known = await ask()
    assert known("sales_weeks") == 0
    assert math.isnan(known("weekly_sales_cv"))
