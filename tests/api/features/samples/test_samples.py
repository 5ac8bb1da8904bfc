"""The sample inbox through GraphQL, on a brand drawn by hand: what is expected, decided, exported, tried; and who sees it."""

from __future__ import annotations

from typing import Any, Final, LiteralString

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.process.state import State
from tests.api.features.conftest import asked
from tests.api.processes import keys

PAST: Final[LiteralString] = """
CREATE (b1:Brand {id: 'b1', name: 'Acme'})-[:SELLS]->(cup:Product {id: 'cup', title: 'Cup', priceUsd: 20.0}), (:Brand {id: 'b2'})
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US', followerCount: 900}), (cat:Creator {id: 'cat', handle: 'cat', region: 'US'}),
       (bob:Creator {id: 'bob', handle: 'bob', region: 'FR'}), (:Objection {id: 'cat'})
WITH b1, cup
UNWIND range(0, 19) AS n
CREATE (c:Creator {id: 'p' + n, handle: 'past' + n, region: 'US'})
CREATE (b1)-[:OFFERED]->(k:Collaboration {id: 'past' + n, kind: 'SAMPLE', status: CASE n % 2 WHEN 0 THEN 'DELIVERED' ELSE 'FAILED' END,
         answeredAt: 1000000000 + n * 86400, approvedAt: 1000000000 + n * 86400, sampleDeliveredAt: 1000000000 + n * 86400,
         commissionRate: 0.1})-[:WITH]->(c), (k)-[:PROMOTES]->(cup)
FOREACH (_ IN CASE n % 2 WHEN 0 THEN [1] ELSE [] END |
  SET k.deliveredAt = k.approvedAt + 86400
  CREATE (s:Sale {id: 's' + n, orderId: 'o' + n, at: k.approvedAt + 90000, quantity: 1, refundedQuantity: 0, gmvUsd: 100.0,
                  status: 'SETTLED'})-[:OF]->(cup), (s)-[:CREDITED_TO]->(c))
"""
WAITING: Final[LiteralString] = """
MATCH (b1:Brand {id: 'b1'})-[:SELLS]->(cup:Product {id: 'cup'})
UNWIND [
  ['sample:1', 'ann', 9], ['sample:2', 'ann', 8], ['sample:3', 'cat', 7], ['sample:4', 'bob', 6], ['past:due', 'ann', -100]
] AS row
MATCH (c:Creator {id: row[1]})
CREATE (b1)-[:OFFERED]->(k:Collaboration {id: row[0], kind: 'SAMPLE', status: 'OFFERED', commissionRate: 0.1,
          approvalDueAt: timestamp() / 1000 + row[2] * 8640})-[:WITH]->(c), (k)-[:PROMOTES]->(cup)
"""
LATER: Final[LiteralString] = """
MATCH (k:Collaboration {id: 'past19'})
SET k.answeredAt = k.answeredAt + 8640000, k.approvedAt = k.approvedAt + 8640000, k.sampleDeliveredAt = k.sampleDeliveredAt + 8640000
"""
"""The last sample of the past is asked for a hundred days later, when all others are over."""

EXPECTED: Final = """expectation { delivery { probability basis } orders { expected low high } netUsd { expected low high }
  costUsd profitUsd lossChance reasons { name value } }"""
COUNTS: Final = "approved declined userErrors { field code }"
RULE: Final = "rule { ruleId name on conditions { perCreator } } userErrors { code }"
ALL: Final = '{ brand(id: "b1") { all: sampleRequests(exported: true) { path } new: sampleRequests { path } } }'


@pytest.fixture
async def inbox(graph: AsyncDriver, state: State) -> State:
    """Return a process on a brand with twenty samples over, every other with 100 dollars, and five that wait, one too long."""
    await graph.execute_query(PAST)
    await graph.execute_query(WAITING)
    keys(state)
    return state


def own(node: Any) -> str:
    return node["collaboration"]["id"].removeprefix("Collaboration:")


