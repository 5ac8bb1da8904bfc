"""`search` over the API: types, pages, highlights, counts, who sees what, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.load import load
from tests.api.features.finding_market import Finding
from tests.api.processes import process
from tests.conftest import TestServer
from tests.graph.load.market import row

FOUND: Final = """query ($text: String!, $kinds: [SearchKind!], $filter: SearchFilter, $first: Int, $after: String) {
  search(query: $text, kinds: $kinds, filter: $filter, first: $first, after: $after) {
    edges { cursor score kind node { __typename id ... on Creator { handle } ... on Product { title } }
            highlights { field pieces { text matched } } }
    nodes { id }
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    facets { kinds { kind count } regions { region count } categories { category { name } count } } } }"""
IDS: Final = "query ($text: String!, $filter: SearchFilter) { search(query: $text, filter: $filter, first: 100) { nodes { id } } }"
MARKET: Final = [
    row("categories", id="beauty", name="Beauty", parent_id="0"),
    row("categories", id="lips", name="Lipstick", parent_id="beauty"),
    row("brands", id="b1", name="Glow Labs", region="US"),
    row("products", id="p1", title="Glow serum", brand_id="b1", category_id="lips", region="US", units_sold=5),
    row("creators", id="c01", handle="glow.one", nickname="แชมพู", bio="Glow every day", region="US", main_category_ids=["beauty"]),
    *(row("creators", id=f"c{n}", handle=f"glow.us{n}", region="US") for n in range(2, 9)),
    *(row("creators", id=f"v{n}", handle=f"glow.vn{n}", region="VN") for n in range(3)),
]


@pytest.fixture(scope="module")
async def drawn(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Finding]:
    """Return a process on a market in which nearly everything glows."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
        await load(driver, MARKET)
        state = process(driver, tmp_path_factory.mktemp("home"), cost_budget=10**9)
        yield Finding(driver, state)
        state.store.close()


async def found(drawn: Finding, who: str, query: str, **variables: Any) -> Any:
    return (await drawn.ask(who, FOUND, text=query, **variables))["search"]


async def ids(drawn: Finding, who: str, query: str, **variables: Any) -> list[str]:
    return [each["id"] for each in (await drawn.ask(who, IDS, text=query, **variables))["search"]["nodes"]]


async def test_an_answer_has_typed_nodes_scores_and_where_they_match(drawn: Finding) -> None:
    answer = await found(drawn, "analyst", "shampoo")
    (edge,) = answer["edges"]
    assert edge["node"] == {"__typename": "Creator", "id": "Creator:c01", "handle": "glow.one"}
    assert (edge["kind"], edge["score"] > 0.7) == ("CREATOR", True)
    assert edge["highlights"] == [{"field": "nickname", "pieces": [{"text": "แชมพู", "matched": True}]}]
    assert answer["nodes"] == [{"id": "Creator:c01"}]
    product = (await found(drawn, "analyst", "glow serum", kinds=["PRODUCT"]))["edges"][0]
    assert (product["node"]["title"], product["score"]) == ("Glow serum", 1.0)


async def test_pages_follow_one_another_without_gap_or_repetition(drawn: Finding) -> None:
    whole = await ids(drawn, "analyst", "glow")
    pages: list[str] = []
    after = None
    while True:
        answer = await found(drawn, "analyst", "glow", first=4, after=after)
        pages += [each["id"] for each in answer["nodes"]]
        assert answer["pageInfo"]["hasPreviousPage"] is (after is not None)
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = answer["pageInfo"]["endCursor"]
    assert pages == whole
    assert answer["totalCount"] == len(whole)
    assert len(set(whole)) == len(whole) == 13
    assert await drawn.code("analyst", FOUND, text="glow two", after=after) == "BAD_USER_INPUT"


async def test_counts_are_of_all_pages_and_of_what_is_seen(drawn: Finding) -> None:
    facets = (await found(drawn, "analyst", "glow", first=1))["facets"]
    assert facets["kinds"] == [{"kind": "CREATOR", "count": 11}, {"kind": "BRAND", "count": 1}, {"kind": "PRODUCT", "count": 1}]
    assert facets["regions"] == [{"region": "US", "count": 10}, {"region": "VN", "count": 3}]
    assert facets["categories"] == [{"category": {"name": "Beauty"}, "count": 2}]
    seen = (await found(drawn, "brand", "glow", first=1))["facets"]
    assert seen["regions"] == [{"region": "US", "count": 10}]


async def test_each_role_finds_what_it_may_see(drawn: Finding) -> None:
    assert {"Creator:v1", "Creator:c2"} <= set(await ids(drawn, "admin", "glow"))
    for who in ("brand", "partner"):
        assert [each for each in await ids(drawn, who, "glow") if each.startswith("Creator:v")] == []
        assert "Creator:c2" in await ids(drawn, who, "glow")
    assert await ids(drawn, "creator", "glow") == ["Creator:c01", "Brand:b1", "Product:p1"]


async def test_narrowed_to_what_is_asked_for(drawn: Finding) -> None:
    assert set(await ids(drawn, "analyst", "glow", filter={"regions": ["VN"]})) == {"Creator:v0", "Creator:v1", "Creator:v2"}
    assert await ids(drawn, "analyst", "glow", filter={"category": "Category:beauty"}) == ["Creator:c01", "Brand:b1", "Product:p1"]
    assert await drawn.code("brand", IDS, text="glow", filter={"regions": ["VN"]}) == "FORBIDDEN"
    assert await drawn.code("analyst", IDS, text="glow", filter={"category": "Category:none"}) == "BAD_USER_INPUT"


@pytest.mark.parametrize("query", ["", "  ", "?!…", "👄", "\u202e\u200f", "x" * 201, "x" * 10_000])
async def test_what_cannot_be_sought_is_refused(drawn: Finding, query: str) -> None:
    assert await drawn.code("analyst", IDS, text=query) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "query",
    ["glow) OR (*:*", "_searchTerms:RVN", "RVN", '"glow', "glow~2 AND -x", "gl\x00ow", "gl\ud800ow", "\u202eglow", "/gl.*/", "gl\\"],
)
async def test_nothing_of_a_query_is_syntax(drawn: Finding, query: str) -> None:
    assert [each for each in await ids(drawn, "brand", query) if each.startswith("Creator:v")] == []


@settings(max_examples=60)
@given(query=st.text(max_size=250))
async def test_every_text_is_answered_or_refused(drawn: Finding, query: str) -> None:
    result = await drawn.result("brand", FOUND, text=query)
    assert [each["extensions"]["code"] for each in result.get("errors", ())] in ([], ["BAD_USER_INPUT"])
