"""Administrators begin imports, try and start them, cancel and remove them, and mend rejected rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Final, TypeVar

import strawberry

from api.access.table import Permission
from api.features.imports.mending import RejectedRowsInput, mend
from api.features.imports.reading import MapDataImportInput, reading
from api.features.imports.shown import shown
from api.features.imports.types import DataImport
from api.graphql.mutations import INPUT, Context, Info, Refusal, UserError, allowed, mutation, text
from api.graphql.types.scalars import Id
from api.imports.errors import ImportRefusal
from api.imports.record import Job, Record
from api.imports.store import Store
from api.process.importer import Importer, importer, kept

LONGEST_NOTE: Final = 200

Found = TypeVar("Found")


@strawberry.input(description="An import to begin.")
class CreateDataImportInput:
    """Its files come after it."""

    note: str | None = strawberry.field(default=None, description=f"What it is for, in at most {LONGEST_NOTE} characters.")


@strawberry.input(description="An import whose files were uploaded.")
class DataImportInput:
    """Which."""

    import_id: Id = strawberry.field(description="Id of the import.")


@strawberry.type(description="The result of a change of an import.")
class DataImportPayload:
    """The import, or why nothing was done."""

    data_import: DataImport | None = strawberry.field(default=None, description="The import; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


@strawberry.type(description="The result of removing an import.")
class DeleteDataImportPayload:
    """Its id, or why nothing was done."""

    deleted_import_id: Id | None = strawberry.field(default=None, description="The removed import; null if nothing was removed.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


async def create_data_import(info: Info, input: Annotated[CreateDataImportInput, INPUT]) -> DataImportPayload:
    """Begin an import without files."""
    context = allowed(info, Permission.LOAD)
    note = text("note", input.note, most=LONGEST_NOTE)
    record = _new(context, note=note)
    return await _payload(context, await asyncio.to_thread(_added, importer(context.state).store, record, kept(context.state.settings)))


async def map_data_import(info: Info, input: Annotated[MapDataImportInput, INPUT]) -> DataImportPayload:
    """Say how the files of an import are read."""
    context = allowed(info, Permission.LOAD)
    said, own = await asyncio.to_thread(reading, input), importer(context.state)
    return await _payload(context, await _read(lambda id_: own.store.read_as(id_, said, expires_at=own.expires_at), input.import_id))


async def check_data_import(info: Info, input: Annotated[DataImportInput, INPUT]) -> DataImportPayload:
    """Have an import tried, and answer at once."""
    return await _started(allowed(info, Permission.LOAD), input.import_id, Job.CHECK)


async def start_data_import(info: Info, input: Annotated[DataImportInput, INPUT]) -> DataImportPayload:
    """Have an import loaded, and answer at once."""
    return await _started(allowed(info, Permission.LOAD), input.import_id, Job.IMPORT)


async def cancel_data_import(info: Info, input: Annotated[DataImportInput, INPUT]) -> DataImportPayload:
    """Ask the process that works on an import to give it up, whichever it is."""
    context = allowed(info, Permission.LOAD)
    store = importer(context.state).store
    record = await _read(store.record, input.import_id)
    if not record.is_going:
        raise Refusal("importId", "NOT_RUNNING", f"import {record.id} is not under way: its status is {record.status}")
    await _read(store.cancel, record.id)
    return await _payload(context, record)


async def delete_data_import(info: Info, input: Annotated[DataImportInput, INPUT]) -> DeleteDataImportPayload:
    """Remove an import with what was uploaded; what was imported stays."""
    context = allowed(info, Permission.LOAD)
    await _read(importer(context.state).store.remove, input.import_id)
    return DeleteDataImportPayload(deleted_import_id=Id(input.import_id))


async def mend_rejected_rows(info: Info, input: Annotated[RejectedRowsInput, INPUT]) -> DataImportPayload:
    """Make an import of rejected rows with other cells."""
    context = allowed(info, Permission.LOAD)
    store = importer(context.state).store
    before = await _read(store.record, input.import_id)
    record = _new(context, mends=before.id)
    return await _payload(context, await asyncio.to_thread(mend, store, before, record, input))


async def _started(context: Context, id_: str, job: Job) -> DataImportPayload:
    try:
        return await _payload(context, await importer(context.state).start(id_, job))
    except ImportRefusal as error:
        raise Refusal("importId", error.code, error.message) from error


async def _read(work: Callable[[str], Found], id_: str) -> Found:
    """Do something with an import in a thread; its refusal is the user's."""
    try:
        return await asyncio.to_thread(work, id_)
    except ImportRefusal as error:
        raise Refusal("importId", error.code, error.message) from error


def _new(context: Context, *, note: str | None = None, mends: str | None = None) -> Record:
    viewer, own = context.viewer, importer(context.state)
    return Record(Store.new_id(), viewer.account, viewer.name, context.now, own.expires_at, note, mends=mends)


def _added(store: Store, record: Record, seconds: int) -> Record:
    store.sweep(record.created_at, kept=seconds)
    store.add(record)
    return record


async def _payload(context: Context, record: Record) -> DataImportPayload:
    own: Importer = importer(context.state)
    return DataImportPayload(data_import=await asyncio.to_thread(shown, own.store, record))


@strawberry.type
class Mutation:
    """Imports by hand."""

    create_data_import = mutation(
        DataImportPayload,
        create_data_import,
        description="As an administrator, begin an import. Upload its files by `PUT /imports/{id}/files/{path}`, then check and start it.",
    )
    map_data_import = mutation(
        DataImportPayload,
        map_data_import,
        description="As an administrator, say how the files of an import are read: through a mapping, or with an encoding and a delimiter."
        " What is not said is as if it never was, and what a check found is taken back; `mappingPreview` shows the first records.",
    )
    check_data_import = mutation(
        DataImportPayload,
        check_data_import,
        description="As an administrator, try an import in a process of its own: `check` tells what would come of it; nothing is written.",
    )
    start_data_import = mutation(
        DataImportPayload,
        start_data_import,
        description="As an administrator, import the files that were uploaded, in a process of its own. One import is made at a time, those"
        " of the command line included; to import the same again does nothing twice.",
    )
    cancel_data_import = mutation(
        DataImportPayload,
        cancel_data_import,
        description="As an administrator, cancel an import, or its check, that is under way, whoever started it. What was imported before"
        " stays; start it again to import the rest.",
    )
    delete_data_import = mutation(
        DeleteDataImportPayload,
        delete_data_import,
        description="As an administrator, remove an import that is not under way, with its files and rejects. What was imported stays.",
    )
    mend_rejected_rows = mutation(
        DataImportPayload,
        mend_rejected_rows,
        description="As an administrator, begin an import of rejected rows with corrected cells; start it to import them.",
    )
