"""A brand's sample applications on a graph drawn by hand: which they are, and what came of each."""

from __future__ import annotations

from typing import Final, LiteralString

import pytest
from neo4j import AsyncDriver

from graph.plans.visibility import Reach, Visibility
from graph.recommendations.reading import Reading
from graph.samples import Application, applications

DAY: Final = 86_400
NOW: Final = 100 * DAY
MARKET: Final[LiteralString] = """
CREATE (b:Brand {id: 'b1'})-[:SELLS]->(cup:Product {id: 'cup', priceUsd: 20.0, commissionRate: 0.2}),
       (b)-[:SELLS]->(hat:Product {id: 'hat'}), (:Brand {id: 'b2'})-[:SELLS]->(:Product {id: 'else', priceUsd: 1.0})
CREATE (cup)-[:IN_CATEGORY]->(:Category {id: '11'})-[:CHILD_OF]->(:Category {id: '1'})
CREATE (ann:Creator {id: 'ann', region: 'US', followerCount: 7}), (bob:Creator {id: 'bob', region: 'FR', followerCount: 9}),
       (cat:Creator {id: 'cat', region: 'US'}), (:Objection {id: 'cat'})
CREATE (b)-[:OFFERED]->(done:Collaboration {id: 'done', kind: 'SAMPLE', status: 'DELIVERED', answeredAt: 8 * $day, approvedAt: 10 * $day,
          sampleDeliveredAt: 12 * $day, deliveredAt: 20 * $day, commissionRate: 0.1})-[:WITH]->(ann), (done)-[:PROMOTES]->(cup)
CREATE (b)-[:OFFERED]->(late:Collaboration {id: 'late', kind: 'SAMPLE', status: 'DELIVERED', answeredAt: 9 * $day, approvedAt: 10 * $day,
          sampleDeliveredAt: 12 * $day})-[:WITH]->(ann), (late)-[:PROMOTES]->(cup),
       (late)-[:DELIVERED]->(:Content {id: 'v', publishedAt: 34 * $day})
CREATE (b)-[:OFFERED]->(sums:Collaboration {id: 'sums', kind: 'SAMPLE', status: 'DELIVERED', approvedAt: 40 * $day})-[:WITH]->(bob),
       (sums)-[:PROMOTES]->(hat), (sums)-[:DELIVERED]->(w:Content {id: 'w', publishedAt: 50 * $day}),
       (w)-[:FEATURES {orders: 3, units: 4, refundedUnits: 1, gmvUsd: 40.0}]->(hat)
CREATE (b)-[:OFFERED]->(no:Collaboration {id: 'no', kind: 'SAMPLE', status: 'CANCELLED', approvalDueAt: 67 * $day})-[:WITH]->(bob),
       (no)-[:PROMOTES]->(cup)
CREATE (b)-[:OFFERED]->(waits:Collaboration {id: 'waits', kind: 'SAMPLE', status: 'OFFERED', approvalDueAt: 105 * $day})-[:WITH]->(ann),
       (waits)-[:PROMOTES]->(cup)
CREATE (b)-[:OFFERED]->(:Collaboration {id: 'bare', kind: 'SAMPLE', status: 'OFFERED', approvalDueAt: 106 * $day})-[:WITH]->(cat)
CREATE (b)-[:OFFERED]->(:Collaboration {id: 'asked', kind: 'SAMPLE', status: 'OFFERED', offeredAt: 90 * $day})-[:WITH]->(cat)
CREATE (b)-[:OFFERED]->(:Collaboration {id: 'other', kind: 'TARGETED', status: 'OFFERED', approvalDueAt: 105 * $day})-[:WITH]->(cat)
CREATE (b)-[:OFFERED]->(:Collaboration {id: 'tomorrow', kind: 'SAMPLE', status: 'OFFERED', approvalDueAt: 108 * $day})-[:WITH]->(cat)
WITH ann, cup
UNWIND [['before', 7, 2, 1, 30.0, 'SETTLED'], ['inside', 21, 2, 1, 40.0, 'SETTLED'], ['inside', 21, 1, 0, 5.0, 'SETTLED'],
        ['last', 47, 1, 0, 8.0, 'PLACED'], ['after', 48, 1, 0, 100.0, 'SETTLED'], ['void', 22, 1, 0, 999.0, 'NO_SALE']] AS line
CREATE (:Sale {id: line[0] + line[4], orderId: line[0], at: line[1] * $day, quantity: line[2], refundedQuantity: line[3], gmvUsd: line[4],
               status: line[5]})-[:OF]->(cup)
WITH DISTINCT ann
MATCH (s:Sale)
CREATE (s)-[:CREDITED_TO]->(ann)
"""


