"""`Creator.deliveryProbability` and `ScoringRun.deliveryModel` from a real run over samples of a dozen creators."""

from __future__ import annotations

import math
from typing import Any, Final, LiteralString

import pytest

from api.runs.scoring_run import score
from tests.api.features.finding_market import END, Finding

SAMPLES: Final[LiteralString] = """
MATCH (c:Creator)
WHERE c.id < 'c13'
WITH c, toInteger(substring(c.id, 1)) AS n
UNWIND range(0, 11) AS k
MATCH (b:Brand {id: 'b' + k % 2})
WITH c, b, n, k, $end - (170 - 12 * k) * 86400 AS approved, (k IN [3, 8]) = (n % 2 = 0) AS kept
CREATE (b)-[:OFFERED]->(:Collaboration {id: c.id + 'sample' + k, kind: 'SAMPLE', approvedAt: approved, sampleDeliveredAt: approved + 86400,
  accepted: true, status: CASE WHEN kept THEN 'DELIVERED' ELSE 'FAILED' END,
  deliveredAt: CASE WHEN kept THEN approved + 5 * 86400 END})-[:WITH]->(c)
"""
"""Of a dozen samples of `b0` and `b1`, creators of odd numbers deliver all but two, those of even numbers two."""

QUERY: Final = """
query ($id: ID!, $brand: ID) {
  creator(id: $id) {
    deliveryProbability(brand: $brand) { probability low high basis promises samples baseLogOdds reasons { name text logOdds } }
  }
}
"""
MODEL: Final = """
{ scoringRuns(first: 1) { nodes { deliveryModel {
  basis samples share replayed brier groupMeanBrier reliability { low high said came samples } weights { name text slope centre }
} } } }
"""


@pytest.fixture(scope="module")
async def sampled(finding: Finding) -> Finding:
    async with finding.driver.session() as session:
        await (await session.run(SAMPLES, end=END)).consume()
    await score(finding.driver, as_of=END)
    await finding.state.run.refresh()
    return finding


async def probability(finding: Finding, who: str, creator: str, brand: str | None = None) -> Any:
    found = (await finding.ask(who, QUERY, id=creator, brand=brand))["creator"]
    return found and found["deliveryProbability"]


async def test_who_kept_more_is_likelier_to_deliver_and_the_reasons_sum_exactly(sampled: Finding) -> None:
    answers = [await probability(sampled, "admin", f"c{n:02d}") for n in range(1, 13)]
    assert {answer["basis"] for answer in answers} == {"MODEL"}
    odd, even = ([answer["probability"] for answer in answers[first::2]] for first in (0, 1))
    assert min(odd) > 0.6 > 0.4 > max(even)
    for answer in answers:
        odds = answer["baseLogOdds"] + sum(reason["logOdds"] for reason in answer["reasons"])
        assert answer["probability"] == pytest.approx(1 / (1 + math.exp(-odds)), abs=1e-15)
        assert answer["low"] < answer["probability"] < answer["high"]
        assert answer["samples"] >= 120


async def test_a_brand_goes_by_what_is_told_of_the_creator(sampled: Finding) -> None:
    found = {n: await probability(sampled, "wide", f"c{n:02d}") for n in range(1, 13)}
    assert {each["basis"] for each in found.values()} == {"TOLD"}
    assert min(found[n]["probability"] for n in range(1, 13, 2)) > max(found[n]["probability"] for n in range(2, 13, 2))
    for each in found.values():
        assert each["promises"] % 5 == 0 < each["promises"]
        assert each["samples"] == 0
        odds = each["baseLogOdds"] + sum(reason["logOdds"] for reason in each["reasons"])
        assert each["probability"] == pytest.approx(1 / (1 + math.exp(-odds)))
        assert each["low"] < each["probability"] < each["high"]


async def test_who_may_not_see_the_brands_work_is_told_nothing(sampled: Finding) -> None:
    assert await probability(sampled, "brand", "c07", "b0") is not None
    assert await probability(sampled, "brand", "c07", "b1") is None
    assert await probability(sampled, "stranger", "c07", "b0") is None
    assert await probability(sampled, "nowhere", "c07") is None
    assert await probability(sampled, "creator", "c01", "b1") is not None
    assert await probability(sampled, "creator", "c07") is None


async def test_a_creator_of_whom_nothing_is_known_is_an_average_one(sampled: Finding) -> None:
    found = await probability(sampled, "admin", "c13")
    assert found["promises"] == 0
    assert 0 < found["low"] < found["probability"] < found["high"] < 1


async def test_a_run_says_how_far_it_can_be_believed(sampled: Finding) -> None:
    (node,) = (await sampled.ask("admin", MODEL))["scoringRuns"]["nodes"]
    model = node["deliveryModel"]
    assert model["brier"] < model["groupMeanBrier"]
    assert sum(each["samples"] for each in model["reliability"]) == model["replayed"] >= 50
    weights = {each["name"]: each["slope"] for each in model["weights"]}
    assert weights["record"] > 0


async def test_a_run_with_too_few_samples_says_nothing(finding: Finding) -> None:
    runs = (await finding.ask("admin", "{ scoringRuns(first: 9) { nodes { deliveryModel { samples } } } }"))["scoringRuns"]["nodes"]
    assert runs[-1]["deliveryModel"] is None
