"""Which creators for a budget, on a market of a dozen: what is answered, for whom, and what is refused."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.api.features.finding_market import Finding

WHOLE: Final = """{ candidates missing budgetUsd salesShare costUsd expectedUsd lowUsd highUsd overlapUsd worthUsd boundUsd gap proven
  formula run { id }
  chosen { creator { id region } costUsd costBasis exact expectedUsd lowUsd highUsd worthUsd overlapUsd
    overlapsWith { id } lostUsd }
  leftOut { creator { id } reason text costUsd expectedUsd addsUsd breaks insteadOf { id } changeUsd }
  extra { budgetUsd gainUsd entering { id } leaving { id } proven }
  frontier { budgetUsd costUsd worthUsd creators proven } }"""
EVERYONE: Final = "creators: [" + ", ".join(f'"c{n:02}"' for n in range(1, 14)) + "]"
FLAT: Final = "costs: {sampleUsd: 20, feeUsd: 0, commission: 0}"


def asked(arguments: str) -> str:
    return f"{{ portfolio({arguments}) {WHOLE} }}"


async def found(finding: Finding, who: str, arguments: str) -> Any:
    return (await finding.ask(who, asked(arguments)))["portfolio"]


async def refusal(finding: Finding, who: str, arguments: str) -> str:
    (error,) = (await finding.result(who, asked(arguments)))["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT", error
    return error["message"]


def ids(rows: list[Any]) -> list[str]:
    return [each["creator"]["id"].removeprefix("Creator:") for each in rows]


async def test_with_equal_costs_and_no_overlap_those_of_whom_most_is_expected_are_chosen(finding: Finding) -> None:
    answer = await found(finding, "analyst", f"budgetUsd: 65, {EVERYONE}, {FLAT}, overlapDiscount: 0")
    forecasts = (await finding.ask("analyst", "{ creators(first: 20) { nodes { id forecast { expectedUsd } } } }"))["creators"]["nodes"]
    expected = {each["id"].removeprefix("Creator:"): each["forecast"]["expectedUsd"] for each in forecasts if each["forecast"]}
    top = sorted(expected, key=lambda id_: -expected[id_])[:3]
    assert ids(answer["chosen"]) == top
    assert [each["expectedUsd"] for each in answer["chosen"]] == [expected[id_] for id_ in top]
    assert (answer["costUsd"], answer["candidates"], answer["missing"]) == (60.0, 13, [])
    assert answer["worthUsd"] == pytest.approx(sum(expected[id_] for id_ in top))
    assert answer["expectedUsd"] == pytest.approx(answer["worthUsd"])
    assert answer["boundUsd"] == pytest.approx(answer["worthUsd"])
    assert (answer["proven"], answer["gap"], answer["overlapUsd"]) == (True, 0.0, 0.0)
    # five more fit into 165 dollars
    extra = answer["extra"]
    more = sorted(expected, key=lambda id_: -expected[id_])[3:8]
    assert (extra["budgetUsd"], sorted(each["id"] for each in extra["entering"])) == (165.0, sorted(f"Creator:{id_}" for id_ in more))
    assert extra["gainUsd"] == pytest.approx(sum(expected[id_] for id_ in more))
    assert extra["leaving"] == []


async def test_everyone_is_chosen_or_left_out_with_a_reason(finding: Finding) -> None:
    answer = await found(finding, "analyst", f'budgetUsd: 100, {EVERYONE}, {FLAT}, bounds: {{exclude: ["c12"]}}')
    assert sorted(ids(answer["chosen"]) + ids(answer["leftOut"])) == [f"c{n:02}" for n in range(1, 14)]
    reasons = dict(zip(ids(answer["leftOut"]), answer["leftOut"], strict=True))
    assert reasons["c12"]["reason"] == "EXCLUDED"
    assert (reasons["c13"]["reason"], reasons["c13"]["expectedUsd"]) == ("NO_FORECAST", None)
    full = [each for each in answer["leftOut"] if each["reason"] == "BOUND"]
    assert len(full) == 6
    for each in full:
        assert each["breaks"] == ["BUDGET"]
        assert each["changeUsd"] <= 1e-6
        assert each["insteadOf"]["id"] in {row["creator"]["id"] for row in answer["chosen"]}
        assert "20.00 of the 0.00 USD left" in each["text"]


async def test_overlap_counts_and_what_each_is_worth_adds_up(finding: Finding) -> None:
    answer = await found(finding, "analyst", f"budgetUsd: 100, {EVERYONE}, {FLAT}, overlapDiscount: 1")
    assert answer["overlapUsd"] > 0
    assert sum(each["worthUsd"] for each in answer["chosen"]) == pytest.approx(answer["worthUsd"])
    assert sum(each["overlapUsd"] for each in answer["chosen"]) == pytest.approx(answer["overlapUsd"])
    assert answer["expectedUsd"] == pytest.approx(answer["worthUsd"] + answer["overlapUsd"])
    # without the greater of two, the lesser counts for more
    assert all(0 < each["lostUsd"] <= each["worthUsd"] + 1e-9 for each in answer["chosen"])
    greatest = answer["chosen"][0]
    assert (greatest["overlapUsd"], greatest["lostUsd"] < greatest["worthUsd"]) == (0.0, True)


async def test_the_frontier_rises_and_holds_the_portfolio_itself(finding: Finding) -> None:
    answer = await found(finding, "analyst", f"budgetUsd: 100, {EVERYONE}, {FLAT}")
    frontier = answer["frontier"]
    assert [each["budgetUsd"] for each in frontier] == [25, 50, 75, 100, 125, 150, 200]
    worth = [each["worthUsd"] for each in frontier]
    assert worth == sorted(worth)
    assert worth[3] == answer["worthUsd"]
    assert [each["creators"] for each in frontier[:4]] == [1, 2, 3, 5]
    bound = await found(finding, "analyst", f"budgetUsd: 100, {EVERYONE}, {FLAT}, bounds: {{minCreators: 4}}")
    assert [each["budgetUsd"] for each in bound["frontier"]] == [100, 125, 150, 200]


async def test_costs_come_from_what_is_given_else_from_usual_terms(finding: Finding) -> None:
    given = await found(finding, "admin", f'budgetUsd: 1000, {EVERYONE}, costs: {{sampleUsd: 5, creators: [{{creator: "c01", usd: 77}}]}}')
    by_id = dict(zip(ids(given["chosen"]), given["chosen"], strict=True))
    assert (by_id["c01"]["costUsd"], by_id["c01"]["costBasis"]) == (77.0, "GIVEN")
    usual = await finding.ask(
        "admin", "{ recommendations(first: 20) { candidates { creator { id } usualCommission { low high basis } } } }"
    )
    for each in usual["recommendations"]["candidates"]:
        id_, rate = each["creator"]["id"].removeprefix("Creator:"), each["usualCommission"]
        if id_ != "c01":
            assert by_id[id_]["costBasis"] == rate["basis"]
            least = 5 + (rate["low"] + rate["high"]) / 2 * by_id[id_]["expectedUsd"]
            assert by_id[id_]["costUsd"] - least in (pytest.approx(0.0), pytest.approx(50.0))  # 40 EUR is the fee in b0's terms
    rule = await found(finding, "admin", f"budgetUsd: 1000, {EVERYONE}, costs: {{feeUsd: 3, commission: 0.1}}, salesShare: 0.5")
    assert (given["salesShare"], rule["salesShare"]) == (1.0, 0.5)
    for each in rule["chosen"]:
        assert each["costBasis"] == "RULE"
        assert each["costUsd"] == pytest.approx(3 + 0.1 * each["expectedUsd"])
        assert each["expectedUsd"] == pytest.approx(by_id[each["creator"]["id"].removeprefix("Creator:")]["expectedUsd"] / 2)


async def test_bounds_are_kept(finding: Finding) -> None:
    bounds = 'maxCreators: 4, regionLimits: [{region: "GB", min: 2}], categoryLimits: [{category: "2", max: 3}], include: ["Creator:c01"]'
    answer = await found(finding, "admin", f"budgetUsd: 500, {EVERYONE}, {FLAT}, bounds: {{{bounds}}}")
    # everybody has scores in category 2, so three is the most there can be
    assert len(answer["chosen"]) == 3
    assert sum(each["creator"]["region"] == "GB" for each in answer["chosen"]) >= 2
    assert "c01" in ids(answer["chosen"])
    full = [each for each in answer["leftOut"] if each["reason"] == "BOUND"]
    assert len(full) == 9
    assert all(each["breaks"] == ["CATEGORY"] and "would break category 2 at most 3" in each["text"] for each in full)
    fewer = await found(finding, "admin", f"budgetUsd: 60, {EVERYONE}, {FLAT}, bounds: {{maxCreators: 3}}")
    assert len(fewer["chosen"]) == 3
    assert {tuple(each["breaks"]) for each in fewer["leftOut"] if each["reason"] == "BOUND"} == {("BUDGET", "MAX_CREATORS")}


async def test_a_brief_names_the_candidates(finding: Finding) -> None:
    answer = await found(finding, "brand", f"budgetUsd: 100, brief: {{goal: REACH}}, first: 6, {FLAT}")
    named = (await finding.ask("brand", "{ recommendations(brief: {goal: REACH}, first: 6) { candidates { creator { id } } } }"))[
        "recommendations"
    ]
    assert sorted(ids(answer["chosen"]) + ids(answer["leftOut"])) == sorted(ids(named["candidates"]))


async def test_a_brand_chooses_among_those_it_may_see_by_what_it_may_see(finding: Finding) -> None:
    answer = await found(finding, "brand", f"budgetUsd: 1000, {EVERYONE}, {FLAT}, overlapDiscount: 0")
    assert sorted(answer["missing"]) == ["c03", "c06", "c09", "c12"]
    query = "{ creators(first: 20) { nodes { id salesConsent forecast { exact expectedUsd expectedRange { low high } } } } }"
    nodes = (await finding.ask("brand", query))["creators"]["nodes"]
    seen = {each["id"]: each["forecast"] for each in nodes}
    assert {each["exact"] for each in answer["chosen"]} == {True, False}
    for each in answer["chosen"]:
        forecast = seen[each["creator"]["id"]]
        assert each["exact"] == forecast["exact"]
        if each["exact"]:
            assert each["expectedUsd"] == forecast["expectedUsd"]
        else:
            assert forecast["expectedRange"]["low"] <= each["expectedUsd"] < forecast["expectedRange"]["high"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (f"budgetUsd: 10, {EVERYONE}, {FLAT}", "budgetUsd is 10; the cheapest candidate, c01, costs 20.00 USD"),
        (f"budgetUsd: 0, {EVERYONE}", "budgetUsd is 0; give 0.01"),
        ("budgetUsd: 10", "none of creators, brief and briefId given; give exactly one"),
        (f"budgetUsd: 10, {EVERYONE}, brief: {{}}", "creators and brief of creators, brief and briefId given"),
        ('budgetUsd: 10, creators: ["nobody"]', "none of the candidates is a creator whom this key may see"),
        (f"budgetUsd: 50, {EVERYONE}, {FLAT}, bounds: {{minCreators: 3}}", "cannot be kept together: budgetUsd 50, minCreators 3; loosen"),
        (
            f'budgetUsd: 500, {EVERYONE}, {FLAT}, bounds: {{maxCreators: 1, include: ["c01", "c02"]}}',
            "cannot be kept together: maxCreators 1, include c01, include c02",
        ),
        (f"budgetUsd: 500, {EVERYONE}, bounds: {{minCreators: 3, maxCreators: 2}}", "minCreators 3 is above maxCreators 2; swap them"),
        (f'budgetUsd: 500, {EVERYONE}, bounds: {{include: ["c01"], exclude: ["c01"]}}', "c01 is on both include and exclude"),
        (f'budgetUsd: 500, {EVERYONE}, bounds: {{include: ["c13"]}}', "bounds.include names c13, who is not among the candidates"),
        (
            f'budgetUsd: 500, {EVERYONE}, bounds: {{regionLimits: [{{region: "US", max: 1}}, {{region: "US", max: 2}}]}}',
            "names US more than",
        ),
        (f'budgetUsd: 500, {EVERYONE}, bounds: {{categoryLimits: [{{category: "none", max: 1}}]}}', "none"),
        (f"budgetUsd: 500, {EVERYONE}, riskAversion: 2", "riskAversion is 2; give 0 to 1"),
        (f"budgetUsd: 500, {EVERYONE}, first: 101", "first is 101; give 1 to 100"),
        (f'budgetUsd: 500, {EVERYONE}, costs: {{creators: [{{creator: "c01", usd: -1}}]}}', "the cost of c01 is -1; give 0"),
    ],
)
async def test_what_cannot_be_is_refused_with_value_rule_and_remedy(finding: Finding, arguments: str, said: str) -> None:
    assert said in await refusal(finding, "admin", arguments)


async def test_a_creators_key_may_not_ask_and_a_region_that_is_not_granted_is_refused(finding: Finding) -> None:
    assert await finding.code("creator", asked(f"budgetUsd: 100, {EVERYONE}")) == "FORBIDDEN"
    limit = 'bounds: {regionLimits: [{region: "GB", max: 1}]}'
    assert await finding.code("brand", asked(f"budgetUsd: 100, {EVERYONE}, {limit}")) == "FORBIDDEN"