@pytest.fixture
async def found(graph: AsyncDriver) -> dict[str, Application]:
    await graph.execute_query(MARKET, day=DAY)
    return await asked(graph)


async def asked(graph: AsyncDriver) -> dict[str, Application]:
    reach = {"terms": Reach.OWN, "others": Reach.COUNTS, "exact_sales": Reach.RANGES}
    seen = Visibility(Reach.REGIONS, Reach.REGIONS, **reach, regions=("US",), brands=("b1",))
    return {each.id: each for each in await applications(Reading(graph, "neo4j", 30.0, seen), "b1", now=NOW)}


async def test_what_an_upheld_appeal_is_about_is_no_record_and_what_waits_is_still_to_be_decided(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET, day=DAY)
    appeals = "UNWIND ['late', 'waits'] AS id CREATE (:Appeal {id: id, subjectId: id, subjectKind: 'Collaboration', status: $status})"
    await graph.execute_query(appeals, status="PENDING")
    assert "late" in await asked(graph)
    await graph.execute_query("MATCH (a:Appeal) SET a.status = 'UPHELD'")
    assert list(await asked(graph)) == ["done", "sums", "no", "waits", "bare"]


async def test_applications_are_samples_that_somebody_asked_for_until_now(found: dict[str, Application]) -> None:
    """Neither an offer of the brand's own, nor an invitation, nor what came after the data's date."""
    assert list(found) == ["done", "late", "sums", "no", "waits", "bare"]
    assert [each.applied // DAY for each in found.values()] == [8, 9, 40, 60, 98, 99]
    assert [each.pending for each in found.values()] == [False, False, False, False, True, True]
    assert [each.approved for each in found.values()] == [True, True, True, False, False, False]


async def test_sales_are_those_of_the_product_in_the_28_days_after_content_in_time(found: dict[str, Application]) -> None:
    """Of 40 half was refunded; the order of two lines counts once; the 28th day ends before the sale of 100."""
    done = found["done"]
    assert (done.came, done.net, done.orders, done.clear) == (True, 20.0 + 5.0 + 8.0, 2, 33 * DAY)
    assert (done.price, done.commission, done.categories) == (20.0, 0.1, ["1", "11"])


async def test_content_after_the_week_of_extension_is_none(found: dict[str, Application]) -> None:
    """It was due on day 12 + 14 + 7 = 33, and came on day 34."""
    assert (found["late"].came, found["late"].net, found["late"].orders) == (False, 0.0, 0)


async def test_where_only_sums_are_known_they_are_those_of_the_content(found: dict[str, Application]) -> None:
    assert (found["sums"].net, found["sums"].orders, found["sums"].price) == (30.0, 3, None)


async def test_earlier_sales_are_those_of_90_days_before(found: dict[str, Application]) -> None:
    """Of ann: before day 8 only 15; before day 98 all since day 8, which are 20 + 5 + 8 + 100."""
    assert (found["done"].before, found["waits"].before, found["no"].before) == (15.0, 133.0, 0.0)


async def test_of_who_may_not_be_seen_the_brands_own_dealings_alone_are_told(found: dict[str, Application]) -> None:
    assert (found["no"].visible, found["no"].region, found["no"].followers) == (False, None, None)
    assert (found["waits"].visible, found["waits"].region, found["waits"].followers) == (True, "US", 7)
    assert [each.objects for each in found.values()] == [False, False, False, False, False, True]


async def test_without_a_product_nothing_is_known_of_it(found: dict[str, Application]) -> None:
    bare = found["bare"]
    assert (bare.product, bare.price, bare.commission, bare.categories, bare.net) == (None, None, 0.0, [], 0.0)
