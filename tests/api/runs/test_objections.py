"""Creators who object: in no run that is kept, in none to come, and in none that was being made."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import numpy as np
import pytest
from neo4j import AsyncDriver

from api.proof.signing import Signer
from api.runs import scoring_run
from api.runs.scoring_run import score
from api.runs.storing import Publication
from graph.rights.erasure import erase_creator
from graph.rights.objections import Objected, object_to_rating
from graph.runs import RunOutdated, stored_vectors
from tests.api.drawn_market import END, draw_market
from tests.api.scored_market import draw_scored
from tests.conftest import TestServer
from tests.graph.load.market import by_name, known_as, loaded, order, row, sale, shown

OF_RUNS = """
MATCH (n:Scorecard|Flag|PastScores|Forecast|Predictions|Vectors|Signatures|BriefRun|Alert)
WHERE any(name IN keys(n) WHERE valueType(n[name]) STARTS WITH 'STRING' AND toString(n[name]) CONTAINS $creator
  OR valueType(n[name]) STARTS WITH 'LIST<STRING' AND any(each IN n[name] WHERE each = $creator OR each STARTS WITH $creator + '\n'))
RETURN DISTINCT labels(n)[0] AS label
ORDER BY label
"""

TIES = "MATCH (:Creator {id: $creator})-[tie:COLLABORATED_WITH]->() RETURN count(tie)"

RANKS = """
MATCH (card:Scorecard)
RETURN card.scope AS scope, card.creatorId AS creator, card.ranks AS ranks, card.percentiles AS percentiles, card.scored AS scored,
  card.peers AS peers, card.overall AS overall
