from __future__ import annotations

import asyncio

import pytest
from neo4j import AsyncDriver

from graph.appeals import Appeal, Decision, Objection, appealed, consented, contested, decided
from graph.reader import Reader

MARKET = """
CREATE (c1:Creator {id: 'c1'}), (:Creator {id: 'c2'})
CREATE (c1)-[:PUBLISHED]->(:Content:Video {id: 'v1'})
CREATE (:Sale {id: 's1'})-[:CREDITED_TO]->(c1)
CREATE (:Collaboration {id: 'k1'})-[:WITH]->(c1)
"""


async def contest(graph: AsyncDriver, subject: str, kind: str, creator: str, now: int, *why: str) -> Appeal | None:
    reason, *evidence = why or ("not mine",)
    async with graph.session() as session:
        return await session.execute_write(contested, Objection(creator, kind, subject, reason, tuple(evidence)), now=now, due=now + 1000)


async def decide(graph: AsyncDriver, id_: str, status: str, now: int) -> Appeal | None:
    async with graph.session() as session:
        return await session.execute_write(decided, Decision(id_, status, "key", "seen"), now=now)


@pytest.mark.parametrize(("kind", "subject"), [("Sale", "s1"), ("Content", "v1"), ("Collaboration", "k1")])
async def test_a_creator_contests_an_event_of_their_own_once(graph: AsyncDriver, kind: str, subject: str) -> None:
    await graph.execute_query(MARKET)
    first = await contest(graph, subject, kind, "c1", 100)
    assert first == Appeal(f"c1|{kind}|{subject}", "c1", kind, subject, "not mine", (), "PENDING", 100, 1100, None, None)
    assert await contest(graph, subject, kind, "c1", 200, "again") == first._replace(reason="again")
    shown = ("https://a.example/1", "https://a.example/2")
    assert await contest(graph, subject, kind, "c1", 300, "again", *shown) == first._replace(reason="again", evidence=shown)
    assert await appealed(Reader(graph), first.id) == first._replace(reason="again", evidence=shown)
    assert await appealed(Reader(graph), "absent") is None
    assert (await graph.execute_query("MATCH (a:Appeal) RETURN count(a)")).records[0].value() == 1


@pytest.mark.parametrize(("subject", "creator"), [("s1", "c2"), ("absent", "c1")])
async def test_anothers_event_is_as_if_absent(graph: AsyncDriver, subject: str, creator: str) -> None:
    await graph.execute_query(MARKET)
    assert await contest(graph, subject, "Sale", creator, 100) is None


async def test_an_appeal_is_decided_once(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    await contest(graph, "s1", "Sale", "c1", 100)
    expected = Appeal("c1|Sale|s1", "c1", "Sale", "s1", "not mine", (), "UPHELD", 100, 1100, 200, "seen")
    assert [await decide(graph, "c1|Sale|s1", status, now) for status, now in (("UPHELD", 200), ("REJECTED", 300))] == [expected] * 2
    assert await decide(graph, "absent", "UPHELD", 200) is None


async def test_of_two_decisions_at_once_one_holds(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    await contest(graph, "s1", "Sale", "c1", 100)
    both = await asyncio.gather(decide(graph, "c1|Sale|s1", "UPHELD", 200), decide(graph, "c1|Sale|s1", "REJECTED", 200))
    assert both[0] == both[1]


async def test_consent_is_kept(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    async with graph.session() as session:
        answers = [await session.execute_write(consented, creator, consent=True) for creator in ("c1", "absent")]
    assert answers == [True, None]
    kept = await graph.execute_query("MATCH (c:Creator) RETURN c.salesConsent, c._consented ORDER BY c.id")
    assert [record.values() for record in kept.records] == [[True, True], [None, None]]
