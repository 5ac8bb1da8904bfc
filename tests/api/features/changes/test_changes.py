"""`changes`: what happened after a cursor, of what concerns each role."""

from __future__ import annotations

from typing import Any

from neo4j import AsyncDriver

from api.access.viewer import Role
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from graph.outbox import forget_old
from tests.api.features.conftest import Mutate, asked

CURSOR = "{ changes(first: 5) { cursor hasMore changes { kind } } }"
RATE = 'rateCollaboration(input: {collaborationId: "Collaboration:k1", rating: 4}) { userErrors { code } }'
CONSENT = "setSalesConsent(input: {consent: true}) { userErrors { code } }"
LISTED = "cursor at kind node { __typename id } brand { id } creator { id } details { name value }"


async def since(state: State, role: Role, cursor: str, more: str = "") -> Any:
    return (await asked(state, role, f'{{ changes(since: "{cursor}"{more}) {{ cursor hasMore changes {{ {LISTED} }} }} }}'))["changes"]


async def test_each_role_is_told_of_what_concerns_it(state: State, mutate: Mutate) -> None:
    cursors = {}
    for role in Role:
        begun = (await asked(state, role, CURSOR))["changes"]
        assert (begun["changes"], begun["hasMore"]) == ([], False)
        cursors[role] = begun["cursor"]
    assert await mutate(Role.BRAND, RATE) == {"userErrors": []}
    assert await mutate(Role.CREATOR, CONSENT) == {"userErrors": []}

    found = {role: (await since(state, role, cursors[role]))["changes"] for role in Role}
    kinds = {role: [each["kind"] for each in changes] for role, changes in found.items()}
    both = ["COLLABORATION_RATED", "CONSENT_CHANGED"]
    assert kinds == {
        Role.ADMIN: both,
        Role.ANALYST: both[1:],
        Role.PARTNER: both[:1],
        Role.BRAND: both[:1],
        Role.CREATOR: both,
    }
    rated = found[Role.BRAND][0]
    assert rated["node"] == {"__typename": "Collaboration", "id": "Collaboration:k1"}
    assert (rated["brand"], rated["creator"], rated["details"]) == (
        {"id": "Brand:b1"},
        {"id": "Creator:c1"},
        [{"name": "rating", "value": "4"}],
    )
    assert found[Role.CREATOR][1]["details"] == [{"name": "consent", "value": "true"}]


async def test_a_client_goes_on_where_it_was(state: State, mutate: Mutate) -> None:
    begun = (await asked(state, Role.ADMIN, CURSOR))["changes"]["cursor"]
    for consent in ("true", "false", "true"):
        await mutate(Role.CREATOR, CONSENT.replace("true", consent))
    first = await since(state, Role.ADMIN, begun, ", first: 2")
    assert ([each["details"][0]["value"] for each in first["changes"]], first["hasMore"]) == (["true", "false"], True)
    assert first["cursor"] == first["changes"][-1]["cursor"]
    rest = await since(state, Role.ADMIN, first["cursor"], ", first: 2")
    assert ([each["details"][0]["value"] for each in rest["changes"]], rest["hasMore"]) == (["true"], False)
    end = await since(state, Role.ADMIN, rest["cursor"])
    assert (end["changes"], end["cursor"], end["hasMore"]) == ([], rest["cursor"], False)


async def test_the_kinds_asked_for(state: State, mutate: Mutate) -> None:
    begun = (await asked(state, Role.ADMIN, CURSOR))["changes"]["cursor"]
    await mutate(Role.BRAND, RATE)
    await mutate(Role.CREATOR, CONSENT)
    found = await since(state, Role.ADMIN, begun, ", kinds: [CONSENT_CHANGED]")
    assert [each["kind"] for each in found["changes"]] == ["CONSENT_CHANGED"]
    assert (await since(state, Role.BRAND, begun, ", kinds: [CONSENT_CHANGED]"))["changes"] == []


async def test_what_others_do_moves_no_cursor(state: State, mutate: Mutate) -> None:
    before = (await asked(state, Role.BRAND, CURSOR))["changes"]["cursor"]
    await mutate(Role.CREATOR, CONSENT)
    assert (await asked(state, Role.BRAND, CURSOR))["changes"]["cursor"] == before
    assert (await since(state, Role.BRAND, before))["cursor"] == before


async def refusal(state: State, since: str, more: str = "") -> Any:
    (viewer,) = (each.viewer for each in state.store.records() if each.grant.role is Role.ADMIN)
    query = f'{{ changes(since: "{since}", first: 5{more}) {{ cursor }} }}'
    result = await execute(GraphQLRequest(query), viewer, state)
    assert result["data"] == {"changes": None}
    return result["errors"][0]["extensions"]["code"], result["errors"][0]["message"]


async def test_a_cursor_that_cannot_be_gone_on_from_says_so(graph: AsyncDriver, state: State, mutate: Mutate) -> None:
    begun = (await asked(state, Role.ADMIN, CURSOR))["changes"]["cursor"]
    for consent in ("true", "false", "true"):
        await mutate(Role.CREATOR, CONSENT.replace("true", consent))
    await forget_old(graph, kept=1)
    code, message = await refusal(state, begun)
    assert (code, "no longer stored" in message) == ("STALE_CURSOR", True)
    assert (await refusal(state, "abc"))[0] == "BAD_USER_INPUT"
    assert (await refusal(state, begun, ", kinds: []"))[1].startswith("kinds is an empty list")
