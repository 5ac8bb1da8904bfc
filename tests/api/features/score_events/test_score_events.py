"""`Creator.scoreEvents`: the events that moved a score, within what the viewer may see."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scoring import NAMES
from tests.api.features.finding_market import Finding

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
QUERY = """
query ($id: ID!, $by: Indicator!, $first: Int! = 50, $category: ID) {
  creator(id: $id) {
    scoreEvents(by: $by, first: $first, category: $category) {
      events {
        kind at points
        node { __typename id ... on Content { kind } ... on Report { days at } ... on Product { title } ... on Collaboration { status } }
      }
      others hidden salesHeld
    }
  }
}
"""


async def moved(finding: Finding, who: str = "admin", by: str = "OVERALL", creator: str = "c07", **more: Any) -> Any:
    found = (await finding.ask(who, QUERY, id=creator, by=by, **more))["creator"]
    return found and found["scoreEvents"]


@pytest.mark.parametrize("name", NAMES)
async def test_every_score_has_events_and_each_is_a_node(finding: Finding, name: str) -> None:
    found = await moved(finding, by=name.upper())
    assert found["events"]
    assert (found["hidden"], found["salesHeld"]) == (None, False)
    for each in found["events"]:
        kind = {"SALES": "Product"}.get(each["kind"], each["kind"].title())
        assert each["node"]["__typename"] == kind
        assert each["node"]["id"].startswith(f"{kind}:")
    assert all(TIME.fullmatch(each["at"]) for each in found["events"] if each["at"] is not None)
    sizes = [abs(each["points"]) for each in found["events"] if each["points"] is not None]
    assert sizes == sorted(sizes, reverse=True)
    assert 0.0 < sizes[0] <= 100.0


async def test_as_many_as_asked_and_the_rest_counted(finding: Finding) -> None:
    every = await moved(finding)
    assert len(every["events"]) > 3
    few = await moved(finding, first=2)
    assert few["events"] == every["events"][:2]
    assert few["others"] == len(every["events"]) - 2
    assert await finding.code("admin", QUERY, id="c07", by="OVERALL", first=51) == "BAD_USER_INPUT"


@pytest.mark.parametrize("creator", ["c01", "c02"])
async def test_a_brand_sees_the_events_that_its_scores_stand_on_one_by_one(finding: Finding, creator: str) -> None:
    for by in ("COOPERATION", "SALES_ABILITY", "DILIGENCE"):
        found = await moved(finding, "brand", by=by, creator=creator)
        assert {each["kind"] for each in found["events"]} <= {"CONTENT", "REPORT"}
        assert (found["salesHeld"], found["hidden"]) == (True, None)
    assert (await moved(finding, "brand", by="DILIGENCE", creator=creator))["events"]
    everything = await moved(finding, "admin", by="COOPERATION", creator=creator)
    assert any(each["kind"] == "COLLABORATION" for each in everything["events"])


async def test_creators_see_their_own_and_strangers_nothing(finding: Finding) -> None:
    own = await moved(finding, "creator", creator="c01")
    assert {each["kind"] for each in own["events"]} >= {"CONTENT", "COLLABORATION", "SALES"}
    assert all(each["node"] for each in own["events"])
    assert own["hidden"] is None
    assert await moved(finding, "creator") is None
    assert await moved(finding, "nowhere") is None


async def test_within_a_category(finding: Finding) -> None:
    found = await moved(finding, by="COOPERATION", category="Category:1")
    assert {each["kind"] for each in found["events"]} == {"COLLABORATION"}


async def test_reports_are_nodes_that_only_those_see_who_see_the_creator(finding: Finding) -> None:
    query = '{ node(id: "Report:c01:2024-01-01") { id ... on Report { at } } }'
    assert (await finding.ask("admin", query))["node"]["id"] == "Report:c01:2024-01-01"
    assert (await finding.ask("creator", query))["node"] is not None
    assert (await finding.ask("nowhere", query))["node"] is None
    other = '{ node(id: "Report:c02:2024-01-01") { id } }'
    assert (await finding.ask("creator", other))["node"] is None
