"""Creators by lists of names: each as `creator` answers it alone."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.api.graphql.execution.market import Market

FIELDS: Final = """{ id handle region overall { value explanation { base components { name contribution } } }
  sales { exact gmvUsd gmvRange { low } }
  collaborations(first: 2) { totalCount nodes { id commissionRate brand { name } } } othersCollaborations { count } }"""
BY_ID: Final = f"query ($ids: [ID!]) {{ creatorList(ids: $ids) {FIELDS} }}"
BY_HANDLE: Final = f"query ($handles: [String!], $region: Region) {{ creatorList(handles: $handles, region: $region) {FIELDS} }}"
ROLES: Final = ("admin", "analyst", "partner", "brand", "creator")


@pytest.mark.parametrize("role", ROLES)
async def test_creators_by_id_are_those_that_each_id_gives_alone(market: Market, role: str) -> None:
    ids = ["cat", "Creator:ana", "nobody", "ben", "Creator:cat", "ana", "", "dan"]
    alone = [(await market.ask(role, f"query ($id: ID) {{ creator(id: $id) {FIELDS} }}", id=each))["creator"] for each in ids]
    assert (await market.ask(role, BY_ID, ids=ids))["creatorList"] == alone
    assert any(alone)
    assert alone[2] is None


@pytest.mark.parametrize("role", ROLES)
async def test_creators_by_handle_are_those_that_each_handle_gives_alone(market: Market, role: str) -> None:
    handles = ["@ANA", "Cat", "ben", " Ana ", "no one"]
    single = f"query ($handle: String, $region: Region) {{ creator(handle: $handle, region: $region) {FIELDS} }}"
    for region in ("US", "GB"):
        alone = [(await market.ask(role, single, handle=each, region=region))["creator"] for each in handles]
        assert (await market.ask(role, BY_HANDLE, handles=handles, region=region))["creatorList"] == alone


async def test_who_may_not_be_seen_is_null_like_who_is_not_there(market: Market) -> None:
    async def seen(role: str) -> list[Any]:
        found = await market.ask(role, "query ($ids: [ID!]) { creatorList(ids: $ids) { id } }", ids=["ana", "cat", "ben", "none"])
        return [each and each["id"] for each in found["creatorList"]]

    assert await seen("admin") == ["Creator:ana", "Creator:cat", "Creator:ben", None]
    assert await seen("brand") == ["Creator:ana", None, "Creator:ben", None]
    assert await seen("creator") == [None, None, "Creator:ben", None]


async def test_nothing_named_is_nobody(market: Market) -> None:
    assert (await market.ask("admin", BY_ID, ids=[]))["creatorList"] == []


async def test_nulls_of_generated_clients_are_absences(market: Market) -> None:
    query = (
        "query ($ids: [ID!], $handles: [String!], $region: Region) { creatorList(ids: $ids, handles: $handles, region: $region) { id } }"
    )
    found = await market.ask("admin", query, ids=["ana"], handles=None, region=None)
    assert found["creatorList"] == [{"id": "Creator:ana"}]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "creatorList: nothing is given; give either ids alone, or handles and region"),
        ('(ids: ["ana"], region: "US")', "creatorList: ids and region is given"),
        ('(handles: ["ana"])', "creatorList: handles is given"),
        ('(ids: ["Brand:acme"])', "'Brand:acme' is the id of a Brand, but a Creator is expected"),
    ],
)
async def test_what_cannot_be_meant_is_an_error_of_the_field_alone(market: Market, arguments: str, said: str) -> None:
    answer = await market.result("admin", f"{{ creatorList{arguments} {{ id }} viewer {{ role }} }}")
    assert answer["data"] == {"creatorList": None, "viewer": {"role": "ADMIN"}}
    (error,) = answer["errors"]
    assert said in error["message"]
    assert (error["path"], error["extensions"]["code"]) == (["creatorList"], "BAD_USER_INPUT")


async def test_a_thousand_are_answered_and_cost_what_they_are(market: Market) -> None:
    ids = [("ana", "ben", "cat", "none")[n % 4] for n in range(1_000)]
    query = "query ($ids: [ID!]!, $own: [ID!]) { nodes(ids: $ids) { id } creatorList(ids: $own) { id } }"
    answer = await market.result("admin", query, ids=[f"Creator:{each}" for each in ids], own=ids)
    expected = [None if each == "none" else {"id": f"Creator:{each}"} for each in ids]
    assert answer["data"] == {"nodes": expected, "creatorList": expected}
    assert answer["extensions"]["cost"]["requested"] == 2_000
