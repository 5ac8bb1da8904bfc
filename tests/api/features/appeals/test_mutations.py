from __future__ import annotations

import json

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.process.state import State
from tests.api.features.conftest import NOW, Mutate, asked

FIELDS = """{ appeal { id kind creator { id } subjectId subject { id } reason evidence status createdAt dueAt decidedAt answer }
  userErrors { field code message } }"""


def contest(id_: str, reason: str = "not mine") -> str:
    return f'contestEvent(input: {{subjectId: "{id_}", reason: "{reason}"}}) {FIELDS}'


def decide(id_: str, decision: str) -> str:
    return f'decideAppeal(input: {{appealId: "{id_}", decision: {decision}, answer: "seen"}}) {FIELDS}'


@pytest.mark.parametrize("id_", ["Sale:o1:1", "Content:v1", "Collaboration:k1"])
async def test_a_creator_contests_an_event_of_their_own(mutate: Mutate, id_: str) -> None:
    kind, _, own = id_.partition(":")
    expected = {
        "id": f"Appeal:c1|{kind}|{own}",
        "kind": kind.upper(),
        "creator": {"id": "Creator:c1"},
        "subjectId": id_,
        "subject": {"id": id_},
        "reason": "not mine",
        "evidence": [],
        "status": "PENDING",
        "createdAt": "2026-11-24T12:00:00Z",
        "dueAt": "2026-12-08T12:00:00Z",
        "decidedAt": None,
        "answer": None,
    }
    assert await mutate(Role.CREATOR, contest(id_)) == {"appeal": expected, "userErrors": []}
    assert await mutate(Role.CREATOR, contest(id_), NOW + 60) == {"appeal": expected, "userErrors": []}
    assert await mutate(Role.CREATOR, contest(id_, "sent back"), NOW + 60) == {
        "appeal": expected | {"reason": "sent back"},
        "userErrors": [],
    }


async def test_a_creator_contests_a_flag_by_its_key_and_no_other(mutate: Mutate, graph: AsyncDriver) -> None:
    query = "MATCH (c:Creator {id: $id}) CREATE (c)<-[:CONCERNS]-(:Flag {id: 'r|' + $id, key: $id + '|RING', creatorId: $id})"
    for creator in ("c1", "c2"):
        await graph.execute_query(query, id=creator)
    made = await mutate(Role.CREATOR, contest("Flag:c1|RING"))
    assert (made["appeal"]["id"], made["appeal"]["subjectId"]) == ("Appeal:c1|Flag|c1|RING", "Flag:c1|RING")
    other = await mutate(Role.CREATOR, contest("Flag:c2|RING"))
    assert (other["appeal"], other["userErrors"][0]["code"]) == (None, "NOT_FOUND")


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        (contest("Sale:o2:1"), "subjectId", "NOT_FOUND"),
        (contest("Sale:absent"), "subjectId", "NOT_FOUND"),
        (contest("Sale:o1:1", "  "), "reason", "REQUIRED"),
        (contest("Sale:o1:1", "x" * 2_001), "reason", "TOO_LONG"),
        (contest("Creator:c1"), "subjectId", "INVALID"),
    ],
)
async def test_what_cannot_be_contested_comes_back(mutate: Mutate, text: str, field: str, code: str) -> None:
    answer = await mutate(Role.CREATOR, text)
    assert answer["appeal"] is None
    assert [(error["field"], error["code"]) for error in answer["userErrors"]] == [(field, code)]


def shown(*evidence: str, reason: str = "not mine") -> str:
    """Contest with addresses of what shows it."""
    return f'contestEvent(input: {{subjectId: "Sale:o1:1", reason: "{reason}", evidence: {json.dumps(evidence)}}}) {FIELDS}'


async def test_evidence_is_kept_replaced_while_pending_and_refused_once_decided(mutate: Mutate) -> None:
    first, second = "https://files.example/receipt.pdf", "https://files.example:8443/a?b=1#c"
    made = await mutate(Role.CREATOR, shown(f" {first}", first))
    assert made["appeal"]["evidence"] == [first]
    replaced = await mutate(Role.CREATOR, shown(second, first), NOW + 60)
    assert replaced["appeal"] == made["appeal"] | {"evidence": [second, first]}
    await mutate(Role.ADMIN, decide(made["appeal"]["id"], "REJECTED"), NOW + 120)
    late = await mutate(Role.CREATOR, shown(first), NOW + 180)
    assert (late["appeal"]["evidence"], late["userErrors"][0]["code"]) == ([second, first], "ALREADY_DECIDED")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://files.example/a", "INVALID"),
        ("javascript:alert(1)", "INVALID"),
        ("https://", "INVALID"),
        ("https://user@files.example/a", "INVALID"),
        ("https://files.example/a b", "INVALID"),
        ("https://files.example/\u202ea", "INVALID"),
        ("https://files.example/" + "a" * 500, "INVALID"),
        ("", "INVALID"),
    ],
)
async def test_evidence_that_is_no_address_comes_back(mutate: Mutate, address: str, code: str) -> None:
    answer = await mutate(Role.CREATOR, shown(address))
    assert (answer["appeal"], answer["userErrors"][0]["field"], answer["userErrors"][0]["code"]) == (None, "evidence", code)


async def test_more_than_ten_addresses_come_back(mutate: Mutate) -> None:
    answer = await mutate(Role.CREATOR, shown(*(f"https://files.example/{n}" for n in range(11))))
    assert (answer["appeal"], answer["userErrors"][0]["code"]) == (None, "TOO_MANY")