"""


BEST = """
MATCH (c:Scorecard {window: 90, categoryId: '*'})
WHERE c.overall IS NOT NULL AND NOT c.runId ENDS WITH '-outward'
RETURN c.creatorId
ORDER BY c.overall DESC
"""

FOUND = """
CREATE (:BriefRun {
  id: 'x', creatorIds: ['z', $creator], scores: [2.0, 1.0], lows: [1.0, 0.0], highs: [3.0, 2.0], considered: 5, eligible: 4,
  reasons: ['of z', 'of the other']
})
CREATE (:BriefRun {
  id: 'y', creatorIds: [$creator, 'z'], scores: [2.0, 1.0], lows: [1.0, 0.0], highs: [3.0, 2.0], considered: 5, eligible: 4
})
"""


async def objects(graph: AsyncDriver, creator: str, *, yes: bool = True) -> Objected | None:
    return await object_to_rating(graph, creator, objects=yes, now=7, database="neo4j")


async def best(graph: AsyncDriver) -> str:
    """Return the creator who leads the first region by overall score."""
    return (await shown(graph, BEST))[0]


async def test_nothing_of_one_who_objects_is_left_in_any_run(graph: AsyncDriver, tmp_path: Any) -> None:
    await draw_market(graph)
    for _ in range(2):
        await score(graph, as_of=END, signer=Signer.of(tmp_path))
    creator = await best(graph)
    await graph.execute_query(FOUND, creator=creator)
    await graph.execute_query("CREATE (:Alert {id: 'a', inside: ['z', $creator]})", creator=creator)
    held = await shown(graph, OF_RUNS, creator=creator)
    assert {"Scorecard", "PastScores", "Vectors", "Signatures", "BriefRun", "Alert"} <= set(held)
    before = await stored_vectors(graph, "r000002", database="neo4j", seconds=10)
    assert (await objects(graph, creator)) is not None
    assert await shown(graph, OF_RUNS, creator=creator) == []
    assert await shown(graph, TIES, creator=creator) == [0]
    runs = await shown(graph, "MATCH (r:BriefRun) RETURN r.creatorIds, r.scores, r.considered, r.eligible, r.reasons ORDER BY r.id")
    assert runs == [(["z"], [2.0], 4, 3, ["of z"]), (["z"], [1.0], 4, 3, None)]
    after = await stored_vectors(graph, "r000002", database="neo4j", seconds=10)
    assert before
    assert after
    others = before.ids["Creator"] != creator
    assert after.ids["Creator"].tolist() == before.ids["Creator"][others].tolist()
    assert np.array_equal(after.rows["Creator"], before.rows["Creator"][others])
    assert np.array_equal(after.groups, before.groups[others])


async def test_ranks_of_the_others_have_no_hole(graph: AsyncDriver) -> None:
    await draw_scored(graph)
    creator = await best(graph)
    await objects(graph, creator)
    cards = [record.data() for record in (await graph.execute_query(RANKS)).records]
    assert cards
    assert all(each["creator"] != creator for each in cards)
    for scope in {each["scope"] for each in cards}:
        peers = [each for each in cards if each["scope"] == scope]
        for at in range(len(peers[0]["ranks"])):
            ranks = sorted(each["ranks"][at] for each in peers if each["ranks"][at])
            assert all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks)
            assert all(each["scored"][at] == len(ranks) and each["peers"] == len(peers) for each in peers)
            for each in peers:
                above, equal = (sum(test(other, each["ranks"][at]) for other in ranks) for test in (int.__lt__, int.__eq__))
                if each["ranks"][at]:
                    assert each["percentiles"][at] == pytest.approx(100 * (len(ranks) - above - equal / 2) / len(ranks))


async def test_one_who_objects_is_in_no_later_run_until_they_withdraw(graph: AsyncDriver) -> None:
    first = await draw_scored(graph)
    creator = await best(graph)
    await objects(graph, creator)
    without = await score(graph, as_of=END)
    assert (without.creators, await shown(graph, OF_RUNS, creator=creator)) == (first.creators - 1, [])
    await objects(graph, creator, yes=False)
    again = await score(graph, as_of=END)
    assert again.creators == first.creators
    assert "Scorecard" in await shown(graph, OF_RUNS, creator=creator)


@pytest.mark.parametrize("phase", ["_made", "_shared", "_closed"])
async def test_a_run_that_has_read_of_one_who_objects_is_not_published(
    graph: AsyncDriver, neo4j: TestServer, monkeypatch: Any, phase: str
) -> None:
    await draw_scored(graph)
    creator, done = await best(graph), []
    owner = scoring_run if phase == "_made" else Publication
    original = getattr(owner, phase)

    async def meanwhile(*args: Any) -> Any:
        done.append(await objects(graph, creator))
        return await original(*args)

    def apart(*args: Any) -> Any:
        thread = threading.Thread(target=lambda: asyncio.run(_apart(neo4j, creator)))
        thread.start()
        thread.join()
        return original(*args)

    monkeypatch.setattr(owner, phase, apart if phase == "_made" else meanwhile)
    with pytest.raises(RunOutdated):
        await score(graph, as_of=END)
    monkeypatch.setattr(owner, phase, original)
    assert await shown(graph, "MATCH (r:ScoringRun {status: 'current'}) RETURN r.id") == ["r000001"]
    await score(graph, as_of=END)
    assert await shown(graph, OF_RUNS, creator=creator) == []


async def _apart(neo4j: TestServer, creator: str) -> None:
    """Object from another event loop."""
    async with neo4j.driver() as driver:
        await objects(driver, creator)


async def test_an_objection_by_name_goes_on_for_whoever_holds_the_name(graph: AsyncDriver) -> None:
    await loaded(graph, [order(9, sale(creator_id=by_name("Alice")))])
    assert await objects(graph, "US:alice") is not None
    await loaded(graph, [row("creators", 10, id=known_as("777", "alice"), region="US")])
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id") == ["777"]
    assert await shown(graph, "MATCH (o:Objection) RETURN o.id, o.at") == [("777", 7)]


async def test_an_erased_creator_is_in_no_run(graph: AsyncDriver, tmp_path: Any) -> None:
    await draw_market(graph)
    await score(graph, as_of=END, signer=Signer.of(tmp_path))
    creator = await best(graph)
    await erase_creator(graph, creator, now=9, database="neo4j")
    assert await shown(graph, OF_RUNS, creator=creator) == []
    await score(graph, as_of=END)
    assert await shown(graph, OF_RUNS, creator=creator) == []
    (event,) = await shown(graph, "MATCH (e:DomainEvent {name: 'creator.erased'}) RETURN e.subject, e.creatorId, e.payload")
    assert creator not in json.dumps(event)
