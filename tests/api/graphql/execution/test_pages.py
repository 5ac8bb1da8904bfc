"""Pages: forwards, backwards, counted, and cursors that hold for their own list alone."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.api.graphql.execution.market import Market, Run

INFO: Final = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
ORDERS: Final = {
    "by id": ("", ["ana", "ben", "cat", "dan"]),
    "by id, the other way": ("sort: [{by: ID, direction: DESC}]", ["dan", "cat", "ben", "ana"]),
    "by handle": ("sort: [{by: HANDLE}]", ["ana", "ben", "cat", "dan"]),
    "by followers, the unknown left out": ("sort: [{by: FOLLOWERS}]", ["cat", "ana", "ben"]),
    "by followers, the fewest first": ("sort: [{by: FOLLOWERS, direction: ASC}]", ["ben", "ana", "cat"]),
    "by time of joining": ("sort: [{by: JOINED}]", ["ben", "ana"]),
    "those with a score, the best first": ("sort: [{by: OVERALL}]", None),
    "the worst first": ("sort: [{by: OVERALL, direction: ASC}]", None),
    "by several keys": ("sort: [{by: FOLLOWERS}, {by: OVERALL}, {by: HANDLE, direction: DESC}]", ["cat", "ana", "ben"]),
    "by a score and then others": ("sort: [{by: OVERALL}, {by: HANDLE}]", None),
    "by a score in a region and then others": ('filter: {regions: ["US"]}, sort: [{by: OVERALL, direction: ASC}, {by: ID}]', None),
    "by score in a category": ('sort: [{by: OVERALL, category: "Category:wear", window: D28}]', None),
}


async def walked(market: Market, arguments: str, *, size: int, backward: bool = False) -> list[str]:
    """Return the ids of all pages, put together in the order of the list."""
    how, where, more = ("last", "before", "hasPreviousPage") if backward else ("first", "after", "hasNextPage")
    query = f"query ($cursor: String) {{ creators({how}: {size}, {where}: $cursor, {arguments}) {{ nodes {{ id }} {INFO} }} }}"
    found: list[str] = []
    cursor = None
    while True:
        page = (await market.ask("admin", query, cursor=cursor))["creators"]
        ids = [each["id"].removeprefix("Creator:") for each in page["nodes"]]
        found = ids + found if backward else found + ids
        if not page["pageInfo"][more]:
            return found
        cursor = page["pageInfo"]["startCursor" if backward else "endCursor"]


@pytest.mark.parametrize(("arguments", "expected"), ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("size", [1, 2])
async def test_pages_put_together_are_the_list(market: Market, arguments: str, expected: list[str] | None, size: int) -> None:
    whole = await market.ask("admin", f"{{ creators(first: 100, {arguments}) {{ nodes {{ id }} totalCount }} }}")
    ids = [each["id"].removeprefix("Creator:") for each in whole["creators"]["nodes"]]
    assert expected in (None, ids)
    assert whole["creators"]["totalCount"] == len(ids)
    assert await walked(market, arguments, size=size) == ids
    assert await walked(market, arguments, size=size, backward=True) == ids


async def test_the_best_first_is_the_worst_first_turned_around(market: Market) -> None:
    found = await market.ask(
        "admin",
        "{ best: creators(sort: [{by: OVERALL}]) { nodes { id } }"
        " worst: creators(sort: [{by: OVERALL, direction: ASC}]) { nodes { id } } }",
    )
    assert found["best"]["nodes"] == found["worst"]["nodes"][::-1]
    assert found["best"]["nodes"][-1] == {"id": "Creator:dan"}


async def test_an_edge_cursor_continues_behind_its_row(market: Market) -> None:
    page = (await market.ask("admin", f"{{ creators(first: 3) {{ edges {{ cursor node {{ id }} }} {INFO} }} }}"))["creators"]
    assert page["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": page["edges"][0]["cursor"],
        "endCursor": page["edges"][2]["cursor"],
    }
    between = await market.ask(
        "admin",
        "query ($a: String, $b: String) { creators(after: $a, before: $b) { nodes { id } } }",
        a=page["edges"][0]["cursor"],
        b=page["edges"][2]["cursor"],
    )
    assert between["creators"]["nodes"] == [{"id": "Creator:ben"}]


async def test_nested_pages_have_cursors_of_their_own(market: Market) -> None:
    page = f"collaborations(first: 4, after: $after) {{ nodes {{ id }} totalCount {INFO} }}"
    query = f'query ($after: String) {{ creator(id: "ana") {{ {page} }} }}'
    first = (await market.ask("admin", query))["creator"]["collaborations"]
    second = (await market.ask("admin", query, after=first["pageInfo"]["endCursor"]))["creator"]["collaborations"]
    ids = [each["id"].removeprefix("Collaboration:") for each in first["nodes"] + second["nodes"]]
    assert ids == ["ka", "kb6", "kb5", "kb4", "kb3", "kb2", "kb1"]
    assert second["pageInfo"]["hasNextPage"] is False


RANKING: Final = "query ($after: String) { ranking(first: 1, after: $after) { nodes { id } pageInfo { endCursor } } }"


@pytest.mark.parametrize(
    "query",
    [
        "query ($after: String) { creators(after: $after) { nodes { id } } }",
        "query ($after: String) { ranking(by: DILIGENCE, after: $after) { nodes { id } } }",
        "query ($after: String) { ranking(window: D28, after: $after) { nodes { id } } }",
        'query ($after: String) { ranking(region: "US", after: $after) { nodes { id } } }',
    ],
)
async def test_a_cursor_of_another_order_is_refused(market: Market, query: str) -> None:
    cursor = (await market.ask("admin", RANKING))["ranking"]["pageInfo"]["endCursor"]
    error = await market.refusal("admin", query, after=cursor)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "start from the first page" in error["message"]


@pytest.mark.parametrize("cursor", ["", "0", "x" * 5000, "ÄÖ", "bm8gY3Vyc29y"])
async def test_what_is_no_cursor_is_refused(market: Market, cursor: str) -> None:
    error = await market.refusal("admin", RANKING, after=cursor)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_cursor_of_an_earlier_run_is_stale(market: Market) -> None:
    cursor = (await market.ask("admin", RANKING))["ranking"]["pageInfo"]["endCursor"]
    before = market.run.run
    market.run.run = Run(id="run2")
    try:
        error = await market.refusal("admin", RANKING, after=cursor)
    finally:
        market.run.run = before
    assert error["extensions"]["code"] == "STALE_CURSOR"
    assert "start again from the first page" in error["message"]


async def test_before_the_first_run_lists_by_score_are_empty(market: Market) -> None:
    before, market.run.run = market.run.run, None
    try:
        found = await market.ask(
            "admin", "{ ranking { totalCount } creators { totalCount nodes { overall { value } sales { exact } scores { value } } } }"
        )
    finally:
        market.run.run = before
    assert found["ranking"] == {"totalCount": 0}
    assert found["creators"]["totalCount"] == 4
    assert found["creators"]["nodes"][0] == {"overall": None, "sales": None, "scores": []}


@pytest.mark.parametrize(
    ("arguments", "rule"), [("first: -1", "first is -1"), ("first: 101", "at most 100"), ("first: 1, last: 1", "both first")]
)
async def test_page_sizes_are_bounded(market: Market, arguments: str, rule: str) -> None:
    from api.errors import ApiError

    with pytest.raises(ApiError, match=rule):
        await market.result("admin", f"{{ creators({arguments}) {{ nodes {{ id }} }} }}")


async def test_a_page_of_none_is_empty(market: Market) -> None:
    found = await market.ask("admin", f"{{ creators(first: 0) {{ nodes {{ id }} totalCount {INFO} }} }}")
    assert found["creators"] == {
        "nodes": [],
        "totalCount": 4,
        "pageInfo": {"hasNextPage": True, "hasPreviousPage": False, "startCursor": None, "endCursor": None},
    }


async def test_ranks_in_a_region_are_stored_and_in_the_world_are_places(market: Market) -> None:
    query = "query ($region: Region) { ranking(region: $region) { edges { rank node { id } score { rank value } } } }"
    us: list[dict[str, Any]] = (await market.ask("admin", query, region="US"))["ranking"]["edges"]
    world: list[dict[str, Any]] = (await market.ask("admin", query))["ranking"]["edges"]
    assert [each["rank"] for each in us] == [each["score"]["rank"] for each in us] == [1, 2]
    assert [each["rank"] for each in world] == [1, 2, 3]
    assert [each["score"]["value"] for each in world] == sorted((each["score"]["value"] for each in world), reverse=True)


async def test_top_creators_hang_on_categories_and_brands(market: Market) -> None:
    found = await market.ask(
        "admin",
        '{ category(id: "wear") { topCreators(first: 2) { totalCount edges { rank node { id } } } '
        'us: topCreators(region: "US") { nodes { id } } '
        'parent { id } children { nodes { id topCreators { totalCount } } } } brand(id: "bolt") { topCreators { nodes { id } } } }',
    )
    category = found["category"]
    assert category["topCreators"]["totalCount"] == 3
    assert [each["rank"] for each in category["topCreators"]["edges"]] == [1, 2]
    assert {each["id"] for each in category["us"]["nodes"]} == {"Creator:ana", "Creator:ben"}
    assert category["children"]["nodes"] == [
        {"id": "Category:hats", "topCreators": {"totalCount": 2}},
        {"id": "Category:shoes", "topCreators": {"totalCount": 2}},
    ]
    assert {each["id"] for each in found["brand"]["topCreators"]["nodes"]} == {"Creator:ana", "Creator:ben"}
