"""The creators, as they are now."""

from __future__ import annotations

from typing import Final, LiteralString

from graph.events.arrow import Kind, Table, stacked, table
from graph.reader import Reader

ALL: Final[LiteralString] = """
MATCH (c:Creator)"""

ONE: Final[LiteralString] = """
MATCH (c:Creator {id: $creator})"""

CREATORS: Final[LiteralString] = """
RETURN
  collect(c.id) AS id,
  collect(coalesce(c.region, '')) AS region,
  collect(coalesce(c.followerCount, -1)) AS follower_count,
  collect(coalesce(c.joinedAt, -1)) AS joined_at,
  collect(coalesce(c.firstSeenAt, -1)) AS first_seen_at
"""

KINDS: Final = {
    "id": Kind.TEXT,
    "region": Kind.NAME,
    "follower_count": Kind.SOME_WHOLE,
    "joined_at": Kind.SOME_WHOLE,
    "first_seen_at": Kind.SOME_WHOLE,
}


async def creators(reader: Reader) -> Table:
    """Return every creator that the graph holds."""
    return stacked(await reader.read(ALL + CREATORS, [{}], lambda record: table(record, KINDS)), KINDS)


async def one_creator(reader: Reader, creator: str) -> Table:
    """Return one of them; no row where there is none of this id."""
    return stacked(await reader.read(ONE + CREATORS, [{"creator": creator}], lambda record: table(record, KINDS)), KINDS)
