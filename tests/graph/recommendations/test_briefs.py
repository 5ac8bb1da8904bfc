"""Briefs as they are kept: each deed in a transaction of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.recommendations import briefs
from graph.recommendations.briefs import Brief, Change, Changed, Draft, Run, Version
from tests.graph.recommendations.conftest import ALL, BRAND, CREATOR, Reader

DRAFT = Draft("x", "b1", "Spring", "{}")
RUN = Run("r1", "x", 1, "run", 5, 6, 10, 9, ["c2", "c1"], [60.0, 50.0], [50.0, 40.0], [70.0, 60.0], ["US"], ["{}", "[]"])


async def write(graph: AsyncDriver, permission: Callable[..., Awaitable[Any]], *given: Any, **options: Any) -> Any:
    async with graph.session() as session:
        return await session.execute_write(lambda tx: permission(tx, *given, **options))


@pytest.fixture
async def kept(graph: AsyncDriver) -> AsyncDriver:
    """Return the driver on a graph with one brief of b1, made at 1."""
    await graph.execute_query("CREATE (:Brand {id: 'b1'}), (:Brand {id: 'b2'}), (:Creator {id: 'c1'}), (:Creator {id: 'c2'})")
    assert await write(graph, briefs.created, DRAFT, now=1) is True
    return graph


async def test_a_brief_belongs_to_a_brand_that_is_there(kept: AsyncDriver, reader: Reader) -> None:
    assert await write(kept, briefs.created, Draft("y", "none such", "n", "{}"), now=2) is None
    await write(kept, briefs.created, Draft("y", "b2", "Other", "{}"), now=2)
    mine, other = Brief("x", "b1", "Spring", 1, 1, 1, "{}"), Brief("y", "b2", "Other", 1, 2, 2, "{}")
    assert await briefs.briefs(reader(ALL), first=10) == [other, mine]
    assert await briefs.briefs(reader(ALL), first=1) == [other]
    assert [await briefs.brief_ids(reader(each)) for each in (ALL, BRAND, CREATOR)] == [["y", "x"], ["x"], []]
    assert await briefs.brief_ids(reader(ALL), brand="b1") == ["x"]
    assert await briefs.briefs(reader(BRAND), first=10) == [mine]
    assert await briefs.briefs(reader(BRAND), id_="y", first=1) == []
    assert await briefs.briefs(reader(CREATOR), first=10) == []


async def test_of_two_who_change_it_from_one_version_at_once_one_is_stale(kept: AsyncDriver, reader: Reader) -> None:
    changes = [Change("x", name=name, expected=1) for name in ("one", "two")]
    done = await asyncio.gather(*(write(kept, briefs.updated, each, brands=["b1"], now=2) for each in changes))
    assert sorted(each.stale for each in done) == [False, True]
    assert [each.version for each in await briefs.versions(reader(ALL), "x", first=9)] == [2, 1]


async def test_a_change_keeps_what_it_does_not_name(kept: AsyncDriver, reader: Reader) -> None:
    assert await write(kept, briefs.updated, Change("x", wanted='{"a": 1}'), brands=None, now=2) == Changed(2, "Spring", stale=False)
    assert await write(kept, briefs.updated, Change("x"), brands=["b1"], now=3) == Changed(2, "Spring", stale=False)
    assert await write(kept, briefs.updated, Change("x", name="n"), brands=["b2"], now=3) is None
    assert await briefs.versions(reader(ALL), "x", first=9) == [Version(2, "Spring", 2, '{"a": 1}'), Version(1, "Spring", 1, "{}")]


async def test_a_run_reads_as_it_was_kept(kept: AsyncDriver, reader: Reader) -> None:
    assert await write(kept, briefs.kept, RUN, brands=["b1"]) == 1
    assert await write(kept, briefs.kept, RUN, brands=["b2"]) is None
    assert await briefs.runs(reader(BRAND), brief="x", first=9) == [RUN]
    assert await briefs.runs(reader(BRAND), ids=["r1", "none such"], first=9) == [RUN]
    assert await briefs.runs(reader(CREATOR), ids=["r1"], first=9) == []


async def test_a_run_is_kept_without_those_who_went_or_objected_meanwhile(kept: AsyncDriver, reader: Reader) -> None:
    four = {
        "creators": ["gone", "c2", "c3", "c1"],
        "scores": [4.0, 3.0, 2.0, 1.0],
        "lows": [3.0, 2.0, 1.0, 0.0],
        "highs": [5.0, 4.0, 3.0, 2.0],
    }
    await kept.execute_query("CREATE (:Creator {id: 'c3'}), (:Objection {id: 'c3', at: 5})")
    await write(kept, briefs.kept, replace(RUN, **four, reasons=["of gone", "of c2", "of c3", "of c1"]), brands=None)
    two = {"creators": ["c2", "c1"], "scores": [3.0, 1.0], "lows": [2.0, 0.0], "highs": [4.0, 2.0], "reasons": ["of c2", "of c1"]}
    assert await briefs.runs(reader(ALL), brief="x", first=9) == [replace(RUN, **two, considered=8, eligible=7)]


async def test_a_run_is_seen_within_the_regions_that_it_looked_in(kept: AsyncDriver, reader: Reader) -> None:
    wide, everywhere = replace(RUN, id="r2", regions=["GB", "US"]), replace(RUN, id="r3", regions=None, reasons=None)
    for each in (RUN, wide, everywhere):
        await write(kept, briefs.kept, each, brands=None)
    seen = {run.id for run in await briefs.runs(reader(BRAND), brief="x", first=9)}
    assert (seen, {run.id for run in await briefs.runs(reader(ALL), brief="x", first=9)}) == ({"r1"}, {"r1", "r2", "r3"})
    assert await briefs.runs(reader(ALL), ids=["r3"], first=9) == [everywhere]


async def test_a_brief_goes_with_all_that_belongs_to_it(kept: AsyncDriver) -> None:
    await write(kept, briefs.kept, RUN, brands=None)
    assert await write(kept, briefs.deleted, "x", brands=["b2"]) is None
    assert await write(kept, briefs.deleted, "x", brands=["b1"]) == "x"
    left = await kept.execute_query("MATCH (n:Brief|BriefVersion|BriefRun) RETURN count(n) AS left")
    assert left.records[0]["left"] == 0
