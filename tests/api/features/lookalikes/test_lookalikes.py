"""Lookalikes on a market of a dozen: whom they name, with which reasons, and what they tell to whom."""

from __future__ import annotations

from typing import Any

import pytest

from api.features.lookalikes.index import Indexes
from tests.api.features.finding_market import Finding

OF_CREATOR = """
query ($id: ID!, $first: Int! = 20, $region: Region, $category: ID, $exclude: [ID!], $brands: [ID!], $min: Int, $max: Int) {
  creator(id: $id) {
    lookalikes(first: $first, region: $region, category: $category, exclude: $exclude, excludeBrands: $brands, minFollowers: $min,
               maxFollowers: $max) {
      creator { id region followerCount }
      similarity
      reasons { kind text count examples { nodeId name } }
    }
  }
}
"""
OF_BRAND = """
query ($id: ID!, $all: Boolean! = true, $first: Int! = 20) {
  brand(id: $id) {
    lookalikes(first: $first, includePartners: $all) { creator { id } similarity reasons { kind text count examples { nodeId name } } }
  }
}
"""
SIMILAR = "query ($id: ID!) { brand(id: $id) { similarBrands(first: 3) { brand { id } similarity } } }"


async def likes(finding: Finding, who: str = "admin", **variables: Any) -> list[dict[str, Any]]:
    return (await finding.ask(who, OF_CREATOR, **{"id": "c01", **variables}))["creator"]["lookalikes"]


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [each["creator"]["id"].removeprefix("Creator:") for each in found]


async def test_the_most_alike_come_first_and_never_the_creator(finding: Finding) -> None:
    found = await likes(finding)
    values = [each["similarity"] for each in found]
    assert values == sorted(values, reverse=True)
    assert all(0 <= each <= 1 and round(each, 2) == each for each in values)
    assert "c01" not in ids(found)
    assert ids(await likes(finding, first=3)) == ids(found)[:3]
    assert await likes(finding, first=0) == []


async def test_only_creators_whom_the_viewer_may_see(finding: Finding) -> None:
    everyone = ids(await likes(finding))
    assert {"c03", "c06"} <= set(everyone)
    seen = await likes(finding, "brand")
    assert set(ids(seen)) == {each for each in everyone if int(each[1:]) % 3} | {"c13"}  # alike by profile alone


async def test_likeness_goes_out_region_by_region_and_the_same_to_all(finding: Finding) -> None:
    seen = await likes(finding, "brand")
    assert {each["creator"]["region"] for each in seen} == {"US"}
    assert [(each["creator"]["id"], each["similarity"]) for each in await likes(finding, "wide")] == [
        (each["creator"]["id"], each["similarity"]) for each in seen
    ]
    of_brand = (await finding.ask("wide", OF_BRAND, id="b0"))["brand"]["lookalikes"]
    assert {int(each["creator"]["id"][-2:]) % 3 == 0 for each in of_brand} == {True, False}
    values = [each["similarity"] for each in of_brand]
    assert values == sorted(values, reverse=True)
    assert (await finding.ask("wide", OF_BRAND, id="b0", first=3))["brand"]["lookalikes"] == of_brand[:3]


async def test_who_is_filtered_away_leaves_the_order_of_the_others(finding: Finding) -> None:
    everyone = ids(await likes(finding))
    assert ids(await likes(finding, region="GB")) == [each for each in everyone if int(each[1:]) % 3 == 0]
    assert ids(await likes(finding, exclude=["Creator:c07", "c04", "nobody"])) == [each for each in everyone if each not in ("c07", "c04")]
    bounded = await likes(finding, min=8_000, max=32_000)
    assert ids(bounded) == [each for each in everyone if 4 <= int(each[1:]) <= 8]
    assert all(8_000 <= each["creator"]["followerCount"] <= 32_000 for each in bounded)
    assert [await finding.code("admin", OF_CREATOR, id="c01", **{name: "FR"}) for name in ("region", "category")] == ["BAD_USER_INPUT"] * 2


async def test_a_category_keeps_who_is_active_in_it(finding: Finding) -> None:
    query = "{ creators(first: 50) { nodes { id categories(first: 50) { nodes { id } } } } }"
    nodes = (await finding.ask("admin", query))["creators"]["nodes"]
    active = {each["id"].removeprefix("Creator:") for each in nodes if {"id": "Category:11"} in each["categories"]["nodes"]}
    everyone = ids(await likes(finding))
    for category in ("11", "Category:11"):
        assert ids(await likes(finding, category=category)) == [each for each in everyone if each in active]


async def test_who_works_with_a_brand_can_be_left_out_by_those_who_may_know(finding: Finding) -> None:
    everyone = ids(await likes(finding))
    partners = {
        each["id"].removeprefix("Creator:")
        for each in (await finding.ask("admin", '{ brand(id: "b0") { creators(first: 50) { nodes { id } } } }'))["brand"]["creators"][
            "nodes"
        ]
    }
    assert ids(await likes(finding, brands=["b0"])) == [each for each in everyone if each not in partners]
    own = ids(await likes(finding, "wide"))
    assert partners & set(own)
    assert ids(await likes(finding, "wide", brands=["Brand:b0"])) == [each for each in own if each not in partners]
    assert await finding.code("wide", OF_CREATOR, id="c01", brands=["b0", "b1"]) == "FORBIDDEN"


