"""Collaborations as they stood at the as-of time, over the whole history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import numpy as np

from graph.facts.arrays import ABSENT, Bools, Columns, Floats, Ints, Texts, bools, codes, floats, known, ordered, stacked
from graph.facts.events.catalogue import Catalogue
from graph.facts.events.creators import Creators
from graph.facts.period import DAY, Period
from graph.facts.reading import Batch, Reader, by_id

SAMPLE_AFTER_DELIVERY: Final = 14 * DAY
SAMPLE_AFTER_APPROVAL: Final = 21 * DAY
STATUS_LENGTH: Final = 16
AGREED: Final = ("ACCEPTED", "DELIVERED")
TIMES: Final = ("offered", "answered", "due", "sample_due", "ends", "delivered", "rated", "status_since", "accepted_since")


@dataclass(frozen=True, slots=True)
class Deals:
    """Collaborations, sorted by creator, times and brand; times are NaN where unknown, or later than the as-of time.

    `due` may lie in the future. `products` lists what each promotes: pairs (place of the deal, product).
    """

    creator: Ints
    brand: Ints
    invited: Bools
    status: Texts
    offered: Floats
    answered: Floats
    said_yes: Bools
    due: Floats
    ends: Floats
    delivered: Floats
    status_since: Floats
    accepted_since: Floats
    rating: Floats
    rated: Floats
    products: tuple[Ints, Ints]

    @property
    def accepted(self) -> Bools:
        """Whether the creator had taken it up."""
        agreed = np.isin(self.status, AGREED)
        return agreed | ((self.said_yes | ~np.isnan(self.delivered)) & (self.status != "DECLINED"))

    @property
    def taken_up(self) -> Floats:
        """When the creator took it up, as near as it is known: by the answer, the offer, the first sight of it, or the delivery."""
        return _first_known(self.answered, self.offered, self.accepted_since, self.delivered)

    @property
    def done(self) -> Bools:
        """Whether content had been delivered."""
        return ~np.isnan(self.delivered) | (self.status == "DELIVERED")

    def concluded(self, as_of: int) -> Floats:
        """Return when each was delivered, or failed to be: when it was due, else ended, else was seen as expired; NaN while it is open."""
        failed = _first_known(
            _until(self.due, as_of), _until(self.ends, as_of), np.where(self.status == "EXPIRED", self.status_since, np.nan)
        )
        delivered = _first_known(self.delivered, self.status_since, self.taken_up)
        return np.where(self.done, delivered, np.where(self.status == "CANCELLED", np.nan, failed))


DEALS: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:WITH]-(k:Collaboration)
WITH c, k, coalesce(k.seenAt, []) AS seen
WHERE (size(seen) = 0 OR seen[0] <= $asOf) AND coalesce(k.offeredAt, 0) <= $asOf
WITH c, k, seen, CASE
  WHEN size(seen) = 0 OR seen[-1] <= $asOf THEN size(seen) - 1
  ELSE size([time IN seen WHERE time <= $asOf]) - 1
END AS state
OPTIONAL MATCH (k)<-[:OFFERED]-(b:Brand)
RETURN
  collect(c.id) AS creator,
  collect(coalesce(b.id, '')) AS brand,
  collect(k.id) AS id,
  collect(k.kind <> 'OPEN' AND k.offeredAt IS NOT NULL) AS invited,
  collect(CASE WHEN state = size(seen) - 1 THEN k.status ELSE k.statuses[state] END) AS status,
  collect(coalesce(seen[state], -1)) AS status_since,
  collect(coalesce([i IN range(0, state) WHERE k.statuses[i] IN $agreed | seen[i]][0], -1)) AS accepted_since,
  collect(coalesce(k.offeredAt, -1)) AS offered,
  collect(coalesce(k.answeredAt, -1)) AS answered,
  collect(coalesce(k.accepted, false)) AS said_yes,
  collect(coalesce(k.dueAt, -1)) AS due,
  collect(CASE k.kind WHEN 'SAMPLE' THEN coalesce(k.sampleDeliveredAt + $posting, k.approvedAt + $shipping, -1) ELSE -1 END) AS sample_due,
  collect(coalesce(k.endsAt, -1)) AS ends,
  collect(coalesce(k.deliveredAt, -1)) AS delivered,
  collect(coalesce(k.rating, -1.0)) AS rating,
  collect(coalesce(k.ratedAt, seen[-1], -1)) AS rated
"""

