"""A brand's surroundings, ring by ring, and who sees how much of them."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.networks import Around, Asked, around
from graph.plans.visibility import Visibility
from tests.graph.networks.drawn import ALL, CLIENTS, DAY, EVERYWHERE, NOW, OWN, RUN, reading


async def seen(driver: AsyncDriver, visibility: Visibility = ALL, brand: str = "acme", **options: Any) -> Around:
    found = await around(reading(driver, visibility), Asked(brand, RUN, NOW, **options))
    assert found is not None
    return found


def ids(nodes: list[Any]) -> list[str]:
    return [each.id for each in nodes]


async def test_its_creators_the_heaviest_first_and_what_ties_them(drawn: AsyncDriver) -> None:
    found = await seen(drawn)
    assert ids(found.near) == ["ana", "cat", "ben"]
    assert (found.others, found.far, found.counts) == ([], [], [3, 0, 0])
    assert sorted(found.sales) == [0.0, 9.0, 999.0]
    assert sorted((tie.creator, tie.brand, tie.weight, tie.times) for tie in found.worked) == [
        ("ana", "acme", 6.0, 3),
        ("ben", "acme", 1.0, 1),
        ("cat", "acme", 3.0, 2),
    ]
    assert sorted((each.creator, each.named, each.times) for each in found.mentioned) == [("ana", "ben", 2), ("ana", "cat", 1)]
    assert sorted(map(tuple, found.promoted)) == [
        ("ana", "hat", 1, "Hat"),
        ("ana", "shoe", 1, "Shoe"),
        ("ben", "shoe", 1, "Shoe"),
        ("cat", "hat", 1, "Hat"),
    ]


async def test_their_other_brands_and_those_brands_creators(drawn: AsyncDriver) -> None:
    found = await seen(drawn, depth=3)
    assert (ids(found.others), ids(found.far)) == (["bolt", "x1", "x2", "x3", "x4", "x5"], ["dan"])
    assert {(tie.creator, tie.weight) for tie in found.worked if tie.brand == "bolt"} == {("ana", 3.0), ("ben", 2.0), ("dan", 4.0)}


async def test_each_ring_gets_its_share_and_what_is_left_out_is_counted(drawn: AsyncDriver) -> None:
    found = await seen(drawn, depth=3, first=4)
    assert (ids(found.near), ids(found.others), ids(found.far)) == (["ana", "cat"], ["bolt"], ["dan"])
    assert found.counts == [3, 6, 1]


async def test_a_brand_sees_creators_of_its_regions_and_own_ties_and_counts_of_others(drawn: AsyncDriver) -> None:
    found = await seen(drawn, OWN, depth=3, counts=True)
    assert (ids(found.near), found.others, found.far) == (["ana", "ben"], [], [])
    assert {tie.brand for tie in found.worked} == {"acme"}
    assert {row[1] for row in found.promoted} == {"shoe"}
    assert sorted(map(tuple, found.unseen)) == [("ana", 6), ("ben", 1)]
    assert found.hidden is None


async def test_a_partner_sees_ties_of_all_its_clients(drawn: AsyncDriver) -> None:
    found = await seen(drawn, CLIENTS, depth=3)
    assert (ids(found.near), ids(found.others), ids(found.far)) == (["ana", "cat", "ben"], ["bolt"], ["dan"])


async def test_a_brand_of_all_regions_sees_all_its_own_creators_and_nothing_else(drawn: AsyncDriver) -> None:
    found = await seen(drawn, EVERYWHERE, depth=3, counts=True)
    assert (ids(found.near), found.others) == (["ana", "cat", "ben"], [])
    assert (await seen(drawn, EVERYWHERE, brand="bolt", counts=True)).hidden == 3


async def test_of_a_foreign_brand_there_is_nothing_but_a_count(drawn: AsyncDriver) -> None:
    found = await seen(drawn, OWN, brand="bolt", depth=3, counts=True)
    assert (found.near, found.others, found.far, found.worked, found.sales) == ([], [], [], [], [])
    assert found.hidden == 3


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"min_weight": 3.0}, ["ana", "cat"]),
        ({"since": NOW - 90 * DAY}, ["ana", "ben"]),
        ({"regions": ["GB"]}, ["cat"]),
        ({"regions": []}, []),
        ({"categories": ["beauty"]}, ["ana", "ben"]),
        ({"categories": ["home", "lips"]}, ["ana", "cat", "ben"]),
        ({"categories": ["unseen"]}, []),
    ],
)
async def test_narrowed(drawn: AsyncDriver, narrowed: dict[str, Any], expected: list[str]) -> None:
    assert ids((await seen(drawn, **narrowed)).near) == expected


async def test_other_brands_are_narrowed_by_what_they_sell(drawn: AsyncDriver) -> None:
    assert ids((await seen(drawn, depth=2, categories=["home", "lips"])).others) == ["bolt"]


async def test_late_sales_are_net_and_go_back_twice_ninety_days(drawn: AsyncDriver) -> None:
    found = await seen(drawn, trends=True)
    assert sorted(map(tuple, found.sold)) == [("ana", "acme", 200.0, 100.0), ("ben", "acme", 0.0, 0.0)]


async def test_categories_are_those_of_the_current_run(drawn: AsyncDriver) -> None:
    found = await seen(drawn, shared=True)
    assert sorted(row[:2] for row in found.categories) == [
        ["ana", "beauty"],
        ["ana", "lips"],
        ["ben", "beauty"],
        ["ben", "lips"],
        ["cat", "home"],
    ]


async def test_a_brand_without_creators_lies_alone(drawn: AsyncDriver) -> None:
    found = await seen(drawn, brand="lone", depth=3, trends=True, shared=True)
    assert (found.brand.id, found.near, found.counts, found.worked) == ("lone", [], [0, 0, 0], [])


async def test_an_unseen_brand_has_no_surroundings(drawn: AsyncDriver) -> None:
    assert await around(reading(drawn, ALL), Asked("nobody", RUN, NOW)) is None


async def test_an_unseen_run_has_no_ties(drawn: AsyncDriver) -> None:
    found = await around(reading(drawn, ALL), Asked("acme", "r9", NOW, depth=3))
    assert found is not None
    assert found.near == []
