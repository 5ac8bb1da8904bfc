"""A brand's and a partner's portfolios are alike in worlds that differ in what they may not see, in every number."""

from __future__ import annotations

from typing import Final

import pytest

from tests.leaks.conftest import Worlds

EVERYTHING: Final = """
query ($creators: [ID!], $brief: BriefInput, $budget: Float!, $costs: PortfolioCosts) {
  portfolio(creators: $creators, brief: $brief, budgetUsd: $budget, costs: $costs) {
    candidates missing costUsd expectedUsd lowUsd highUsd overlapUsd worthUsd boundUsd gap proven
    chosen { creator { id } costUsd costBasis exact expectedUsd lowUsd highUsd worthUsd overlapUsd overlapsWith { id } lostUsd }
    leftOut { creator { id } reason text costUsd expectedUsd addsUsd breaks insteadOf { id } changeUsd }
    extra { gainUsd entering { id } leaving { id } }
    frontier { budgetUsd costUsd worthUsd creators }
  }
}"""
CREATORS: Final = [f"us{n:02}" for n in range(32)]


@pytest.mark.parametrize("who", ["brand", "partner"])
@pytest.mark.parametrize("costs", [None, {"sampleUsd": 25, "feeUsd": 0, "commission": 0.1}])
async def test_what_is_hidden_moves_no_portfolio(worlds: Worlds, who: str, costs: dict[str, float] | None) -> None:
    for budget in (60.0, 400.0, 5_000.0):
        answer = (await worlds.told(who, EVERYTHING, creators=CREATORS, budget=budget, costs=costs))["portfolio"]
        assert len(answer["chosen"]) + len(answer["leftOut"]) == answer["candidates"]
    by_brief = (await worlds.told(who, EVERYTHING, brief={"goal": "SALES"}, budget=400.0, costs=costs))["portfolio"]
    assert by_brief["chosen"] != []
