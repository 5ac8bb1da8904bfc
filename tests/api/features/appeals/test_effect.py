"""`Appeal.effect`: the score with a contested event and without it, to whom, by which run; what an upheld appeal does to the next run."""

from __future__ import annotations

import time
from typing import Any

import pytest

from api.runs.scoring_run import score
from graph.appeals import Decision, Objection, contested, decided
from tests.api.drawn_market import END
from tests.api.features.finding_market import Finding

EFFECT = """
query ($id: ID!, $by: Indicator!) {
  node(id: $id) { ... on Appeal {
    status
    effect(by: $by) {
      creator { id } run { id } before after
      components { name change own peers rawBefore rawAfter facts { name before after } }
    }
  } }
}
"""
EVENTS = """
query ($by: Indicator!) {
  creator(id: "c01") { scores { indicator value outward } scoreEvents(by: $by, first: 50) { events { kind points node { id } } } }
}
"""
CHANGE = """
{ creator(id: "c01") { scoreChange(by: COOPERATION) { before own components { facts { name before after } } } } }
"""
OWN = """
MATCH (c:Creator {id: 'c01'})
RETURN
  COLLECT { MATCH (c)-[:PUBLISHED]->(t:Content) RETURN 'Content:' + t.id ORDER BY t.publishedAt DESC, t.id LIMIT 1 }[0] AS Content,
  COLLECT { MATCH (c)<-[:WITH]-(k) WHERE k.id <> 'own' RETURN 'Collaboration:' + k.id ORDER BY k.id LIMIT 1 }[0] AS Collaboration,
  COLLECT { MATCH (c)<-[:CREDITED_TO]-(s:Sale) RETURN 'Sale:' + s.id ORDER BY s.at DESC, s.id LIMIT 1 }[0] AS Sale
"""


DELIVERED = """
MATCH (b:Brand {id: 'b0'}), (c:Creator {id: 'c01'}), (t:Content {id: $content})
CREATE (b)-[:OFFERED]->(k:Collaboration {id: 'own', kind: 'SAMPLE', status: 'DELIVERED'})-[:WITH]->(c), (k)-[:DELIVERED]->(t)
SET k.offeredAt = t.publishedAt - 86400, k.accepted = true
"""


async def appeal(finding: Finding, subject: str, status: str | None = None) -> str:
    """Contest an event of c01, decide it where a status is given, and return the appeal's id."""
    kind, own = subject.split(":", 1)
    async with finding.driver.session() as session:
        made = await session.execute_write(contested, Objection("c01", kind, own, "not mine"), now=int(time.time()), due=2**40)
        assert made is not None, subject
        if status:
            await session.execute_write(decided, Decision(made.id, status, "k1", "seen"), now=int(time.time()))
    return f"Appeal:{made.id}"


def facts(found: Any) -> dict[str, tuple[float, float]]:
    return {each["name"]: (each["before"], each["after"]) for component in found["components"] for each in component["facts"]}


def value(creator: Any, by: str) -> float:
    (found,) = (each["value"] for each in creator["scores"] if each["indicator"] == by)
    return found


async def current(finding: Finding) -> Any:
    return (await finding.ask("admin", "{ scoringRuns(first: 1) { nodes { id } } }"))["scoringRuns"]["nodes"][0]


async def told(finding: Finding, id_: str, who: str = "admin", by: str = "OVERALL") -> Any:
    found = (await finding.ask(who, EFFECT, id=id_, by=by))["node"]
    return found and found["effect"]


@pytest.fixture
async def subjects(finding: Finding) -> dict[str, Any]:
    """Return a content of c01, a collaboration with another brand, and a line of an order."""
    async with finding.driver.session() as session:
        return dict(await (await session.run(OWN)).single(strict=True))


@pytest.mark.parametrize("by", ["OVERALL", "DILIGENCE", "COOPERATION", "SALES_ABILITY"])
@pytest.mark.parametrize("kind", ["Content", "Collaboration", "Sale"])
async def test_components_add_up_to_what_the_event_moves(finding: Finding, subjects: dict[str, Any], kind: str, by: str) -> None:
    id_ = await appeal(finding, subjects[kind])
    found = await told(finding, id_, by=by)
    creator = (await finding.ask("admin", EVENTS, by=by))["creator"]
    assert found["creator"] == {"id": "Creator:c01"}
    assert found["run"] == await current(finding)
    assert found["before"] == value(creator, by)
    assert sum(each["change"] for each in found["components"]) == pytest.approx(found["after"] - found["before"], abs=1e-9)
    assert {each["peers"] for each in found["components"]} == {0.0}
    moved = {each["node"]["id"]: each["points"] for each in creator["scoreEvents"]["events"]}
    if kind != "Sale":
        assert found["before"] - found["after"] == pytest.approx(moved.get(subjects[kind], 0.0), abs=0.1), (
            "what is learnt of the market differs a little"
        )
    assert await told(finding, id_, "creator", by) == found
    assert await told(finding, id_, "nowhere", by) is None


async def test_an_event_moves_the_facts_that_it_is_part_of(finding: Finding, subjects: dict[str, Any]) -> None:
    found = await told(finding, await appeal(finding, subjects["Content"]), by="CONTENT_VOLUME")
    assert facts(found)
    assert all(before != after for before, after in facts(found).values())
    assert found["after"] < found["before"]


async def test_a_flag_moves_no_score(finding: Finding) -> None:
    async with finding.driver.session() as session:
        query = "MATCH (c:Creator {id: 'c01'}) CREATE (c)<-[:CONCERNS]-(:Flag {id: 'r|c01|RING', key: 'c01|RING', creatorId: 'c01'})"
        await (await session.run(query)).consume()
    assert await told(finding, await appeal(finding, "Flag:c01|RING")) is None


async def test_an_upheld_event_is_in_no_score_of_the_next_run_and_both_sides_see_what_it_had_added(
    finding: Finding, subjects: dict[str, Any]
) -> None:
    id_ = await appeal(finding, subjects["Collaboration"], "UPHELD")
    first, expected = await current(finding), await told(finding, id_, by="COOPERATION")
    await score(finding.driver, as_of=END)
    await finding.state.run.refresh()
    assert (await current(finding)) != first == expected["run"]
    moved = (await finding.ask("admin", CHANGE))["creator"]["scoreChange"]
    assert moved["before"] == expected["before"]
    assert moved["own"] == pytest.approx(expected["after"] - expected["before"], abs=1e-9)
    assert facts(moved) == facts(expected) != {}
    assert await told(finding, id_, by="COOPERATION") == expected
    assert await told(finding, id_, "creator", "COOPERATION") == expected


async def test_a_brand_reads_what_its_own_scores_stand_on(finding: Finding, subjects: dict[str, Any]) -> None:
    """The brand of a content delivered for it sees the effect on the score that brands see; of a collaboration nothing."""
    async with finding.driver.session() as session:
        await (await session.run(DELIVERED, content=subjects["Content"].split(":", 1)[1])).consume()
    id_, mine = await appeal(finding, subjects["Content"]), await appeal(finding, "Collaboration:own")
    found = await told(finding, id_, "brand", "DILIGENCE")
    seen = (await finding.ask("brand", EVENTS, by="DILIGENCE"))["creator"]
    assert (found["before"], seen["scores"][0]["outward"]) == (value(seen, "DILIGENCE"), True)
    assert await told(finding, mine, by="COOPERATION") is not None
    assert await told(finding, mine, "brand", "COOPERATION") is None
