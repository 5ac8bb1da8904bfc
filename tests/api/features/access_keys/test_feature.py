from __future__ import annotations

import pytest

from api.access.viewer import Role
from api.errors import Unauthenticated
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
