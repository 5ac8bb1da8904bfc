"""`Viewer.dataImports`, `Viewer.dataImport`, `Viewer.rejectedRows`: imports, how far they are, and what they rejected."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from api.access.table import Permission
from api.errors import BadUserInput
from api.features.imports.shown import of_command, shown, shown_row
from api.features.imports.types import (
    DataImport,
    DataImportConnection,
    DataImportEdge,
    RejectedTableRowConnection,
    RejectedTableRowEdge,
)
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.paging import page
from api.graphql.types.page import PageInfo
from api.imports.errors import NoSuchImport
from api.imports.record import Record
from api.imports.rejects import rows_of
from api.imports.store import Store
from graph.load.history import finished_imports
from graph.outbox import Recorded

ORDER: Final = "imports"
ROWS: Final = "rejected rows"
MOST_OF_COMMANDS: Final = 1_000
MOST: Final = 100


async def data_imports(context: FieldContext) -> DataImportConnection:
    """Return what was uploaded to this home, and what the command line has imported, the newest first."""
    context.allowed(Permission.LOAD)
    state = context.state
    store = Store(state.settings.home)
    records = await asyncio.to_thread(store.records)
    events = await finished_imports(state.driver, most=MOST_OF_COMMANDS, database=state.settings.neo4j_database)
    found = sorted([*_commands(events, records), *records], key=_newest_first)
    cut = page(context, found, _place, order=ORDER)
    nodes = await asyncio.to_thread(lambda: [_node(store, row) for row, _ in cut.rows])
    edges = [DataImportEdge(cursor=cursor, node=node) for node, (_, cursor) in zip(nodes, cut.rows, strict=True)]
    return DataImportConnection(edges=edges, nodes=nodes, page_info=cut.info, total_count=len(found))


async def data_import(context: FieldContext) -> DataImport | None:
    """Return one import whose files were uploaded."""
    context.allowed(Permission.LOAD)
    store = Store(context.state.settings.home)
    try:
        return await asyncio.to_thread(lambda: shown(store, store.record(context.arguments["id"])))
    except NoSuchImport:
        return None


async def rejected_rows(context: FieldContext) -> RejectedTableRowConnection | None:
    """Return a page of the rows of one table that an import rejected."""
    context.allowed(Permission.LOAD)
    given, store = context.arguments, Store(context.state.settings.home)
    first, after = given["first"], given.get("after")
    if not 0 <= first <= MOST:
        raise BadUserInput(f"first is {first}; give 0 to {MOST}")
    start = 0 if after is None else int(context.cursors.read(after, order=ROWS)[0])
    try:
        record = await asyncio.to_thread(store.record, given["import"])
    except NoSuchImport:
        return None
    folder = store.rejects(record.id)
    rows = [] if record.is_going else await asyncio.to_thread(rows_of, folder, given["table"], after=start, most=first + 1)
    edges = [RejectedTableRowEdge(cursor=context.cursors.write([row.row], order=ROWS), node=shown_row(row)) for row in rows[:first]]
    ends = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
    info = PageInfo(has_next_page=len(rows) > first, has_previous_page=after is not None, start_cursor=ends[0], end_cursor=ends[1])
    return RejectedTableRowConnection(edges=edges, nodes=[each.node for each in edges], page_info=info)


def _commands(events: Sequence[Recorded], records: Sequence[Record]) -> list[Recorded]:
    """Return the events that tell of no upload. Earlier ones did not say so: then a record tells it; its number and time have to fit."""
    own = {each.event: each for each in records if each.event is not None}
    return [each for each in events if not each.event.payload.get("uploaded") and not _tells_of(each, own.get(each.number))]


def _tells_of(event: Recorded, record: Record | None) -> bool:
    return record is not None and record.began_at is not None and record.began_at <= event.at <= (record.ended_at or event.at)


def _newest_first(found: Record | Recorded) -> tuple[int, str]:
    return -(found.created_at if isinstance(found, Record) else found.at), _place(found)


def _place(found: Record | Recorded) -> str:
    return found.id if isinstance(found, Record) else str(found.number)


def _node(store: Store, found: Record | Recorded) -> DataImport:
    return shown(store, found) if isinstance(found, Record) else of_command(found)