async def test_reasons_name_what_is_shared_to_those_who_see_it(finding: Finding) -> None:
    shared = {each["kind"]: each for each in (await likes(finding, first=1))[0]["reasons"]}
    assert shared["SHARED_BRANDS"]["count"] >= len(shared["SHARED_BRANDS"]["examples"]) > 0
    assert {each["nodeId"][:6] for each in shared["SHARED_BRANDS"]["examples"]} == {"Brand:"}
    assert shared["SHARED_BRANDS"]["text"] == f"{shared['SHARED_BRANDS']['count']} brands in common"
    assert shared["SHARED_CATEGORIES"]["examples"][0] == {"nodeId": "Category:1", "name": "Beauty"}


async def test_ties_of_others_are_not_counted(finding: Finding) -> None:
    for found in await likes(finding, "stranger"):
        for reason in found["reasons"]:
            if reason["kind"] in ("SHARED_BRANDS", "SHARED_PRODUCTS"):
                own = [each for each in reason["examples"] if each["nodeId"] in ("Brand:b5", "Product:p5")]
                assert (reason["examples"], reason["count"]) == (own, len(own))


async def test_a_brands_lookalikes_leave_its_creators_out_unless_asked_for(finding: Finding) -> None:
    query = '{ brand(id: "b0") { creators(first: 50) { nodes { id } } } }'
    partners = {each["id"] for each in (await finding.ask("admin", query))["brand"]["creators"]["nodes"]}
    found = (await finding.ask("admin", OF_BRAND, id="b0", all=False))["brand"]["lookalikes"]
    assert not partners & {each["creator"]["id"] for each in found}
    both = (await finding.ask("admin", OF_BRAND, id="b0"))["brand"]["lookalikes"]
    assert partners & {each["creator"]["id"] for each in both}


async def test_a_brands_lookalikes_say_whom_of_its_own_they_resemble(finding: Finding) -> None:
    found = (await finding.ask("brand", OF_BRAND, id="b0", first=1))["brand"]["lookalikes"][0]
    reasons = {each["kind"]: each for each in found["reasons"]}
    assert 0 < len(reasons["PARTNERS"]["examples"]) <= 3
    assert found["creator"]["id"] not in {each["nodeId"] for each in reasons["PARTNERS"]["examples"]}
    assert all(int(each["nodeId"].removeprefix("Creator:c")) % 3 for each in reasons["PARTNERS"]["examples"])


async def test_categories_that_few_brands_sell_in_are_no_reason_to_those_who_do_not_see_all(finding: Finding) -> None:
    async def kinds(who: str) -> set[str]:
        found = (await finding.ask(who, OF_BRAND, id="b0"))["brand"]["lookalikes"]
        return {reason["kind"] for each in found for reason in each["reasons"]}

    assert "SHARED_CATEGORIES" in await kinds("admin")
    assert "SHARED_CATEGORIES" not in await kinds("brand")


@pytest.mark.parametrize(("who", "brand"), [("brand", "b1"), ("stranger", "b0"), ("wide", "b5")])
async def test_lookalikes_of_a_brand_whose_ties_one_may_not_see_are_refused(finding: Finding, who: str, brand: str) -> None:
    assert await finding.code(who, OF_BRAND, id=brand) == "FORBIDDEN"


async def test_creators_keys_do_not_look_for_others(finding: Finding) -> None:
    assert await finding.code("creator", OF_CREATOR, id="c01") == "FORBIDDEN"


async def test_similar_brands_are_for_those_who_see_all_ties(finding: Finding) -> None:
    found = (await finding.ask("analyst", SIMILAR, id="b0"))["brand"]["similarBrands"]
    assert len(found) <= 3
    assert "Brand:b0" not in {each["brand"]["id"] for each in found}
    assert await finding.code("partner", SIMILAR, id="b0") == "FORBIDDEN"


async def test_who_is_tied_to_nothing_is_like_nobody_and_nobody_like_them(finding: Finding) -> None:
    assert await likes(finding, id="c13") is None
    assert "c13" not in ids(await likes(finding))


async def test_the_id_of_something_else_is_refused(finding: Finding) -> None:
    assert await finding.code("admin", OF_CREATOR, id="c01", exclude=["Brand:b0"]) == "BAD_USER_INPUT"
    assert await finding.code("admin", OF_CREATOR, id="c01", exclude=[f"c{n}" for n in range(1_001)]) == "BAD_USER_INPUT"


async def test_before_vectors_there_is_nothing_to_say(finding: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(*_: object) -> None:
        return None

    monkeypatch.setattr(Indexes, "of", none)
    assert await likes(finding) is None
    assert (await finding.ask("admin", OF_BRAND, id="b0"))["brand"]["lookalikes"] is None
    assert (await finding.ask("admin", SIMILAR, id="b0"))["brand"]["similarBrands"] is None


async def test_reasons_are_read_where_they_are_asked_for_alone(finding: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr("api.features.lookalikes.similarity.common", fail)
    assert (await finding.ask("admin", '{ creator(id: "c01") { lookalikes(first: 2) { similarity } } }'))["creator"]["lookalikes"]
