from __future__ import annotations

import asyncio
from time import perf_counter
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.queries import Bounds, Cleared, Faulty, TooLarge, TooLong, TooMuchMemory, Unchecked, answering, checked, lingers, plain

SMALL = Bounds(1000, 1_000_000, 10)
LONG = "MATCH (a), (b), (c), (d) WHERE a.id < b.id + c.id + d.id RETURN count(*) AS n"
SHARES = 3.0
"""Seconds beyond its limit within which a query has ended, on a machine that has other things to do."""


async def cleared(driver: AsyncDriver, text: str, **parameters: Any) -> Cleared:
    return await checked(driver, Unchecked(text, parameters, "neo4j", 10))


async def rows(driver: AsyncDriver, text: str, bounds: Bounds = SMALL, **parameters: Any) -> list[list[Any]]:
    return await read(driver, await cleared(driver, text, **parameters), bounds, "rows")


async def read(driver: AsyncDriver, found: Cleared, bounds: Bounds, tag: str) -> list[list[Any]]:
    async with answering(driver, found, bounds, tag=tag) as answer:
        return [[plain(value, answer.ids) for value in row] async for batch in answer.batches() for row in batch]


async def test_nodes_relationships_and_paths_carry_our_ids_and_none_of_the_engine(drawn: AsyncDriver) -> None:
    ((node,),) = await rows(drawn, "MATCH (b:Brand {id: 'b1'}) RETURN b")
    assert node == {"id": "Brand:b1", "labels": ["Brand"], "properties": {"id": "b1", "name": "Brand 1", "region": "US"}}
    ((sells,),) = await rows(drawn, "MATCH (:Brand {id: 'b1'})-[r:SELLS]->() RETURN r")
    assert sells == {"type": "SELLS", "from": "Brand:b1", "to": "Product:p1", "properties": {}}
    ((path,),) = await rows(drawn, "MATCH p = (:Sale {id: 's1-1'})-[:OF]->()<-[:SELLS]-() RETURN p")
    assert [each["id"] for each in path["nodes"]] == ["Sale:s1-1", "Product:p1", "Brand:b1"]
    assert [(each["from"], each["to"]) for each in path["relationships"]] == [("Sale:s1-1", "Product:p1"), ("Brand:b1", "Product:p1")]


async def test_the_ends_of_many_relationships_are_known_across_batches(drawn: AsyncDriver) -> None:
    found = await cleared(drawn, "MATCH ()-[r:FEATURES]->() RETURN r, [r] AS rs, {r: r} AS m")
    async with answering(drawn, found, SMALL, tag="ends") as answer:
        seen = [plain(row[0], answer.ids) async for batch in answer.batches(10) for row in batch]
    assert len(seen) == answer.row_count > 10
    assert all(each["from"].startswith("Content:") and each["to"].startswith("Product:") for each in seen)


async def test_columns_are_typed_by_their_rows(drawn: AsyncDriver) -> None:
    text = """
    UNWIND [1, 2.5, null] AS x
    MATCH p = (n:Brand {id: 'b1'})-[r:SELLS]->()
    RETURN x, n, r, p, date('2026-01-01') AS d, datetime() AS z, localtime() AS t, [1, 2] AS l, [1, 'a'] AS m, null AS nothing, true AS b
    """
    async with answering(drawn, await cleared(drawn, text), SMALL, tag="types") as answer:
        assert [len(batch) async for batch in answer.batches(2)] == [2, 1]
    told = {each.name: (each.type, each.nullable) for each in answer.columns}
    assert told == {
        "x": ("FLOAT", True),
        "n": ("NODE", False),
        "r": ("RELATIONSHIP", False),
        "p": ("PATH", False),
        "d": ("DATE", False),
        "z": ("ZONED DATETIME", False),
        "t": ("LOCAL TIME", False),
        "l": ("LIST<INTEGER>", False),
        "m": ("LIST<ANY>", False),
        "nothing": ("ANY", True),
        "b": ("BOOLEAN", False),
    }


@pytest.mark.parametrize(("limit", "count", "cut"), [(5, 5, "ROWS"), (10, 10, None), (11, 10, None)])
async def test_rows_are_cut_off_only_where_there_are_more(drawn: AsyncDriver, limit: int, count: int, cut: str | None) -> None:
    found = await cleared(drawn, "UNWIND range(1, 10) AS i RETURN i")
    async with answering(drawn, found, Bounds(limit, 1_000_000, 5), tag="cut") as answer:
        assert [row[0] async for batch in answer.batches() for row in batch] == list(range(1, count + 1))
    assert (answer.truncated_by, answer.row_count) == (cut, count)


async def test_an_answer_is_cut_off_by_its_size_between_rows(drawn: AsyncDriver) -> None:
    found = await cleared(drawn, "UNWIND range(1, 5000) AS i RETURN [j IN range(1, 1000) | i + j] AS js")
    async with answering(drawn, found, Bounds(100_000, 1_000_000, 10), tag="bytes") as answer:
        count = sum([len(batch) async for batch in answer.batches()])
    assert answer.truncated_by == "BYTES"
    assert 0 < count < 1000
    assert await rows(drawn, "RETURN 1 AS one") == [[1]]


