"""The table of who may see what, row by row, for every role; and that nothing hidden can be inferred."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.api.graphql.execution.market import Market
from tests.api.graphql.execution.roles import BOUNDED, SEES_ALL, by_role


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        *by_role(all_=["ana", "ben", "cat", "dan"], bounded=["ana", "ben", "dan"], creator=["ben"]),
        pytest.param("two regions", ["ana", "ben", "cat", "dan"], id="two regions"),
        pytest.param("everywhere", ["ana", "ben", "cat", "dan"], id="everywhere"),
    ],
)
async def test_creators_are_listed_counted_and_found_alike(market: Market, who: str, seen: list[str]) -> None:
    found = await market.ask(who, "{ creators { totalCount nodes { id } } }")
    assert found["creators"] == {"totalCount": len(seen), "nodes": [{"id": f"Creator:{each}"} for each in seen]}
    for own_id in ("ana", "ben", "cat", "dan", "nobody"):
        one = await market.ask(
            who,
            "query ($id: ID!, $own: ID!) { creator(id: $own) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }",
            id=f"Creator:{own_id}",
            own=own_id,
        )
        node = {"id": f"Creator:{own_id}"} if own_id in seen else None
        assert one == {"creator": node, "node": node, "nodes": [node]}


async def test_a_hidden_creator_answers_like_none_at_all(market: Market) -> None:
    query = "{ creator(%s) { id handle scores { value } } creators(filter: {%s}) { totalCount edges { cursor } pageInfo { hasNextPage } } }"
    hidden = await market.result("brand", query % ('handle: "cat", region: "GB"', 'handle: {equals: "cat"}'))
    absent = await market.result("brand", query % ('handle: "nobody", region: "GB"', 'handle: {equals: "nobody"}'))
    assert hidden == absent | {"extensions": hidden["extensions"]}


@pytest.mark.parametrize(("who", "ranked"), by_role(all_=["ana", "ben", "cat"], bounded=["ana", "ben"], creator=["ben"]))
async def test_rankings_hold_those_whom_one_may_see(market: Market, who: str, ranked: list[str]) -> None:
    found = await market.ask(who, "{ ranking { totalCount edges { node { id } } } }")
    assert found["ranking"]["totalCount"] == len(ranked)
    assert sorted(each["node"]["id"] for each in found["ranking"]["edges"]) == [f"Creator:{each}" for each in ranked]


@pytest.mark.parametrize("who", BOUNDED)
@pytest.mark.parametrize(
    "query",
    [
        'ranking(region: "%s") { totalCount }',
        'creators(filter: {regions: ["US", "%s"]}) { totalCount }',
        'creators(filter: {not: {regions: ["%s"]}}, sort: {by: OVERALL}) { totalCount }',
    ],
)
async def test_other_regions_cannot_be_asked_for(market: Market, who: str, query: str) -> None:
    errors = [await market.refusal(who, f"{{ {query % region} }}") for region in ("GB", "ZZ")]
    assert [each["extensions"]["code"] for each in errors] == ["FORBIDDEN", "FORBIDDEN"]
    assert errors[0]["message"].replace("GB", "ZZ") == errors[1]["message"]
    assert "this key is not granted GB; use US" in errors[0]["message"]


@pytest.mark.parametrize("who", SEES_ALL)
async def test_a_region_without_creators_is_an_error(market: Market, who: str) -> None:
    query = '{ ranking(region: "%s") { totalCount } creators(filter: {regions: ["GB", "%s"]}) { totalCount } }'
    assert await market.ask(who, query % ("GB", "US")) == {"ranking": {"totalCount": 1}, "creators": {"totalCount": 4}}
    result = await market.result(who, query % ("ZZ", "ZZ"))
    assert [each["path"] for each in result["errors"]] == [["ranking"], ["creators"]]
    assert "no creator sells in" in result["errors"][0]["message"]


async def test_of_several_regions_one_must_be_named(market: Market) -> None:
    error = await market.refusal("two regions", "{ ranking { nodes { id } } }")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["path"] == ["ranking"]
    assert "give region" in error["message"]
    found = await market.ask("two regions", '{ ranking(region: "GB") { nodes { id } } }')
    assert found["ranking"]["nodes"] == [{"id": "Creator:cat"}]


EXPLAINED: Final = "query ($id: ID!) { creator(id: $id) { overall { value explanation { base components { name contribution } } } } }"


@pytest.mark.parametrize(("who", "seen"), by_role(all_=["ana", "ben", "cat"], bounded=["ana", "ben"], creator=["ben"]))
async def test_explanations_add_up_exactly_for_those_who_may_see_them(market: Market, who: str, seen: list[str]) -> None:
    for own_id in ("ana", "ben", "cat"):
        creator = (await market.ask(who, EXPLAINED, id=own_id))["creator"]
        if own_id not in seen:
            assert creator is None
            continue
        overall = creator["overall"]
        explanation = overall["explanation"]
        assert explanation["base"] + sum(each["contribution"] for each in explanation["components"]) == overall["value"]


TERMS: Final = """{ collaborations { totalCount nodes { id commissionRate fee { amount currency } rating ratedAt contentCount
  sales { exact gmvUsd grossGmvUsd orders units } brand { id } creator { id } } } }"""

KA: Final = {
    "id": "Collaboration:ka",
    "commissionRate": 0.1,
    "fee": {"amount": 50.0, "currency": "USD"},
    "rating": 5.0,
    "ratedAt": "2025-10-03T14:00:00Z",
    "contentCount": 1,
    "sales": {"exact": True, "gmvUsd": 90.0, "grossGmvUsd": 100.0, "orders": 1, "units": 9},
    "brand": {"id": "Brand:acme"},
    "creator": {"id": "Creator:ana"},
}


@pytest.mark.parametrize(
    ("who", "seen"),
    by_role(all_=["ka", *(f"kb{n}" for n in range(1, 10)), "kc"], bounded=["ka", "kc"], creator=["kb7", "kb8", "kb9"]),
)
async def test_collaborations_and_their_terms_are_their_parties(market: Market, who: str, seen: list[str]) -> None:
    found = (await market.ask(who, TERMS))["collaborations"]
    assert found["totalCount"] == len(seen)
    by_id = {each["id"].removeprefix("Collaboration:"): each for each in found["nodes"]}
    assert sorted(by_id) == sorted(seen)
    if "ka" in seen:
        assert by_id["ka"] == KA
    if "kb7" in seen:
        assert by_id["kb7"]["commissionRate"] == 0.3


async def test_a_collaboration_shows_no_creator_of_another_region(market: Market) -> None:
    found = await market.ask(
        "brand", '{ node(id: "Collaboration:kc") { ... on Collaboration { brand { id } creator { id } content { totalCount } } } }'
    )
    assert found["node"] == {"brand": {"id": "Brand:acme"}, "creator": None, "content": {"totalCount": 0}}


@pytest.mark.parametrize(
    ("who", "ana", "ben"),
    [
        *((role, None, None) for role in SEES_ALL),
        *((role, {"count": 5}, None) for role in BOUNDED),
        ("creator", "hidden", None),
    ],
)
async def test_others_collaborations_are_counts_in_fives(market: Market, who: str, ana: Any, ben: Any) -> None:
    query = "query ($id: ID!) { creator(id: $id) { othersCollaborations { count } collaborations { totalCount nodes { id } } } }"
    one, other = (await market.ask(who, query, id="ana"))["creator"], (await market.ask(who, query, id="ben"))["creator"]
    assert (one["othersCollaborations"] if one else "hidden") == ana
    assert other["othersCollaborations"] == ben


@pytest.mark.parametrize("who", BOUNDED)
async def test_no_way_leads_to_another_brands_creators(market: Market, who: str) -> None:
    found = await market.ask(
        who,
        """{
          bolt: brand(id: "bolt") { creators { totalCount nodes { id } } topCreators { totalCount nodes { id } }
                                    collaborations { totalCount nodes { id } } othersCollaborations { count }
                                    products { nodes { id content { totalCount }
                                                       creators { totalCount } collaborations { totalCount }
                                                       sales { gmvRange { low } } } } }
          ana: creator(id: "ana") { brands { nodes { id } } products { nodes { id } }
                                content { nodes { id products { nodes { id } } collaborations { totalCount } } } }
          ben: creator(id: "ben") { brands { totalCount } products { totalCount } collaborations { totalCount } }
          own: brand(id: "acme") { creators { nodes { id } } topCreators { nodes { id } } }
        }""",
    )
    assert found["bolt"] == {
        "creators": None,
        "topCreators": None,
        "collaborations": None,
        "othersCollaborations": {"count": 5},
        "products": {
            "nodes": [
                {
                    "id": "Product:hat",
                    "content": None,
                    "creators": None,
                    "collaborations": None,
                    "sales": None,
                }
            ]
        },
    }
    assert found["ana"]["brands"]["nodes"] == [{"id": "Brand:acme"}]
    assert found["ana"]["products"]["nodes"] == [{"id": "Product:shoe"}]
    assert {each["id"]: each["products"]["nodes"] for each in found["ana"]["content"]["nodes"]} == {
        "Content:v1": [{"id": "Product:shoe"}],
        "Content:v2": [],
    }
    assert found["ben"] == {"brands": {"totalCount": 0}, "products": {"totalCount": 0}, "collaborations": {"totalCount": 0}}
    assert found["own"]["creators"]["nodes"] == found["own"]["topCreators"]["nodes"] == [{"id": "Creator:ana"}]


WORKED: Final = "query ($brand: ID!) { creators(filter: {workedWith: $brand}) { totalCount nodes { id } } }"


@pytest.mark.parametrize("who", BOUNDED)
async def test_who_works_with_another_brand_cannot_be_asked(market: Market, who: str) -> None:
    own = await market.ask(who, WORKED, brand="Brand:acme")
    assert own["creators"] == {"totalCount": 1, "nodes": [{"id": "Creator:ana"}]}
    foreign = await market.refusal(who, WORKED, brand="Brand:bolt")
    absent = await market.refusal(who, WORKED, brand="Brand:none")
    assert foreign["extensions"]["code"] == "FORBIDDEN"
    assert foreign["message"].replace("bolt", "none") == absent["message"]
    assert "viewer { brands }" in foreign["message"]


@pytest.mark.parametrize(("who", "expected"), [("admin", ["ana", "ben"]), ("analyst", ["ana", "ben"]), ("creator", ["ben"])])
async def test_those_who_see_ties_may_ask_for_any_brand(market: Market, who: str, expected: list[str]) -> None:
    found = await market.ask(who, WORKED, brand="Brand:bolt")
    assert [each["id"] for each in found["creators"]["nodes"]] == [f"Creator:{each}" for each in expected]


@pytest.mark.parametrize("who", BOUNDED)
@pytest.mark.parametrize("text", ['{promoted: "hat"}', '{and: [{promoted: "hat"}]}', '{promoted: "none"}'])
async def test_who_promotes_another_brands_product_cannot_be_asked(market: Market, who: str, text: str) -> None:
    for filter_ in (text, f"{{not: {text}}}"):
        error = await market.refusal(who, f"{{ creators(filter: {filter_}) {{ totalCount }} }}")
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert "there is no product of this key's brands with the id" in error["message"]


UNKNOWN: Final = (
    'ranking(category: "Shoes")',
    'creators(sort: {by: OVERALL, category: "Shoes"})',
    'creators(sort: [{by: HANDLE}, {by: OVERALL, category: "Shoes"}])',
    'creators(filter: {score: {indicator: OVERALL, category: "Shoes"}})',
    'creators(filter: {soldIn: "Shoes"})',
    'creators(filter: {or: [{mentions: "Ana"}]})',
    'products(filter: {category: "Shoes"})',
    'products(filter: {brand: "Acme"})',
    'brands(filter: {category: "Shoes"})',
    'categories(filter: {parent: "Wear"})',
    'collaborations(filter: {creator: "Ana"})',
    'collaborations(filter: {product: "Shoe"})',
    'appeals(filter: {creator: "Ana"})',
)


@pytest.mark.parametrize("who", ["admin", "partner"])
@pytest.mark.parametrize("asked", UNKNOWN)
async def test_a_name_in_place_of_an_id_is_an_error_that_says_how_to_find_the_id(market: Market, who: str, asked: str) -> None:
    error = await market.refusal(who, f"{{ {asked} {{ totalCount }} }}")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "there is no" in error["message"]
    assert "(filter: {search: …})` finds it" in error["message"]


async def test_unknown_ids_of_nested_fields_are_errors_of_theirs(market: Market) -> None:
    query = """{ creator(id: "ana") { handle scores(category: "Shoes") { value } overall(category: "Shoes") { value }
      sales(category: "Shoes") { units } probabilityAbove(creator: "Ben") } }"""
    result = await market.result("admin", query)
    nulls = ("scores", "overall", "sales", "probabilityAbove")
    assert result["data"] == {"creator": {"handle": "Ana", **dict.fromkeys(nulls)}}
    assert [each["path"][1] for each in result["errors"]] == ["scores", "overall", "sales", "probabilityAbove"]


async def test_a_category_holds_what_is_below_it(market: Market) -> None:
    query = """{ category(id: "wear") { products { totalCount } } products(filter: {category: "wear"}) { totalCount }
      brands(filter: {category: "wear"}) { totalCount } }"""
    assert await market.ask("admin", query) == {
        "category": {"products": {"totalCount": 2}},
        "products": {"totalCount": 2},
        "brands": {"totalCount": 2},
    }


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("admin", {"role": "ADMIN", "regions": [], "brands": [], "creator": None}),
        ("partner", {"role": "PARTNER", "regions": ["US"], "brands": [{"id": "Brand:acme"}], "creator": None}),
        ("brand", {"role": "BRAND", "regions": ["US"], "brands": [{"id": "Brand:acme"}], "creator": None}),
        ("creator", {"role": "CREATOR", "regions": [], "brands": [], "creator": {"id": "Creator:ben"}}),
    ],
)
async def test_viewers_know_what_they_are(market: Market, who: str, expected: dict[str, Any]) -> None:
    assert (await market.ask(who, "{ viewer { role regions brands { id } creator { id } } }"))["viewer"] == expected
