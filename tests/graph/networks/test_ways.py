"""Ways between two nodes of the drawn network."""

from __future__ import annotations

import pytest
from neo4j import AsyncDriver

from graph.networks import Between, Step, ways
from graph.plans.visibility import Visibility
from tests.graph.networks.drawn import ALL, CLIENTS, EVERYWHERE, OWN, RUN, reading

EVERYTHING = frozenset({"COLLABORATIONS", "PRODUCTS", "MENTIONS"})


async def between(
    driver: AsyncDriver,
    source: str,
    target: str,
    visibility: Visibility = ALL,
    *,
    depth: int = 4,
    via: frozenset[str] = EVERYTHING,
    enough: int = 1,
) -> list[str] | None:
    """Return the ways as words, sorted; ends as `Kind:id`."""
    ends = [(kind, own) for kind, _, own in (end.partition(":") for end in (source, target))]
    found = await ways(reading(driver, visibility), Between(ends[0], ends[1], RUN, depth, via), enough=enough)
    return None if found is None else sorted(" ".join(_word(step) for step in way.steps) for way in found.walks)


def _word(step: Step) -> str:
    return f"{step.source.id}-{step.kind.lower()}{'' if step.times is None else step.times}-{step.target.id}"


async def test_the_direct_way_is_the_shortest(drawn: AsyncDriver) -> None:
    assert await between(drawn, "Brand:acme", "Creator:ana") == ["acme-collaborated3-ana"]


async def test_more_ways_share_nothing_with_the_shorter_ones(drawn: AsyncDriver) -> None:
    found = await between(drawn, "Brand:acme", "Creator:ana", enough=9)
    assert found == [
        "acme-collaborated1-ben ben-collaborated1-bolt bolt-collaborated1-ana",
        "acme-collaborated1-ben ben-mentions2-ana",
        "acme-collaborated2-cat cat-mentions1-ana",
        "acme-collaborated3-ana",
        "acme-sells-shoe shoe-promotes1-ana",
    ]


async def test_over_other_brands(drawn: AsyncDriver) -> None:
    found = await between(drawn, "Brand:acme", "Creator:dan", via=frozenset({"COLLABORATIONS"}))
    assert found == [
        "acme-collaborated1-ben ben-collaborated1-bolt bolt-collaborated4-dan",
        "acme-collaborated3-ana ana-collaborated1-bolt bolt-collaborated4-dan",
    ]


async def test_mentions_are_counted_and_a_post_takes_two_relationships(drawn: AsyncDriver) -> None:
    named = frozenset({"MENTIONS"})
    assert await between(drawn, "Creator:ana", "Creator:ben", via=named, depth=2) == ["ana-mentions2-ben"]
    assert await between(drawn, "Creator:ana", "Creator:ben", via=named, depth=1) == []
    assert await between(drawn, "Creator:ben", "Creator:cat", via=named, depth=2) == ["ben-shown_together-cat"]


async def test_from_product_to_category(drawn: AsyncDriver) -> None:
    assert await between(drawn, "Product:shoe", "Category:beauty") == ["shoe-in_category-lips lips-part_of-beauty"]


async def test_ties_of_earlier_runs_are_none(drawn: AsyncDriver) -> None:
    assert await between(drawn, "Brand:acme", "Creator:eve", depth=6) == []


async def test_a_brand_walks_over_its_own_ties_and_what_is_public(drawn: AsyncDriver) -> None:
    assert await between(drawn, "Brand:acme", "Creator:ana", OWN) == ["acme-collaborated3-ana"]
    assert await between(drawn, "Brand:acme", "Creator:dan", OWN, depth=6) == []
    assert await between(drawn, "Brand:bolt", "Creator:dan", OWN, depth=6) == []
    assert await between(drawn, "Brand:acme", "Product:hat", OWN, depth=6) == []
    assert await between(drawn, "Product:hat", "Brand:bolt", OWN) == ["hat-sells-bolt"]


async def test_a_brand_of_all_regions_walks_over_its_own_ties(drawn: AsyncDriver) -> None:
    assert await between(drawn, "Brand:acme", "Creator:cat", EVERYWHERE) == ["acme-collaborated2-cat"]
    assert await between(drawn, "Brand:acme", "Creator:dan", EVERYWHERE, depth=6) == []


async def test_a_partner_walks_over_its_clients_ties(drawn: AsyncDriver) -> None:
    found = await between(drawn, "Brand:acme", "Creator:dan", CLIENTS, via=frozenset({"COLLABORATIONS"}))
    assert found is not None
    assert len(found) == 2


async def test_what_may_not_be_seen_neither_shortens_nor_hides_a_way(drawn: AsyncDriver) -> None:
    """ana names cat, who is out of sight; so nobody reaches anything by cat's hat."""
    assert await between(drawn, "Creator:ana", "Creator:cat", OWN) is None
    assert await between(drawn, "Creator:ana", "Creator:ben", OWN, via=frozenset({"PRODUCTS"})) == ["ana-promotes1-shoe shoe-promotes1-ben"]


@pytest.mark.parametrize("unseen", ["Creator:nobody", "Brand:nobody", "Product:nobody", "Category:nobody"])
async def test_an_unseen_end_is_as_if_it_were_not_there(drawn: AsyncDriver, unseen: str) -> None:
    assert await between(drawn, "Brand:acme", unseen) is None
    assert await between(drawn, unseen, "Brand:acme") is None


async def test_a_brand_without_ties_leads_nowhere(drawn: AsyncDriver) -> None:
    assert await between(drawn, "Brand:lone", "Creator:ana", depth=6) == []
