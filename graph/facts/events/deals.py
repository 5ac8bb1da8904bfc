"""Collaborations as they stood at the as-of time, over the whole history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import numpy as np
from numpy.typing import NDArray

from graph.facts.arrays import ABSENT, Bools, Columns, Floats, Ints, Texts, bools, codes, floats, ints, ordered, stacked
from graph.facts.events.catalogue import Catalogue
from graph.facts.events.creators import Creators
from graph.facts.period import DAY, Period
from graph.facts.reading import Reader, by_id

SAMPLE_AFTER_DELIVERY: Final = 14 * DAY
SAMPLE_AFTER_APPROVAL: Final = 21 * DAY
STATUS_LENGTH: Final = 16
AGREED: Final = ("ACCEPTED", "DELIVERED")
TIMES: Final = ("offered", "answered", "due", "sample_due", "ends", "delivered", "rated", "status_since", "accepted_since")


@dataclass(frozen=True, slots=True)
class Deals:
    """Collaborations, sorted by creator, times and brand; times are NaN where unknown, or later than the as-of time.

    `due` may lie in the future. `products` and `product_of` list what each promotes: pairs (place of the deal, product).
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
  collect(CASE WHEN k.deliveredAt IS NULL
    THEN COLLECT { MATCH (k)-[:DELIVERED]->(t:Content) RETURN t.publishedAt }
    ELSE []
  END) AS contents,
  collect(coalesce(k.rating, -1.0)) AS rating,
  collect(coalesce(k.ratedAt, seen[-1], -1)) AS rated,
  collect(COLLECT { MATCH (k)-[:PROMOTES]->(p:Product) RETURN p.id }) AS products
"""


async def deals(reader: Reader, period: Period, creators: Creators, catalogue: Catalogue) -> Deals:
    """Return every collaboration that was known at the as-of time."""

    def take(record: Mapping[str, Any]) -> Columns:
        return _columns(record, period.as_of) | {
            "creator": codes(record.get("creator", []), creators.positions),
            "brand": codes(record.get("brand", []), catalogue.brand_positions),
        }

    limits = {"posting": SAMPLE_AFTER_DELIVERY, "shipping": SAMPLE_AFTER_APPROVAL, "agreed": AGREED}
    batches = [{**batch, **limits} for batch in by_id([str(each) for each in creators.id], period)]
    columns = ordered(stacked(await reader.read(DEALS, batches, take), take({})), "creator", "offered", "answered", "brand", "id")
    products = _promoted(columns.pop("products"), catalogue)
    columns.pop("id")
    return Deals(**columns, products=products)


def _columns(record: Mapping[str, Any], as_of: int) -> Columns:
    """Return the collaborations with what was not yet known at `as_of` taken out."""
    times = {
        name: _time(record.get(name, []))
        for name in ("offered", "answered", "due", "sample_due", "ends", "delivered", "rated", "status_since", "accepted_since")
    }
    contents = _time([_earliest(each) for each in record.get("contents", [])])
    past = {name: _until(times[name], as_of) for name in ("offered", "answered", "rated", "status_since", "accepted_since")}
    rating = floats(record.get("rating", []))
    delivered = _first_known(times["delivered"], contents)
    unanswered_yet = ~np.isnan(times["answered"]) & np.isnan(past["answered"])
    undelivered_yet = delivered > as_of
    status = np.array(record.get("status", []), dtype=f"<U{STATUS_LENGTH}")
    status = np.where(undelivered_yet & (status == "DELIVERED"), "ACCEPTED", status)
    return past | {
        "id": np.array(record.get("id", []), dtype=np.str_),
        "invited": bools(record.get("invited", [])),
        "status": np.where(unanswered_yet, "OFFERED", status),
        "said_yes": bools(record.get("said_yes", [])) & ~unanswered_yet,
        "due": _first_known(times["due"], times["sample_due"]),
        "ends": times["ends"],
        "delivered": _until(delivered, as_of),
        "rating": np.where((rating < 0) | np.isnan(past["rated"]), np.nan, rating),
        "products": _lists(record.get("products", [])),
    }


def _promoted(products: NDArray[np.object_], catalogue: Catalogue) -> tuple[Ints, Ints]:
    """Return pairs (deal, product), of the products that are known."""
    deal = ints([place for place, ids in enumerate(products) for _ in ids])
    product = codes((each for ids in products for each in ids), catalogue.positions)
    return deal[product >= 0], product[product >= 0]


def _lists(values: Sequence[list[str]]) -> NDArray[np.object_]:
    """Return lists as a column of lists, which NumPy would take for a table."""
    column = np.empty(len(values), dtype=np.object_)
    column[:] = values
    return column


def _earliest(times: Sequence[int | None]) -> int:
    return min((each for each in times if each is not None), default=ABSENT)


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
