"""Collaborations as they stood at the as-of time, over the whole history; what they promote, and what was delivered for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString

from graph.events.arrow import Kind, Kinds, Table, Tables, stacked, table
from graph.events.struck import Struck
from graph.reader import Batch, Reader, by_id

COLLABORATIONS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:WITH]-(k:Collaboration)
WITH c, k, coalesce(k.seenAt, []) AS seen, coalesce(k.countedAt, []) AS counted
WHERE coalesce(seen[0], k.firstSeenAt, 0) <= $asOf AND coalesce(k.offeredAt, 0) <= $asOf AND NOT k.id IN $struck
WITH c, k, seen, counted, CASE
  WHEN size(seen) = 0 OR seen[-1] <= $asOf THEN size(seen) - 1
  ELSE size([time IN seen WHERE time <= $asOf]) - 1
END AS state, CASE
  WHEN size(counted) = 0 OR counted[-1] <= $asOf THEN size(counted) - 1
  ELSE size([time IN counted WHERE time <= $asOf]) - 1
END AS count
WITH c, k, seen, counted, count, state, state = size(seen) - 1 AS newest
OPTIONAL MATCH (k)<-[:OFFERED]-(b:Brand)
RETURN
  collect(c.id) AS creator_id,
  collect(coalesce(b.id, '')) AS brand_id,
  collect(k.id) AS id,
  collect(coalesce(k.kind, 'OPEN')) AS kind,
  collect(CASE WHEN newest THEN k.status ELSE k.statuses[state] END) AS status,
  collect(coalesce(seen[state], -1)) AS status_since,
  collect(coalesce([i IN range(0, state) WHERE k.statuses[i] IN $agreed | seen[i]][0], -1)) AS accepted_since,
  collect(coalesce(k.offeredAt, -1)) AS offered_at,
  collect(coalesce(k.answeredAt, -1)) AS answered_at,
  collect(coalesce(k.accepted, false) AND (
    newest OR k.answeredAt IS NOT NULL OR any(status IN k.statuses[..state + 1] WHERE status IN $agreed)
  )) AS accepted,
  collect(coalesce(k.dueAt, -1)) AS due_at,
  collect(coalesce(k.approvedAt, -1)) AS approved_at,
  collect(coalesce(k.approvalDueAt, -1)) AS approval_due_at,
  collect(coalesce(k.sampleDeliveredAt, -1)) AS sample_delivered_at,
  collect(coalesce(k.endsAt, -1)) AS ends_at,
  collect(CASE WHEN newest OR k.statuses[state] = 'DELIVERED' THEN coalesce(k.deliveredAt, -1) ELSE -1 END) AS delivered_at,
  collect(coalesce(CASE
    WHEN count = size(counted) - 1 THEN k.contentCount
    WHEN count >= 0 THEN k.contentCounts[count]
  END, -1)) AS content_count,
  collect(coalesce(k.rating, -1.0)) AS rating,
  collect(coalesce(k.ratedAt, seen[-1], -1)) AS rated_at
"""

DELIVERIES: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:WITH]-(k:Collaboration)
WHERE k.deliveredAt IS NULL AND NOT k.id IN $struck
MATCH (k)-[:DELIVERED]->(t:Content)
WHERE t.publishedAt IS NOT NULL AND coalesce(t.firstSeenAt, 0) <= $asOf AND NOT t.id IN $struckContents
RETURN collect(k.id) AS collaboration_id, collect(t.publishedAt) AS published_at
"""

PROMOTIONS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:WITH]-(k:Collaboration)-[:PROMOTES]->(p:Product)
WHERE NOT k.id IN $struck
RETURN collect(k.id) AS collaboration_id, collect(p.id) AS product_id
"""

AGREED: Final = ("ACCEPTED", "DELIVERED", "FAILED")
"""States in which the creator has said yes, whatever came of it."""

TIMES: Final = (
    "offered_at",
    "answered_at",
    "due_at",
    "approved_at",
    "approval_due_at",
    "sample_delivered_at",
    "ends_at",
    "delivered_at",
    "rated_at",
)
COLLABORATION: Final = {
    "id": Kind.TEXT,
    "creator_id": Kind.NAME,
    "brand_id": Kind.NAME,
    "kind": Kind.NAME,
    "status": Kind.NAME,
    "status_since": Kind.SOME_WHOLE,
    "accepted_since": Kind.SOME_WHOLE,
    "accepted": Kind.FLAG,
    "rating": Kind.SOME_REAL,
    "content_count": Kind.SOME_WHOLE,
    **dict.fromkeys(TIMES, Kind.SOME_WHOLE),
}
DELIVERY: Final = {"collaboration_id": Kind.TEXT, "published_at": Kind.WHOLE}
PROMOTION: Final = {"collaboration_id": Kind.TEXT, "product_id": Kind.NAME}


async def collaborations(reader: Reader, creators: Sequence[str], out: Struck, *, as_of: int) -> Tables:
    """Return every collaboration of the creators that was known by then, but what is struck out."""
    gone = {"struck": list(out.collaborations), "struckContents": list(out.contents)}
    batches = [{**batch, "agreed": list(AGREED), **gone} for batch in by_id(creators, as_of=as_of)]
    return {
        "collaborations": await _table(reader, COLLABORATIONS, batches, COLLABORATION),
        "deliveries": await _table(reader, DELIVERIES, batches, DELIVERY),
        "promotions": await _table(reader, PROMOTIONS, batches, PROMOTION),
    }


async def _table(reader: Reader, query: LiteralString, batches: Sequence[Batch], kinds: Kinds) -> Table:
    return stacked(await reader.read(query, batches, lambda record: table(record, kinds)), kinds)
