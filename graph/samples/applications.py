"""A brand's sample applications: who asked for what and when, what was decided, and what came of it."""

from __future__ import annotations

from typing import Final, LiteralString, NamedTuple

from graph.cents import in_cents
from graph.dates import DAY
from graph.expressions import kept_share_of_sums, net_sales
from graph.recommendations.reading import Reading

WAITS: Final = 7 * DAY
"""Sellers must decide within so long; where no time of application is known, it is that long before the deadline."""
DUE_AFTER_ARRIVAL: Final = 14 * DAY
DUE_AFTER_APPROVAL: Final = 21 * DAY
EXTENSION: Final = 7 * DAY
SALES: Final = 28 * DAY
EARLIER: Final = 90 * DAY
MOST: Final = 20_000


class Application(NamedTuple):
    """One application for a sample, by what was known at a time.

    `visible` tells whether the viewer may see the creator at all: of others nothing but the brand's own dealings is told. Times are Unix
    seconds, amounts US dollars. `pending` awaits the brand on the platform; `approved` was approved there; `clear` is when the time for
    content was over, `came` whether it came by then; `net` and `orders` are sales of the product by the creator in the 28 days after, and
    `before` those of all the brand's products in the 90 days before applying.
    """

    id: str
    creator: str
    visible: bool
    objects: bool
    region: str | None
    followers: int | None
    product: str | None
    categories: list[str]
    price: float | None
    commission: float
    applied: int
    due: int | None
    pending: bool
    approved: bool
    decision: str | None
    reason: str | None
    decided_at: int | None
    rule: str | None
    exported_at: int | None
    clear: int | None
    came: bool
    net: float
    orders: int
    before: float


APPLICATIONS: Final[LiteralString] = f"""
MATCH (b:Brand {{id: $brand}})-[:OFFERED]->(k:Collaboration {{kind: 'SAMPLE'}})-[:WITH]->(c:Creator)
WHERE (k.approvalDueAt IS NOT NULL OR k.approvedAt IS NOT NULL)
  AND (k.status = 'OFFERED' OR NOT EXISTS {{ MATCH (:Appeal {{subjectId: k.id, subjectKind: 'Collaboration', status: 'UPHELD'}}) }})
WITH b, k, c, coalesce(k.approvalDueAt - $waits, k.answeredAt, k.offeredAt, k.approvedAt) AS applied
WHERE applied <= $now
WITH b, k, c, applied, k.status IN ['ACCEPTED', 'DELIVERED', 'FAILED'] AS approved,
  head(COLLECT {{ MATCH (k)-[:PROMOTES]->(p:Product) RETURN p ORDER BY p.id LIMIT 1 }}) AS p,
  coalesce(k.approvedAt, k.approvalDueAt) AS start,
  coalesce(k.deliveredAt, head(COLLECT {{
    MATCH (k)-[:DELIVERED]->(v:Content) WHERE v.publishedAt IS NOT NULL RETURN v.publishedAt ORDER BY v.publishedAt, v.id LIMIT 1
  }})) AS arrived
WITH b, k, c, p, applied, approved, start, arrived,
  coalesce(k.dueAt, k.sampleDeliveredAt + $afterArrival, start + $afterApproval) + $extension AS deadline
WITH b, k, c, p, applied, approved, start, arrived, deadline,
  approved AND k.status <> 'FAILED' AND (arrived IS NOT NULL OR k.status = 'DELIVERED') AND coalesce(arrived, start) <= deadline AS came
CALL (k, c, p, came, arrived, start) {{
  WITH *
  WHERE came
  MATCH (p)<-[:OF]-(s:Sale)-[:CREDITED_TO]->(c)
  WHERE coalesce(arrived, start) <= s.at < coalesce(arrived, start) + $sales AND s.status <> 'NO_SALE'
  RETURN sum({net_sales("s")}) AS net, count(DISTINCT s.orderId) AS orders
}}
CALL (k, p, came) {{
  WITH *
  WHERE came
  MATCH (k)-[:DELIVERED]->(:Content)-[f:FEATURES]->(p)
  RETURN sum(coalesce(f.gmvUsd, 0.0) * {kept_share_of_sums("f")}) AS summed, sum(coalesce(f.orders, 0)) AS summedOrders
}}
CALL (b, c, applied) {{
  MATCH (b)-[:SELLS]->(:Product)<-[:OF]-(s:Sale)-[:CREDITED_TO]->(c)
  WHERE applied - $earlier <= s.at < applied AND s.status <> 'NO_SALE'
  RETURN sum({net_sales("s")}) AS before
}}
WITH k, c, p, applied, approved, deadline, came, net + summed AS net, orders + summedOrders AS orders, before,
  $regions IS NULL OR c.region IN $regions AS visible
RETURN k.id AS id, c.id AS creator, visible, EXISTS {{ MATCH (:Objection {{id: c.id}}) }} AS objects,
  CASE WHEN visible THEN c.region END AS region, CASE WHEN visible THEN c.followerCount END AS followers, p.id AS product,
  COLLECT {{
    MATCH (p)-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..10]->(g:Category) RETURN DISTINCT g.id AS id ORDER BY id LIMIT 100
  }} AS categories,
  p.priceUsd AS price, coalesce(k.commissionRate, p.commissionRate, 0.0) AS commission, applied, k.approvalDueAt AS due,
  k.status = 'OFFERED' AND k.approvalDueAt IS NOT NULL AS pending, approved, k.decision AS decision, k.decisionReason AS reason,
  k.decidedAt AS decidedAt, k.decisionRule AS rule, k.decisionExportedAt AS exportedAt, CASE WHEN approved THEN deadline END AS clear, came,
  net, orders, before
ORDER BY applied, id
LIMIT $most
"""
"""A creator's content counts by the deadline and the week of extension, as for the probability of delivery. What an upheld appeal is about
says nothing of the creator."""


async def applications(reading: Reading, brand: str, *, now: int) -> list[Application]:
    """Return a brand's applications until `now`, in order of time, the oldest first; ask only for a brand whose ties the reader sees."""
    found = await reading.rows(
        APPLICATIONS,
        brand=brand,
        now=now,
        waits=WAITS,
        afterArrival=DUE_AFTER_ARRIVAL,
        afterApproval=DUE_AFTER_APPROVAL,
        extension=EXTENSION,
        sales=SALES,
        earlier=EARLIER,
        most=MOST,
    )
    rows = [Application(*row) for row in found]
    return [row._replace(net=in_cents(row.net), before=in_cents(row.before)) for row in rows]
