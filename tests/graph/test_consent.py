"""Consent to exact sales, given and withdrawn while others say otherwise, or while a run is being made."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from neo4j import AsyncDriver

from graph.appeals import consented
from graph.runs import outward_id, store
from tests.graph.test_runs import SAMPLE, begun

WAITING = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*) AS count"
TOLD = "MATCH (event:DomainEvent) RETURN event.payload AS payload ORDER BY event.id"
FACTS = "MATCH (card:Scorecard) RETURN card.runId AS run, card.creatorId AS creator, card.facts IS NULL AS removed ORDER BY run, creator"


async def test_of_two_who_say_otherwise_at_once_both_are_told(graph: AsyncDriver) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'ann', salesConsent: true})")
    async with graph.session() as one, graph.session() as two, await one.begin_transaction() as tx:
        await consented(tx, "ann", consent=False)  # type: ignore[arg-type]
        again = asyncio.create_task(two.execute_write(consented, "ann", consent=True))
        async with asyncio.timeout(60):
            while not (await graph.execute_query(WAITING)).records[0]["count"]:
                await asyncio.sleep(0.01)
        await tx.commit()
        assert await again is True
    assert [each["payload"] for each in (await graph.execute_query(TOLD)).records] == ['{"consent": false}', '{"consent": true}']


async def test_whoever_withdraws_while_a_run_is_made_has_no_exact_sales_in_it(graph: AsyncDriver) -> None:
    building = await begun(graph)
    building = replace(building, plan=replace(building.plan, started_at=int(time.time()) - 9))
    async with graph.session() as session:
        for creator in ("ann", "bob"):
            await session.execute_write(consented, creator, consent=True)
        await session.execute_write(consented, "ann", consent=False)
    for under in (building.id, outward_id(building.id)):
        await store(building, SAMPLE, under=under)
    await building.publish({}, creators=3, scorecards=3, published_at=9)
    found = [tuple(each.values()) for each in (await graph.execute_query(FACTS)).records]
    assert [each for each in found if each[2]] == [("r000001-outward", "ann", True)]
    assert len(found) == 6
