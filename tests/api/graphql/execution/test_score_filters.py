"""Several conditions on scores, which share a lookup, are met by whom each alone is met by."""

from __future__ import annotations

import pytest
from neo4j import AsyncDriver

from graph.plans.planning import LONG, Planning
from tests.api.graphql.execution.market import Market


@pytest.mark.parametrize("sort", ["", ", sort: [{by: OVERALL}]", ", sort: [{by: FOLLOWERS}, {by: OVERALL}]"])
async def test_conditions_together_are_met_by_whom_each_is_met_by(market: Market, sort: str) -> None:
    async def met(text: str) -> set[str]:
        found = (await market.ask("admin", f"{{ creators(filter: {text}{sort}) {{ totalCount nodes {{ id }} }} }}"))["creators"]
        assert found["totalCount"] == len(found["nodes"])
        return {each["id"].removeprefix("Creator:") for each in found["nodes"]}

    rated = await market.ask("admin", "{ ranking { nodes { overall { value } } } }")
    _, middle, worst = [each["overall"]["value"] for each in rated["ranking"]["nodes"]]
    better, last = f"{{score: {{indicator: OVERALL, min: {middle}}}}}", f"{{score: {{indicator: OVERALL, max: {worst}}}}}"
    narrow = '{score: {indicator: OVERALL, category: "shoes", window: D28}}'
    everyone = await met("{}")
    of_better, of_last, of_narrow = [await met(each) for each in (better, last, narrow)]
    assert (len(of_better), len(of_last), len(of_narrow)) == (2, 1, 2)
    assert await met(f"{{or: [{better}, {last}]}}") == of_better | of_last
    assert await met(f"{{and: [{better}, {{score: {{indicator: DILIGENCE}}}}, {narrow}]}}") == of_better & of_narrow
    assert await met(f"{{not: {{or: [{better}, {last}]}}}}") == everyone - of_better - of_last
    assert await met(f"{{or: [{{not: {better}}}, {{and: [{better}, {narrow}, {narrow}]}}]}}") == (everyone - of_better) | (
        of_better & of_narrow
    )


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is handed to the planner from here on."""
    texts: list[str] = []

    async def noted(_planning: Planning, _driver: AsyncDriver, text: str, *_given: object, **_named: object) -> None:
        texts.append(text)

    monkeypatch.setattr(Planning, "planned", noted)
    return texts


async def test_a_scorecard_is_looked_up_once(market: Market, planned: list[str]) -> None:
    many = ", ".join(f"{{and: [{{score: {{indicator: OVERALL, min: {n}}}}}, {{verified: true}}]}}" for n in range(20))
    await market.ask("admin", f"{{ creators(filter: {{or: [{many}]}}, sort: [{{by: HANDLE}}]) {{ nodes {{ handle }} }} }}")
    (text,) = planned
    assert text.count("Scorecard") == 1


@pytest.mark.parametrize(
    "condition",
    [
        "verified: true",
        "followers: {min: 1}",
        'handle: {contains: "a"}',
        "score: {indicator: OVERALL, min: 1}",
        'languages: ["en"]',
        'joined: {from: "2020-01-01T00:00:00Z"}',
    ],
)
async def test_as_many_conditions_as_may_be_are_expensive_to_plan(market: Market, planned: list[str], condition: str) -> None:
    many = ", ".join(f"{{{condition}}}" for _ in range(20))
    await market.ask(
        "admin", f"{{ creators(first: 1, filter: {{or: [{{and: [{many}]}}, {{and: [{many}]}}]}}) {{ totalCount nodes {{ id }} }} }}"
    )
    assert max(map(len, planned)) >= LONG