async def test_a_single_row_beyond_all_bounds_is_told_and_not_read_to_its_end(drawn: AsyncDriver) -> None:
    with pytest.raises(TooLarge, match="the first row alone is larger than 100,000 bytes; return parts of it"):
        await rows(drawn, "UNWIND range(1, 500000) AS i RETURN collect(i) AS all_of_them", Bounds(10, 100_000, 10))


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "MATCH p = (:Creator {id: 'c01'})-[*]-(:Creator {id: 'c12'}) RETURN count(p) AS n",
        "UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = -1 RETURN i",
        "MATCH (a:Creator) MATCH p = (a)-[*..12]-() RETURN max(length(p)) AS n",
        "MATCH (c:Creator) RETURN [(c)-[*..9]-(x) | x.id] AS ids",
    ],
)
async def test_what_runs_long_ends_at_its_limit_while_others_are_served(drawn: AsyncDriver, text: str) -> None:
    began = perf_counter()
    running = asyncio.create_task(rows(drawn, text, Bounds(10, 1_000_000, 1)))
    await asyncio.sleep(0.3)
    assert await rows(drawn, "MATCH (c:Creator) RETURN count(c) AS n") == [[12]]
    assert not running.done()
    with pytest.raises(TooLong, match=r"exceeded"):
        await running
    assert perf_counter() - began < 1 + SHARES
    assert not await lingers(drawn, "rows", database="neo4j")


@pytest.mark.fault
async def test_what_eats_memory_is_ended_by_its_limit_while_others_are_served(drawn: AsyncDriver) -> None:
    text = "UNWIND range(1, 100000000) AS i RETURN size(collect('text number ' + i)) AS n"
    with pytest.raises((TooMuchMemory, TooLong)) as failed:
        await rows(drawn, text, Bounds(10, 1_000_000, 60))
    assert failed.type is TooMuchMemory
    assert await rows(drawn, "RETURN 1 AS one") == [[1]]


async def test_cancelling_ends_the_query_in_the_database(drawn: AsyncDriver) -> None:
    found = await cleared(drawn, LONG)

    running = asyncio.create_task(read(drawn, found, Bounds(10, 1_000_000, 60), "cancelled"))
    while not await lingers(drawn, "cancelled", database="neo4j"):
        await asyncio.sleep(0.05)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    began = perf_counter()
    while await lingers(drawn, "cancelled", database="neo4j"):
        assert perf_counter() - began < SHARES
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("text", "parameters", "said"),
    [
        ("RETURN nothing AS n", {}, r"Variable `nothing` not defined \(line 1, column 8 \(offset: 7\)\)"),
        ("MATCH (c:Creator)\nRETURN d.id AS id", {}, r"Variable `d` not defined \(line 2, column 8 \(offset: 25\)\)"),
        ("RETURN 1 / $x AS n", {"x": 0}, "a whole number is divided by zero"),
        ("RETURN 9223372036854775807 + $x AS n", {"x": 1}, "a whole number beyond 64 bits; calculate with fractions"),
        ("RETURN $x AS n", {}, r"Expected parameter\(s\): x"),
        ("RETURN $x AS n", {"x": 2**64}, "a whole number beyond 64 bits"),
        (
            "CALL db.index.fulltext.queryNodes('none', 'x') YIELD node RETURN node",
            {},
            r"queryNodes: there is no such index: none; .*queryNodes\('words'",
        ),
        ("CALL db.index.fulltext.queryNodes('words', '(') YIELD node RETURN node", {}, "queryNodes: the search text cannot be read"),
        ("CALL db.index.fulltext.queryNodes('words', null) YIELD node RETURN node", {}, "queryNodes: an argument is null"),
        ("CALL db.index.fulltext.queryRelationships('words', 'a') YIELD score RETURN score", {}, "the index 'words' is one of nodes"),
        ("CALL db.index.fulltext.queryNodes('words', 'a', {limit: -1}) YIELD node RETURN node", {}, "queryNodes: Limit argument"),
        ("MATCH (c:Creator) RETURN date(c.id) AS d", {}, "Text cannot be parsed to a Date"),
        ("this is no Cypher", {}, "Invalid input 'this'"),
    ],
)
async def test_a_mistake_is_told_in_the_words_and_places_of_its_author(
    drawn: AsyncDriver, text: str, parameters: dict[str, Any], said: str
) -> None:
    with pytest.raises(Faulty, match=said) as mistake:
        await rows(drawn, text, **parameters)
    assert "Exception" not in str(mistake.value)


async def test_nothing_is_written_even_if_the_guard_slept(drawn: AsyncDriver) -> None:
    asleep = Cleared("CREATE (n:Thing) RETURN n", {}, "neo4j", (await cleared(drawn, "RETURN 1 AS n")).plan)
    with pytest.raises(Faulty, match=r"(?i)read access mode"):
        await read(drawn, asleep, SMALL, "asleep")
    assert await rows(drawn, "MATCH (n:Thing) RETURN count(n) AS n") == [[0]]
