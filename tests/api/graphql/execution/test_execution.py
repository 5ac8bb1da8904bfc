"""Operations as GraphQL has them: aliases, fragments, conditions, variables; one query a root field."""

from __future__ import annotations

from typing import Any, Final

import pytest

from api.errors import MethodRefused
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.graphql.execution.roots import Reading
from tests.api.graphql.execution.market import VIEWERS, Market

DEEP: Final = """{
  creators(sort: [{by: OVERALL}]) {
    totalCount pageInfo { endCursor }
    edges { cursor node { id scores { value } sales { gmvUsd }
      collaborations { totalCount nodes { brand { name
        products { nodes { category { topCreators { nodes { id overall { value } } } } } } } } } } }
  }
}"""


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (DEEP, 1),
        ("{ a: ranking { nodes { id } } b: ranking { nodes { id } } viewer { name brands { name } } }", 3),
        ('{ nodes(ids: ["Creator:ana", "Brand:acme", "Product:shoe", "Nothing:1"]) { id __typename } }', 1),
        ("{ methodology { formulaVersion } __schema { queryType { name } } __typename }", 0),
    ],
)
async def test_each_root_field_is_one_query_whatever_is_selected(market: Market, queries: list[str], query: str, count: int) -> None:
    await market.ask("admin", query)
    assert len(queries) == count


async def test_answers_have_the_keys_of_the_request(market: Market) -> None:
    found = await market.ask(
        "admin",
        """query ($no: Boolean!, $yes: Boolean!) {
          one: creator(id: "ana") { ...Profile skipped: bio @skip(if: $yes) kept: handle @include(if: $yes) gone: handle @include(if: $no)
            ... on Node { __typename } ... on Brand { name } ... @include(if: $yes) { order: region match: region } }
        }
        fragment Profile on Creator { id nested: overall(window: D28) { v: value } ...More }
        fragment More on Creator { id overall { __typename indicator } nested: overall(window: D28) { r: reason } }""".replace(
            "... on Brand { name } ", ""
        ),
        no=False,
        yes=True,
    )
    one = found["one"]
    assert set(one) == {"id", "nested", "overall", "kept", "__typename", "order", "match"}
    assert one["overall"] == {"__typename": "Score", "indicator": "OVERALL"}
    assert set(one["nested"]) == {"v", "r"}
    assert (one["kept"], one["order"], one["__typename"]) == ("Ana", "US", "Creator")


async def test_keys_come_in_the_order_of_the_request(market: Market) -> None:
    query = """{ ranking(first: 1) { pageInfo { startCursor hasNextPage } totalCount edges {
      score { value evidence indicator low } cursor rank
      node { region id overall { rank explanation { base } value } handle sales { units exact gmvUsd } } } } }"""
    found = (await market.ask("admin", query))["ranking"]
    edge = found["edges"][0]
    assert list(found) == ["pageInfo", "totalCount", "edges"]
    assert list(found["pageInfo"]) == ["startCursor", "hasNextPage"]
    assert list(edge) == ["score", "cursor", "rank", "node"]
    assert list(edge["score"]) == ["value", "evidence", "indicator", "low"]
    assert list(edge["node"]) == ["region", "id", "overall", "handle", "sales"]
    assert list(edge["node"]["overall"]) == ["rank", "explanation", "value"]
    assert edge["node"]["overall"]["explanation"] == {"base": 50.0}
    assert list(edge["node"]["sales"]) == ["units", "exact", "gmvUsd"]


