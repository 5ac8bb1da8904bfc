"""Briefs kept, asked again and compared."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from api.features.briefs.briefs import changes
from api.features.briefs.run_reasons import reasons_of
from api.features.briefs.types import RunCandidate
from api.graphql.types.nouns import Ref
from tests.api.features.finding_market import Finding

WANTED = """{ goal brand { id } category { id } search regions budget { amount currency } audience { dimension bucket share }
  followers { min max } minimumScores { indicator min } excludeWorkedWith excludeExclusiveTo { id } excludeCreators }"""
RUN = "{ id version at asOf considered eligible candidates { rank creator { id } score low high } }"
MADE = "{ brief { id version name } userErrors { field code message } }"
FULL = """goal: CONTENT, brand: "b0", category: "Category:1", search: " lip  gloss ", regions: ["US", "GB"],
  budget: {amount: 20, currency: "eur"}, audience: [{dimension: GENDER, bucket: "FEMALE", share: 0.6}], followers: {min: 100},
  minimumScores: [{indicator: OVERALL, min: 1}], excludeWorkedWith: true, excludeCreators: ["Creator:c02"]"""


async def create(finding: Finding, who: str, brief: str, name: str = "Spring") -> Any:
    made = await finding.ask(who, f'mutation {{ createBrief(input: {{name: "{name}", brief: {{{brief}}}}}) {MADE} }}')
    return _flat(made["createBrief"])


async def update(finding: Finding, who: str, id_: str, change: str) -> Any:
    made = await finding.ask(who, f'mutation {{ updateBrief(input: {{briefId: "{id_}", {change}}}) {MADE} }}')
    return _flat(made["updateBrief"])


def _flat(payload: Any) -> dict[str, Any]:
    brief = payload["brief"] or dict.fromkeys(("id", "version", "name"))
    return {"briefId": brief["id"], "version": brief["version"], "name": brief["name"], "userErrors": payload["userErrors"]}


async def run(finding: Finding, who: str, id_: str, first: int = 5) -> Any:
    run = "run { id version brief { id } candidates { rank } } userErrors { field code }"
    payload = (await finding.ask(who, f'mutation {{ runBrief(input: {{briefId: "{id_}", first: {first}}}) {{ {run} }} }}'))["runBrief"]
    return {"runId": (payload["run"] or {}).get("id"), **payload}


def _own(id_: str) -> str:
    return id_.removeprefix("Brief:")


def codes(answer: Any) -> list[tuple[str, str]]:
    return [(each["field"], each["code"]) for each in answer["userErrors"]]


@pytest.fixture
async def none_kept(finding: Finding) -> Finding:
    await finding.driver.execute_query("MATCH (n:Brief|BriefVersion|BriefRun) DETACH DELETE n")
    return finding


async def kept(driver: AsyncDriver) -> dict[str, int]:
    query = "MATCH (n:Brief|BriefVersion|BriefRun) RETURN labels(n)[0] AS label, count(*) AS count"
    return {record["label"]: record["count"] for record in (await driver.execute_query(query)).records}


async def test_a_brief_reads_as_it_was_given(none_kept: Finding) -> None:
    made = await create(none_kept, "wide", FULL)
    assert (made["version"], made["name"], made["userErrors"]) == (1, "Spring", [])
    asked = f'{{ brief(id: "{made["briefId"]}") {{ id name version brand {{ id }} createdAt updatedAt wanted {WANTED} }} }}'
    brief = (await none_kept.ask("wide", asked))["brief"]
    assert (brief["id"], brief["name"], brief["brand"]) == (made["briefId"], "Spring", {"id": "Brand:b0"})
    assert brief["wanted"] | {"regions": list(brief["wanted"]["regions"])} == {
        "goal": "CONTENT",
        "brand": {"id": "Brand:b0"},
        "category": {"id": "Category:1"},
        "search": "lip gloss",
        "regions": ["GB", "US"],
        "budget": {"amount": 20.0, "currency": "EUR"},
        "audience": [{"dimension": "GENDER", "bucket": "FEMALE", "share": 0.6}],
        "followers": {"min": 100, "max": None},
        "minimumScores": [{"indicator": "OVERALL", "min": 1.0}],
        "excludeWorkedWith": True,
        "excludeExclusiveTo": [],
        "excludeCreators": ["Creator:c02"],
    }


async def test_all_keys_of_the_brand_see_it_and_no_other_brands(none_kept: Finding) -> None:
    made = await create(none_kept, "brand", "")
    asked = f"""{{ briefs {{ id }} savedBriefs {{ totalCount nodes {{ id }} }} brief(id: "{made["briefId"]}") {{ id }}
      briefVersions(brief: "{made["briefId"]}") {{ version }} }}"""
    (own,) = listed = [{"id": made["briefId"]}]
    there = {"briefs": listed, "savedBriefs": {"totalCount": 1, "nodes": listed}, "brief": own, "briefVersions": [{"version": 1}]}
    node = f'{{ node(id: "{made["briefId"]}") {{ id ... on Brief {{ name wanted {{ goal }} }} }} }}'
    for who in ("brand", "wide", "partner", "analyst", "admin"):
        assert await none_kept.ask(who, asked) == there
        assert await none_kept.ask(who, node) == {"node": {"id": made["briefId"], "name": "Spring", "wanted": {"goal": "SALES"}}}
    for who in ("stranger", "creator"):
        assert await none_kept.ask(who, node) == {"node": None}
    nothing = {"briefs": [], "savedBriefs": {"totalCount": 0, "nodes": []}, "brief": None, "briefVersions": None}
    assert await none_kept.ask("stranger", asked) == nothing
    assert await none_kept.ask("admin", '{ briefs(brand: "b1") { id } }') == {"briefs": []}
    assert await none_kept.code("creator", "{ briefs { id } }") == "FORBIDDEN"


async def test_briefs_are_paged_those_changed_last_first(none_kept: Finding) -> None:
    ids = [(await create(none_kept, "brand", "", name))["briefId"] for name in ("one", "two", "three")]
    await none_kept.driver.execute_query(
        "UNWIND range(0, 2) AS n MATCH (b:Brief {id: $ids[n]}) SET b.updatedAt = n", ids=[_own(each) for each in ids]
    )
    asked = "savedBriefs(first: 2, after: %s) { nodes { name } totalCount pageInfo { hasNextPage endCursor } }"
    first = (await none_kept.ask("brand", f"{{ {asked % 'null'} }}"))["savedBriefs"]
    assert (first["nodes"], first["totalCount"], first["pageInfo"]["hasNextPage"]) == ([{"name": "three"}, {"name": "two"}], 3, True)
    after = first["pageInfo"]["endCursor"]
    last = (await none_kept.ask("brand", f"""{{ {asked % f'"{after}"'} }}"""))["savedBriefs"]
    assert (last["nodes"], last["pageInfo"]["hasNextPage"]) == ([{"name": "one"}], False)
    assert await none_kept.code("brand", '{ savedBriefs(brand: "b0", after: "x") { totalCount } }') == "BAD_USER_INPUT"
    assert await none_kept.code("brand", '{ savedBriefs(brand: "b1") { totalCount } }') == "BAD_USER_INPUT"


async def test_another_brands_brief_cannot_be_changed_run_asked_or_removed(none_kept: Finding) -> None:
    id_ = (await create(none_kept, "brand", ""))["briefId"]
    assert codes(await update(none_kept, "stranger", id_, 'name: "Mine"')) == [("briefId", "NOT_FOUND")]
    assert codes(await run(none_kept, "stranger", id_)) == [("briefId", "NOT_FOUND")]
    removed = f'mutation {{ deleteBrief(input: {{briefId: "{id_}"}}) {{ deletedBriefId userErrors {{ field code }} }} }}'
    assert codes((await none_kept.ask("stranger", removed))["deleteBrief"]) == [("briefId", "NOT_FOUND")]
    assert await none_kept.code("stranger", f'{{ recommendations(briefId: "{id_}") {{ considered }} }}') == "BAD_USER_INPUT"
    assert (await none_kept.ask("brand", removed))["deleteBrief"] == {"deletedBriefId": id_, "userErrors": []}
    assert codes((await none_kept.ask("brand", removed))["deleteBrief"]) == [("briefId", "NOT_FOUND")]


@pytest.mark.parametrize(
    ("who", "brief", "name", "error"),
    [
        ("brand", 'brand: "b1"', "x", ("brief", "NOT_FOUND")),
        ("admin", 'brand: "none such"', "x", ("brief", "NOT_FOUND")),
        ("partner", "", "x", ("brief", "REQUIRED")),
        ("brand", "", "  ", ("name", "REQUIRED")),
        ("brand", 'budget: {amount: 1, currency: "dollars"}', "x", ("brief", "INVALID")),
        ("brand", "minimumScores: [{indicator: OVERALL, min: 101}]", "x", ("brief", "INVALID")),
    ],
)
async def test_what_cannot_be_kept_comes_back(none_kept: Finding, who: str, brief: str, name: str, error: tuple[str, str]) -> None:
    assert codes(await create(none_kept, who, brief, name)) == [error]
    assert await kept(none_kept.driver) == {}


@pytest.mark.parametrize("who", ["analyst", "creator"])
async def test_who_may_not_keep_briefs_changes_nothing(none_kept: Finding, who: str) -> None:
    assert await none_kept.code(who, f'mutation {{ createBrief(input: {{name: "x", brief: {{brand: "b0"}}}}) {MADE} }}') == "FORBIDDEN"


@pytest.mark.parametrize("who", ["brand", "admin"])
async def test_a_brief_that_asks_for_hidden_ties_is_not_kept(none_kept: Finding, who: str) -> None:
    assert codes(await create(none_kept, who, 'brand: "b0", excludeExclusiveTo: ["b1"]')) == [("brief", "HIDDEN_TIES")]


async def test_a_run_sees_no_more_than_the_brand_whoever_asks(none_kept: Finding) -> None:
    # With exact sales or other brands' terms in sight, other creators would be beyond the budget.
    id_ = (await create(none_kept, "wide", 'budget: {amount: 0.5, currency: "USD"}'))["briefId"]
    for who in ("wide", "admin", "partner"):
        await run(none_kept, who, id_, first=20)
    told = await none_kept.ask("wide", f'{{ briefRuns(brief: "{id_}") {{ considered eligible candidates {{ creator {{ id }} score }} }} }}')
    assert len({str(each) for each in told["briefRuns"]}) == 1
    exact = await none_kept.ask("admin", f'{{ recommendations(briefId: "{id_}") {{ eligible }} }}')
    assert exact["recommendations"]["eligible"] != told["briefRuns"][0]["eligible"]


async def test_a_change_makes_a_version_and_the_same_again_makes_none(none_kept: Finding) -> None:
    id_ = (await create(none_kept, "brand", ""))["briefId"]
    assert (await update(none_kept, "wide", id_, "brief: {goal: REACH}"))["version"] == 2
    assert (await update(none_kept, "wide", id_, 'brief: {goal: REACH}, name: "Spring"'))["version"] == 2
    assert (await update(none_kept, "wide", id_, 'name: "Summer", expectedVersion: 2'))["version"] == 3
    stale = await update(none_kept, "wide", id_, 'name: "Winter", expectedVersion: 2')
    assert codes(stale) == [("expectedVersion", "STALE")]
    assert codes(await update(none_kept, "wide", id_, 'brief: {brand: "b1"}')) == [("brief", "OTHER_BRAND")]
    asked = f'{{ briefVersions(brief: "{id_}") {{ version name wanted {{ goal }} }} }}'
    assert (await none_kept.ask("brand", asked))["briefVersions"] == [
        {"version": 3, "name": "Summer", "wanted": {"goal": "REACH"}},
        {"version": 2, "name": "Spring", "wanted": {"goal": "REACH"}},
        {"version": 1, "name": "Spring", "wanted": {"goal": "SALES"}},
    ]


async def test_a_run_keeps_whom_the_brief_finds(none_kept: Finding) -> None:
    id_ = (await create(none_kept, "brand", ""))["briefId"]
    done = await run(none_kept, "brand", id_)
    assert (done["run"]["version"], len(done["run"]["candidates"]), done["run"]["brief"], done["userErrors"]) == (1, 5, {"id": id_}, [])
    asked = (
        f'{{ briefRuns(brief: "{id_}") {RUN} recommendations(briefId: "{id_}", first: 5) {{ candidates {{ creator {{ id }} score }} }} }}'
    )
    answer = await none_kept.ask("brand", asked)
    (found,) = answer["briefRuns"]
    why = "reasonsFor { criterion points text } reasonsAgainst { criterion points text }"
    said = await none_kept.ask(
        "brand",
        f"""{{ briefRuns(brief: "{id_}") {{ candidates {{ {why} }} }}
      recommendations(briefId: "{id_}", first: 5) {{ candidates {{ {why} }} }} }}""",
    )
    assert said["briefRuns"][0]["candidates"] == said["recommendations"]["candidates"]
    assert any(each["reasonsFor"] for each in said["recommendations"]["candidates"])
    await none_kept.driver.execute_query("MATCH (r:BriefRun) REMOVE r.reasons")
    old = (await none_kept.ask("brand", f'{{ briefRuns(brief: "{id_}") {{ candidates {{ {why} }} }} }}'))["briefRuns"][0]
    assert old["candidates"] == [{"reasonsFor": None, "reasonsAgainst": None}] * 5
    assert (found["id"], found["considered"], found["eligible"]) == (done["runId"], 9, 8)
    assert [{"creator": each["creator"], "score": each["score"]} for each in found["candidates"]] == answer["recommendations"]["candidates"]
    assert [each["rank"] for each in found["candidates"]] == [1, 2, 3, 4, 5]
    unseen = await none_kept.result("stranger", asked)
    assert (unseen["data"]["briefRuns"], [each["path"] for each in unseen["errors"]]) == (None, [["recommendations"]])
    assert codes(await run(none_kept, "brand", id_, first=0)) == [("first", "OUT_OF_RANGE")]
    assert await none_kept.code("brand", f'{{ briefRuns(brief: "{id_}", first: 21) {{ id }} }}') == "BAD_USER_INPUT"


async def test_two_runs_are_compared_by_those_who_see_all_regions_that_they_looked_in(none_kept: Finding) -> None:
    id_ = (await create(none_kept, "wide", ""))["briefId"]
    before = (await run(none_kept, "wide", id_, first=6))["runId"]
    await update(none_kept, "wide", id_, "brief: {goal: CONTENT}")
    after = (await run(none_kept, "wide", id_, first=6))["runId"]
    asked = f"""{{ compareBriefRuns(before: "{before}", after: "{after}") {{ before {RUN} after {RUN} entered {{ creator {{ id }} }}
      left {{ creator {{ id }} }} moved {{ creator {{ id }} rankBefore rankAfter scoreBefore scoreAfter distinct }} }} }}"""
    told = (await none_kept.ask("wide", asked))["compareBriefRuns"]
    assert (told["before"]["id"], told["after"]["id"]) == (before, after)
    turned = asked.replace(f'before: "{before}", after: "{after}"', f'before: "{after}", after: "{before}"')
    assert (await none_kept.ask("wide", turned))["compareBriefRuns"] == told
    old, new = ({each["creator"]["id"] for each in told[side]["candidates"]} for side in ("before", "after"))
    assert {each["creator"]["id"] for each in told["entered"]} == new - old
    assert {each["creator"]["id"] for each in told["left"]} == old - new
    assert {each["creator"]["id"] for each in told["moved"]} <= old & new
    for who in ("brand", "stranger"):
        assert await none_kept.ask(who, asked) == {"compareBriefRuns": None}
    assert (await none_kept.ask("brand", f'{{ briefRuns(brief: "{id_}") {{ id }} }}'))["briefRuns"] == []
    other = (await create(none_kept, "wide", "", "Other"))["briefId"]
    foreign = (await run(none_kept, "wide", other))["runId"]
    assert (
        await none_kept.code("wide", f'{{ compareBriefRuns(before: "{before}", after: "{foreign}") {{ left {{ rank }} }} }}')
        == "BAD_USER_INPUT"
    )


async def test_the_oldest_runs_go_and_all_goes_with_the_brief(none_kept: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.recommendations.briefs.MOST_RUNS", 2)
    monkeypatch.setattr("graph.recommendations.briefs.MOST_BRIEFS", 1)
    id_ = (await create(none_kept, "brand", ""))["briefId"]
    for _ in range(3):
        await run(none_kept, "brand", id_)
    assert await kept(none_kept.driver) == {"Brief": 1, "BriefVersion": 1, "BriefRun": 2}
    assert codes(await create(none_kept, "brand", "")) == [("brief", "TOO_MANY")]
    await none_kept.ask("brand", f'mutation {{ deleteBrief(input: {{briefId: "{id_}"}}) {{ deletedBriefId }} }}')
    assert await kept(none_kept.driver) == {}


async def test_a_brief_or_its_id_is_asked_not_both(none_kept: Finding) -> None:
    assert await none_kept.code("brand", '{ recommendations(brief: {}, briefId: "x") { considered } }') == "BAD_USER_INPUT"
    assert await none_kept.code("brand", '{ recommendations(briefId: "Brief:x") { considered } }') == "BAD_USER_INPUT"


def found(*ranked: tuple[str, float]) -> list[RunCandidate]:
    return [
        RunCandidate(rank=rank, creator=Ref("Creator", each), score=score, low=score - 5, high=score + 5, **reasons_of(None))
        for rank, (each, score) in enumerate(ranked, start=1)
    ]


def test_who_moved_furthest_comes_first_and_who_stayed_does_not_come() -> None:
    told = changes(found(("a", 90), ("b", 80), ("c", 70), ("d", 60)), found(("c", 85), ("b", 80), ("a", 79), ("e", 60)))
    assert [(each.creator.own_id, each.rank_before, each.rank_after, each.distinct) for each in told.moved] == [
        ("c", 3, 1, True),
        ("a", 1, 3, True),
    ]
    assert [each.creator.own_id for each in told.entered] == ["e"]
    assert [each.creator.own_id for each in told.left] == ["d"]
    nothing = changes(found(), found())
    assert (nothing.entered, nothing.left, nothing.moved) == ([], [], [])
