"""A query's result as a table keeps its types, and as a graph its parts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import networkx as nx
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role, Viewer
from api.errors import CypherFailed
from api.exports.order import ordered
from api.exports.sources import source_of
from api.process.state import State
from graph.exports import export
from tests.api.processes import process

ANALYST = Viewer("k1", "lab", Role.ANALYST)


@pytest.fixture
def state(graph: AsyncDriver, tmp_path: Path) -> Iterator[State]:
    opened = process(graph, tmp_path / "home")
    yield opened
    opened.store.close()


async def made(state: State, path: Path, query: str) -> None:
    order = ordered({"what": "query", "format": path.suffix[1:], "options": {"query": query}})
    async with source_of(order, ANALYST, state) as source:
        await export(source, path, order.format)


async def table(state: State, folder: Path, query: str) -> dict[str, list[Any]]:
    await made(state, folder / "r.parquet", query)
    return pq.read_table(folder / "r.parquet").to_pydict()


async def test_columns_keep_their_types(state: State, tmp_path: Path) -> None:
    found = await table(
        state,
        tmp_path,
        "UNWIND [{i: 9007199254740993, f: 1, s: '', b: true, l: ['a', null], d: date('2026-01-31'), m: {x: [1]}},"
        " {i: null, f: 0.5, s: null, b: null, l: null, d: null, m: null}, {f: 0.0/0.0}, {f: 1.0/0.0}] AS row"
        " RETURN row.i AS i, row.f AS f, row.s AS s, row.b AS b, row.l AS l, row.d AS d, row.m AS m",
    )
    assert math.isnan(found.pop("f")[2])
    assert {name: values[:2] for name, values in found.items()} == {
        **{"i": [9007199254740993, None], "s": ["", None], "b": [True, None], "l": [["a", None], None]},
        **{"d": [date(2026, 1, 31), None], "m": ['{"x":[1]}', None]},
    }


TIMED: Final = """UNWIND [1, null] AS n RETURN date('2026-01-31') AS day, datetime('2026-01-31T12:00:00+01:00') AS at,
  localdatetime('2026-01-31T12:00:00.000000001') AS fine, [date('0001-01-01')] AS days, duration('P1D') AS took, n"""


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
async def test_dates_have_the_types_that_a_query_at_the_terminal_has(state: State, tmp_path: Path, ending: str) -> None:
    await made(state, tmp_path / f"r.{ending}", TIMED)
    found = pq.read_table(tmp_path / "r.parquet") if ending == "parquet" else pa.ipc.open_file(tmp_path / "r.arrow").read_all()
    assert [str(each) for each in found.schema.types] == [
        *(
            "date32[day]",
            "timestamp[us, tz=UTC]",
            "timestamp[ns]",
            "list<element: date32[day]>" if ending == "parquet" else "list<item: date32[day]>",
        ),
        *("string", "int64"),
    ]
    values = {name: values[0] for name, values in found.drop_columns("fine").to_pydict().items()}
    assert values == {
        **{"day": date(2026, 1, 31), "at": datetime(2026, 1, 31, 11, tzinfo=UTC), "days": [date(1, 1, 1)], "took": "P1D", "n": 1},
    }


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
async def test_values_of_several_types_in_a_column_are_an_error_as_for_other_routes(state: State, tmp_path: Path, ending: str) -> None:
    with pytest.raises(CypherFailed, match=r"^column a: row 1 is INTEGER, row 3 STRING, but the format has one type per column"):
        await made(state, tmp_path / f"r.{ending}", "UNWIND [1, null, 'one'] AS a RETURN a")
    await made(state, tmp_path / "r.csv", "UNWIND [1, null, 'one'] AS a RETURN a")


async def test_rows_without_a_node_are_no_graph(state: State, tmp_path: Path) -> None:
    with pytest.raises(CypherFailed, match=r"no row of the result holds a node, relationship or path.*parquet"):
        await made(state, tmp_path / "r.graphml", "UNWIND [1, 2] AS n RETURN n")
    assert not (tmp_path / "r.graphml").exists()


async def test_no_rows_are_a_table_too(state: State, tmp_path: Path) -> None:
    assert await table(state, tmp_path, "UNWIND [] AS n RETURN n, 1 AS one") == {"n": [], "one": []}


async def test_parts_of_the_graph_are_found_however_deep_and_each_once(graph: AsyncDriver, state: State, tmp_path: Path) -> None:
    await graph.execute_query(
        "CREATE (c:Creator {id: 'c1', handle: 'ann'})-[:PUBLISHED]->(v:Content:Video {id: 'v1', views: 3})-[:FEATURES {clicks: 2}]->"
        "(p:Product {id: 'p1', price: 1.5})"
    )
    await made(
        state,
        tmp_path / "r.graphml",
        "MATCH path = (c:Creator)-->(v)-[f]->(p) RETURN {deep: [path]} AS a, c, f UNION MATCH ()-[f]->(p) RETURN 1 AS a, p AS c, f",
    )
    read = nx.read_graphml(tmp_path / "r.graphml")
    assert {key: (data["labels"], data["label"]) for key, data in read.nodes(data=True)} == {
        "Creator:c1": ("Creator", "ann"),
        "Content:v1": ("Content;Video", "v1"),
        "Product:p1": ("Product", "p1"),
    }
    assert [(a, data["label"], b, data.get("clicks")) for a, b, data in sorted(read.edges(data=True), key=str)] == [
        ("Content:v1", "FEATURES", "Product:p1", 2),
        ("Creator:c1", "PUBLISHED", "Content:v1", None),
    ]
    assert read.nodes["Product:p1"]["price"] == 1.5


async def test_ends_that_are_not_returned_are_nodes_by_name_only(graph: AsyncDriver, state: State, tmp_path: Path) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'c1', handle: 'ann'})-[:COLLABORATED_WITH]->(:Brand {id: 'b1'})")
    await made(state, tmp_path / "r.gexf", "MATCH ()-[r]->() RETURN r")
    assert sorted(nx.read_gexf(tmp_path / "r.gexf").edges) == [("Creator:c1", "Brand:b1")]
    await made(state, tmp_path / "empty.gexf", "MATCH (n:Absent) RETURN n")
    assert len(nx.read_gexf(tmp_path / "empty.gexf")) == 0


async def test_names_that_differ_in_type_become_texts_and_taken_names_step_aside(graph: AsyncDriver, state: State, tmp_path: Path) -> None:
    await graph.execute_query(
        "CREATE (:Creator {id: 'c1', x: 1, label: 'mine', _own: 'hidden'}), (:Creator {id: 'c2', x: 'one'}),"
        " (:Creator {id: 'c3', x: [1, 2]})"
    )
    await made(state, tmp_path / "r.graphml", "MATCH (c:Creator) RETURN c")
    read = nx.read_graphml(tmp_path / "r.graphml").nodes
    assert [read[f"Creator:c{n}"]["x"] for n in (1, 2, 3)] == ["1", "one", "[1,2]"]
    assert "hidden" not in read["Creator:c1"].values()
    assert (read["Creator:c1"]["label"], read["Creator:c1"]["property_label"]) == ("c1", "mine")


async def test_rows_come_as_json_lines(state: State, tmp_path: Path) -> None:
    await made(state, tmp_path / "r.jsonl", "UNWIND range(1, 2500) AS n RETURN n, {half: n / 2.0} AS m")
    lines = [orjson.loads(line) for line in (tmp_path / "r.jsonl").read_bytes().splitlines()]
    assert (len(lines), lines[2499]) == (2500, {"n": 2500, "m": {"half": 1250.0}})
