"""`Creator.improvements`: what the run's own fit says of changed facts, to those who may see explanations."""

from __future__ import annotations

from typing import Any

import pytest

from scoring import NAMES, camel
from scoring.proof import sealed_facts
from tests.api.features.finding_market import Finding

QUERY = """
query ($id: ID!, $by: Indicator!, $first: Int! = 10, $category: ID) {
  creator(id: $id) {
    improvements(by: $by, first: $first, category: $category) { name text value low high gain facts { name before after } }
  }
}
"""


async def improvements(finding: Finding, who: str = "admin", by: str = "OVERALL", creator: str = "c07", **more: Any) -> Any:
    found = (await finding.ask(who, QUERY, id=creator, by=by, **more))["creator"]
    return found and found["improvements"]


@pytest.mark.parametrize("name", NAMES)
async def test_gains_stand_on_the_stored_score(finding: Finding, name: str) -> None:
    query = f'{{ creator(id: "c07") {{ {camel(name)} {{ value }} }} }}'
    value = (await finding.ask("admin", query))["creator"][camel(name)]["value"]
    found = await improvements(finding, by=name.upper())
    assert all(each["value"] - value == each["gain"] > 0 for each in found)
    assert [each["gain"] for each in found] == sorted((each["gain"] for each in found), reverse=True)
    assert all(each["low"] <= each["value"] <= each["high"] and each["facts"] for each in found)
    assert found or name in ("influence", "content_success", "sales_ability", "consistency")


async def test_the_best_come_first_and_as_many_as_asked(finding: Finding) -> None:
    every = await improvements(finding)
    assert len(every) > 2
    assert await improvements(finding, first=2) == every[:2]
    assert await improvements(finding, first=0) == []
    assert await finding.code("admin", QUERY, id="c07", by="OVERALL", first=11) == "BAD_USER_INPUT"


async def test_exact_sales_stay_hidden_and_strangers_see_nothing(finding: Finding) -> None:
    shown = {fact["name"] for each in await improvements(finding, "brand") for fact in each["facts"]}
    assert shown
    assert not shown & sealed_facts()
    own = await improvements(finding, "creator", creator="c01", by="DILIGENCE")
    assert [each["name"] for each in own]
    assert await improvements(finding, "creator") is None
    assert await improvements(finding, "nowhere") is None
