"""Order lines, as they were known at the as-of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString

import numpy as np

from graph.events.arrow import Kind, Table, Tables, stacked, table
from graph.events.spans import Period, by_time, spans
from graph.reader import Batch, Reader

OF_PERIOD: Final[LiteralString] = """
MATCH (s:Sale)
WHERE s.at >= $from AND s.at < $until"""

OF_CREATOR: Final[LiteralString] = """
MATCH (:Creator {id: $creator})<-[:CREDITED_TO]-(s:Sale)
WHERE s.at >= $from AND s.at < $until"""

LINES: Final[LiteralString] = """
WITH s, s.seenAt AS seen
WHERE (seen IS NULL OR coalesce(seen[0], s.at) <= $asOf) AND NOT s.id IN $struck
MATCH (s)-[:CREDITED_TO]->(c:Creator)
MATCH (s)-[:OF]->(p:Product)
OPTIONAL MATCH (s)-[:THROUGH]->(t:Content)
RETURN
  collect(c.id) AS creator_id,
  collect(p.id) AS product_id,
  collect(s.orderId) AS order_id,
  collect(coalesce(t.id, '')) AS content_id,
  collect(coalesce(t.kind, s.contentKind, '')) AS content_kind,
  collect(s.at) AS at,
  collect(coalesce(s.quantity, 0)) AS quantity,
  collect(s.status) AS status,
  collect(coalesce(s.refundedQuantity, 0)) AS refunded_quantity,
  collect(coalesce(s.gmvUsd, 0.0)) AS gmv_usd,
  collect(CASE WHEN seen[-1] > $asOf
    THEN [s.statuses[size([time IN seen WHERE time <= $asOf]) - 1], s.refundedQuantities[size([time IN seen WHERE time <= $asOf]) - 1]]
    ELSE []
  END) AS earlier
"""
"""Newest states travel as they are, and beside them the earlier one where the newest was not yet known: to choose in Cypher costs half as
much again for all, and few need it."""

COUNT: Final[LiteralString] = """
MATCH (s:Sale)
RETURN count(s) AS rows
"""

FIRST: Final[LiteralString] = """
OPTIONAL MATCH (s:Sale)
WHERE s.at < $before
RETURN min(s.at) AS first, count(s) AS rows
"""

KINDS: Final = {
    "order_id": Kind.TEXT,
    "creator_id": Kind.NAME,
    "product_id": Kind.NAME,
    "content_id": Kind.NAME,
    "content_kind": Kind.NAME,
    "at": Kind.WHOLE,
    "quantity": Kind.WHOLE,
    "gmv_usd": Kind.REAL,
    "status": Kind.NAME,
    "refunded_quantity": Kind.WHOLE,
    "earlier_status": Kind.NAME,
    "earlier_refunded_quantity": Kind.SOME_WHOLE,
}


async def sales(reader: Reader, period: Period, out: Sequence[str]) -> Table:
    """Return every order line of the period, but those that are struck out."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))
    return await _lines(reader, by_time(period, rows), out)


async def earlier_sales(reader: Reader, period: Period, out: Sequence[str]) -> Table:
    """Return the same from before the period, with the same columns."""
    ((first, rows),) = await reader.read(FIRST, [{"before": period.start}], lambda record: (record["first"], int(record["rows"])))
    return await _lines(reader, spans(first, period.start, period.as_of, rows) if rows else [], out)


async def _lines(reader: Reader, batches: Sequence[Batch], out: Sequence[str]) -> Table:
    return await _read(reader, OF_PERIOD + LINES, [{**each, "struck": list(out)} for each in batches])


async def sales_of(reader: Reader, creator: str, period: Period, out: Sequence[str]) -> Tables:
    """Return one creator's order lines of the period, and those from before."""
    own = {"creator": creator, "asOf": period.as_of, "struck": list(out)}
    spans_of = {"sales": (period.start, period.until), "earlier_sales": (0, period.start)}
    batches = {name: {**own, "from": start, "until": until} for name, (start, until) in spans_of.items()}
    return {name: await _read(reader, OF_CREATOR + LINES, [batch]) for name, batch in batches.items()}


async def _read(reader: Reader, query: LiteralString, batches: Sequence[Batch]) -> Table:
    return stacked(await reader.read(query, batches, lambda record: table({**record, **_earlier(record["earlier"])}, KINDS)), KINDS)


def _earlier(states: list[list[Any]]) -> dict[str, Any]:
    """Return status and units refunded at the as-of time, unknown where the newest ones were known then."""
    status, refunded = [""] * len(states), np.full(len(states), -1, dtype=np.int64)
    for at, state in enumerate(states):
        if state:
            status[at], refunded[at] = state[0] or "", state[1] or 0
    return {"earlier_status": status, "earlier_refunded_quantity": refunded}
