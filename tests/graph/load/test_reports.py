"""Reports of nothing."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.load.reports import observations_in
from tests.graph.load.market import loaded, row, shown


@pytest.mark.parametrize(
    ("told", "observed"),
    [
        ({"videoCount": 0, "videoViews": 0.0, "videoEngagementRate": 0.0, "medianVideoViews": 0.0}, {"videoCount": 0}),
        ({"liveCount": 0, "liveViews": 0.0, "liveUniqueViewers": 0.0, "videoViews": 5.0}, {"liveCount": 0, "videoViews": 5.0}),
        ({"videoCount": 2, "videoViews": 0.0, "videoLikes": 0.0}, {"videoCount": 2, "videoViews": 0.0, "videoLikes": 0.0}),
        ({"videoViews": 0.0, "liveUniqueViewers": 0.0, "gmv": 3.0}, {"gmv": 3.0}),
        ({"videoCount": 0, "liveCount": 0, "gpm": 0.0, "videoGpmLow": 0.0}, {"videoCount": 0, "liveCount": 0}),
        ({"videoCount": 1, "liveCount": 0, "gpm": 0.0, "liveGpm": 0.0}, {"videoCount": 1, "liveCount": 0, "gpm": 0.0}),
        ({"unitsSold": 0, "gmvPerBuyer": 0.0, "gmv": 0.0}, {"unitsSold": 0, "gmv": 0.0}),
        ({"promotedProductCount": 0, "commissionRate": 0.0, "commissionRateHigh": 0.0}, {"promotedProductCount": 0}),
        ({"contentCount": 0, "fulfilmentRate": 0.0}, {"contentCount": 0, "fulfilmentRate": 0.0}),
    ],
)
def test_a_mean_over_nothing_is_unknown_and_the_count_of_nothing_is_known(told: dict[str, Any], observed: dict[str, Any]) -> None:
    assert observations_in(told) == observed


async def test_a_table_too_may_report_nothing(graph: AsyncDriver) -> None:
    await loaded(graph, [row("reports", id="x:1970-01-02", at=86_400, creator_id="x", video_count=0, video_views=0.0, content_count=4)])
    assert await shown(graph, "MATCH (r:Report) RETURN r.videoCount, r.videoViews, r.contentCount") == [(0, None, 4)]
