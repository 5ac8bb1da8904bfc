"""A simulated market straight into a database, by the offline importer: benchmarks need graphs larger than an import would make in time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import compute, csv

from graph.model import TABLES, Property, Reference, Table, Type, columns, node
from graph.model import edge as edge_of
from graph.server import PrivateServer
from graph.server.offline import CsvGroup, Store, replace_data
from graph.sources.rates import Rates
from graph.sources.simulated.market import Market

TYPES: Final = {
    Type.STRING: "string",
    Type.INTEGER: "long",
    Type.FLOAT: "double",
    Type.BOOLEAN: "boolean",
    Type.STRINGS: "string[]",
    Type.INTEGERS: "long[]",
    Type.FLOATS: "double[]",
}
EXTRA_LABELS: Final = {"VIDEO": "Content;Video", "LIVE": "Content;LiveStream"}
DAY: Final = 86_400
pc: Any = compute  # its stubs know few of its functions

Nodes = list[CsvGroup]
Edges = list[CsvGroup]


def fill(server: PrivateServer, market: Market) -> None:
    """Replace what the server holds by the market; constraints and indexes are the caller's to make, by `migrate`."""
    with tempfile.TemporaryDirectory() as folder:
        nodes, edges = _written(market, Path(folder))

        def make(store: Store) -> None:
            store.fill(nodes, edges)

        replace_data(server, make, check=lambda _started: None)


def _written(market: Market, folder: Path) -> tuple[Nodes, Edges]:
    """Write every table as CSV, and return the groups of nodes and of relationships."""
    partners = pc.drop_null(market["collaborations"]["partner_id"].unique())
    nodes, edges = [CsvGroup("Partner", (_file(folder, "partners", {"id:ID(Partner)": partners}),))], Edges()
    for table in TABLES:
        rows = market.tables[table.name]
        if table.name in ("sales", "features"):
            rows = rows.append_column("gmv_usd", _usd(market, rows, table))
        if table.node and table.node != "Rate":
            nodes.append(CsvGroup(table.node, (_file(folder, table.name, _node_columns(table, rows)),)))
        for reference in table.references if table.node else ():
            if reference.column in rows.column_names:
                path = _file(folder, f"{table.name}-{reference.column}", _edge_columns(table, reference, rows))
                edges.append(CsvGroup(reference.edge, (path,)))
        if table.edge:
            edges.append(CsvGroup(table.edge, (_file(folder, table.name, _own_edge_columns(table, rows)),)))
    return nodes, edges


def _usd(market: Market, rows: pa.Table, table: Table) -> pa.Array:
    """Return GMV in dollars at the rate of the day."""
    known = market["rates"].to_pydict()
    days = map(date.fromisoformat, known["date"])
    rates = Rates(zip(known["currency"], days, known["usd_per_unit"], strict=True))

    @cache
    def usd(currency: str, day: int) -> float:
        return rates.usd(currency, datetime.fromtimestamp(day * DAY, UTC).date())

    times = rows["at" if table.name == "sales" else "seen_at"].to_pylist()
    amounts = zip(rows["gmv"].to_pylist(), rows["currency"].to_pylist(), times, strict=True)
    return pa.array([None if gmv is None else gmv * usd(currency, at // DAY) for gmv, currency, at in amounts], type=pa.float64())


def _node_columns(table: Table, rows: pa.Table) -> dict[str, Any]:
    label = table.node or ""
    made: dict[str, Any] = {f"id:ID({label})": rows["id"]}
    made |= {f"{each.name}:{TYPES[each.type]}": _flat(rows[each.column]) for each in _properties(table, rows) if each.name != "id"}
    if label == "Content":
        kinds = rows["kind"].to_pylist()
        made[":LABEL"] = pa.array([EXTRA_LABELS[kind] for kind in kinds])
    return made


def _properties(table: Table, rows: pa.Table) -> Iterator[Property]:
    owner = node(table.node) if table.node else edge_of(table.edge or "")
    return (each for each in owner.properties if each.column in rows.column_names)


def _edge_columns(table: Table, reference: Reference, rows: pa.Table) -> dict[str, Any]:
    """Return a reference's pairs, from the row's node or towards it."""
    values = rows[reference.column]
    if reference.many:
        own, other = rows["id"].take(pc.list_parent_indices(values)), pc.list_flatten(values)
    else:
        known = pc.is_valid(values) if table.name != "categories" else pc.and_(pc.is_valid(values), pc.not_equal(values, "0"))
        own, other = rows["id"].filter(known), values.filter(known)
    label = table.node or ""
    start, end = ((own, label), (other, reference.node)) if reference.outgoing else ((other, reference.node), (own, label))
    return {f":START_ID({start[1]})": start[0], f":END_ID({end[1]})": end[0]}


def _own_edge_columns(table: Table, rows: pa.Table) -> dict[str, Any]:
    own = columns(table)
    one, other = sorted((each for each in own.values() if isinstance(each, Reference)), key=lambda each: each.outgoing)
    made: dict[str, Any] = {f":START_ID({one.node})": rows[one.column], f":END_ID({other.node})": rows[other.column]}
    return made | {f"{each.name}:{TYPES[each.type]}": _flat(rows[each.column]) for each in _properties(table, rows)}


def _flat(column: Any) -> Any:
    """Return lists as the importer reads them, parted by `;`."""
    if not pa.types.is_list(column.type):
        return column
    strings = pc.cast(column, pa.list_(pa.string()))
    return pc.binary_join(strings, ";")


def _file(folder: Path, name: str, made: dict[str, Any]) -> Path:
    path = folder / f"{name}.csv"
    csv.write_csv(pa.table(made), path)
    return path
