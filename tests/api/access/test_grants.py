from __future__ import annotations

from typing import Any

import pytest

from api.access.grants import Grant, checked, expiry
from api.access.viewer import Role
from api.errors import AccessError

NOON = 1_795_521_600  # 2026-11-24 12:00 UTC
MIDNIGHT = NOON - 43_200


@pytest.mark.parametrize(
    ("role", "bounds"),
    [
        (Role.ADMIN, {}),
        (Role.ANALYST, {}),
        (Role.PARTNER, {"regions": ("us",)}),
        (Role.PARTNER, {"regions": ("US", "GB"), "brands": ("b1", "b2")}),
        (Role.BRAND, {"regions": ("*",), "brands": ("b1",)}),
        (Role.CREATOR, {"creator": "c1"}),
    ],
)
def test_a_role_with_its_bounds_is_granted(role: Role, bounds: dict[str, Any]) -> None:
    grant = checked(Grant("n", role, **bounds))
    assert grant == Grant(
        "n",
        role,
        tuple(region.upper() for region in bounds.get("regions", [])),
        tuple(bounds.get("brands", [])),
        bounds.get("creator"),
    )


@pytest.mark.parametrize(
    ("role", "bounds", "said"),
    [
        (Role.PARTNER, {}, "the role partner needs a region; name each region granted"),
        (Role.BRAND, {"regions": ("US",)}, "the role brand needs a brand; name the brand's id"),
        (Role.BRAND, {"brands": ("b1",)}, "the role brand needs a region"),
        (Role.CREATOR, {}, "the role creator needs a creator; name the creator's own id"),
        (Role.CREATOR, {"creator": "c", "regions": ("US",)}, "region US does not apply to the role creator; omit it"),
        (Role.ADMIN, {"brands": ("b1",)}, "brand b1 does not apply to the role admin"),
        (Role.ANALYST, {"creator": "c"}, "creator c does not apply to the role analyst"),
        (Role.PARTNER, {"regions": ("USA",)}, "'USA' is not a region; use a two-letter"),
    ],
)
def test_a_role_without_its_bounds_is_refused(role: Role, bounds: dict[str, Any], said: str) -> None:
    with pytest.raises(AccessError) as refused:
        checked(Grant("n", role, **bounds))
    assert said in refused.value.message


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
def test_a_name_must_be_one(name: str) -> None:
    with pytest.raises(AccessError, match="not a valid key name"):
        checked(Grant(name, Role.ADMIN))


@pytest.mark.parametrize(
    ("text", "ends"), [("30d", NOON + 30 * 86_400), ("2026-11-24", MIDNIGHT + 86_400), ("2026-12-01", MIDNIGHT + 8 * 86_400)]
)
def test_a_key_ends_after_days_or_with_a_day(text: str, ends: int) -> None:
    assert expiry(text, now=NOON) == ends


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "-3d", "0d", "2026-11-23", "30", ""])
def test_an_end_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(AccessError, match=r"30d|in the future"):
        expiry(text, now=NOON)