async def read(state: State, arguments: str, fields: str, role: Role = Role.BRAND) -> Any:
    field = f"sampleInbox({arguments})" if arguments else "sampleInbox"
    return (await asked(state, role, f'{{ brand(id: "b1") {{ {field} {{ {fields} }} }} }}'))["brand"]["sampleInbox"]


async def change(
    state: State, name: str, given: str, fields: str = "approved declined userErrors { field code }", role: Role = Role.BRAND
) -> Any:
    return (await asked(state, role, f"mutation {{ {name}(input: {{{given}}}) {{ {fields} }} }}"))[name]


def ids(*own: str) -> str:
    return "collaborationIds: [" + ", ".join(f'"Collaboration:{each}"' for each in own) + "]"


async def test_what_is_expected_can_be_counted_by_hand(inbox: State) -> None:
    """Half of all samples brought 100, of one order: 50. A sale leaves 0.6 − 0.1; a sample costs 20 × 0.4 + 2 = 10."""
    (first, *_) = (await read(inbox, "terms: {margin: 0.6, shippingUsd: 2}, sort: PROFIT, direction: DESC", f"nodes {{ {EXPECTED} }}"))[
        "nodes"
    ]
    found = first["expectation"]
    assert found["delivery"] == {"probability": pytest.approx(0.5), "basis": "OWN_RECORD"}
    assert found["netUsd"] == {"expected": 50.0, "low": 0.0, "high": 100.0}
    assert found["orders"] == {"expected": 0.5, "low": 0.0, "high": 1.0}
    assert (found["costUsd"], found["profitUsd"], found["lossChance"]) == (10.0, 15.0, pytest.approx(0.5))
    facts = {each["name"]: each["value"] for each in found["reasons"]}
    assert facts == {"own_samples": 0.0, "own_content": 0.0, "brand_share": 0.5, "earlier_sales": 0.0, "commission": 0.1}


async def test_the_inbox_lists_by_deadline_what_awaits_the_brand(inbox: State) -> None:
    fields = """totalCount undecided waitingForExport terms { margin costShare shippingUsd basis } model { basis samples share tested }
      nodes { collaboration { id } creator { handle } overdue applications gap verdict decision { decision } }"""
    found = await read(inbox, "", fields)
    assert (found["totalCount"], found["undecided"], found["waitingForExport"]) == (5, 4, 0)
    assert found["terms"] == {"margin": 0.5, "costShare": 0.5, "shippingUsd": 1.0, "basis": "DEFAULT"}
    assert found["model"]["samples"] == 20
    rows = [
        (each["collaboration"]["id"].split(":", 1)[1], (each["creator"] or {}).get("handle"), each["overdue"]) for each in found["nodes"]
    ]
    assert rows == [
        ("past:due", "ann", True),
        ("sample:4", None, False),
        ("sample:3", "cat", False),
        ("sample:2", "ann", False),
        ("sample:1", "ann", False),
    ]
    assert [each["applications"] for each in found["nodes"]] == [2, 1, 1, 2, 2]
    assert [each["gap"] for each in found["nodes"]] == [None, None, "NOT_RATED", None, None]


async def test_a_creator_who_objects_to_being_rated_is_not_estimated(inbox: State) -> None:
    nodes = (await read(inbox, "sort: PROFIT", "nodes { gap expectation { costUsd } collaboration { id } }"))["nodes"]
    assert [(each["gap"], each["expectation"]) for each in nodes if each["collaboration"]["id"] == "Collaboration:sample:3"] == [
        ("NOT_RATED", None)
    ]
    assert nodes[-1]["collaboration"]["id"] == "Collaboration:sample:3"


async def test_pages_follow_the_order(inbox: State) -> None:
    fields = "nodes { collaboration { id } } pageInfo { endCursor hasNextPage }"
    first = await read(inbox, "first: 3", fields)
    second = await read(inbox, f'first: 3, after: "{first["pageInfo"]["endCursor"]}"', fields)
    assert first["pageInfo"]["hasNextPage"] is True
    assert [own(each) for each in second["nodes"]] == ["sample:2", "sample:1"]


