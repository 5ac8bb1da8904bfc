"""Saved views lose an erased creator, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest
from neo4j import AsyncDriver, AsyncManagedTransaction

from graph import views
from graph.rights.erasure import erase_creator
from graph.rights.gate import Tx
from graph.rights.views import REMOVED, names_one, parts_of, take_from_views, without
from tests.graph.load.market import by_name, known_as, loaded, row, shown
from tests.graph.rights.test_erasure import OTHER, market, traces

KNOWN = frozenset({"c1", "us:alice", "alice"})


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("/find", "/find"),
        ("/find?region=US&selected=Creator%3Ac1%2CCreator%3Ac12", "/find?region=US&selected=Creator%3Ac12"),
        ("/find?selected=Creator%3Ac1", "/find"),
        ("/find?selected=Creator:c1,c2", "/find?selected=c2"),
        ("/find?name=%40Alice&sort=HANDLE", "/find?sort=HANDLE"),
        ("/find?name=alice%20in%20chains", "/find?name=alice%20in%20chains"),
        ("/network?from=Brand%3Ab1&to=Creator%3AUS%3Aalice", "/network?from=Brand%3Ab1"),
        ("/find?ties=not%3Ab1&flag", "/find?ties=not%3Ab1&flag"),
    ],
)
def test_an_address_loses_the_values_that_name_somebody(address: str, left: str) -> None:
    assert without(address, KNOWN) == left


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *(("Alice", True), ("Rivals of @alice!", True), ("near Creator:c1", True)),
        *(("alice springs", False), ("c12", False), ("", False)),
    ],
)
def test_a_name_names_somebody_by_all_of_it_or_by_a_mark(name: str, found: bool) -> None:
    assert names_one(name, KNOWN) is found


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("US:Alice", {"alice"}),
        ("Zo\u00eb.b", {"zo"}),
        ("\u0416\u0443", {"\u0436\u0443", "%d0%96%d1%83", "%d0%b6%d1%83", "%d0%96%d0%a3"}),
    ],
)
def test_what_a_word_is_looked_for_by(word: str, parts: set[str]) -> None:
    assert parts_of(word) == parts


async def save(graph: AsyncDriver, id_: str, name: str, address: str) -> None:
    view = views.SavedView(id_, "k1", name, address[1:].partition("?")[0], address, False, None, 1, 1)
    async with graph.session() as session:
        await session.execute_write(views.create, view, most=9)


@pytest.mark.parametrize(("who", "creator"), [(known_as("id-alice", "Alice"), "id-alice"), (by_name("Alice"), "US:alice")])
async def test_nothing_of_an_erased_creator_is_left_in_views(graph: AsyncDriver, who: object, creator: str) -> None:
    await loaded(graph, [*OTHER, *market(who), row("creators", 9, id="c9", handle="carol", region="US")])
    encoded = f"Creator%3A{creator.replace(':', '%3A')}"
    await save(graph, "v1", "Rivals of @alice", f"/compare?creators=Creator%3Abob%2C{encoded}")
    await save(graph, "v2", "By name", "/find?name=Alice&region=US")
    await save(graph, "v3", "bob's", "/find?name=bob")
    assert await erase_creator(graph, creator, now=5_000, database="neo4j") is not None
    assert await shown(graph, "MATCH (v:SavedView) RETURN v.name, v.address ORDER BY v.id") == [
        (REMOVED, "/compare?creators=Creator%3Abob"),
        ("By name", "/find?region=US"),
        ("bob's", "/find?name=bob"),
    ]
    assert await traces(graph) == []


async def test_a_change_at_the_same_time_does_not_bring_a_creator_back(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    await loaded(graph, [*OTHER, *market(known_as("id-alice", "Alice"))])
    await save(graph, "v1", "Rivals", "/compare?creators=Creator%3Abob%2CCreator%3Aid-alice")
    read, looking, free = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def looks(tx: Tx, words: Collection[str]) -> None:
        looking.set()
        await take_from_views(tx, words)

    monkeypatch.setattr("graph.rights.erasure.take_from_views", looks)

    async def change(tx: AsyncManagedTransaction) -> None:
        assert await views.update(tx, "v1", views.Change(name="Rivals in US"), key="k1", now=2)
        read.set()
        await free.wait()

    async with graph.session() as session:
        changing = asyncio.create_task(session.execute_write(change))
        await read.wait()
        erasing = asyncio.create_task(erase_creator(graph, "id-alice", now=5_000, database="neo4j"))
        await looking.wait()
        await asyncio.wait({erasing}, timeout=1)
        free.set()
        await asyncio.gather(changing, erasing)
    assert await shown(graph, "MATCH (v:SavedView) RETURN v.name, v.address") == [("Rivals in US", "/compare?creators=Creator%3Abob")]
