"""Every format, written and read again by the library that its readers use."""

from __future__ import annotations

import csv
import io
import json
import math
import warnings
import zipfile
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import orjson
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.exports import FORMATS, GRAPHS, TABLES, Column, FormatRefused, Role, Sheet, export, refuse_unfit, suffix
from graph.exports.errors import ValueRefused
from graph.exports.opening import opened
from graph.exports.sheets import LISTS
from graph.model import Type
from tests.graph.exports.drawn import COLUMNS, EDGES, ENDS, NODES, TABLE, Drawn, graph, known

NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", " ", "\x00\x1f", "_x0041_", "]]>", "a\r\nb\t", "\"'", "😀é"]
)
INTEGERS = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(allow_nan=False)
VALUES = (
    st.none() | NASTY,
    st.none() | INTEGERS,
    st.none() | FLOATS,
    st.none() | st.booleans(),
    st.none() | st.lists(NASTY, max_size=3),
    st.none() | st.lists(INTEGERS, max_size=3),
    st.none() | st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=3),
)
IDS = st.lists(NASTY, unique=True, max_size=4)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def graphs(draw: st.DrawFn) -> Drawn:
    """Draw a graph: nodes with any ids and values, edges among them, parallel ones and loops too."""
    ids = draw(IDS)
    ends = st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=4) if ids else st.just([])
    nodes = [(each, *draw(st.tuples(*VALUES))) for each in ids]
    edges = [(*pair, *draw(st.tuples(*VALUES))) for pair in draw(ends)]
    return graph(nodes, edges, run="r000001", asOf=1_700_000_000)


@pytest.mark.parametrize("kind", GRAPHS)
@FEW
@given(drawn=graphs())
async def test_a_graph_comes_back_through_networkx_without_loss(kind: str, drawn: Drawn, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{kind}"
    await export(drawn, path, kind, overwrite=True)
    read = opened(path)
    assert {key: _without(data, "label", "labels", "viz") for key, data in read.nodes(data=True)} == {
        f"Thing:{row[0]}": known(COLUMNS, row) for row in drawn.content[0][1]
    }
    assert sorted(_edges(read), key=repr) == sorted(
        ((f"Thing:{row[0]}", f"Thing:{row[1]}", f"e{at}", known(EDGES.columns, row, 2)) for at, row in enumerate(drawn.content[1][1])),
        key=repr,
    )


def _edges(read: Any) -> list[Any]:
    return [(a, b, key, _without(data, "label", "id")) for a, b, key, data in read.edges(keys=True, data=True)]


def _without(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in names}


@pytest.mark.parametrize("kind", TABLES)
@FEW
@given(rows=st.lists(st.tuples(NASTY, *VALUES), max_size=5))
async def test_a_table_comes_back_without_loss(kind: str, rows: list[tuple[Any, ...]], tmp_path: Path) -> None:
    path = tmp_path / f"rows.{kind}"
    await export(Drawn(((TABLE, rows),)), path, kind, overwrite=True)
    assert READERS[kind](path) == [
        {name: value for name, value in known(COLUMNS, row).items() if kind != "jsonl" or _finite(value)} for row in rows
    ]


def _finite(value: Any) -> bool:
    """Tell whether JSON has a way to write a value."""
    return not isinstance(value, float) or math.isfinite(value)


def _from_parquet(path: Path) -> list[dict[str, Any]]:
    return _known(pq.read_table(path).to_pylist())


def _from_arrow(path: Path) -> list[dict[str, Any]]:
    with pa.ipc.open_file(path) as file:
        return _known(file.read_all().to_pylist())


def _from_json_lines(path: Path) -> list[dict[str, Any]]:
    return _known([orjson.loads(line) for line in path.read_bytes().split(b"\n") if line])


def _from_csv(path: Path) -> list[dict[str, Any]]:
    types = {column.name: PLAIN.get(column.type, pa.string()) for column in COLUMNS}
    options = pcsv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False)
    read = pcsv.read_csv(path, parse_options=pcsv.ParseOptions(newlines_in_values=True), convert_options=options)
    lists = {column.name for column in COLUMNS if column.type in LISTS}
    return [{name: json.loads(value) if name in lists else value for name, value in row.items()} for row in _known(read.to_pylist())]


