"""What creators sold in the longest window: order lines, and sums where only sums are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import numpy as np

from graph.facts.arrays import ABSENT, Bools, Columns, Floats, Ints, Names, Texts, codes, floats, ints, ordered, stacked
from graph.facts.events.catalogue import Catalogue
from graph.facts.events.creators import Creators
from graph.facts.events.posts import Features, Posts
from graph.facts.period import Period
from graph.facts.reading import Batch, Reader, by_time, spans

VIDEO: Final = 1
LIVE: Final = 2
STATUS_LENGTH: Final = 16
KINDS: Final = {"VIDEO": VIDEO, "LIVE": LIVE}


@dataclass(frozen=True, slots=True)
class Sales:
    """Sales, sorted by creator, time and amounts, as they stood at the as-of time.

    An order line has an `order` that it shares with the order's other lines and counts as 1 in `orders`; a sum stands alone and counts as
    many as it says. Lines that are no sale are not here; what is refunded whole is, with nothing kept. `posted` is when the content
    went out whose clicks on the product are known; `ABSENT` where they are not.
    """

    creator: Ints
    product: Ints
    order: Ints
    at: Ints
    kind: Ints
    orders: Floats
    units: Floats
    gross: Floats
    net: Floats
    posted: Ints

    @property
    def kept(self) -> Bools:
        """Whether something of it was not refunded."""
        return np.where(self.order >= 0, self.units, self.orders) > 0


SALES: Final[LiteralString] = """
MATCH (s:Sale)
WHERE s.at >= $from AND s.at < $until
WITH s, s.seenAt AS seen
WHERE seen IS NULL OR coalesce(seen[0], s.at) <= $asOf
MATCH (s)-[:CREDITED_TO]->(c:Creator)
MATCH (s)-[:OF]->(p:Product)
OPTIONAL MATCH (s)-[:THROUGH]->(t:Content)
RETURN
  collect(c.id) AS creator,
  collect(p.id) AS product,
  collect(s.orderId) AS order,
  collect(coalesce(t.id, '')) AS content,
  collect(coalesce(t.kind, s.contentKind, '')) AS kind,
  collect(s.at) AS at,
  collect(coalesce(s.quantity, 0)) AS quantity,
  collect(s.status) AS status,
  collect(coalesce(s.refundedQuantity, 0)) AS refunded,
  collect(coalesce(s.gmvUsd, 0.0)) AS gross,
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


async def sales(reader: Reader, period: Period, creators: Creators, catalogue: Catalogue, content: tuple[Posts, Features, Names]) -> Sales:
    """Return every sale of the longest window that was known at the as-of time."""
    (rows,) = await reader.read(COUNT, [{}], lambda record: int(record["rows"]))
    posts, features, contents = content
    lines = await _lines(reader, by_time(period, rows), creators, catalogue, contents)
    lines["posted"] = _posted(lines, posts, features)
    return Sales(**_sorted(_known(stacked([lines, _sums(posts, features)], _sums(posts, features, none=True)))))


async def earlier_lines(reader: Reader, period: Period, creators: Creators, catalogue: Catalogue) -> Sales:
    """Return the order lines from before the longest window, as they were known at the as-of time."""
    ((first, rows),) = await reader.read(FIRST, [{"before": period.start}], lambda record: (record["first"], int(record["rows"])))
    batches = spans(first, period.start, period.as_of, rows) if rows else []
    lines = await _lines(reader, batches, creators, catalogue, Names())
    return Sales(**_sorted(_known(lines)))


async def _lines(reader: Reader, batches: Sequence[Batch], creators: Creators, catalogue: Catalogue, contents: Names) -> Columns:
    orders = Names()

    def take(record: Mapping[str, Any]) -> Columns:
        return _columns(record, orders, contents) | {
            "creator": codes(record.get("creator", []), creators.positions),
            "product": codes(record.get("product", []), catalogue.positions),
        }

    return stacked(await reader.read(SALES, batches, take), take({}))


def _columns(record: Mapping[str, Any], orders: Names, contents: Names) -> Columns:
    """Return order lines net of refunds; more refunded than ordered is refunded whole."""
    status, refunded = _known_then(record)
    quantity = floats(record.get("quantity", []))
    units = np.where(status == "REFUNDED", 0.0, np.maximum(quantity - refunded, 0))
    gross = floats(record.get("gross", []))
    return {
        "counts": status != "NO_SALE",
        "content": contents.codes(record.get("content", [])),
        "order": orders.codes(record.get("order", [])),
        "at": ints(record.get("at", [])),
        "kind": codes(record.get("kind", []), KINDS),
        "orders": np.ones(len(gross)),
        "units": units,
        "gross": gross,
        "net": gross * np.divide(units, quantity, out=np.zeros(len(gross)), where=quantity > 0),
        "posted": np.full(len(gross), ABSENT, dtype=np.int64),
    }


def _known_then(record: Mapping[str, Any]) -> tuple[Texts, Floats]:
    """Return status and units refunded of each line as they stood at the as-of time."""
    status = np.array(record.get("status", []), dtype=f"<U{STATUS_LENGTH}")
    refunded = floats(record.get("refunded", []))
    for place, state in enumerate(record.get("earlier", [])):
        if state:
            status[place], refunded[place] = state[0] or status[place], state[1] or 0
    return status, refunded


def _sums(posts: Posts, features: Features, *, none: bool = False) -> Columns:
    """Return the sums kept on features as sales at the time of the content; each is an order of its own, numbered below the absent."""
    at = np.flatnonzero(~np.isnan(features.gross)) if not none else ints([])
    post = features.post[at]
    return {
        "creator": posts.creator[post],
        "product": features.product[at],
        "order": ABSENT - 1 - np.arange(len(at), dtype=np.int64),
        "at": posts.at[post],
        "kind": np.where(posts.live[post], LIVE, VIDEO).astype(np.int64),
        "counts": np.ones(len(at), dtype=np.bool_),
        "orders": features.orders[at],
        "units": features.units[at],
        "gross": features.gross[at],
        "net": features.net[at],
        "posted": np.where(np.isnan(features.clicks[at]), ABSENT, posts.at[post]),
    }


def _posted(lines: Columns, posts: Posts, features: Features) -> Ints:
    """Return when each line's content went out, where the clicks on its product in that content are known."""
    counted = np.flatnonzero(~np.isnan(features.clicks))
    width = 1 + max(int(column.max(initial=0)) for column in (features.product, lines["product"]))
    known = posts.name[features.post[counted]] * width + features.product[counted]
    order = np.argsort(known)
    if not len(order):
        return np.full(len(lines["at"]), ABSENT, dtype=np.int64)
    keys = lines["content"] * width + lines["product"]
    found = order[np.minimum(np.searchsorted(known, keys, sorter=order), len(order) - 1)]
    same = (known[found] == keys) & (lines["content"] != ABSENT)
    return np.where(same, posts.at[features.post[counted[found]]], ABSENT)


def _known(sales: Columns) -> Columns:
    """Leave out what is no sale or belongs to nobody known; the columns left are those of a sale."""
    kept = sales["counts"] & (sales["creator"] != ABSENT) & (sales["product"] != ABSENT)
    return {name: column[kept] for name, column in sales.items() if name not in ("counts", "content")}


def _sorted(sales: Columns) -> Columns:
    return ordered(sales, "creator", "at", "net", "gross", "product", "units", "orders", "kind")
