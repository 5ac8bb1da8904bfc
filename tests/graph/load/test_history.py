from __future__ import annotations

from pathlib import Path

import pytest
from neo4j import AsyncDriver

from graph.load import load
from graph.load.folders import items_of
from graph.load.history import finished_imports


async def test_imports_that_changed_something_are_told_newest_first(graph: AsyncDriver, tmp_path: Path) -> None:
    tables = tmp_path / "creators.csv"
    numbers: list[int | None] = []
    for text in ("id,handle,region\nc1,ana,US\n", "id,handle,region\nc1,ana,US\n", "id,handle,region\nc2,ben,nowhere\nc3,cleo,GB\n"):
        tables.write_text(text)
        numbers.append((await load(graph, items_of([tables]))).event)
    tables.write_text("id,handle,region\nc4,dan,US\n")
    assert (await load(graph, items_of([tables]), dry_run=True)).event is None
    found = await finished_imports(graph, most=9)
    assert [each.number for each in found] == [numbers[2], numbers[0]]
    assert numbers[1] is None, "nothing changed"
    assert found[0].event.payload == {"created": 1, "changed": 0, "rejected": 1}
    assert [each.number for each in await finished_imports(graph, most=1)] == [numbers[2]]


async def test_what_an_import_changed_that_came_to_no_end_is_told_by_the_next(
    graph: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> int:
        raise ConnectionError

    tables = tmp_path / "creators.csv"
    tables.write_text("id,handle,region\nc1,ana,US\nc2,ben,nowhere\n")
    with monkeypatch.context() as broken:
        broken.setattr("graph.load.running.record", lost)
        with pytest.raises(ConnectionError):
            await load(graph, items_of([tables]))
    assert (await load(graph, items_of([tables]), dry_run=True)).event is None
    assert await finished_imports(graph, most=9) == []
    again = await load(graph, items_of([tables]))
    assert again.counts["creators"] == {"read": 2, "unchanged": 1, "rejected": 1}
    [told] = await finished_imports(graph, most=9)
    assert (told.number, told.event.payload) == (again.event, {"created": 1, "changed": 0, "rejected": 1})
    assert (await load(graph, items_of([tables]))).event is None, "it is told once"
