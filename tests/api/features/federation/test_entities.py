"""Entities are what `node` answers, in the order of a router's references, and nothing that the viewer may not see."""

from __future__ import annotations

from typing import Any, Final

import pytest
from graphql import GraphQLUnionType

from api.errors import LimitExceeded
from api.graphql.schema import core
from tests.api.graphql.execution.market import Market

ENTITIES: Final = """
query ($references: [_Any!]!) {
  _entities(representations: $references) {
    __typename
    ... on Node { id }
    ... on Creator { handle overall { value } }
    ... on Brand { name }
    ... on Product { title }
    ... on Collaboration { commissionRate }
  }
}
"""
IDS: Final = ("Product:shoe", "Creator:cat", "Brand:acme", "Creator:ana", "Collaboration:ka", "Creator:nobody", "Creator:cat", "Sale:o2:1")


def references(*ids: str) -> list[dict[str, str]]:
    return [{"__typename": each.partition(":")[0], "id": each} for each in ids]


@pytest.fixture
async def answered(market: Market) -> dict[str, Any]:
    """Return what each role is answered."""
    return {role: (await market.ask(role, ENTITIES, references=references(*IDS)))["_entities"] for role in ("admin", "brand", "creator")}


@pytest.mark.parametrize("role", ["admin", "analyst", "partner", "brand", "creator", "two regions"])
async def test_entities_are_what_their_ids_give_as_nodes(market: Market, role: str) -> None:
    found = (await market.ask(role, ENTITIES, references=references(*IDS)))["_entities"]
    nodes = ENTITIES.replace("$references: [_Any!]!", "$ids: [ID!]!").replace("_entities(representations: $references)", "nodes(ids: $ids)")
    assert found == (await market.ask(role, nodes, ids=list(IDS)))["nodes"]


async def test_what_a_role_may_not_see_is_null(answered: dict[str, Any]) -> None:
    seen = {role: [each and each["id"] for each in found] for role, found in answered.items()}
    assert seen["admin"] == [each if each != "Creator:nobody" else None for each in IDS]
    assert seen["brand"] == ["Product:shoe", None, "Brand:acme", "Creator:ana", "Collaboration:ka", None, None, None]
    assert seen["creator"][1] is seen["creator"][3] is None


async def test_the_platforms_own_id_is_a_reference_too_and_anothers_id_is_none(market: Market) -> None:
    given = [{"__typename": "Creator", "id": "ana", "note": {"ignored": [1]}}, {"__typename": "Creator", "id": "Brand:acme"}]
    found = (await market.ask("brand", ENTITIES, references=given))["_entities"]
    assert [each and each["id"] for each in found] == ["Creator:ana", None]


async def test_fragments_on_the_union_itself_apply(market: Market) -> None:
    query = "query ($references: [_Any!]!) { _entities(representations: $references) { ... on _Entity { ... on Brand { name } } } }"
    assert (await market.ask("brand", query, references=references("Brand:acme")))["_entities"] == [{"name": "Acme"}]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ({"id": "Creator:ana"}, 'representations[1]: {"id": "Creator:ana"} has no __typename of an entity; give one of Appeal, Brand'),
        ({"__typename": "Nothing", "id": "Creator:ana"}, "has no __typename of an entity"),
        ({"__typename": ["Creator"], "id": "Creator:ana"}, "has no __typename of an entity"),
        ("Creator:ana", "has no __typename of an entity"),
        ({"__typename": "Creator"}, 'has no id; give the id as text, as in {"id": "Creator:…"}'),
        ({"__typename": "Creator", "id": 7}, "has no id"),
    ],
)
async def test_what_refers_to_nothing_is_refused_by_its_place(market: Market, reference: Any, said: str) -> None:
    answer = await market.result("brand", ENTITIES, references=[*references("Creator:ana"), reference])
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert said in error["message"]


async def test_a_thousand_are_answered_at_their_cost_and_no_more(market: Market) -> None:
    query = "query ($references: [_Any!]!) { _entities(representations: $references) { ... on Creator { handle } } }"
    answer = await market.result("admin", query, references=references("Creator:ana", "Creator:none") * 500)
    assert answer["data"]["_entities"] == [{"handle": "Ana"}, None] * 500
    assert answer["extensions"]["cost"]["requested"] == 1_000
    with pytest.raises(LimitExceeded, match="_entities: 1,001 names are given; give at most 1,000"):
        await market.result("admin", query, references=references("Creator:ana") * 1_001)


def test_every_type_of_nodes_is_an_entity() -> None:
    union = core.type_map["_Entity"]
    assert isinstance(union, GraphQLUnionType)
    assert {each.name for each in union.types} == {each.name for each in core.get_possible_types(core.type_map["Node"])}  # pyright: ignore[reportArgumentType]
