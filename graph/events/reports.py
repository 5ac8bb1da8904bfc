"""What the platform reported about each creator: the latest of each, and all of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString

import numpy as np

from graph.dates import DAY
from graph.events.arrow import Kind, Kinds, Table, Tables, stacked, table
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

LATEST_OF: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})<-[:ABOUT]-(r:Report)
WHERE r.at <= $asOf
WITH c, r
ORDER BY r.at DESC, r.id DESC
LIMIT 2
RETURN collect(c.id) AS creator_id, collect(r.id) AS id, collect([property IN $properties | r[property]]) AS reported
"""

HISTORY: Final = {
    "days": "days",
    "content_count": "contentCount",
    "video_count": "videoCount",
    "live_count": "liveCount",
    "video_views": "videoViews",
    "median_video_views": "medianVideoViews",
    "live_views": "liveViews",
    "video_engagement_rate": "videoEngagementRate",
    "follower_count": "followerCount",
    "rating": "rating",
    "fulfilment_rate": "fulfilmentRate",
}
"""Column → property of `Report`."""

REACH: Final = 360 * DAY

REPORT_HISTORY: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:ABOUT]-(r:Report)
WHERE r.at <= $asOf AND r.at > $asOf - $reach
RETURN collect(c.id) AS creator_id, collect(r.at) AS at, collect([property IN $properties | r[property]]) AS reported
"""

HISTORY_OF: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})<-[:ABOUT]-(r:Report)
WHERE r.at <= $asOf AND r.at > $asOf - $reach
RETURN collect(c.id) AS creator_id, collect(r.id) AS id, collect(r.at) AS at, collect([property IN $properties | r[property]]) AS reported
"""

COUNT: Final[LiteralString] = """
MATCH (r:Report)
RETURN count(r) AS rows
"""

KINDS: Final = {"creator_id": Kind.NAME, **dict.fromkeys(REPORTED, Kind.REAL)}
HISTORY_KINDS: Final = {"creator_id": Kind.NAME, "at": Kind.WHOLE, **dict.fromkeys(HISTORY, Kind.REAL)}


async def reports(reader: Reader, creators: Sequence[str], *, as_of: int) -> Table:
    """Return the latest report by then of each creator who has one."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))
    batches = [{**batch, "properties": list(REPORTED.values())} for batch in by_id(creators if rows else [], as_of=as_of)]
    return stacked(await reader.read(REPORTS, batches, _table), KINDS)


async def report_history(reader: Reader, creators: Sequence[str], *, as_of: int) -> Table:
    """Return all reports of the last 360 days by then."""
    more = {"properties": list(HISTORY.values()), "reach": REACH}
    batches = [{**batch, **more} for batch in by_id(creators, as_of=as_of)]
    return stacked(await reader.read(REPORT_HISTORY, batches, _history_table), HISTORY_KINDS)


async def reports_of(reader: Reader, creator: str, *, as_of: int) -> Tables:
    """Return one creator's reports with their ids: as `reports` the latest and the one before, and all of the last 360 days."""
    latest = {"creator": creator, "asOf": as_of, "properties": list(REPORTED.values())}
    history = {**latest, "properties": list(HISTORY.values()), "reach": REACH}
    return {
        "reports": _with_ids(await reader.read(LATEST_OF, [latest], lambda record: (record["id"], _table(record))), KINDS),
        "report_history": _with_ids(
            await reader.read(HISTORY_OF, [history], lambda record: (record["id"], _history_table(record))), HISTORY_KINDS
        ),
    }


def _with_ids(read: Sequence[tuple[Sequence[str], Table]], kinds: Kinds) -> Table:
    """Return the rows with the ids of the reports that they are of."""
    whole = stacked([rows for _, rows in read], kinds)
    return whole.append_column("id", table({"id": [name for ids, _ in read for name in ids]}, {"id": Kind.TEXT})["id"])


def _table(record: Mapping[str, Any]) -> Table:
    return table({"creator_id": record["creator_id"], **_numbers(record["reported"], REPORTED)}, KINDS)


def _history_table(record: Mapping[str, Any]) -> Table:
    return table({"creator_id": record["creator_id"], "at": record["at"], **_numbers(record["reported"], HISTORY)}, HISTORY_KINDS)


def _numbers(rows: Sequence[Sequence[float | None]], columns: Mapping[str, str]) -> dict[str, Any]:
    return dict(zip(columns, np.array(rows, dtype=np.float64).reshape(-1, len(columns)).T, strict=True))
