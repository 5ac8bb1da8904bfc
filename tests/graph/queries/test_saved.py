"""Queries kept by name and version."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from neo4j import AsyncDriver

from graph.queries import saved
from graph.queries.parameters import Parameter, ParameterType
from graph.queries.saved import BUILT_IN, BuiltIn, Draft, NotTheAuthor, SavedQuery, TooMany, delete, save, saved_queries, saved_query

DRAFT = Draft(
    "my-brands", "All BRANDS of a region.", "RETURN $region AS region", (Parameter("region", ParameterType.STRING, "The region."),)
)
CHANGED = replace(DRAFT, text="RETURN 1 AS one", parameters=(Parameter("day", ParameterType.DATE, "A day.", "2026-01-01"),))


async def keep(driver: AsyncDriver, draft: Draft, author: str = "k1", now: int = 100) -> SavedQuery:
    async with driver.session() as session:
        return await session.execute_write(save, draft, author=author, now=now)


async def remove(driver: AsyncDriver, name: str, by: list[str] | None = None) -> int | None:
    async with driver.session() as session:
        return await session.execute_write(delete, name, by=by)


async def test_each_change_is_a_new_version_and_the_old_stay(graph: AsyncDriver) -> None:
    first = await keep(graph, DRAFT)
    second = await keep(graph, CHANGED, "k2", 200)
    assert (first.version, second.version, second.author, second.created_at) == (1, 2, "k2", 200)
    assert await saved_query(graph, DRAFT.name) == second
    assert await saved_query(graph, DRAFT.name, version=1) == first
    assert await saved_query(graph, DRAFT.name, version=3) is None
    assert await saved_query(graph, "unseen") is None


async def test_the_same_again_changes_nothing(graph: AsyncDriver) -> None:
    first = await keep(graph, DRAFT)
    assert await keep(graph, DRAFT, "k2", 200) == first


async def test_two_at_once_become_two_versions(graph: AsyncDriver) -> None:
    drafts = [replace(DRAFT, text=f"RETURN {number} AS n") for number in range(6)]
    kept = await asyncio.gather(*(keep(graph, each) for each in drafts))
    assert sorted(each.version for each in kept) == [1, 2, 3, 4, 5, 6]


async def test_search_looks_at_the_newest_version_and_at_what_comes_with_the_product(graph: AsyncDriver) -> None:
    await keep(graph, replace(DRAFT, name="old-words", description="About zebras."))
    await keep(graph, replace(DRAFT, name="old-words", description="About horses."))
    await keep(graph, DRAFT)
    assert [each.name for each in await saved_queries(graph, search="zebra")] == []
    assert [(each.name, each.version) for each in await saved_queries(graph, search="HORSE")] == [("old-words", 2)]
    assert [each.name for each in await saved_queries(graph, search="brands")][:2] == [
        "brands-losing-creators",
        "bridges-between-communities",
    ]
    everything = await saved_queries(graph, first=100)
    assert [each.name for each in everything] == sorted([*BUILT_IN, "my-brands", "old-words"])
    assert len(await saved_queries(graph, first=3)) == 3


async def test_what_comes_with_the_product_stays(graph: AsyncDriver) -> None:
    name = "rising-creators"
    own = await saved_query(graph, name)
    assert own == BUILT_IN[name]
    assert (own.built_in, own.version, await saved_query(graph, name, version=2)) == (True, 1, None)
    with pytest.raises(BuiltIn, match="save your own under another name"):
        await keep(graph, replace(DRAFT, name=name))
    with pytest.raises(BuiltIn, match="cannot be deleted"):
        await remove(graph, name)


async def test_deleting_takes_every_version_of_ones_own(graph: AsyncDriver) -> None:
    await keep(graph, DRAFT)
    await keep(graph, CHANGED, "k2")
    with pytest.raises(NotTheAuthor, match="belongs to another key"):
        await remove(graph, DRAFT.name, by=["k2"])
    assert await remove(graph, DRAFT.name, by=["k1"]) == 2
    assert await remove(graph, DRAFT.name) is None
    assert (await keep(graph, CHANGED)).version == 1


async def test_there_is_an_end_to_names_and_versions(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "NAMES", 1)
    monkeypatch.setattr(saved, "VERSIONS", 1)
    await keep(graph, DRAFT)
    with pytest.raises(TooMany, match="has 1 versions"):
        await keep(graph, CHANGED)
    with pytest.raises(TooMany, match="1 queries are saved"):
        await keep(graph, replace(DRAFT, name="another"))
