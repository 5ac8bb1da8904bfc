"""Lines of orders that name no creator, and the content through which they were sold."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.load.credit import NAMES_NEITHER, OF_UNKNOWN_CONTENT
from tests.graph.load.market import by_name, digests_of_all_orders, known_as, loaded, order, row, sale, shown

CREDITED: Final[LiteralString] = "MATCH (s:Sale) RETURN s.id, [(s)-[:CREDITED_TO]->(c) | c.id] ORDER BY s.id"
LINES = [sale("o:1", content_id="v1"), sale("o:2", content_id="v2"), sale("o:3")]


async def test_a_line_without_a_creator_is_its_contents_publishers(graph: AsyncDriver) -> None:
    first = await loaded(graph, [order(5, *LINES)])
    assert first.notes == {NAMES_NEITHER: 1, OF_UNKNOWN_CONTENT: 2}
    assert await shown(graph, CREDITED) == [("o:1", []), ("o:2", []), ("o:3", [])]
    of_others = await loaded(graph, [row("brands", 9, id="b", name="of no order line")])
    assert of_others.notes == {}, "lines of earlier imports are not those of this one"
    assert (await loaded(graph, [order(5, *LINES)])).notes == first.notes
    publishers = [row("contents", 9, id="v1", creator_id="x"), row("contents", 9, id="v2", creator_id=by_name("ann"))]
    await loaded(graph, publishers)
    assert await shown(graph, CREDITED) == [("o:1", ["x"]), ("o:2", ["US:ann"]), ("o:3", [])]
    again = await loaded(graph, [order(5, *LINES)])
    assert (again.total("unchanged"), again.written, again.notes) == (1, False, {NAMES_NEITHER: 1})
    await loaded(graph, [row("creators", 9, id=known_as("A", "ann")), row("contents", 10, id="v1", creator_id="y")])
    assert await shown(graph, CREDITED) == [("o:1", ["y"]), ("o:2", ["A"]), ("o:3", [])]
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id ORDER BY c.id") == ["A", "y"]


async def test_a_creator_whom_the_line_itself_names_comes_first(graph: AsyncDriver) -> None:
    published = row("contents", 1, id="v1", creator_id="x")
    imports = [[published], [order(5, sale("o:1", content_id="v1"))], [order(6, sale("o:1", content_id="v1", creator_id="z"))]]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, CREDITED) == [("o:1", ["z"])]
    await loaded(graph, [order(7, sale("o:1", content_id="v1"))])
    assert await shown(graph, CREDITED) == [("o:1", ["x"])]
    await loaded(graph, [order(8, sale("o:2", content_id="v1"))])
    assert await shown(graph, CREDITED) == [("o:2", ["x"])]
