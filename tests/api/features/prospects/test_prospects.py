"""Whom brands want to invite: a list that all keys of a brand share, with what came of each."""

from __future__ import annotations

from typing import Any

import pytest

from graph import prospects as stored
from graph.rights.objections import object_to_rating
from tests.api.drawn_market import END
from tests.api.features.finding_market import Finding

ROW = "creator { id } note product { id } status invitation { id } earlierCollaborations"
LISTED = f"{{ prospects%s {{ totalCount nodes {{ brand {{ id }} {ROW} }} }} }}"
ADD = f"mutation {{ addProspects(input: {{%s}}) {{ prospects {{ {ROW} }} added missing userErrors {{ field code }} }} }}"
UPDATE = f"mutation {{ updateProspect(input: {{%s}}) {{ prospect {{ {ROW} }} userErrors {{ field code }} }} }}"
REMOVE = "mutation { removeProspects(input: {%s}) { removed userErrors { field code } } }"
INVITED = """
MATCH (b:Brand {id: 'b0'}), (c:Creator {id: $creator})
MERGE (k:Collaboration {id: $id})
SET k.kind = $kind, k.status = $status, k.offeredAt = $at
MERGE (b)-[:OFFERED]->(k)
MERGE (k)-[:WITH]->(c)
"""
EVENTS = "MATCH (e:DomainEvent) WHERE e.name STARTS WITH 'prospects' RETURN e.name AS name, e.payload AS payload ORDER BY e.id"


@pytest.fixture
async def empty(finding: Finding) -> Finding:
    await finding.driver.execute_query("MATCH (n:Prospect|DomainEvent) DELETE n")
    return finding


async def add(finding: Finding, who: str, text: str) -> Any:
    return (await finding.ask(who, ADD % text))["addProspects"]


async def listed(finding: Finding, who: str, arguments: str = "") -> list[str]:
    found = (await finding.ask(who, LISTED % arguments))["prospects"]
    assert found["totalCount"] == len(found["nodes"])
    return [row["creator"]["id"].removeprefix("Creator:") for row in found["nodes"]]


async def test_creators_are_added_once_noted_and_removed(empty: Finding) -> None:
    made = await add(empty, "brand", 'creators: ["Creator:c02", "c01", "c02"], note: " lips ", product: "Product:p0"')
    assert (made["added"], made["missing"], made["userErrors"]) == (2, [], [])
    row = {"note": "lips", "product": {"id": "Product:p0"}, "status": "TO_INVITE", "invitation": None}
    assert [{name: each[name] for name in row} for each in made["prospects"]] == [row, row]
    again = await add(empty, "wide", 'creators: ["c02", "c04"], note: "another"')
    assert again["added"] == 1
    assert {each["creator"]["id"]: each["note"] for each in again["prospects"]} == {"Creator:c02": "lips", "Creator:c04": "another"}
    assert await listed(empty, "brand", '(creators: ["c02", "c05"])') == ["c02"]

    changed = (await empty.ask("wide", UPDATE % 'creator: "c02", note: "eyes"'))["updateProspect"]["prospect"]
    assert (changed["note"], changed["product"]) == ("eyes", {"id": "Product:p0"})
    changed = (await empty.ask("brand", UPDATE % 'creator: "Creator:c02", note: "", product: null'))["updateProspect"]["prospect"]
    assert (changed["note"], changed["product"]) == (None, None)
    await empty.ask("brand", UPDATE % 'creator: "c02"')
    gone = (await empty.ask("brand", REMOVE % 'creators: ["c02", "c05"]'))["removeProspects"]
    assert gone == {"removed": ["Creator:c02"], "userErrors": []}
    assert sorted(await listed(empty, "brand")) == ["c01", "c04"]
    told = [(each["name"], each["payload"]) for each in (await empty.driver.execute_query(EVENTS)).records]
    assert told == [
        ("prospects.added", '{"count": 2}'),
        ("prospects.added", '{"count": 1}'),
        *[("prospects.changed", "{}")] * 2,
        ("prospects.removed", '{"count": 1}'),
    ]