def _known(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


PLAIN = {Type.INTEGER: pa.int64(), Type.FLOAT: pa.float64(), Type.BOOLEAN: pa.bool_()}
READERS = {"parquet": _from_parquet, "arrow": _from_arrow, "jsonl": _from_json_lines, "csv": _from_csv}


async def test_csv_opens_in_a_plain_reader_too(tmp_path: Path) -> None:
    await export(Drawn(((TABLE, [("a", 'say "hi", twice', 3, 0.1, True, ["x"], None, None)]),)), tmp_path / "rows.csv", "csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            [column.name for column in COLUMNS],
            ["a", 'say "hi", twice', "3", "0.1", "true", '["x"]', "", ""],
        ]


@pytest.mark.parametrize("kind", GRAPHS)
async def test_an_empty_graph_and_a_single_node_are_graphs_too(kind: str, tmp_path: Path) -> None:
    for at, nodes in enumerate(([], [("a", *[None] * 7)])):
        await export(graph(nodes), tmp_path / f"{at}.{kind}", kind)
        read = nx.read_gexf(tmp_path / f"{at}.{kind}") if kind == "gexf" else nx.read_graphml(tmp_path / f"{at}.{kind}")
        assert [len(read), read.number_of_edges(), read.is_directed()] == [at, 0, True]


async def test_networkx_alone_reads_types_and_parallel_edges(tmp_path: Path) -> None:
    nodes = [("a", "A & B", 3, 0.5, True, ["x", "y"], None, None), ("b", *[None] * 7)]
    twice = [("a", "b", None, at, 1.0, None, None, None, None) for at in (1, 2)]
    await export(graph(nodes, twice, run="r000001", asOf=5), tmp_path / "g.graphml", "graphml")
    read = nx.read_graphml(tmp_path / "g.graphml")
    assert isinstance(read, nx.MultiDiGraph)
    assert read.nodes["Thing:a"] == {
        **{"label": "A & B", "labels": "Thing", "ownId": "a", "title": "A & B"},
        **{"views": 3, "share": 0.5, "verified": True, "permissions": '["x","y"]'},
    }
    assert dict(read["Thing:a"]["Thing:b"]) == {
        "e0": {"label": "KNOWS", "views": 1, "share": 1.0},
        "e1": {"label": "KNOWS", "views": 2, "share": 1.0},
    }
    assert (read.graph["run"], read.graph["asOf"]) == ("r000001", 5)


async def test_igraph_keeps_ids_that_name_their_label(tmp_path: Path) -> None:
    nodes = [("a", "A", *[None] * 6), ("b", *[None] * 7)]
    await export(graph(nodes, [("a", "b", None, 1, *[None] * 5)]), tmp_path / "g.graphml", "graphml")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = igraph.Graph.Read_GraphML(str(tmp_path / "g.graphml"))
    assert (read.vs["id"], read.vs["ownId"], read.es["views"]) == (["Thing:a", "Thing:b"], ["a", "b"], [1.0])


@pytest.mark.parametrize("kind", sorted({*FORMATS} - {"jsonl"}))
@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (2, 1.5, "rows, views of a is '1.5', where the column is declared as integer"),
        (2, True, "rows, views of a is 'True'"),
        (3, 2**53 + 1, "rows, share of a is '9007199254740993', where the column is declared as float"),
        (1, 5, "rows, title of a is '5', where the column is declared as string"),
        (4, "true", "rows, verified of a is 'true'"),
        (6, [1, 2.5], r"rows, seenAt of a is '\[1, 2.5\]', where the column is declared as integers"),
        (5, "x", "rows, permissions of a is 'x'"),
    ],
)
async def test_what_a_column_would_lose_is_refused_and_nothing_is_left(
    kind: str, place: int, value: Any, said: str, tmp_path: Path
) -> None:
    if kind in GRAPHS:
        sheet, said = NODES, said.replace("rows,", "nodes/Thing,")
    else:
        sheet = TABLE
    rows = [("b", *[None] * 7), tuple("a" if at == 0 else value if at == place else None for at in range(len(COLUMNS)))]
    with pytest.raises(ValueRefused, match=said):
        await export(Drawn(((sheet, rows),)), tmp_path / f"rows.{kind}", kind)
    assert list(tmp_path.iterdir()) == []