DELIVERED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:WITH]-(k:Collaboration)
WHERE k.deliveredAt IS NULL
MATCH (k)-[:DELIVERED]->(t:Content)
WHERE t.publishedAt IS NOT NULL
RETURN collect(k.id) AS id, collect(t.publishedAt) AS at
"""

PROMOTED: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (c:Creator {id: id})<-[:WITH]-(k:Collaboration)-[:PROMOTES]->(p:Product)
RETURN collect(k.id) AS id, collect(p.id) AS product
"""


async def deals(reader: Reader, period: Period, creators: Creators, catalogue: Catalogue) -> Deals:
    """Return every collaboration that was known at the as-of time."""

    def take(record: Mapping[str, Any]) -> Columns:
        return _raw(record) | {
            "creator": codes(record.get("creator", []), creators.positions),
            "brand": codes(record.get("brand", []), catalogue.brand_positions),
        }

    limits = {"posting": SAMPLE_AFTER_DELIVERY, "shipping": SAMPLE_AFTER_APPROVAL, "agreed": AGREED}
    batches = [{**batch, **limits} for batch in by_id([str(each) for each in creators.id], period)]
    raw = ordered(stacked(await reader.read(DEALS, batches, take), take({})), "creator", "offered", "answered", "brand", "id")
    place = {str(each): at for at, each in enumerate(raw.pop("id"))}
    await _deliver(reader, batches, raw["delivered"], place)
    return Deals(**_known_then(raw, period.as_of), products=await _promoted(reader, batches, place, catalogue))


async def _deliver(reader: Reader, batches: Sequence[Batch], delivered: Floats, place: Mapping[str, int]) -> None:
    """Fill in when the first content came, where that is all that tells of a delivery."""
    for record in await reader.read(DELIVERED, batches, lambda record: (record["id"], record["at"])):
        for id_, at in zip(*record, strict=True):
            if id_ in place:
                delivered[place[id_]] = np.fmin(delivered[place[id_]], at)


async def _promoted(reader: Reader, batches: Sequence[Batch], place: Mapping[str, int], catalogue: Catalogue) -> tuple[Ints, Ints]:
    """Return pairs (deal, product), sorted, of those that are known."""

    def take(record: Mapping[str, Any]) -> Columns:
        return {"deal": codes(record.get("id", []), place), "product": codes(record.get("product", []), catalogue.positions)}

    pairs = ordered(stacked(await reader.read(PROMOTED, batches, take), take({})), "deal", "product")
    found = (pairs["deal"] != ABSENT) & (pairs["product"] != ABSENT)
    return pairs["deal"][found], pairs["product"][found]


def _raw(record: Mapping[str, Any]) -> Columns:
    """Return what the graph says today."""
    return {name: _time(record.get(name, [])) for name in TIMES} | {
        "id": np.array(record.get("id", []), dtype=np.str_),
        "invited": bools(record.get("invited", [])),
        "status": np.array(record.get("status", []), dtype=f"<U{STATUS_LENGTH}"),
        "said_yes": bools(record.get("said_yes", [])),
        "rating": known(record.get("rating", [])),
    }


def _known_then(raw: Columns, as_of: int) -> Columns:
    """Return the same without what was not yet known at `as_of`."""
    past = {name: _until(raw[name], as_of) for name in ("offered", "answered", "rated", "status_since", "accepted_since", "delivered")}
    unanswered_yet = ~np.isnan(raw["answered"]) & np.isnan(past["answered"])
    undelivered_yet = (raw["delivered"] > as_of) & (raw["status"] == "DELIVERED")
    kept = {name: raw[name] for name in ("creator", "brand", "invited", "ends")}
    return {
        **kept,
        **past,
        "status": np.where(unanswered_yet, "OFFERED", np.where(undelivered_yet, "ACCEPTED", raw["status"])),
        "said_yes": raw["said_yes"] & ~unanswered_yet,
        "due": _first_known(raw["due"], raw["sample_due"]),
        "rating": np.where(np.isnan(past["rated"]), np.nan, raw["rating"]),
    }


def _time(seconds: Sequence[int]) -> Floats:
    column = floats(seconds)
    column[column < 0] = np.nan
    return column


def _until(times: Floats, as_of: int) -> Floats:
    return np.where(times <= as_of, times, np.nan)


def _first_known(*times: Floats) -> Floats:
    found = times[0]
    for each in times[1:]:
        found = np.where(np.isnan(found), each, found)
    return found