async def test_variables_of_one_shape_share_a_plan(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    pick = Reading._pick

    def counted(self: Reading, key: str, nodes: Any) -> Any:
        made.append(key)
        return pick(self, key, nodes)

    monkeypatch.setattr(Reading, "_pick", counted)
    query = "query ($f: CreatorFilter, $n: Int) { creators(filter: $f, first: $n) { nodes { id } } }"
    for name, size in (("ana", 1), ("ben", 2), ("cat", 3)):
        found = await market.ask("admin", query, f={"or": [{"handle": {"equals": name}}]}, n=size)
        assert found["creators"]["nodes"] == [{"id": f"Creator:{name}"}]
    assert made == ["creators"]
    await market.ask("admin", query, f={"or": [{"search": "a"}]}, n=1)
    assert made == ["creators", "creators"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('handle: {startsWith: "@A"}', ["ana"]),
        ('search: "banana"', ["ana"]),
        ('regions: ["us"]', ["ana", "ben", "dan"]),
        ('regions: ["US", "GB"], verified: true', ["ana"]),
        ("followers: {min: 900, max: 5000}", ["ana", "ben"]),
        ("not: {followers: {min: 5000}}", ["ben"]),
        ('languages: ["ES", "en"]', ["ana", "ben"]),
        ('joined: {from: "2024-01-01T00:00:00Z"}', ["ben"]),
        ("score: {indicator: OVERALL}", ["ana", "ben", "cat"]),
        ("not: {score: {indicator: OVERALL, min: 0}}", ["dan"]),
        ('score: {indicator: OVERALL, category: "shoes", window: D28}', ["ana", "cat"]),
        ('workedWith: "Brand:bolt"', ["ana", "ben"]),
        ('and: [{workedWith: "bolt"}, {workedWith: "acme"}]', ["ana"]),
        ('or: [{handle: {equals: "dan"}}, {workedWith: "acme"}]', ["ana", "cat", "dan"]),
        ('soldIn: "Category:wear"', ["ana", "ben"]),
        ('soldIn: "hats"', ["ben"]),
        ('promoted: "Product:hat"', ["ana", "ben"]),
        ('mentions: "ben"', ["ana"]),
        ('ids: ["Creator:ana", "ben"]', ["ana", "ben"]),
        ("and: [], or: []", ["ana", "ben", "cat", "dan"]),
    ],
)
async def test_filters(market: Market, text: str, expected: list[str]) -> None:
    found = await market.ask("admin", f"{{ creators(filter: {{{text}}}) {{ totalCount nodes {{ id }} }} }}")
    assert [each["id"].removeprefix("Creator:") for each in found["creators"]["nodes"]] == expected
    assert found["creators"]["totalCount"] == len(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('brands(filter: {search: "ACM"}) { nodes { id } }', ["Brand:acme"]),
        ('brands(filter: {category: "hats"}, sort: [{by: NAME, direction: DESC}]) { nodes { id } }', ["Brand:bolt"]),
        ('products(filter: {brand: "acme", priceUsd: {max: 11}}) { nodes { id } }', ["Product:shoe"]),
        ("products(sort: [{by: TITLE}]) { nodes { id } }", ["Product:hat", "Product:shoe"]),
        ('categories(filter: {parent: "wear"}) { nodes { id } }', ["Category:hats", "Category:shoes"]),
        ('collaborations(filter: {kinds: [SAMPLE, TARGETED], brand: "acme"}) { nodes { id } }', ["Collaboration:ka", "Collaboration:kc"]),
        ("collaborations(first: 1, sort: [{by: OFFERED}]) { nodes { id } }", ["Collaboration:kc"]),
        ("scoringRuns { nodes { id status asOf } }", ["ScoringRun:run1"]),
    ],
)
async def test_lists(market: Market, query: str, expected: list[str]) -> None:
    (found,) = (await market.ask("admin", f"{{ {query} }}")).values()
    assert [each["id"] for each in found["nodes"]] == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "BAD_USER_INPUT"),
        ("query ($n: Int!) { creators(first: $n) { totalCount } }", "BAD_USER_INPUT"),
        ('{ creator(handle: "ana") { id } }', "BAD_USER_INPUT"),
        ('{ creator(id: "Brand:acme") { id } }', "BAD_USER_INPUT"),
        ("{ creators(sort: [" + "{by: HANDLE}, " * 5 + "]) { totalCount } }", "BAD_USER_INPUT"),
    ],
)
async def test_what_is_wrong_has_a_code(market: Market, query: str, code: str) -> None:
    error = await market.refusal("admin", query)
    assert error["extensions"]["code"] == code


async def test_a_nullable_root_field_fails_alone(market: Market) -> None:
    result = await market.result("admin", '{ good: creator(id: "ana") { id } bad: creator { id } }')
    assert result["data"] == {"good": {"id": "Creator:ana"}, "bad": None}
    (error,) = result["errors"]
    assert error["path"] == ["bad"]
    assert error["locations"] == [{"line": 1, "column": 35}]


REFUSED: Final = """query ($to: String) {
  brand(id: "acme") {
    name
    ...Creators
    wrong: topCreators(category: "Shoes") { totalCount }
    products(first: 1) { nodes { id category { topCreators(region: "US", after: $to) { nodes { id } } name } } }
  }
  viewer { name }
}
fragment Creators on Brand { topCreators(category: "shoes", before: "x") { nodes { id } } }"""


async def test_a_field_that_is_refused_is_null_alone_and_its_error_names_its_path(market: Market) -> None:
    result = await market.result("brand", REFUSED, to="nowhere")
    assert result["data"] == {
        "brand": {
            "name": "Acme",
            "topCreators": None,
            "wrong": None,
            "products": {"nodes": [{"id": "Product:shoe", "category": {"topCreators": None, "name": "Shoes"}}]},
        },
        "viewer": {"name": "acme"},
    }
    assert [(each["path"], each["extensions"]["code"], each["locations"]) for each in result["errors"]] == [
        (["brand", "topCreators"], "BAD_USER_INPUT", [{"line": 10, "column": 30}]),
        (["brand", "wrong"], "BAD_USER_INPUT", [{"line": 5, "column": 5}]),
        (["brand", "products", "nodes", 0, "category", "topCreators"], "BAD_USER_INPUT", [{"line": 6, "column": 48}]),
    ]


