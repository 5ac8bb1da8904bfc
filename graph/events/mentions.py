"""Which creators named which others in the content of a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString

from graph.events.arrow import Kind, Table, stacked, table
from graph.events.spans import Period, by_time
from graph.reader import Reader

MENTIONS: Final[LiteralString] = """
MATCH (t:Content)-[:MENTIONS]->(named:Creator)
WHERE t.publishedAt >= $from AND t.publishedAt < $until AND coalesce(t.firstSeenAt, 0) <= $asOf AND NOT t.id IN $struck
MATCH (t)<-[:PUBLISHED]-(c:Creator)
RETURN collect(c.id) AS creator_id, collect(named.id) AS mentioned_id, collect(t.publishedAt) AS published_at
"""

COUNT: Final[LiteralString] = """
MATCH ()-[mention:MENTIONS]->()
RETURN count(mention) AS rows
"""

KINDS: Final = {"creator_id": Kind.NAME, "mentioned_id": Kind.NAME, "published_at": Kind.WHOLE}


async def mentions(reader: Reader, period: Period, out: Sequence[str]) -> Table:
    """Return the mentions of the period, but those in content that is struck out."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))
    batches = [{**each, "struck": list(out)} for each in by_time(period, rows)] if rows else []
    return stacked(await reader.read(MENTIONS, batches, lambda record: table(record, KINDS)), KINDS)


def no_mentions() -> Table:
    """Return the table without rows."""
    return stacked([], KINDS)
