"""What creators sold in the longest window: order lines, and sums where only sums are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Columns, Floats, Ints, Texts, ordered, stacked
from scoring.facts.events.arrow import Column, Table, codes, floats, ints, numbered, pa, short_texts
from scoring.facts.events.catalogue import Catalogue
from scoring.facts.events.creators import Creators
from scoring.facts.events.posts import Features, Posts
from scoring.facts.period import Period

VIDEO: Final = 1
LIVE: Final = 2
STATUS_LENGTH: Final = 16
KINDS: Final = pa.array(["", "VIDEO", "LIVE"])
"""Kinds of content at the places of `VIDEO` and `LIVE`."""


@dataclass(frozen=True, slots=True)
class Sales:
    """Sales, sorted by creator, time and amounts, as they stood at the as-of time.

    An order line has an `order` that it shares with the order's other lines and counts as 1 in `orders`; a sum stands alone and counts as
    many as it says. Lines that are no sale are not here; what is refunded whole is, with nothing kept. `posted` is when the content
    went out whose clicks on the product are known, and `content` the number by which `Posts` name the content; `ABSENT` where unknown.
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
    content: Ints

    @property
    def kept(self) -> Bools:
        """Whether something of it was not refunded."""
        return np.where(self.order >= ABSENT, self.units, self.orders) > 0


def sales(table: Table, period: Period, creators: Creators, catalogue: Catalogue, content: tuple[Posts, Features, Column]) -> Sales:
    """Return every sale of the longest window: the order lines, and the sums kept on features."""
    posts, features, contents = content
    lines = _lines(table, creators, catalogue, contents)
    lines["counts"] &= period.holds(lines["at"])
    lines["posted"] = _posted(lines, posts, features)
    return Sales(**_sorted(_known(stacked([lines, _sums(posts, features)], _sums(posts, features, none=True)))))


def earlier_sales(table: Table, period: Period, creators: Creators, catalogue: Catalogue, contents: Column) -> Sales:
    """Return the order lines from before the longest window; of these nothing is known of clicks, nor of sums."""
    lines = _lines(table, creators, catalogue, contents)
    lines["counts"] &= lines["at"] < period.start
    return Sales(**_sorted(_known(lines)))


def _lines(table: Table, creators: Creators, catalogue: Catalogue, contents: Column) -> Columns:
    """Return order lines net of refunds; more refunded than ordered is refunded whole."""
    status, refunded = _known_then(table)
    quantity, gross = floats(table["quantity"]), floats(table["gmv_usd"])
    units = np.where(status == "REFUNDED", 0.0, np.maximum(quantity - refunded, 0))
    return {
        "creator": codes(table["creator_id"], creators.values),
        "product": codes(table["product_id"], catalogue.product_values),
        "counts": status != "NO_SALE",
        "order": numbered(table["order_id"])[0],
        "at": ints(table["at"]),
        "kind": codes(table["content_kind"], KINDS),
        "orders": np.ones(len(gross)),
        "units": units,
        "gross": gross,
        "net": gross * np.divide(units, quantity, out=np.zeros(len(gross)), where=quantity > 0),
        "posted": np.full(len(gross), ABSENT, dtype=np.int64),
        "content": codes(table["content_id"], contents),
    }


def _known_then(table: Table) -> tuple[Texts, Floats]:
    """Return status and units refunded of each line as they stood at the as-of time."""
    status, earlier = (short_texts(table[name], length=STATUS_LENGTH) for name in ("status", "earlier_status"))
    refunded, refunded_then = floats(table["refunded_quantity"]), floats(table["earlier_refunded_quantity"])
    came_later = ~np.isnan(refunded_then)
    return np.where(came_later & (earlier != ""), earlier, status), np.where(came_later, refunded_then, refunded)


def _sums(posts: Posts, features: Features, *, none: bool = False) -> Columns:
    """Return the sums kept on features as sales at the time of the content; each is an order of its own, numbered below the absent."""
    at = np.flatnonzero(~np.isnan(features.gross)) if not none else np.empty(0, dtype=np.int64)
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
        "content": posts.name[post],
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
    return {name: column[kept] for name, column in sales.items() if name != "counts"}


def _sorted(sales: Columns) -> Columns:
    return ordered(sales, "creator", "at", "net", "gross", "product", "units", "orders", "kind", "order", "content", "posted")
