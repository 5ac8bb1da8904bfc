"""Whom a brief finds, on a market of a dozen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.runs import CurrentRun
from tests.api.features.finding_market import Finding

CANDIDATES = """{ creator { id region followerCount } score low high marks { criterion weight value low high contribution }
    expectedReach { low median high } usualCommission { low high basis } expectedCost { low high currency }
    reasonsFor { criterion points text } reasonsAgainst { criterion points text } }"""
WHOLE = f"""
{{ considered eligible candidates {CANDIDATES}
  excluded {{ rule count alone }} matched {{ category {{ id }} matches weight }}
  formula {{ goal base text criteria {{ name weight }} }} run {{ id }} wanted {{ goal search }} }}
"""


def asked(brief: str = "", first: int = 100) -> str:
    return f"{{ recommendations(brief: {{{brief}}}, first: {first}) {WHOLE} }}"


async def found(finding: Finding, who: str, brief: str = "", first: int = 100) -> Any:
    return (await finding.ask(who, asked(brief, first)))["recommendations"]


def ids(answer: Any) -> list[str]:
    return [each["creator"]["id"].removeprefix("Creator:") for each in answer["candidates"]]


def excluded(answer: Any) -> dict[str, tuple[int, int]]:
    return {each["rule"]: (each["count"], each["alone"]) for each in answer["excluded"]}


async def test_an_empty_brief_considers_everyone_and_drops_who_is_unknown(finding: Finding) -> None:
    answer = await found(finding, "admin")
    assert (answer["considered"], answer["eligible"], len(answer["candidates"])) == (13, 12, 12)
    assert excluded(answer) == {"NOTHING_KNOWN": (1, 1)}
    assert "c13" not in ids(answer)
    without = await finding.ask("admin", f"{{ recommendations {WHOLE} }}")
    assert without["recommendations"]["candidates"] == answer["candidates"][:20]


@pytest.mark.parametrize("goal", ["SALES", "REACH", "CONTENT"])
async def test_base_and_contributions_are_the_score_and_the_best_come_first(finding: Finding, goal: str) -> None:
    answer = await found(finding, "admin", f'goal: {goal}, category: "1"')
    for each in answer["candidates"]:
        assert 50 + sum(mark["contribution"] for mark in each["marks"]) == each["score"]
        assert 0 <= each["low"] <= each["score"] <= each["high"] <= 100
    scores = [each["score"] for each in answer["candidates"]]
    assert scores == sorted(scores, reverse=True)
    criteria = answer["formula"]["criteria"]
    assert sum(each["weight"] for each in criteria) == pytest.approx(1)
    assert [each["name"] for each in criteria] == [mark["criterion"] for mark in answer["candidates"][0]["marks"]]
    assert answer["formula"]["goal"] == answer["wanted"]["goal"] == goal


async def test_a_viewer_meets_creators_of_granted_regions_only(finding: Finding) -> None:
    answer = await found(finding, "brand")
    assert answer["considered"] == 9
    assert {each["creator"]["region"] for each in answer["candidates"]} == {"US"}
    assert await finding.code("brand", asked('regions: ["US", "GB"]')) == "FORBIDDEN"
    assert (await found(finding, "wide", 'regions: ["GB"]'))["eligible"] == 4


async def test_a_creators_key_may_not_look_for_creators(finding: Finding) -> None:
    assert await finding.code("creator", asked()) == "FORBIDDEN"


async def test_rules_are_counted_by_what_they_leave_out(finding: Finding) -> None:
    answer = await found(finding, "admin", 'regions: ["US"], followers: {min: 5000}, excludeCreators: ["Creator:c05", "absent"]')
    # GB: c03 c06 c09 c12; followers 500 n²: c01, c02 and c03 have fewer than 5,000, c13's are unknown
    assert excluded(answer) == {"REGION": (4, 3), "FOLLOWERS": (4, 2), "NAMED": (1, 1), "NOTHING_KNOWN": (1, 0)}
    assert sorted(ids(answer)) == ["c04", "c07", "c08", "c10", "c11"]
    assert [each["rule"] for each in answer["excluded"]] == ["FOLLOWERS", "REGION", "NAMED", "NOTHING_KNOWN"]


async def test_a_contradictory_brief_finds_no_one_and_tells_which_rule(finding: Finding) -> None:
    answer = await found(finding, "admin", "followers: {min: 2000000000}, minimumScores: [{indicator: OVERALL, min: 100}]")
    assert (answer["eligible"], answer["candidates"]) == (0, [])
    assert excluded(answer)["FOLLOWERS"] == (13, 0)
    assert excluded(answer)["MINIMUM_SCORE"] == (13, 0)


async def test_a_minimum_leaves_out_who_is_below_it(finding: Finding) -> None:
    scored = await finding.ask("admin", "{ creators(first: 20) { nodes { id salesAbility { value } } } }")
    values = {each["id"]: (each["salesAbility"] or {"value": None})["value"] for each in scored["creators"]["nodes"]}
    known = sorted(value for value in values.values() if value is not None)
    bar = known[len(known) // 2]
    answer = await found(finding, "admin", f"minimumScores: [{{indicator: SALES_ABILITY, min: {bar}}}]")
    assert {f"Creator:{each}" for each in ids(answer)} == {id_ for id_, value in values.items() if value is not None and value >= bar}


async def test_a_category_asks_for_creators_who_are_active_in_it(finding: Finding) -> None:
    answer = await found(finding, "admin", 'category: "Category:2"')
    assert "category" in {each["name"] for each in answer["formula"]["criteria"]}
    assert excluded(answer)["CATEGORY"][0] > 0
    assert await finding.code("admin", asked('category: "Home"')) == "BAD_USER_INPUT"


async def test_words_lead_to_categories_by_their_names_and_products(finding: Finding) -> None:
    by_name = await found(finding, "admin", 'search: "for the HOME"')
    assert [each["category"]["id"] for each in by_name["matched"]] == ["Category:2"]
    by_title = await found(finding, "admin", 'search: "product 1"')  # a product of Home; others share a word only
    assert by_title["matched"] == [{"category": {"id": "Category:2"}, "matches": 3, "weight": 1.0}]
    by_any = await found(finding, "admin", 'search: "product"')
    assert {each["category"]["id"] for each in by_any["matched"]} == {"Category:2", "Category:11"}
    within = await found(finding, "admin", 'search: "product", category: "1"')
    assert [each["category"]["id"] for each in within["matched"]] == ["Category:11"]


@pytest.mark.parametrize("words", ["zzz", "AND OR", '\\"(*^~:', "   "])
async def test_words_that_nothing_matches_leave_out_everyone_and_break_nothing(finding: Finding, words: str) -> None:
    answer = await found(finding, "admin", f'search: "{words}"')
    if words.strip():
        assert (answer["eligible"], excluded(answer)["SEARCH"][0], answer["matched"]) == (0, 13, [])
    else:
        assert answer["eligible"] == 12


async def test_who_works_with_the_brand_already_may_be_left_out(finding: Finding) -> None:
    working = await finding.ask("admin", '{ brand(id: "b0") { creators(first: 50) { nodes { id } } } }')
    own = {each["id"].removeprefix("Creator:") for each in working["brand"]["creators"]["nodes"]}
    answer = await found(finding, "admin", 'brand: "b0", excludeWorkedWith: true')
    assert excluded(answer)["WORKED_WITH"][0] == len(own)
    assert own.isdisjoint(ids(answer))
    assert len(own) + answer["eligible"] == 12
    sole = await found(finding, "wide", "excludeWorkedWith: true")
    assert ids(sole) == ids(answer)


@pytest.mark.parametrize(
    ("who", "brief", "code"),
    [
        ("wide", 'brand: "b1", excludeWorkedWith: true', "FORBIDDEN"),
        ("wide", 'brand: "none such", excludeWorkedWith: true', "BAD_USER_INPUT"),
        ("partner", "excludeWorkedWith: true", "BAD_USER_INPUT"),
        ("admin", "excludeWorkedWith: true", "BAD_USER_INPUT"),
        ("wide", 'excludeExclusiveTo: ["b1"]', "FORBIDDEN"),
        ("wide", 'excludeExclusiveTo: ["b0"]', "FORBIDDEN"),
        ("admin", 'category: "Brand:b0"', "BAD_USER_INPUT"),
        ("admin", 'budget: {amount: -1, currency: "USD"}', "BAD_USER_INPUT"),
        ("admin", 'budget: {amount: 1, currency: "XYZ"}', "BAD_USER_INPUT"),
        ("admin", 'audience: [{dimension: AGE, bucket: "a", share: 1.5}]', "BAD_USER_INPUT"),
    ],
)
async def test_what_may_not_or_cannot_be_asked_is_refused(finding: Finding, who: str, brief: str, code: str) -> None:
    assert await finding.code(who, asked(brief)) == code


async def test_who_works_with_none_but_competitors_may_be_left_out_by_those_who_see_all(finding: Finding) -> None:
    brands = ", ".join(f'"b{n}"' for n in range(6))
    everyone = await found(finding, "analyst", f"excludeExclusiveTo: [{brands}]")
    assert excluded(everyone)["EXCLUSIVE"] == (12, 12)
    assert "EXCLUSIVE" not in excluded(await found(finding, "analyst", 'excludeExclusiveTo: ["b0"]'))


async def test_an_audience_weighs_and_excludes_no_one(finding: Finding) -> None:
    answer = await found(finding, "admin", 'goal: REACH, audience: [{dimension: GENDER, bucket: "FEMALE", share: 0.9}]')
    assert answer["eligible"] == 12
    near = {
        each["creator"]["id"]: mark["value"] for each in answer["candidates"] for mark in each["marks"] if mark["criterion"] == "audience"
    }
    assert max(near, key=lambda each: near[each]) == "Creator:c12"  # 12/13 of the followers
    assert min(near, key=lambda each: near[each]) == "Creator:c01"


async def test_what_a_creator_usually_asks_comes_from_what_the_viewer_may_see(finding: Finding) -> None:
    own = {each["creator"]["id"]: each for each in (await found(finding, "wide"))["candidates"]}
    foreign = {each["creator"]["id"]: each for each in (await found(finding, "stranger"))["candidates"]}
    with_terms = [id_ for id_, each in own.items() if each["usualCommission"]["basis"] == "TERMS"]
    assert with_terms
    for id_ in with_terms:
        assert own[id_]["usualCommission"] == {"low": 0.05, "high": 0.05, "basis": "TERMS"}
    # b5 has no terms with a rate; even creators consent to exact figures
    assert foreign["Creator:c02"]["usualCommission"] == {"low": 0.15, "high": 0.15, "basis": "REPORTED"}
    assert foreign["Creator:c01"]["usualCommission"] == {"low": 0.1, "high": 0.2, "basis": "REPORTED"}


async def test_exact_sales_show_in_no_cost_without_consent(finding: Finding) -> None:
    seen = {each["creator"]["id"]: each["expectedCost"] for each in (await found(finding, "stranger"))["candidates"]}
    posts = await finding.driver.execute_query(
        "MATCH (card:Scorecard {creatorId: 'c01', window: 90, categoryId: '*'})-[:RATES]->() MATCH (r:ScoringRun {id: card.runId})"
        " UNWIND range(0, size(r.factNames) - 1) AS i RETURN r.factNames[i] AS name, card.facts[i] AS value"
    )
    facts = {record["name"]: record["value"] for record in posts.records}
    sold = facts["video_gmv_usd"] + facts["live_gmv_usd"]
    low, high = next((low, high) for low, high in ((0, 100), (100, 1_000)) if low <= sold < high)
    count = facts["shoppable_posts"]
    assert seen["Creator:c01"] == {"low": pytest.approx(0.1 * low / count), "high": pytest.approx(0.2 * high / count), "currency": "USD"}
    consenting = seen["Creator:c02"]
    assert consenting["low"] == consenting["high"]


async def test_a_budget_is_held_against_those_who_are_left(finding: Finding) -> None:
    tiny = await found(finding, "admin", 'followers: {min: 5000}, budget: {amount: 0, currency: "EUR"}')
    assert tiny["eligible"] == 0
    assert excluded(tiny)["BUDGET"] == (9, 9)
    ample = await found(finding, "admin", 'budget: {amount: 1000000, currency: "EUR"}')
    assert "BUDGET" not in excluded(ample)
    in_dollars = {each["creator"]["id"]: each["expectedCost"] for each in (await found(finding, "admin"))["candidates"]}
    for each in ample["candidates"]:
        cost = each["expectedCost"]
        assert (cost["low"] * 1.25, cost["currency"]) == (pytest.approx(in_dollars[each["creator"]["id"]]["low"]), "EUR")


async def test_reasons_are_the_greatest_contributions_in_words(finding: Finding) -> None:
    for each in (await found(finding, "admin", 'category: "1"'))["candidates"]:
        points = {mark["criterion"]: mark["contribution"] for mark in each["marks"]}
        given = each["reasonsFor"] + [reason for reason in each["reasonsAgainst"] if reason["points"]]
        assert all(points[reason["criterion"]] == reason["points"] for reason in given)
        assert all(reason["points"] >= 1 for reason in each["reasonsFor"])
        best = max(points.values())
        assert [reason["points"] for reason in each["reasonsFor"][:1]] == ([best] if best >= 1 else [])


async def test_expected_views_are_those_of_the_creators_posts(finding: Finding) -> None:
    answer = {each["creator"]["id"]: each["expectedReach"] for each in (await found(finding, "admin"))["candidates"]}
    for reach in answer.values():
        assert reach["low"] < reach["median"] < reach["high"]
    assert answer["Creator:c12"]["median"] > answer["Creator:c01"]["median"]


async def test_the_first_few_are_the_first_of_all(finding: Finding) -> None:
    assert ids(await found(finding, "admin", first=3)) == ids(await found(finding, "admin"))[:3]
    assert (await found(finding, "admin", first=0))["candidates"] == []


async def test_one_tie_more_of_another_brand_changes_nothing_for_those_who_see_counts(finding: Finding) -> None:
    briefs = ("", "excludeWorkedWith: true", 'search: "product 1", budget: {amount: 100, currency: "USD"}')
    before = [await found(finding, "wide", each) for each in briefs]
    await finding.driver.execute_query(
        "MATCH (c:Creator {id: 'c05'}), (b:Brand {id: 'b3'})-[:SELLS]->(p:Product)"
        " CREATE (c)-[:COLLABORATED_WITH {runId: 'r000001', lastAt: 1, mark: true}]->(b),"
        " (b)-[:OFFERED]->(:Collaboration {id: 'mark', status: 'ACCEPTED', commissionRate: 0.99, fee: 9.0, currency: 'USD'})-[:WITH]->(c)"
    )
    try:
        assert [await found(finding, "wide", each) for each in briefs] == before
    finally:
        await finding.driver.execute_query("MATCH (k:Collaboration {id: 'mark'}) DETACH DELETE k")
        await finding.driver.execute_query("MATCH ()-[tie:COLLABORATED_WITH {mark: true}]->() DELETE tie")


async def test_before_the_first_run_there_is_nothing_to_go_by(finding: Finding) -> None:
    unscored = Finding(finding.driver, replace(finding.state, run=CurrentRun(finding.driver)))
    asked_all = """{ recommendations { considered } compare(creators: ["c01", "c02"]) { creators { id } indicators { indicator } }
      overlap(creators: ["c01", "c02"]) { pairs { sharedBrands { count others } sharedProducts { others } audience { gender } } }
      brand(id: "b0") { competitors { sharedCreators } } }"""
    answer = await unscored.ask("admin", asked_all)
    assert answer["recommendations"] is None
    assert answer["compare"] == {"creators": [{"id": "Creator:c01"}, {"id": "Creator:c02"}], "indicators": []}
    assert answer["overlap"]["pairs"][0]["sharedBrands"] == {"count": 0, "others": None}
    assert answer["overlap"]["pairs"][0]["audience"]["gender"] is not None
    assert answer["brand"]["competitors"] == []
    run = 'mutation { runBrief(input: {briefId: "x"}) { userErrors { code } } }'
    assert (await unscored.ask("brand", run))["runBrief"]["userErrors"] == [{"code": "NOT_FOUND"}]
    made = await unscored.ask("brand", 'mutation { createBrief(input: {name: "n", brief: {}}) { brief { id } } }')
    run = run.replace('"x"', f'"{made["createBrief"]["brief"]["id"]}"')
    assert (await unscored.ask("brand", run))["runBrief"]["userErrors"] == [{"code": "NOT_SCORED"}]


async def test_in_a_market_of_no_one_no_one_is_considered(finding: Finding) -> None:
    answer = await found(finding, "nowhere")
    assert (answer["considered"], answer["candidates"], answer["excluded"]) == (0, [], [])
