from __future__ import annotations

from time import time
from typing import Any

import pytest

from api.access.grants import Grant
from api.access.viewer import Role, Viewer
from api.errors import Unauthenticated
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.graphql.mutations import moment
from api.process.state import State
from tests.api.features.conftest import Mutate


def create(bounds: str) -> str:
    fields = "accessKey { keyId role brands { id } } key userErrors { field code message }"
    return f'createKey(input: {{name: "new", {bounds}}}) {{ {fields} }}'


async def test_an_administrator_makes_a_key_and_revokes_it(mutate: Mutate, state: State) -> None:
    made = await mutate(Role.ADMIN, create('role: BRAND, regions: ["us"], brandIds: ["b1"], expiresAt: "2999-01-01T00:00:00Z"'))
    viewer, key_id = state.keyring.viewer(f"Bearer {made['key']}"), made["accessKey"]["keyId"]
    assert (viewer.key_id, viewer.role, viewer.regions, viewer.brands) == (key_id, Role.BRAND, ("US",), ("b1",))
    assert made["accessKey"] == {"keyId": key_id, "role": "BRAND", "brands": [{"id": "Brand:b1"}]}
    revoked = await mutate(Role.ADMIN, f'revokeKey(input: {{keyId: "{key_id}"}}) {{ revokedKeys {{ keyId }} userErrors {{ code }} }}')
    assert revoked == {"revokedKeys": [{"keyId": key_id}], "userErrors": []}
    with pytest.raises(Unauthenticated, match="is revoked"):
        state.keyring.viewer(f"Bearer {made['key']}")


async def test_what_a_revoked_key_made_is_listed_or_revoked_too(mutate: Mutate, state: State) -> None:
    maker = (await mutate(Role.ADMIN, create("role: ADMIN")))["accessKey"]["keyId"]
    for made_too in ("false", "true"):
        grant = Grant(f"of {made_too}", Role.ANALYST)
        state.store.create(grant, now=1, made_by=maker)
    (admin,) = (each.id for each in state.store.records() if each.grant.name == "the admin")
    revoke = "revokeKey(input: {keyId: %s, madeToo: %s}) { revokedKeys { name } madeKeys { name } }"
    assert await mutate(Role.ADMIN, revoke % (f'"{maker}"', "false")) == {
        "revokedKeys": [{"name": "new"}],
        "madeKeys": [{"name": "of false"}, {"name": "of true"}],
    }
    assert [each.made_by for each in state.store.records() if each.id == maker] == [admin]
    revoked = await mutate(Role.ADMIN, revoke % ('"the admin"', "true"))
    assert revoked == {"revokedKeys": [{"name": "the admin"}, {"name": "of false"}, {"name": "of true"}], "madeKeys": []}


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ('role: BRAND, regions: ["US"]', "the role brand needs"),
        ('role: ADMIN, expiresAt: "2020-01-01T00:00:00Z"', "expiresAt 2020-01-01T00:00:00Z is in the past"),
        ('role: CREATOR, creatorId: "nobody"', "there is no creator with the id 'nobody'"),
        ('role: PARTNER, regions: ["US"], brandIds: ["b1", "Acme"]', "there is no brand with the id 'Acme'"),
        ('role: PARTNER, regions: ["US", "FR"]', "region 'FR': nobody sells there; use one of US, or '*' for all"),
    ],
)
async def test_a_key_without_its_bounds_is_not_made(mutate: Mutate, bounds: str, said: str) -> None:
    answer = await mutate(Role.ADMIN, create(bounds))
    assert (answer["key"], answer["accessKey"]) == (None, None)
    assert said in answer["userErrors"][0]["message"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
async def test_no_other_role_manages_keys(mutate: Mutate, role: Role) -> None:
    assert await mutate(role, create("role: ADMIN")) == ["FORBIDDEN"]
    assert await mutate(role, 'revokeKey(input: {keyId: "the admin"}) { revokedKeys { keyId } }') == ["FORBIDDEN"]


async def test_an_unknown_key_cannot_be_revoked(mutate: Mutate) -> None:
    answer = await mutate(Role.ADMIN, 'revokeKey(input: {keyId: "nobody"}) { revokedKeys { keyId } userErrors { code } }')
    assert answer == {"revokedKeys": [], "userErrors": [{"code": "NOT_FOUND"}]}


async def made_by(state: State, viewer: Viewer, bounds: str) -> Any:
    """Return limits and end of a key that a viewer makes, or why it makes none."""
    text = f'mutation {{ createKey(input: {{name: "new", role: ANALYST{bounds}}}) {{ {MADE} }} }}'
    found = (await execute(GraphQLRequest(text), viewer, state))["data"]["createKey"]
    return found["accessKey"] or found["userErrors"][0]["message"]


MADE = "accessKey { costBudget requestsAtOnce expiresAt } userErrors { message }"
SMALL = Viewer("k1", "small", Role.ADMIN, budget=1_000, requests_at_once=2)


@pytest.mark.parametrize(
    ("bounds", "made"),
    [
        ("", (1_000, 2)),
        (", costBudget: 999, requestsAtOnce: 1", (999, 1)),
        (", costBudget: 1001", "costBudget 1,001 is more than the 1,000 of your own; give at most that, or leave it out"),
        (", requestsAtOnce: 3", "requestsAtOnce 3 is more than the 2 of your own; give at most that, or leave it out"),
    ],
)
async def test_a_key_with_limits_makes_none_with_larger_ones(state: State, bounds: str, made: Any) -> None:
    found = await made_by(state, SMALL, bounds)
    assert (found if isinstance(found, str) else (found["costBudget"], found["requestsAtOnce"])) == made


async def test_a_key_made_with_a_token_ends_within_ninety_days(state: State) -> None:
    account, now = Viewer("sub_1", "somebody", Role.ADMIN), int(time())
    near, far = moment(now + 90 * 86_400 - 60), moment(now + 90 * 86_400 + 60)
    assert "expiresAt is null; a key made with a token of an identity provider expires within 90 days" in await made_by(state, account, "")
    assert f"expiresAt is {far}; a key made with a token" in await made_by(state, account, f', expiresAt: "{far}"')
    assert (await made_by(state, account, f', expiresAt: "{near}"'))["expiresAt"] == near
