"""What the platform last reported about each creator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, LiteralString

import numpy as np

from graph.facts.arrays import Columns, codes, floats, stacked
from graph.facts.events.creators import Creators
from graph.facts.period import Period
from graph.facts.reading import Reader, by_id

REPORTED: Final = {
    "reported_days": "days",
    "reported_videos": "videoCount",
    "reported_lives": "liveCount",
    "reported_views_per_video": "videoViews",
    "reported_engagement_rate": "videoEngagementRate",
    "reported_gmv_usd": "gmvUsd",
    "reported_gmv_low_usd": "gmvLowUsd",
    "reported_gmv_high_usd": "gmvHighUsd",
    "reported_gpm_usd": "gpmUsd",
    "reported_units": "unitsSold",
    "reported_fulfilment_rate": "fulfilmentRate",
    "reported_brands": "brandCollaborationCount",
    "reported_live_views": "liveViews",
}
"""Column of the facts → property of `Report`."""

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
RETURN collect(c.id) AS creator, collect([property IN $properties | r[property]]) AS reported
"""

COUNT: Final[LiteralString] = """
MATCH (r:Report)
RETURN count(r) AS rows
"""


async def reports(reader: Reader, period: Period, creators: Creators) -> Columns:
    """Return the latest report's numbers, one row for each creator in order of their codes; NaN where nothing is reported."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))

    def take(record: Mapping[str, Any]) -> Columns:
        numbers = floats([number for row in record.get("reported", []) for number in row]).reshape(-1, len(REPORTED))
        return {"creator": codes(record.get("creator", []), creators.positions)} | dict(zip(REPORTED, numbers.T, strict=True))

    ids = [str(each) for each in creators.id] if rows else []
    batches = [{**batch, "properties": list(REPORTED.values())} for batch in by_id(ids, period)]
    found = stacked(await reader.read(REPORTS, batches, take), take({}))
    place = found.pop("creator")
    columns = {name: np.full(len(creators.id), np.nan) for name in REPORTED}
    for name, column in columns.items():
        column[place] = found[name]
    return columns
