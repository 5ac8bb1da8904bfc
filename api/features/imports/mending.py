"""Rejected rows with other cells, as the file of a new import."""

from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.mutations import Refusal
from api.graphql.types.scalars import Id
from api.imports.record import Record
from api.imports.rejects import RejectedRow, mended, rows_numbered
from api.imports.store import Store
from graph.load.rejects import TABLES

MOST_ROWS: Final = 100
MOST_CELLS: Final = 200
LONGEST: Final = 10_000


@strawberry.input(description="A cell that was corrected.")
class MendedCellInput:
    """As text, as in CSV."""

    column: str = strawberry.field(description="The column.")
    value: str | None = strawberry.field(default=None, description="The value as text; null or left out for an empty cell.")


@strawberry.input(description="A rejected row that was corrected.")
class MendedRowInput:
    """Which, and what in it."""

    row: int = strawberry.field(description="The row's number, as `rejectedRows` tells it.")
    cells: list[MendedCellInput] = strawberry.field(description="The cells that are to be different; all others stay.")


@strawberry.input(description="Rejected rows of one table that were corrected.")
class RejectedRowsInput:
    """Those that are not named stay rejected."""

    import_id: Id = strawberry.field(description="Id of the import that rejected them.")
    table: str = strawberry.field(description="The table.")
    rows: list[MendedRowInput] = strawberry.field(description=f"The rows, 1 to {MOST_ROWS}.")


def mend(store: Store, before: Record, record: Record, given: RejectedRowsInput) -> Record:
    """Keep a new import with the rows that were corrected, and return its record; Refusal where they are not those of the import before."""
    if not 1 <= len(given.rows) <= MOST_ROWS:
        raise Refusal("rows", "INVALID", f"rows has {len(given.rows)} rows; give 1 to {MOST_ROWS}, or correct the file and upload it")
    found = {} if before.is_going else _found(store, before, given)
    lines = [mended(_known(found, each.row, given), _cells(each)) for each in given.rows]
    store.add(record)
    folder = store.files(record.id) / TABLES
    folder.mkdir(mode=0o700)
    path = folder / f"{given.table}.jsonl"
    path.write_bytes(b"".join(lines))
    path.chmod(0o600)
    record.files, record.bytes = 1, path.stat().st_size
    store.save(record)
    return record


def _found(store: Store, before: Record, given: RejectedRowsInput) -> dict[int, RejectedRow]:
    """Return the rows that are named, by number, as far as there are such."""
    return rows_numbered(store.rejects(before.id), given.table, {each.row for each in given.rows})


def _known(found: dict[int, RejectedRow], number: int, given: RejectedRowsInput) -> RejectedRow:
    if number not in found:
        message = f"import {given.import_id} has no rejected row {number} of {given.table[:40]!r}; `rejectedRows` lists them"
        raise Refusal("rows", "NOT_FOUND", message)
    return found[number]


def _cells(given: MendedRowInput) -> dict[str, str | None]:
    if len(given.cells) > MOST_CELLS or any(len(each.value or "") > LONGEST or len(each.column) > LONGEST for each in given.cells):
        message = (
            f"row {given.row} has more than {MOST_CELLS} cells, or one of more than {LONGEST:,} characters; correct the file, and upload it"
        )
        raise Refusal("rows", "TOO_LONG", message)
    return {each.column: each.value for each in given.cells}
