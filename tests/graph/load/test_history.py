from __future__ import annotations

from pathlib import Path

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