async def test_a_decision_has_grounds(mutate: Mutate) -> None:
    made = await mutate(Role.CREATOR, contest("Sale:o1:1"))
    id_ = made["appeal"]["id"]
    for grounds in ("", ', answer: "  "'):
        refused = await mutate(Role.ADMIN, f'decideAppeal(input: {{appealId: "{id_}", decision: UPHELD{grounds}}}) {FIELDS}')
        assert (refused["appeal"], refused["userErrors"][0]["field"], refused["userErrors"][0]["code"]) == (None, "answer", "REQUIRED")


async def test_an_administrator_decides_once(mutate: Mutate) -> None:
    made = await mutate(Role.CREATOR, contest("Sale:o1:1"))
    id_ = made["appeal"]["id"]
    first = await mutate(Role.ADMIN, decide(id_, "UPHELD"), NOW + 60)
    assert first["appeal"] == made["appeal"] | {"status": "UPHELD", "decidedAt": "2026-11-24T12:01:00Z", "answer": "seen"}
    assert await mutate(Role.ADMIN, decide(id_, "UPHELD"), NOW + 120) == first
    other = await mutate(Role.ADMIN, decide(id_, "REJECTED"), NOW + 120)
    assert (other["appeal"], other["userErrors"][0]["code"]) == (first["appeal"], "ALREADY_DECIDED")
    late = await mutate(Role.CREATOR, contest("Sale:o1:1", "sent back"), NOW + 180)
    assert (late["appeal"], late["userErrors"][0]["field"], late["userErrors"][0]["code"]) == (first["appeal"], "reason", "ALREADY_DECIDED")
    assert await mutate(Role.CREATOR, contest("Sale:o1:1"), NOW + 180) == first
    absent = await mutate(Role.ADMIN, decide("Appeal:absent", "UPHELD"))
    assert (absent["appeal"], absent["userErrors"][0]["code"]) == (None, "NOT_FOUND")


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_may_what_the_table_says(mutate: Mutate, graph: AsyncDriver, role: Role) -> None:
    contested = await mutate(role, contest("Sale:o1:1"))
    decided = await mutate(role, decide("Appeal:absent", "UPHELD"))
    assert (contested == ["FORBIDDEN"], decided == ["FORBIDDEN"]) == (role is not Role.CREATOR, role is not Role.ADMIN)
    appeals = await graph.execute_query("MATCH (a:Appeal) RETURN count(a)")
    assert appeals.records[0].value() == (role is Role.CREATOR)


async def test_what_can_be_contested_is_listed_with_the_id_that_the_mutation_takes(
    mutate: Mutate, graph: AsyncDriver, state: State
) -> None:
    await mutate(Role.CREATOR, contest("Sale:o1:1"))
    query = "{ viewer { creator { contestable { totalCount nodes { subjectId kind at subject { __typename id } appeal { status } } } } } }"
    found = await asked(state, Role.CREATOR, query)
    assert found["viewer"]["creator"]["contestable"] == {
        "totalCount": 3,
        "nodes": [
            {
                "subjectId": "Sale:o1:1",
                "kind": "SALE",
                "at": "2026-11-18T11:06:40Z",
                "subject": {"__typename": "Sale", "id": "Sale:o1:1"},
                "appeal": {"status": "PENDING"},
            },
            {
                "subjectId": "Collaboration:k1",
                "kind": "COLLABORATION",
                "at": None,
                "subject": {"__typename": "Collaboration", "id": "Collaboration:k1"},
                "appeal": None,
            },
            {
                "subjectId": "Content:v1",
                "kind": "CONTENT",
                "at": None,
                "subject": {"__typename": "Content", "id": "Content:v1"},
                "appeal": None,
            },
        ],
    }
    some = await asked(state, Role.ADMIN, '{ creator(id: "c1") { contestable(kinds: [CONTENT], first: 1) { nodes { subjectId } } } }')
    assert some["creator"]["contestable"] == {"nodes": [{"subjectId": "Content:v1"}]}
    assert await asked(state, Role.BRAND, '{ creator(id: "c1") { contestable { totalCount } } }') == {"creator": {"contestable": None}}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.ADMIN, ["Collaboration:k1", "Collaboration:k2", "Sale:o1:1"]),
        (Role.ANALYST, ["Collaboration:k1", "Collaboration:k2", "Sale:o1:1"]),
        (Role.PARTNER, ["Collaboration:k1"]),
        (Role.BRAND, ["Collaboration:k1"]),
        (Role.CREATOR, ["Collaboration:k1", "Sale:o1:1"]),
    ],
)
async def test_appeals_are_listed_to_both_sides(mutate: Mutate, graph: AsyncDriver, state: State, role: Role, seen: list[str]) -> None:
    for id_ in ("Sale:o1:1", "Collaboration:k1"):
        await mutate(Role.CREATOR, contest(id_))
    await graph.execute_query(
        "CREATE (:Appeal {id: 'c2|Collaboration|k2', creatorId: 'c2', subjectKind: 'Collaboration', subjectId: 'k2', reason: 'late',"
        " status: 'UPHELD', createdAt: 1})"
    )
    query = """{ appeals { totalCount nodes { id subjectId } }
      pending: appeals(filter: {statuses: [PENDING], kinds: [COLLABORATION]}) { totalCount } }"""
    found = await asked(state, role, query)
    assert (sorted(each["subjectId"] for each in found["appeals"]["nodes"]), found["appeals"]["totalCount"]) == (seen, len(seen))
    assert found["pending"] == {"totalCount": 1}
    ids = [f"Appeal:c1|{kind}|{own}" for kind, own in (("Sale", "o1:1"), ("Collaboration", "k1"))]
    nodes = await asked(state, role, f'{{ nodes(ids: ["{ids[0]}", "{ids[1]}"]) {{ id }} }}')
    assert [each is not None for each in nodes["nodes"]] == ["Sale:o1:1" in seen, True]
