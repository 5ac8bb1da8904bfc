"""Until when the graph tells: the as-of time of a run that names none."""

from __future__ import annotations

from typing import Final, LiteralString

from graph.events.spans import DAY
from graph.events.struck import Struck, struck
from graph.reader import Reader

HOUR: Final = 3_600
RECENT: Final = 90 * DAY

LATEST_EVENT: Final[LiteralString] = """
RETURN
  COLLECT { MATCH (t:Content) WHERE t.publishedAt > 0 AND NOT t.id IN $contents RETURN t.publishedAt AS at ORDER BY at DESC LIMIT 1 }
    AS content,
  COLLECT { MATCH (s:Sale) WHERE s.at > 0 AND NOT s.id IN $sales RETURN s.at AS at ORDER BY at DESC LIMIT 1 } AS sale,
  COLLECT { MATCH (k:Collaboration) WHERE k.offeredAt > 0 AND NOT k.id IN $deals RETURN k.offeredAt AS at ORDER BY at DESC LIMIT 1 }
    AS deal,
  COLLECT { MATCH (r:Report) WHERE r.at > 0 RETURN r.at AS at ORDER BY at DESC LIMIT 1 } AS report
"""

LATEST_SIGHT: Final[LiteralString] = """
OPTIONAL MATCH (s:Sale)
WHERE s.at >= $since AND NOT s.id IN $sales
RETURN max(coalesce(s.seenAt[-1], s.at)) AS sale
"""


async def latest(reader: Reader, out: Struck | None = None) -> int | None:
    """Return the newest time that anything was known, or the end of its day if that is less than an hour off; None without events.

    What is struck out, or `out` where that has been read before, tells no time. Derived from the data and never from the
    clock, so that the same graph gives the same run. A day whose last hour tells nothing is taken for one that is not over.
    """
    out = await struck(reader) if out is None else out
    gone = {"contents": list(out.contents), "sales": list(out.sales), "deals": list(out.collaborations)}
    (events,) = await reader.read(LATEST_EVENT, [gone], lambda record: [each for found in record.values() for each in found])
    if not events:
        return None
    newest = max(events)
    (seen,) = await reader.read(LATEST_SIGHT, [{**gone, "since": newest - RECENT}], lambda record: record["sale"])
    newest = max(newest, seen or 0)
    day_after = (newest // DAY + 1) * DAY
    return day_after if day_after - newest <= HOUR else newest


EARLIEST_EVENT: Final[LiteralString] = """
RETURN
  COLLECT { MATCH (t:Content) WHERE t.publishedAt > 0 RETURN t.publishedAt AS at ORDER BY at LIMIT 1 } AS content,
  COLLECT { MATCH (s:Sale) WHERE s.at > 0 RETURN s.at AS at ORDER BY at LIMIT 1 } AS sale,
  COLLECT { MATCH (k:Collaboration) WHERE k.offeredAt > 0 RETURN k.offeredAt AS at ORDER BY at LIMIT 1 } AS deal,
  COLLECT { MATCH (r:Report) WHERE r.at > 0 RETURN r.at AS at ORDER BY at LIMIT 1 } AS report
"""


async def earliest(reader: Reader) -> int | None:
    """Return the oldest time of any event; None without events."""
    (events,) = await reader.read(EARLIEST_EVENT, [{}], lambda record: [each for found in record.values() for each in found])
    return min(events, default=None)
