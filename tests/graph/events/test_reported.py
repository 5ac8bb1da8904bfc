"""The platform's own sums."""

import math
from typing import Any

REPORTS = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (:Creator {id: 'bob', handle: 'bob', region: 'US'}),
       (p:Product {id: 'p'})-[:IN_CATEGORY]->(:Category {id: '1'}),
       (ann)-[:PUBLISHED]->(:Content {id: 'v', kind: 'VIDEO', publishedAt: $end - 1})-[:FEATURES]->(p),
       (:Report {id: '1', at: $end - 2 * $day, days: 30, videoCount: 3, gmvUsd: 10.0})-[:ABOUT]->(ann),
       (:Report {id: '2', at: $end - $day, days: 30, videoCount: 4, gmvLowUsd: 5.0, gmvHighUsd: 9.0, fulfilmentRate: 0.5})-[:ABOUT]->(ann),
       (:Report {id: '3', at: $end + $day, videoCount: 5})-[:ABOUT]->(ann)
"""


async def test_the_latest_report_by_then_counts_whole(draw: Any, ask: Any) -> None:
    await draw(REPORTS)
    known = await ask()
    columns = ("reported_days", "reported_videos", "reported_gmv_low_usd", "reported_gmv_high_usd", "reported_fulfilment_rate")
    assert known.of(*columns) == (30, 4, 5, 9, 0.5)
    assert math.isnan(known("reported_gmv_usd"))
    assert (await ask(20_000 * 86_400 - 86_400 - 1))("reported_gmv_usd") == 10


async def test_says_nothing_of_categories_or_of_others(draw: Any, ask: Any) -> None:
    await draw(REPORTS)
    known = await ask()
    assert math.isnan(known("reported_videos", category="1"))
    assert math.isnan(known("reported_videos", "bob"))
