"""The table of who may see what, row by row, for every role; and that nothing hidden can be inferred."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.api.reads.market import Market

SEES_ALL: Final = ("admin", "analyst")
BOUNDED: Final = ("partner", "brand")


def by_role(*, all_: Any, bounded: Any, creator: Any) -> list[Any]:
    """Return one case a role: those who see all, those bounded to the US and to acme, and the creator ben."""
    cases = {**dict.fromkeys(SEES_ALL, all_), **dict.fromkeys(BOUNDED, bounded), "creator": creator}
    return [pytest.param(role, expected, id=role) for role, expected in cases.items()]


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
        *((role, {"count": 6}, None) for role in BOUNDED),
        ("creator", "hidden", None),
    ],
)
async def test_others_collaborations_are_counts_of_five_or_more(market: Market, who: str, ana: Any, ben: Any) -> None:
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
        "othersCollaborations": {"count": 9},
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
    assert result["data"] == {"creator": None}  # `scores` may not be null
    assert [each["path"][1] for each in result["errors"]] == ["scores", "overall", "sales", "probabilityAbove"]


async def test_a_category_holds_what_is_below_it(market: Market) -> None:
    query = """{ category(id: "wear") { products { totalCount } } products(filter: {category: "wear"}) { totalCount }
      brands(filter: {category: "wear"}) { totalCount } }"""
    assert await market.ask("admin", query) == {
        "category": {"products": {"totalCount": 2}},
        "products": {"totalCount": 2},
        "brands": {"totalCount": 2},
    }


SALES: Final = """query ($id: ID!) { creator(id: $id) { sales { exact gmvUsd grossGmvUsd refundedGmvUsd orders units
  gmvRange { low high } ordersRange { low high } } } }"""

ANA: Final = {"exact": True, "gmvUsd": 90.0, "grossGmvUsd": 100.0, "refundedGmvUsd": 10.0, "orders": 1, "units": 9}
BEN: Final = {"exact": True, "gmvUsd": 1264.0, "grossGmvUsd": 1274.0, "refundedGmvUsd": 10.0, "orders": 5, "units": 4}
HIDDEN: Final = dict.fromkeys(BEN) | {"exact": False}
RANGES: Final = {
    "ana": {"gmvRange": {"low": 0, "high": 100}, "ordersRange": {"low": 0, "high": 10}},
    "ben": {"gmvRange": {"low": 1000, "high": 10000}, "ordersRange": {"low": 0, "high": 10}},
}


@pytest.mark.parametrize(("who", "expected"), by_role(all_=(ANA, BEN), bounded=(ANA, HIDDEN), creator=(None, BEN)))
async def test_exact_sales_need_consent_for_those_who_see_ranges(market: Market, who: str, expected: tuple[Any, Any]) -> None:
    for own_id, sums in zip(("ana", "ben"), expected, strict=True):
        creator = (await market.ask(who, SALES, id=own_id))["creator"]
        assert creator == (None if sums is None else {"sales": sums | RANGES[own_id]})


FILTERED: Final = "{ creators(filter: {sales: {minUsd: 1000}}) { nodes { id } } }"


@pytest.mark.parametrize("who", BOUNDED)
async def test_nothing_is_filtered_by_exact_sales_where_ranges_are_shown(market: Market, who: str) -> None:
    error = await market.refusal(who, FILTERED)
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert "SALES_ABILITY" in error["message"]


@pytest.mark.parametrize("who", [*SEES_ALL, "creator"])
async def test_exact_sales_filter_for_those_who_see_them(market: Market, who: str) -> None:
    assert (await market.ask(who, FILTERED))["creators"]["nodes"] == [{"id": "Creator:ben"}]


REPORTS: Final = """query ($id: ID!) { creator(id: $id) { reports { nodes { gmv { exact { amount usd } range { low high } }
  unitsSold unitsSoldRange { low high } commissionRate brandCollaborationCount } } } }"""


@pytest.mark.parametrize(("who", "exact"), by_role(all_=True, bounded=False, creator=True))
async def test_reports_tell_exact_amounts_as_sales_do(market: Market, who: str, exact: bool) -> None:
    newest, oldest = (await market.ask(who, REPORTS, id="ben"))["creator"]["reports"]["nodes"]
    assert newest["gmv"] == {"exact": None, "range": {"low": 0, "high": 50}}
    assert oldest == {
        "gmv": {"exact": {"amount": 1500.0, "usd": 1500.0} if exact else None, "range": {"low": 1000, "high": 10000}},
        "unitsSold": 33 if exact else None,
        "unitsSoldRange": {"low": 10, "high": 100},
        "commissionRate": 0.2 if exact else None,
        "brandCollaborationCount": 7,
    }


@pytest.mark.parametrize(("who", "count"), [("admin", 2), ("analyst", 2), ("partner", None), ("brand", None), ("ana", 2)])
async def test_reported_brands_are_a_group_or_nothing(market: Market, who: str, count: int | None) -> None:
    (report,) = (await market.ask(who, REPORTS, id="ana"))["creator"]["reports"]["nodes"]
    assert report["brandCollaborationCount"] == count


COMPONENTS: Final = "query ($id: ID!) { creator(id: $id) { salesAbility { explanation { components { name raw shrunk contribution } } } } }"


@pytest.mark.parametrize(("who", "shown"), by_role(all_=True, bounded=False, creator=True))
async def test_components_that_tell_exact_sales_are_hidden_with_them(market: Market, who: str, shown: bool) -> None:
    sensitive = {each["name"] for each in await _sensitive(market)}
    explanation = (await market.ask(who, COMPONENTS, id="ben"))["creator"]["salesAbility"]["explanation"]
    told = {each["name"]: each["raw"] is not None or each["shrunk"] is not None for each in explanation["components"]}
    assert sensitive & set(told)
    assert all(told[name] == shown for name in sensitive & set(told))


async def _sensitive(market: Market) -> list[dict[str, Any]]:
    found = await market.ask("admin", "{ methodology { indicators { indicator components { name sensitive } } } }")
    (ability,) = (each for each in found["methodology"]["indicators"] if each["indicator"] == "SALES_ABILITY")
    return [each for each in ability["components"] if each["sensitive"]]


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
