from __future__ import annotations

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from tests.api.features.conftest import NOW, Mutate

FIELDS = "{ collaboration { id rating ratedAt } userErrors { field code message } }"


def rate(id_: str, rating: int, note: str = "") -> str:
    return f'rateCollaboration(input: {{collaborationId: "{id_}", rating: {rating}, note: "{note}"}}) {FIELDS}'


@pytest.mark.parametrize("id_", ["Collaboration:k1", "k1"])
async def test_a_brand_rates_what_was_delivered_to_it(mutate: Mutate, graph: AsyncDriver, id_: str) -> None:
    assert await mutate(Role.BRAND, rate(id_, 4, " good ")) == {
        "collaboration": {"id": "Collaboration:k1", "rating": 4.0, "ratedAt": "2026-11-24T12:00:00Z"},
        "userErrors": [],
    }
    kept = await graph.execute_query("MATCH (c:Collaboration {id: 'k1'}) RETURN c.rating, c.ratedAt, c.ratingNote")
    assert kept.records[0].values() == [4.0, NOW, "good"]


@pytest.mark.parametrize(
    ("text", "field", "code", "said"),
    [
        (rate("Collaboration:k2", 4), "collaborationId", "NOT_FOUND", "no collaboration of this brand has the id"),
        (rate("Collaboration:absent", 4), "collaborationId", "NOT_FOUND", "no collaboration of this brand has the id"),
        (rate("Collaboration:k3", 4), "collaborationId", "NOT_RATEABLE", "the collaboration is OFFERED; only one that was accepted"),
        (rate("Collaboration:k1", 6), "rating", "OUT_OF_RANGE", "rating is 6; give 1 to 5"),
    ],
)
async def test_what_cannot_be_rated_comes_back(mutate: Mutate, text: str, field: str, code: str, said: str) -> None:
    answer = await mutate(Role.BRAND, text)
    (error,) = answer["userErrors"]
    assert (error["field"], error["code"], (answer["collaboration"] or {}).get("rating")) == (field, code, None)
    assert said in error["message"]


@pytest.mark.parametrize(
    ("rating", "field", "code"),
    [(rate("Creator:c1", 4), "collaborationId", "INVALID"), (rate("k1", 4, "x" * 2_001), "note", "TOO_LONG")],
)
async def test_what_is_wrong_with_the_input_is_a_user_error(mutate: Mutate, rating: str, field: str, code: str) -> None:
    (error,) = (await mutate(Role.BRAND, rating))["userErrors"]
    assert (error["field"], error["code"]) == (field, code)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BRAND])
async def test_no_other_role_rates(mutate: Mutate, graph: AsyncDriver, role: Role) -> None:
    assert await mutate(role, rate("Collaboration:k1", 4)) == ["FORBIDDEN"]
    kept = await graph.execute_query("MATCH (c:Collaboration) WHERE c.rating IS NOT NULL RETURN count(c)")
    assert kept.records[0].value() == 0