async def test_what_came_of_it(empty: Finding) -> None:
    await add(empty, "brand", 'creators: ["c01"]')
    await empty.driver.execute_query("MATCH (p:Prospect) SET p.addedAt = $at", at=END)
    asked = f'{{ prospects(brand: "b0") {{ nodes {{ {ROW} }} }} }}'

    async def row() -> Any:
        (found,) = (await empty.ask("brand", asked))["prospects"]["nodes"]
        return found["status"], found["invitation"], found["earlierCollaborations"]

    before = "MATCH (:Brand {id: 'b0'})-[:OFFERED]->(k)-[:WITH]->(:Creator {id: 'c01'}) RETURN count(k) AS count"
    earlier = (await empty.driver.execute_query(before)).records[0]["count"]
    try:
        assert await row() == ("TO_INVITE", None, earlier)
        await empty.driver.execute_query(INVITED, creator="c01", id="new2", kind="SAMPLE", status="OFFERED", at=END + 9)
        assert await row() == ("TO_INVITE", None, earlier)
        for status, said in (
            ("OFFERED", "INVITED"),
            ("DELIVERED", "ACCEPTED"),
            ("DECLINED", "DECLINED"),
            ("EXPIRED", "UNANSWERED"),
            ("CANCELLED", "CANCELLED"),
        ):
            await empty.driver.execute_query(INVITED, creator="c01", id="new1", kind="TARGETED", status=status, at=END)
            assert await row() == (said, {"id": "Collaboration:new1"}, earlier)
    finally:
        await empty.driver.execute_query("MATCH (k:Collaboration) WHERE k.id IN ['new1', 'new2'] DETACH DELETE k")


async def test_a_list_is_its_brands_and_shows_whom_its_reader_may_see(empty: Finding) -> None:
    await add(empty, "wide", 'creators: ["c01", "c03"]')  # c03 is in GB
    for who, seen in (
        ("wide", {"c01", "c03"}),
        ("partner", {"c01", "c03"}),
        ("analyst", {"c01", "c03"}),
        ("brand", {"c01"}),
        ("stranger", set()),
    ):
        assert set(await listed(empty, who)) == seen
    assert await listed(empty, "admin", '(brand: "b1")') == []
    assert await empty.code("stranger", LISTED % '(brand: "b0")') == "BAD_USER_INPUT"
    assert await empty.code("creator", LISTED % "") == "FORBIDDEN"
    for who in ("creator", "analyst"):
        assert await empty.code(who, ADD % 'creators: ["c01"], brand: "b0"') == "FORBIDDEN"
    unseen = await add(empty, "brand", 'creators: ["c03", "c06", "none"]')
    assert (unseen["added"], unseen["prospects"], unseen["missing"]) == (0, [], ["Creator:c03", "Creator:c06", "Creator:none"])
    assert (await empty.ask("brand", REMOVE % 'creators: ["c03"]'))["removeProspects"]["removed"] == []
    assert (await empty.ask("brand", UPDATE % 'creator: "c03"'))["updateProspect"]["userErrors"] == [
        {"field": "creator", "code": "NOT_FOUND"}
    ]


async def test_what_is_refused(empty: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    many = ", ".join(f'"c{number}"' for number in range(201))
    for who, text, field, code in (
        ("partner", 'creators: ["c01"]', "brand", "REQUIRED"),
        ("brand", 'creators: ["c01"], brand: "b1"', "brand", "NOT_FOUND"),
        ("admin", 'creators: ["c01"], brand: "none"', "brand", "NOT_FOUND"),
        ("brand", 'creators: ["c01"], product: "p1"', "product", "NOT_FOUND"),
        ("brand", f'creators: ["c01"], note: "{"x" * 501}"', "note", "TOO_LONG"),
        ("brand", f"creators: [{many}]", "creators", "INVALID"),
        ("brand", 'creators: ["Brand:b0"]', "creators", "INVALID"),
    ):
        assert (await add(empty, who, text))["userErrors"] == [{"field": field, "code": code}]
    monkeypatch.setattr(stored, "MOST_PROSPECTS", 2)
    await add(empty, "brand", 'creators: ["c01", "c02"]')
    assert (await add(empty, "brand", 'creators: ["c01"]'))["userErrors"] == []
    assert (await add(empty, "brand", 'creators: ["c01", "c04"]'))["userErrors"] == [{"field": "creators", "code": "TOO_MANY"}]


async def test_whoever_objects_leaves_the_lists_and_comes_on_none(empty: Finding) -> None:
    await add(empty, "wide", 'creators: ["c13", "c01"]')
    try:
        await object_to_rating(empty.driver, "c13", objects=True, now=END, database="neo4j")
        assert await listed(empty, "wide") == ["c01"]
        assert (await add(empty, "wide", 'creators: ["c13"]'))["missing"] == ["Creator:c13"]
    finally:
        await object_to_rating(empty.driver, "c13", objects=False, now=END, database="neo4j")
