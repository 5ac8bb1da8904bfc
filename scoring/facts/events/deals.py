"""Collaborations as they stood at the as-of time, over the whole history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Columns, Floats, Ints, Texts, ordered
from scoring.facts.events.arrow import Column, Table, Tables, bools, codes, floats, pa, ranks, short_texts
from scoring.facts.events.catalogue import Catalogue
from scoring.facts.events.creators import Creators
from scoring.facts.period import DAY, Period

SAMPLE_AFTER_DELIVERY: Final = 14 * DAY
SAMPLE_AFTER_APPROVAL: Final = 21 * DAY
STATUS_LENGTH: Final = 16
AGREED: Final = ("ACCEPTED", "DELIVERED", "FAILED")
TIMES: Final = {
    "answered": "answered_at",
    "approved": "approved_at",
    "decide_by": "approval_due_at",
    "due": "due_at",
    "ends": "ends_at",
    "delivered": "delivered_at",
    "rated": "rated_at",
    "status_since": "status_since",
    "accepted_since": "accepted_since",
}
PAST: Final = ("offered", "answered", "approved", "rated", "delivered")
"""Times that are not known before they come."""


@dataclass(frozen=True, slots=True)
class Deals:
    """Collaborations, sorted by creator, times and brand; times are NaN where unknown, or later than the as-of time.

    `due`, `ends` and `decide_by`, until when a brand may approve a sample, may lie in the future. `products` lists what each promotes:
    pairs (place of the deal, product).
    """

    creator: Ints
    brand: Ints
    kind: Texts
    invited: Bools
    status: Texts
    offered: Floats
    answered: Floats
    said_yes: Bools
    approved: Floats
    decide_by: Floats
    due: Floats
    ends: Floats
    delivered: Floats
    status_since: Floats
    accepted_since: Floats
    rating: Floats
    rated: Floats
    content_count: Floats
    products: tuple[Ints, Ints]

    @property
    def accepted(self) -> Bools:
        """Whether the creator had taken it up."""
        agreed = np.isin(self.status, AGREED)
        return agreed | ((self.said_yes | ~np.isnan(self.delivered)) & (self.status != "DECLINED"))

    @property
    def taken_up(self) -> Floats:
        """When the creator took it up, as near as it is known: by the answer, the offer, the first sight of it, or the delivery."""
        return first_known(self.answered, self.offered, self.accepted_since, self.delivered)

    @property
    def done(self) -> Bools:
        """Whether content had been delivered; what came after it had failed does not count."""
        return (~np.isnan(self.delivered) & (self.status != "FAILED")) | (self.status == "DELIVERED")

    def concluded(self, as_of: int) -> Floats:
        """Return when each was delivered, or failed to be: when it was due, else ended, else was seen as expired; NaN while it is open."""
        over = np.isin(self.status, ("EXPIRED", "FAILED"))
        failed = first_known(_until(self.due, as_of), _until(self.ends, as_of), np.where(over, self.status_since, np.nan))
        delivered = first_known(self.delivered, self.status_since, self.taken_up)
        return np.where(self.done, delivered, np.where(self.status == "CANCELLED", np.nan, failed))


def deals(tables: Tables, period: Period, creators: Creators, catalogue: Catalogue) -> Deals:
    """Return every collaboration that was known at the as-of time."""
    table = tables["collaborations"]
    raw = _raw(table) | {
        "creator": codes(table["creator_id"], creators.values),
        "brand": codes(table["brand_id"], catalogue.brand_values),
        "id": ranks(table["id"]),
        "row": np.arange(table.num_rows, dtype=np.int64),
    }
    raw = ordered({name: column[raw["creator"] != ABSENT] for name, column in raw.items()}, "creator", "offered", "answered", "brand", "id")
    ids = table["id"].take(pa.array(raw.pop("row"))).combine_chunks()
    _deliver(tables["deliveries"], raw["delivered"], ids)
    return Deals(**_known_then(raw, period), products=_promoted(tables["promotions"], ids, catalogue))


def _deliver(table: Table, delivered: Floats, ids: Column) -> None:
    """Fill in when the first content came, where that is all that tells of a delivery."""
    place = codes(table["collaboration_id"], ids)
    known = place != ABSENT
    np.fmin.at(delivered, place[known], floats(table["published_at"])[known])


def _promoted(table: Table, ids: Column, catalogue: Catalogue) -> tuple[Ints, Ints]:
    """Return pairs (deal, product), sorted, of those that are known."""
    columns = {"deal": codes(table["collaboration_id"], ids), "product": codes(table["product_id"], catalogue.product_values)}
    pairs = ordered(columns, "deal", "product")
    found = (pairs["deal"] != ABSENT) & (pairs["product"] != ABSENT)
    return pairs["deal"][found], pairs["product"][found]


def _raw(table: Table) -> Columns:
    """Return what is known today."""
    offered, kind = floats(table["offered_at"]), short_texts(table["kind"], length=STATUS_LENGTH)
    return {
        "offered": offered,
        "kind": kind,
        "invited": (kind != "OPEN") & ~np.isnan(offered),
        "sample_due": np.where(kind == "SAMPLE", _sample_due(table), np.nan),
        "status": short_texts(table["status"], length=STATUS_LENGTH),
        "said_yes": bools(table["accepted"]),
        "rating": floats(table["rating"]),
        "content_count": floats(table["content_count"]),
        **{name: floats(table[column]) for name, column in TIMES.items()},
    }


def _sample_due(table: Table) -> Floats:
    return first_known(floats(table["sample_delivered_at"]) + SAMPLE_AFTER_DELIVERY, floats(table["approved_at"]) + SAMPLE_AFTER_APPROVAL)


def _known_then(raw: Columns, period: Period) -> Columns:
    """Return the same without what was not yet known at the as-of time.

    A state was there before it was seen: one that is first seen on the last day, which no window holds, counts as of the day before.
    """
    as_of = period.as_of
    past = {name: _until(raw[name], as_of) for name in PAST}
    past |= {name: np.minimum(_until(raw[name], as_of), period.until - 1) for name in ("status_since", "accepted_since")}
    unanswered_yet = ~np.isnan(raw["answered"]) & np.isnan(past["answered"])
    undelivered_yet = (raw["delivered"] > as_of) & (raw["status"] == "DELIVERED")
    kept = {name: raw[name] for name in ("creator", "brand", "kind", "invited", "decide_by", "ends", "content_count")}
    return {
        **kept,
        **past,
        "status": np.where(unanswered_yet, "OFFERED", np.where(undelivered_yet, "ACCEPTED", raw["status"])),
        "said_yes": raw["said_yes"] & ~unanswered_yet,
        "due": first_known(raw["due"], raw["sample_due"]),
        "rating": np.where(np.isnan(past["rated"]), np.nan, raw["rating"]),
    }


def _until(times: Floats, as_of: int) -> Floats:
    return np.where(times <= as_of, times, np.nan)


def first_known(*times: Floats) -> Floats:
    """Return the first time of each that is known."""
    found = times[0]
    for each in times[1:]:
        found = np.where(np.isnan(found), each, found)
    return found
