"""Decisions on applications: who may decide what, once, until when, and how they are taken back and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver

from graph.feeds import followed
from graph.plans.visibility import Reach, Visibility
from graph.recommendations.reading import Reading
from graph.samples import Decision, Exported, Refused, StoredRule, decided, exported, reopened, requests, rules, rules_deleted, rules_saved

MARKET: Final[LiteralString] = """
CREATE (b1:Brand {id: 'b1'}), (b2:Brand {id: 'b2'})
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'sample:1', kind: 'SAMPLE', status: 'OFFERED', approvalDueAt: 1000})
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'k2', kind: 'SAMPLE', status: 'OFFERED', approvalDueAt: 1000})
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'late', kind: 'SAMPLE', status: 'OFFERED', approvalDueAt: 999})
CREATE (b1)-[:OFFERED]->(:Collaboration {id: 'gone', kind: 'SAMPLE', status: 'CANCELLED', approvalDueAt: 1000})
CREATE (b2)-[:OFFERED]->(:Collaboration {id: 'theirs', kind: 'SAMPLE', status: 'OFFERED', approvalDueAt: 1000})
"""
APPROVE: Final = Decision("APPROVE", as_of=1_000, now=2_000)
DECLINE: Final = Decision("DECLINE", as_of=1_000, now=2_000, reason="NOT_MATCH")
RULE: Final = StoredRule("r1", "b1", "Sure", "{}", True, 1, 1)


async def write(graph: AsyncDriver, what: Callable[..., Any], *args: Any, **given: Any) -> Any:
    async with graph.session() as session:
        return await session.execute_write(what, *args, **given)


async def decide(graph: AsyncDriver, ids: list[str], decision: Decision) -> Any:
    return await write(graph, decided, ids, decision, brands=["b1"])


async def happened(graph: AsyncDriver) -> list[tuple[str, str, dict[str, Any], str | None]]:
    found = [each.event async for each in followed(graph, 0)]
    return [(each.kind.name, each.subject, dict(each.payload), each.brand) for each in found]


def reading(graph: AsyncDriver, brand: str = "b1") -> Reading:
    seen = Visibility(Reach.ALL, Reach.ALL, terms=Reach.OWN, others=Reach.COUNTS, exact_sales=Reach.RANGES, brands=(brand,))
    return Reading(graph, "neo4j", 30.0, seen)


async def test_what_awaits_the_brand_is_decided_and_the_rest_refused_with_a_reason(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    standing, refused = await decide(graph, ["sample:1", "late", "gone", "theirs", "nothing", "sample:1"], APPROVE)
    assert standing == ["sample:1"]
    assert refused == [
        Refused("late", "OVERDUE", "999"),
        Refused("gone", "NOT_PENDING", "CANCELLED"),
        Refused("theirs", "NOT_FOUND"),
        Refused("nothing", "NOT_FOUND"),
    ]
    assert await happened(graph) == [("sample.decided", "sample:1", {"decision": "APPROVE"}, "b1")]


async def test_the_same_again_changes_nothing_and_another_decision_is_refused(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    await decide(graph, ["k2"], APPROVE)
    assert await decide(graph, ["k2"], replace(APPROVE, now=3_000)) == (["k2"], [])
    assert await decide(graph, ["k2"], DECLINE) == ([], [Refused("k2", "DECIDED", "APPROVE")])
    kept = (await graph.execute_query("MATCH (k:Collaboration {id: 'k2'}) RETURN k.decision, k.decidedAt, k.status")).records
    assert [row.values() for row in kept] == [["APPROVE", 2_000, "OFFERED"]]
    assert len(await happened(graph)) == 1


async def test_a_decision_is_taken_back_until_it_is_exported(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    await decide(graph, ["sample:1", "k2"], DECLINE)
    assert await write(graph, reopened, ["k2", "theirs"], brands=["b1"], now=2_100) == (["k2"], [Refused("theirs", "NOT_FOUND")])
    assert await write(graph, exported, "b1", brands=["b1"], now=2_200) == [Exported("sample:1", "DECLINE", "NOT_MATCH")]
    assert await write(graph, exported, "b1", brands=["b1"], now=2_300) == []
    assert await write(graph, reopened, ["sample:1", "k2"], brands=["b1"], now=2_400) == (
        ["k2"],
        [Refused("sample:1", "EXPORTED", "DECLINE")],
    )
    assert [each[:2] for each in await happened(graph)] == [
        ("sample.decided", "sample:1"),
        ("sample.decided", "k2"),
        ("sample.reopened", "k2"),
        ("sample.exported", "sample:1"),
    ]


async def test_nobody_exports_for_another_brand(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    await decide(graph, ["k2"], APPROVE)
    assert await write(graph, exported, "b1", brands=["b2"], now=2_200) == []
    assert len(await write(graph, exported, "b1", brands=None, now=2_200)) == 1


async def test_requests_are_those_of_the_partner_api(graph: AsyncDriver) -> None:
    """Nothing but the platform's own words; without the platform's id there is no path."""
    await graph.execute_query(MARKET)
    await decide(graph, ["sample:1"], DECLINE)
    await decide(graph, ["k2"], replace(APPROVE, now=2_001))
    one, two = await requests(reading(graph), "b1", again=False)
    assert (one.path, one.body) == (
        "/affiliate_seller/202507/sample_applications/1/review",
        {"review_result": "REJECT", "reject_reason": "NOT_MATCH"},
    )
    assert (two.path, two.body) == (None, {"review_result": "APPROVE"})
    await write(graph, exported, "b1", brands=["b1"], now=2_200)
    assert await requests(reading(graph), "b1", again=False) == []
    assert [each.exported_at for each in await requests(reading(graph), "b1", again=True)] == [2_200, 2_200]


async def test_what_the_platform_shows_as_decided_is_requested_no_more(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    await decide(graph, ["k2"], APPROVE)
    await graph.execute_query("MATCH (k:Collaboration {id: 'k2'}) SET k.status = 'ACCEPTED'")
    assert await requests(reading(graph), "b1", again=True) == []
    assert await write(graph, exported, "b1", brands=["b1"], now=2_200) == []


async def test_of_a_brands_rules_one_at_most_is_on(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    for rule in (RULE, RULE, replace(RULE, id="r2", name="Bold", created_at=2)):
        assert await write(graph, rules_saved, rule, now=50) is True
    found = await rules(reading(graph))
    assert [(each.id, each.on, each.created_at, each.updated_at) for each in found] == [("r1", False, 50, 50), ("r2", True, 50, 50)]
    assert await rules(reading(graph, "b2")) == []
    assert [each[:3] for each in await happened(graph)] == [
        ("samplerule.saved", "r1", {"on": True}),
        ("samplerule.saved", "r2", {"on": True}),
    ]


async def test_a_rule_is_deleted_by_its_brand_alone(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    await write(graph, rules_saved, RULE, now=50)
    assert await write(graph, rules_deleted, "r1", brands=["b2"]) is False
    assert await write(graph, rules_deleted, "r1", brands=["b1"]) is True
    assert await write(graph, rules_deleted, "r1", brands=["b1"]) is False
    assert await write(graph, rules_saved, replace(RULE, brand="b9"), now=60) is None
