"""Records of imports, and events that tell of them, as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from api.features.imports.types import (
    DataImport,
    DataImportStatus,
    ImportedTable,
    ImportNote,
    ImportSummary,
    RejectedCell,
    RejectedTableRow,
    RejectFile,
    RejectReason,
)
from api.imports.record import Record, Status
from api.imports.rejects import NAMES, RejectedRow, reject_files
from api.imports.store import Store
from api.imports.texts import printable, shown_cell
from graph.dates import iso_time, iso_time_or_null
from graph.load.rejects import TABLES
from graph.outbox import Recorded

LARGEST: Final = 2**31 - 1
"""Of GraphQL's integers; no import of ours has as many rows."""


def shown(store: Store, record: Record) -> DataImport:
    """Return an import whose files were uploaded; reads which files of rejects there are."""
    rejects = [] if record.is_going else [_file(record.id, name, size) for name, size in reject_files(store.rejects(record.id))]
    loaded = record.summary
    return DataImport(
        import_id=record.id,
        status=DataImportStatus[record.status.name],
        of_command_line=False,
        created_at=iso_time(record.created_at),
        started_by=record.started_by,
        note=record.note,
        mapping=store.mapping(record),
        encoding=record.encoding,
        delimiter=record.delimiter,
        mends=record.mends,
        file_count=record.files,
        bytes=record.bytes,
        rows_read=None if record.began_at is None else min(record.rows, LARGEST),
        rows_expected=record.expected,
        table=record.table,
        waits_for=record.waits_for if record.is_going else None,
        began_at=iso_time_or_null(record.began_at),
        ended_at=iso_time_or_null(record.ended_at),
        cancel_requested=record.is_going and store.is_cancelled(record.id),
        error=record.error,
        check=None if record.check is None else _summary(record.check),
        summary=None if loaded is None else _summary(loaded),
        created=_total(loaded, "created"),
        changed=_total(loaded, "changed"),
        rejected=_total(loaded, "rejected"),
        rejects=rejects,
        rejects_url=f"/imports/{record.id}/rejects.zip" if rejects else None,
        expires_at=None if record.emptied else iso_time(record.expires_at),
    )


def of_command(found: Recorded) -> DataImport:
    """Return an import of the command line, of which an event tells."""
    counts: Any = found.event.payload
    return DataImport(
        import_id=f"event:{found.number}",
        status=DataImportStatus[Status.DONE.name],
        of_command_line=True,
        created_at=iso_time(found.at),
        started_by=None,
        note=None,
        mapping=None,
        encoding=None,
        delimiter=None,
        mends=None,
        file_count=None,
        bytes=None,
        rows_read=None,
        rows_expected=None,
        table=None,
        waits_for=None,
        began_at=None,
        ended_at=iso_time(found.at),
        cancel_requested=False,
        error=None,
        check=None,
        summary=None,
        created=counts["created"],
        changed=counts["changed"],
        rejected=counts["rejected"],
        rejects=[],
        rejects_url=None,
        expires_at=None,
    )


def shown_row(row: RejectedRow) -> RejectedTableRow:
    """Return a rejected row."""
    return RejectedTableRow(
        row=row.row,
        place=row.place,
        column=row.column,
        value=row.value,
        rule=row.rule,
        remedy=row.remedy,
        cells=[RejectedCell(column=printable(name), value=shown_cell(value)) for name, value in row.cells.items()],
    )


def _file(id_: str, name: str, size: int) -> RejectFile:
    path = PurePosixPath(name)
    table = path.stem if path.parent.name == TABLES and path.stem in NAMES else None
    return RejectFile(name=name, bytes=size, table=table, url=f"/imports/{id_}/rejects/{quote(name)}")


def _summary(found: Mapping[str, Any]) -> ImportSummary:
    return ImportSummary(
        tables=[ImportedTable(**each) for each in found["tables"]],
        skipped=[ImportNote(**each) for each in found["skipped"]],
        unread=[ImportNote(**each) for each in found["unread"]],
        noted=[ImportNote(**each) for each in found["noted"]],
        reasons=[RejectReason(**each) for each in found["reasons"]],
    )


def _total(summary: Mapping[str, Any] | None, outcome: str) -> int | None:
    return None if summary is None else sum(table[outcome] for table in summary["tables"])
