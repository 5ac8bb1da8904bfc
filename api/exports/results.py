"""A query's result as a source: its rows as one table, or for a graph the nodes and relationships within them."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

from api.access.viewer import Viewer
from api.cypher.queries import CypherQuery, bounds, running
from api.errors import CypherFailed
from api.exports.order import Order
from api.exports.pieces import Pieces
from graph.exactness import EXACT
from graph.exports import GRAPHS, TABLES, Column, Role, Row, Sheet, Source
from graph.exports.colours import Colour
from graph.model import Type
from graph.queries import Answer, Mixed, plain

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState
    from graph.queries.arrow import ArrowRows

TYPES: Final = {
    "INTEGER": Type.INTEGER,
    "FLOAT": Type.FLOAT,
    "BOOLEAN": Type.BOOLEAN,
    "LIST<STRING>": Type.STRINGS,
    "LIST<INTEGER>": Type.INTEGERS,
    "LIST<FLOAT>": Type.FLOATS,
}
TEXTS: Final = frozenset({"STRING", "DATE", "LOCAL DATETIME", "ZONED DATETIME", "LOCAL TIME", "ZONED TIME", "DURATION", "BYTES"})
IN_MEMORY: Final = 8 * 1024 * 1024
GRAPH_BYTES: Final = 64 * 1024 * 1024
"""The parts of a graph are held in memory until all are known, since an edge may come before its ends."""

BATCH: Final = 1_000
COLUMNAR: Final = ("parquet", "arrow")
"""Formats that hold Arrow's types, in which columns are typed as they are for `POST /cypher` and `creatorgraph query`."""

Spool: TypeAlias = "tempfile.SpooledTemporaryFile[bytes]"


@dataclass(frozen=True, slots=True)
class Result:
    """The source of a result's one sheet; the rows wait in a nameless file, as their types are known only when all have been seen."""

    columns: tuple[Column, ...]
    kinds: tuple[str, ...]
    rows: int
    facts: Mapping[str, str | int]
    spool: Spool
    nested: bool

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The one sheet."""
        return (Sheet("rows", Role.ROWS, self.columns),)

    @property
    def colours(self) -> Mapping[str, Colour]:
        """None: a table has no colours."""
        return {}

    async def size(self) -> int:
        """Return how many rows there are."""
        return self.rows

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield the rows as they came."""
        self.spool.seek(0)
        rows: list[Row] = []
        for number, line in enumerate(self.spool, 1):
            values = orjson.loads(line)
            rows.append(values if self.nested else self._typed(values, number))
            if len(rows) == BATCH:
                yield rows
                rows = []
        if rows:
            yield rows

    def _typed(self, values: Row, number: int) -> Row:
        """Return a row as its columns hold it; `Mixed` where a whole number would be rounded among fractions."""
        for column, kind, value in zip(self.columns, self.kinds, values, strict=True):
            if kind == "FLOAT" and isinstance(value, int) and abs(value) > EXACT:
                raise Mixed(
                    f"column {column.name}, row {number:,}: {value} is a whole number beyond 2^53, which as the FLOAT of other rows would"
                    " be rounded; make them one type, as with toInteger(…) or toString(…)"
                )
        return [_typed(value, kind) for value, kind in zip(values, self.kinds, strict=True)]


@dataclass(frozen=True, slots=True)
class TypedResult:
    """The source of a result's one sheet whose rows are record batches, in the types that all rows fit."""

    columns: tuple[Column, ...]
    row_count: int
    facts: Mapping[str, str | int]
    rows: ArrowRows

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The one sheet."""
        return (Sheet("rows", Role.ROWS, self.columns, schema=self.rows.schema),)

    @property
    def colours(self) -> Mapping[str, Colour]:
        """None: a table has no colours."""
        return {}

    async def size(self) -> int:
        """Return how many rows there are."""
        return self.row_count

    async def batches(self, sheet: Sheet) -> AsyncIterator[Any]:
        """Yield the record batches."""
        for batch in self.rows.batches():
            yield batch


@asynccontextmanager
async def result_of(order: Order, viewer: Viewer, state: ReadState) -> AsyncGenerator[Source]:
    """Run the query under the viewer's key, through the guard, and yield its result."""
    options, settings = order.options, state.settings
    seconds, rows = options.get("timeoutSeconds", settings.cypher_seconds), options.get("limit", settings.stream_rows)
    within = bounds(state, rows=rows, seconds=seconds, stream=True)
    query = CypherQuery(options["query"], options.get("parameters", {}), within)
    if order.format in GRAPHS:
        held = replace(within, bytes=min(within.bytes, GRAPH_BYTES))
        yield await _graph(replace(query, bounds=held), viewer, state)
    elif order.format in COLUMNAR:
        async with _typed_table(query, viewer, state) as table:
            yield table
    else:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as spool:
            yield await _table(query, viewer, state, spool, nested=order.format == "jsonl")


@asynccontextmanager
async def _typed_table(query: CypherQuery, viewer: Viewer, state: ReadState) -> AsyncGenerator[TypedResult]:
    from graph.queries.arrow import ArrowRows  # late: other formats do without 60 MB

    with ExitStack() as stack:
        async with running(state, viewer, query) as ran:
            rows = ArrowRows(ran.answer)
            stack.callback(rows.close)
            async for batch in ran.answer.batches():
                rows.take(batch)
        yield TypedResult(columns_of(ran.answer), ran.answer.row_count, facts_of(ran.answer), rows)


async def _table(query: CypherQuery, viewer: Viewer, state: ReadState, spool: Spool, *, nested: bool) -> Result:
    async with running(state, viewer, query) as ran:
        async for batch in ran.answer.batches():
            spool.write(b"".join(orjson.dumps([plain(value, ran.answer.ids) for value in row]) + b"\n" for row in batch))
        kinds = tuple(each.type for each in ran.answer.columns)
        return Result(columns_of(ran.answer), kinds, ran.answer.row_count, facts_of(ran.answer), spool, nested)


def columns_of(answer: Answer) -> tuple[Column, ...]:
    """Return the columns of a whole answer."""
    return tuple(Column(each.name, TYPES.get(each.type, Type.STRING), f"{each.type} of the query.") for each in answer.columns)


def facts_of(answer: Answer) -> dict[str, str | int]:
    """Return what is to be known of a whole answer: why rows were cut off, and what the database warns of, as of a label that is none."""
    warnings = "; ".join(map(str, answer.notifications))
    facts: dict[str, str | int] = {"truncatedBy": answer.truncated_by} if answer.truncated_by else {}
    return facts | ({"warnings": warnings} if warnings else {})


async def _graph(query: CypherQuery, viewer: Viewer, state: ReadState) -> Pieces:
    pieces = Pieces()
    async with running(state, viewer, query) as ran:
        async for batch in ran.answer.batches():
            pieces.take(batch, ran.answer.ids)
        pieces.facts = facts_of(ran.answer)
    if ran.answer.row_count and not pieces.nodes:
        raise CypherFailed(
            "no row of the result holds a node, relationship or path, so there is no graph to export; return some of these, or choose a"
            f" format for tables: {', '.join(TABLES)}"
        )
    return pieces


def _typed(value: Any, kind: str) -> Any:
    """Return a plain value as its column holds it: numbers that JSON cannot say as numbers again, what has no type of its own as JSON."""
    if value is None or kind in TEXTS:
        return value
    if kind == "FLOAT":
        return float(value)
    if kind == "LIST<FLOAT>":
        return [None if each is None else float(each) for each in value]
    return value if kind in TYPES else orjson.dumps(value).decode()