async def test_whole_floats_and_small_integers_take_their_column_s_type(tmp_path: Path) -> None:
    await export(Drawn(((TABLE, [("a", None, 3.0, 2, None, None, [1.0], [1])]),)), tmp_path / "rows.parquet", "parquet")
    (row,) = pq.read_table(tmp_path / "rows.parquet").to_pylist()
    assert {name: repr(value) for name, value in row.items() if value is not None} == {
        "id": "'a'",
        "views": "3",
        "share": "2.0",
        "seenAt": "[1]",
        "categoryShares": "[1.0]",
    }


async def test_gexf_has_colours_and_places(tmp_path: Path) -> None:
    columns = (Column("id", Type.STRING), Column("x", Type.FLOAT), Column("y", Type.FLOAT))
    ends = (*ENDS, Column("weight", Type.FLOAT))
    placed = Drawn(
        (
            (Sheet("nodes", Role.NODES, columns), [("Creator:a", 0.5, -1.0), ("Brand:b", None, None)]),
            (Sheet("edges", Role.EDGES, ends, "TIE"), [("Creator:a", "Brand:b", 2.5)]),
        ),
        colours={"Creator:a": (1, 2, 3)},
    )
    await export(placed, tmp_path / "g.gexf", "gexf")
    read = nx.read_gexf(tmp_path / "g.gexf")
    assert read.nodes["Creator:a"]["viz"] == {"color": {"r": 1, "g": 2, "b": 3, "a": 1}, "position": {"x": 500.0, "y": -1000.0, "z": 0.0}}
    assert read.nodes["Brand:b"]["viz"] == {"color": {"r": 140, "g": 140, "b": 140, "a": 1}}
    assert read["Creator:a"]["Brand:b"]["weight"] == 2.5


async def test_several_tables_become_a_folder_or_a_zip(tmp_path: Path) -> None:
    drawn = graph([("a", "A", *[None] * 6)], run="r000001")
    await export(drawn, tmp_path / "market", "jsonl")
    await export(drawn, tmp_path / "market.zip", "jsonl")
    assert (tmp_path / "market" / "nodes" / "Thing.jsonl").read_text() == '{"id":"a","title":"A"}\n'
    about = json.loads((tmp_path / "market" / "about.json").read_text())
    assert [about["run"], about["files"][1]["file"], about["files"][1]["source"]] == ["r000001", "edges/KNOWS.jsonl", "Thing"]
    with zipfile.ZipFile(io.BytesIO((tmp_path / "market.zip").read_bytes())) as packed:
        assert packed.namelist() == ["about.json", "edges/KNOWS.jsonl", "nodes/Thing.jsonl"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["market", "market.zip"]


async def test_one_table_comes_as_a_zip_where_the_name_says_so(tmp_path: Path) -> None:
    await export(Drawn(((TABLE, []),)), tmp_path / "rows.zip", "csv")
    with zipfile.ZipFile(tmp_path / "rows.zip") as packed:
        assert packed.namelist() == ["about.json", "rows.csv"]


async def test_columns_of_a_parquet_file_say_what_they_are(tmp_path: Path) -> None:
    await export(Drawn(((TABLE, []),)), tmp_path / "rows.parquet", "parquet")
    schema = pq.read_schema(tmp_path / "rows.parquet")
    assert schema.field("title").metadata[b"meaning"] == b"Name."
    assert schema.field("permissions").type == pa.list_(pa.string())


def test_a_table_is_no_graph_and_an_unknown_format_is_none() -> None:
    with pytest.raises(FormatRefused, match="graphml holds nodes and edges, but this export is a table; use one of parquet"):
        refuse_unfit("graphml", [TABLE])
    with pytest.raises(FormatRefused, match="'xlsx' is not a format"):
        refuse_unfit("xlsx", [TABLE])
    assert [suffix(kind, [NODES, EDGES]) for kind in FORMATS] == ["graphml", "gexf", "zip", "zip", "zip", "zip"]
    assert suffix("csv", [TABLE]) == "csv"