@pytest.mark.parametrize("role", [Role.CREATOR, Role.BRAND])
async def test_another_brands_inbox_is_nobodys(inbox: State, role: Role) -> None:
    fields = "sampleInbox { totalCount } sampleRules { ruleId } sampleRequests { path } sampleRuleTrial(conditions: {}) { judged }"
    found = await asked(inbox, role, f'{{ brand(id: "b2") {{ {fields} }} }}')
    assert found["brand"] in (None, dict.fromkeys(("sampleInbox", "sampleRules", "sampleRequests", "sampleRuleTrial")))


async def test_decisions_stand_until_they_are_taken_back(inbox: State) -> None:
    given = f"{ids('sample:1', 'past:due', 'nobody')}, decision: APPROVE"
    done = await change(inbox, "decideSamples", given)
    assert (done["approved"], done["declined"]) == (1, 0)
    assert [(each["field"], each["code"]) for each in done["userErrors"]] == [
        ("collaborationIds.1", "OVERDUE"),
        ("collaborationIds.2", "NOT_FOUND"),
    ]
    fields = "undecided waitingForExport nodes { collaboration { id } decision { decision reason exportedAt ruleId } }"
    found = await read(inbox, "", fields)
    assert (found["undecided"], found["waitingForExport"]) == (3, 1)
    assert found["nodes"][-1]["decision"] == {"decision": "APPROVE", "reason": None, "exportedAt": None, "ruleId": None}
    assert (await change(inbox, "decideSamples", f"{ids('sample:1')}, decision: DECLINE"))["userErrors"][0]["code"] == "DECIDED"
    assert (await change(inbox, "reopenSamples", ids("sample:1")))["userErrors"] == []
    assert (await read(inbox, "", "undecided waitingForExport")) == {"undecided": 4, "waitingForExport": 0}


async def test_decisions_are_exported_once_as_the_platforms_requests(inbox: State) -> None:
    await change(inbox, "decideSamples", f"{ids('sample:1')}, decision: APPROVE")
    await change(inbox, "decideSamples", f"{ids('sample:2')}, decision: DECLINE, reason: OUT_OF_STOCK")
    fields = "requests { method path body } userErrors { code }"
    done = await change(inbox, "exportSampleDecisions", 'brandId: "b1"', fields)
    path = "/affiliate_seller/202507/sample_applications/{}/review"
    assert done["requests"] == [
        {"method": "POST", "path": path.format(1), "body": {"review_result": "APPROVE"}},
        {"method": "POST", "path": path.format(2), "body": {"review_result": "REJECT", "reject_reason": "OUT_OF_STOCK"}},
    ]
    assert (await change(inbox, "exportSampleDecisions", 'brandId: "b1"', fields))["requests"] == []
    assert (await change(inbox, "reopenSamples", ids("sample:1")))["userErrors"][0]["code"] == "EXPORTED"
    again = await asked(
        inbox, Role.BRAND, '{ brand(id: "b1") { all: sampleRequests(exported: true) { path } new: sampleRequests { path } } }'
    )
    assert (len(again["brand"]["all"]), again["brand"]["new"]) == (2, [])


