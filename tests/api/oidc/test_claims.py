from __future__ import annotations

from typing import Any

import pytest

from api.access.viewer import Role, Scope
from api.errors import Unauthenticated
from api.oidc.claims import granted

NAME = "https://ratings.example.org/grant"


def said(claims: dict[str, Any]) -> str:
    with pytest.raises(Unauthenticated) as error:
        granted(claims, NAME, "user-1")
    return error.value.message


@pytest.mark.parametrize(
    ("grant", "reason"),
    [
        (None, "is null; give an object"),
        ("admin", "is 'admin'; give an object, or its JSON"),
        ("[]", "is '[]'; give an object"),
        ([{"role": "admin"}], "give an object"),
        ({}, ".role is null; use admin, analyst, partner, brand, creator"),
        ({"role": "owner"}, ".role is 'owner'"),
        ({"role": ["admin"]}, '.role is ["admin"]'),
        ({"role": "admin", "scopes": []}, ".scopes is not known; use role, regions, brands, creator, name"),
        ({"role": "partner", "regions": "US"}, ".regions is 'US'; give a list"),
        ({"role": "partner", "regions": [7]}, ".regions is [7]"),
        ({"role": "partner", "regions": ["US"] * 1001}, ".regions is ["),
        ({"role": "brand", "regions": ["US"], "brands": {"b1": 1}}, ".brands is {"),
        ({"role": "creator", "creator": ["c1"]}, '.creator is ["c1"]'),
        ({"role": "admin", "name": 7}, ".name is 7"),
        ({"role": "partner"}, ": the role partner needs a region"),
        ({"role": "brand", "regions": ["US"]}, ": the role brand needs a brand"),
        ({"role": "creator"}, ": the role creator needs a creator"),
        ({"role": "analyst", "regions": ["US"]}, ": region US does not apply to the role analyst"),
        ({"role": "partner", "regions": ["USA"]}, ": 'USA' is not a region"),
        ({"role": "admin", "name": "a\nb"}, ": 'a\\nb' is not a valid key name"),
    ],
)
def test_a_claim_that_grants_nothing_is_refused_by_its_name(grant: Any, reason: str) -> None:
    message = said({} if grant is None else {NAME: grant})
    assert message.startswith(f"the token's claim {NAME}")
    assert reason in message


def test_an_account_without_a_name_is_called_by_its_subject() -> None:
    assert granted({NAME: {"role": "admin"}}, NAME, "user-1").name == "user-1"
    assert len(granted({NAME: {"role": "admin"}}, NAME, "u" * 255).name) == 100


@pytest.mark.parametrize(
    ("claims", "scopes"),
    [
        ({}, None),
        ({"scope": ""}, None),
        ({"scope": "openid profile"}, None),
        ({"scope": "openid creatorgraph:write creatorgraph:read"}, (Scope.READ, Scope.WRITE)),
        ({"scp": "creatorgraph:mcp"}, (Scope.MCP,)),
        ({"scp": ["creatorgraph:mcp", "email"]}, (Scope.MCP,)),
        ({"scope": "creatorgraph:read creatorgraph:later"}, (Scope.READ,)),
    ],
)
def test_scopes_with_our_prefix_narrow(claims: dict[str, Any], scopes: Any) -> None:
    grant = granted({NAME: {"role": "admin"}, **claims}, NAME, "u")
    assert (grant.role, grant.scopes) == (Role.ADMIN, scopes)


def test_scopes_that_are_unknown_or_no_text_are_refused() -> None:
    claims = {NAME: {"role": "admin"}}
    assert "claim scope names creatorgraph:all, which is not known" in said({**claims, "scope": "creatorgraph:all"})
    assert "claim scope is 7" in said({**claims, "scope": 7})
    assert "claim scp is [7]" in said({**claims, "scp": [7]})
