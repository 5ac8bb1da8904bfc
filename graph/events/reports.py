"""What the platform last reported about each creator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString

import numpy as np

from graph.events.arrow import Kind, Table, stacked, table
from graph.reader import Reader, by_id

REPORTED: Final = {
    "days": "days",
    "video_count": "videoCount",
    "live_count": "liveCount",
    "video_views": "videoViews",
    "video_engagement_rate": "videoEngagementRate",
    "gmv_usd": "gmvUsd",
    "gmv_low_usd": "gmvLowUsd",
    "gmv_high_usd": "gmvHighUsd",
    "gpm_usd": "gpmUsd",
    "units_sold": "unitsSold",
    "fulfilment_rate": "fulfilmentRate",
    "brand_collaboration_count": "brandCollaborationCount",
    "live_views": "liveViews",
}
"""Column → property of `Report`."""

REPORTS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})
CALL (c) {
  MATCH (c)<-[:ABOUT]-(r:Report)
  WHERE r.at <= $asOf
  RETURN r
  ORDER BY r.at DESC, r.id DESC
  LIMIT 1
}
RETURN collect(c.id) AS creator_id, collect([property IN $properties | r[property]]) AS reported
"""

COUNT: Final[LiteralString] = """
MATCH (r:Report)
RETURN count(r) AS rows
"""

KINDS: Final = {"creator_id": Kind.NAME, **dict.fromkeys(REPORTED, Kind.REAL)}


async def reports(reader: Reader, creators: Sequence[str], *, as_of: int) -> Table:
    """Return the latest report by then of each creator who has one."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))
    batches = [{**batch, "properties": list(REPORTED.values())} for batch in by_id(creators if rows else [], as_of=as_of)]
    return stacked(await reader.read(REPORTS, batches, _table), KINDS)


def _table(record: Mapping[str, Any]) -> Table:
    numbers = np.array(record["reported"], dtype=np.float64).reshape(-1, len(REPORTED))
    return table({"creator_id": record["creator_id"], **dict(zip(REPORTED, numbers.T, strict=True))}, KINDS)