async def test_a_rule_decides_what_it_may_and_leaves_the_rest(inbox: State) -> None:
    """One of ann's two, since it takes one a creator; neither who objects, nor who is not seen, nor what is overdue."""
    conditions = 'name: "One each", on: true, conditions: {minProbability: 0.4, perCreator: 1}'
    rule = (await change(inbox, "saveSampleRule", conditions, "rule { ruleId name on conditions { perCreator } } userErrors { code }"))[
        "rule"
    ]
    assert (rule["name"], rule["on"], rule["conditions"]) == ("One each", True, {"perCreator": 1})
    verdicts = [
        (each["collaboration"]["id"][14:], each["verdict"])
        for each in (await read(inbox, "", "nodes { collaboration { id } verdict }"))["nodes"]
    ]
    assert verdicts == [("past:due", None), ("sample:4", False), ("sample:3", False), ("sample:2", True), ("sample:1", False)]
    done = await change(inbox, "decideSamplesByRule", f'ruleId: "{rule["ruleId"]}"')
    assert (done["approved"], done["declined"], done["userErrors"]) == (1, 0, [])
    done = await change(inbox, "decideSamplesByRule", f'ruleId: "{rule["ruleId"]}", declineOthers: true')
    assert (done["approved"], done["declined"]) == (0, 3)
    decided = [each["decision"] for each in (await read(inbox, "", "nodes { decision { decision ruleId } }"))["nodes"]]
    assert [each and (each["decision"], each["ruleId"] == rule["ruleId"]) for each in decided] == [
        None,
        *[("DECLINE", True)] * 2,
        ("APPROVE", True),
        ("DECLINE", True),
    ]


async def test_a_rule_is_tried_on_the_past_by_what_was_known_then(graph: AsyncDriver, inbox: State) -> None:
    """Ten of the twenty are needed to learn from, and none is over before the last is asked for: nothing could be judged."""
    fields = "applications judged rule { samples profitUsd } actual { samples } unknown { samples } terms { basis }"
    trial = (
        f'{{ brand(id: "b1") {{ sampleRuleTrial(conditions: {{minProbability: 0.4}}, since: "2001-01-01T00:00:00Z") {{ {fields} }} }} }}'
    )
    found = (await asked(inbox, Role.BRAND, trial))["brand"]["sampleRuleTrial"]
    nothing = {"samples": 0, "profitUsd": 0.0}
    assert found == {
        "applications": 21,
        "judged": 0,
        "rule": nothing,
        "actual": {"samples": 0},
        "unknown": {"samples": 0},
        "terms": {"basis": "DEFAULT"},
    }
    await graph.execute_query(LATER)
    found = (await asked(inbox, Role.BRAND, trial))["brand"]["sampleRuleTrial"]
    # the last sample brought nothing and cost 20 × 0.5 + 1; what was let run out is no outcome
    assert (found["judged"], found["rule"]) == (2, {"samples": 1, "profitUsd": -11.0})
    assert found["unknown"]["samples"] == 1


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ("conditions: {minProbability: 1.5}", "conditions.minProbability is 1.5; give a share from 0 to 1"),
        ("conditions: {followers: {min: 5, max: 3}}", "min is 5, max 3; min may not be above max"),
        ("conditions: {perCreator: 0}", "conditions.perCreator is 0; give 1 or more"),
        ("conditions: {}, terms: {margin: 2}", "terms.margin is 2.0; give a share from 0 to 1"),
        ("conditions: {budgetUsd: -1}", "conditions.budgetUsd is -1.0; give US dollars from 0"),
    ],
)
async def test_a_rule_that_cannot_be_is_refused_in_words(inbox: State, conditions: str, words: str) -> None:
    done = await change(inbox, "saveSampleRule", f'name: "x", {conditions}', "rule { ruleId } userErrors { code message }")
    assert done["rule"] is None
    assert words in done["userErrors"][0]["message"]
    assert (await asked(inbox, Role.BRAND, '{ brand(id: "b1") { sampleRules { ruleId } } }'))["brand"]["sampleRules"] == []


async def test_a_brand_without_a_past_is_told_that_nothing_is_known(graph: AsyncDriver, inbox: State) -> None:
    await graph.execute_query("MATCH (k:Collaboration) WHERE k.id STARTS WITH 'past' AND k.approvedAt IS NOT NULL DETACH DELETE k")
    found = await read(inbox, "sort: PROFIT", "model { basis } nodes { gap expectation { costUsd } }")
    assert found["model"] is None
    assert {(each["gap"], each["expectation"]) for each in found["nodes"]} == {("FEW_SAMPLES", None), ("NOT_RATED", None)}
