from __future__ import annotations

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import ServiceUnavailable

from api.access.viewer import Role
from api.errors import Unconfirmed
from tests.api.features.conftest import Mutate


def consent(given: bool) -> str:
    return f"setSalesConsent(input: {{consent: {str(given).lower()}}}) {{ creator {{ id salesConsent }} userErrors {{ code }} }}"


async def test_a_creator_consents_and_withdraws(mutate: Mutate, graph: AsyncDriver) -> None:
    for given in (True, True, False):
        assert await mutate(Role.CREATOR, consent(given)) == {"creator": {"id": "Creator:c1", "salesConsent": given}, "userErrors": []}
        kept = await graph.execute_query("MATCH (c:Creator) RETURN c.salesConsent ORDER BY c.id")
        assert [record.value() for record in kept.records] == [given, None]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CREATOR])
async def test_nobody_consents_for_another(mutate: Mutate, role: Role) -> None:
    assert await mutate(role, consent(True)) == ["FORBIDDEN"]


async def test_a_creator_who_is_not_there_is_told_so(mutate: Mutate, graph: AsyncDriver) -> None:
    await graph.execute_query("MATCH (c:Creator {id: 'c1'}) DETACH DELETE c")
    answer = await mutate(Role.CREATOR, consent(True))
    assert (answer["creator"], answer["userErrors"][0]["code"]) == (None, "NOT_FOUND")


async def test_a_change_that_was_made_is_told_so_though_its_answer_cannot_be_read(
    mutate: Mutate, graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> None:
        raise ServiceUnavailable

    monkeypatch.setattr("graph.plans.answers._run", lost)
    with pytest.raises(Unconfirmed, match="the change was made"):
        await mutate(Role.CREATOR, consent(True))
    assert (await graph.execute_query("MATCH (c:Creator {id: 'c1'}) RETURN c.salesConsent")).records[0].value() is True