async def test_a_computed_field_that_is_refused_is_null_alone(market: Market) -> None:
    query = "{ brands { nodes { name lookalikes { similarity } competitors { exact } } } viewer { creator { id } } }"
    result = await market.result("ana", query)
    assert result["data"] == {
        "brands": {"nodes": [{"name": name, "lookalikes": None, "competitors": None} for name in ("Acme", "Bolt")]},
        "viewer": {"creator": {"id": "Creator:ana"}},
    }
    assert [(each["path"], each["extensions"]["code"]) for each in result["errors"]] == [
        (["brands", "nodes", place, field], "FORBIDDEN") for place in (0, 1) for field in ("lookalikes", "competitors")
    ]


async def test_what_an_answer_leaves_out_for_its_viewer_is_noted(market: Market) -> None:
    query = '{ creator(id: "ana") { handle ...Work } } fragment Work on Creator { brands { totalCount } }'
    noted = (await market.result("partner", query))["extensions"]["notices"]
    assert [(each["code"], each["field"]) for each in noted] == [("OWN_BRANDS_ONLY", "Creator.brands")]
    assert "notices" not in (await market.result("analyst", query))["extensions"]
    assert "notices" not in (await market.result("partner", "{ viewer { name } }"))["extensions"]


async def test_a_rank_says_among_whom_it_counts(market: Market) -> None:
    query = """{ world: ranking(by: SALES_ABILITY, first: 1, category: "wear") { ...Row } gb: ranking(region: "GB") { ...Row } }
    fragment Row on RankingConnection { edges { rank scope { region window categoryId } score { rank scope { region } } node { region }}}"""
    found = await market.ask("admin", query)
    assert found["world"]["edges"] == [
        {
            "rank": 1,
            "scope": {"region": None, "window": "D90", "categoryId": "Category:wear"},
            "score": {"rank": 1, "scope": {"region": "US"}},
            "node": {"region": "US"},
        }
    ]
    assert found["gb"]["edges"][0]["scope"] == {"region": "GB", "window": "D90", "categoryId": None}


async def test_a_refused_list_within_nodes_is_null_alone(market: Market) -> None:
    query = """{ brand(id: "acme") { categories { nodes { products(after: "x") { nodes { id } } } } } viewer { name }
      creator(id: "ana") { handle content(first: 1) { totalCount } collaborations(filter: {brand: "bolt"}) { totalCount } } }"""
    result = await market.result("brand", query)
    assert [each["path"] for each in result["errors"]] == [["brand", "categories", "nodes", 0, "products"], ["creator", "collaborations"]]
    answered = {"handle": "Ana", "content": {"totalCount": 2}, "collaborations": None}
    assert result["data"] == {"brand": {"categories": {"nodes": [{"products": None}]}}, "viewer": {"name": "acme"}, "creator": answered}


async def test_ten_siblings_are_answered_whatever_one_of_them_asks(market: Market) -> None:
    query = """{
      a: creators(first: 1) { totalCount } b: ranking(category: "Shoes") { totalCount } c: brands(after: "x") { nodes { id } }
      d: compare(creators: ["ana"]) { missing } e: cypher(query: "RETURN 1") { rowCount } f: viewer { name }
      g: collaborations(filter: {brand: "bolt"}) { totalCount } h: briefs(brand: "bolt") { id }
      i: products(filter: {category: "Hats"}) { totalCount } j: node(id: "Creator:ana") { id }
    }"""
    result = await market.result("brand", query)
    assert {key: value is not None for key, value in result["data"].items()} == {key: key in "afj" for key in "abcdefghij"}
    assert sorted(each["path"][0] for each in result["errors"]) == list("bcdeghi")


async def test_a_mutation_is_not_sent_by_get(market: Market) -> None:
    request = GraphQLRequest("mutation { setSalesConsent(input: {consent: true}) { creator { salesConsent } } }", read_only=True)
    with pytest.raises(MethodRefused):
        await execute(request, VIEWERS["ana"], market)


async def test_the_methodology_is_the_declaration(market: Market) -> None:
    found = await market.ask("creator", "{ methodology { principles indicators { indicator name components { name weight facts } } } }")
    assert found["methodology"]["indicators"][0]["indicator"] == "OVERALL"
    assert all(each["components"] for each in found["methodology"]["indicators"])
