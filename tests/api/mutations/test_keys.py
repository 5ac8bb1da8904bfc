from __future__ import annotations

import pytest

from api.access.viewer import Role
from api.errors import Unauthenticated
from api.state import State
from tests.api.mutations.conftest import Mutate


def create(bounds: str) -> str:
    return f'createKey(input: {{name: "new", {bounds}}}) {{ keyId key userErrors {{ field code message }} }}'


async def test_an_administrator_makes_a_key_and_revokes_it(mutate: Mutate, state: State) -> None:
    made = await mutate(Role.ADMIN, create('role: BRAND, regions: ["us"], brandIds: ["b1"], expiresAt: "2999-01-01T00:00:00Z"'))
    viewer = state.keyring.viewer(f"Bearer {made['key']}")
    assert (viewer.key_id, viewer.role, viewer.regions, viewer.brands) == (made["keyId"], Role.BRAND, ("US",), ("b1",))
    revoked = await mutate(Role.ADMIN, f'revokeKey(input: {{keyId: "{made["keyId"]}"}}) {{ keyIds userErrors {{ code }} }}')
    assert revoked == {"keyIds": [made["keyId"]], "userErrors": []}
    with pytest.raises(Unauthenticated, match="is revoked"):
        state.keyring.viewer(f"Bearer {made['key']}")


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ('role: BRAND, regions: ["US"]', "the role brand needs"),
        ('role: ADMIN, expiresAt: "2020-01-01T00:00:00Z"', "expiresAt 2020-01-01T00:00:00Z is in the past"),
    ],
)
async def test_a_key_without_its_bounds_is_not_made(mutate: Mutate, bounds: str, said: str) -> None:
    answer = await mutate(Role.ADMIN, create(bounds))
    assert (answer["key"], answer["keyId"]) == (None, None)
    assert said in answer["userErrors"][0]["message"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
async def test_no_other_role_manages_keys(mutate: Mutate, role: Role) -> None:
    assert await mutate(role, create("role: ADMIN")) == ["FORBIDDEN"]
    assert await mutate(role, 'revokeKey(input: {keyId: "the admin"}) { keyIds }') == ["FORBIDDEN"]


async def test_an_unknown_key_cannot_be_revoked(mutate: Mutate) -> None:
    answer = await mutate(Role.ADMIN, 'revokeKey(input: {keyId: "nobody"}) { keyIds userErrors { code } }')
    assert answer == {"keyIds": [], "userErrors": [{"code": "NOT_FOUND"}]}
