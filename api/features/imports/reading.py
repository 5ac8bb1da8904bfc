"""How the files of an import are read: what an administrator says of it, and what their first records would become."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import strawberry

from api.access.table import Permission
from api.errors import BadUserInput, LimitExceeded
from api.features.imports.types import (
    MappableColumn,
    MappedCell,
    MappedColumn,
    MappedRow,
    MappingLayout,
    MappingPreview,
    MappingSection,
)
from api.graphql.execution.field_context import FieldContext
from api.graphql.mutations import Refusal
from api.graphql.types.scalars import Id
from api.imports.errors import NoSuchImport
from api.imports.names import MAPPING, relative_path
from api.imports.previews import tables_below, unread
from api.imports.record import Reading
from api.imports.store import Store
from api.process.previews import mapped_preview
from graph.model import snake
from graph.sources import BadMapping
from graph.sources.encodings import codec_of
from graph.sources.mapping import mapping_from
from graph.sources.mapping_edits import LAYOUT
from graph.sources.tables.delimiters import delimiter_of

LONGEST: Final = 50_000
MOST_CELLS: Final = 100


@strawberry.input(description="How the files of an import are to be read.")
class MapDataImportInput:
    """Through a mapping, or as import tables."""

    import_id: Id = strawberry.field(description="Id of the import.")
    mapping: str | None = strawberry.field(
        default=None, description=f"A mapping file, TOML of at most {LONGEST:,} characters; null to read import tables and saved responses."
    )
    encoding: str | None = strawberry.field(
        default=None, description="Encoding of tables that are not UTF-8, such as `windows-1252`; with a mapping, say it there."
    )
    delimiter: str | None = strawberry.field(
        default=None, description="Delimiter of CSV tables, one character or `tab`; null to detect it. With a mapping, say it there."
    )


def reading(given: MapDataImportInput) -> Reading:
    """Return how files are read as it is said; Refusal where it cannot be followed."""
    for name, value in (("encoding", given.encoding), ("delimiter", given.delimiter)):
        if given.mapping is not None and value is not None:
            raise Refusal(name, "INVALID", f'the mapping says the {name}: write {name} = "…" in [source], and leave {name} out here')
    if given.mapping is not None:
        _check(given.mapping)
    if given.encoding is not None and codec_of(given.encoding) is None:
        message = f"{given.encoding[:40]!r} is not the name of a text encoding; use for example windows-1252"
        raise Refusal("encoding", "INVALID", message)
    delimiter = None if given.delimiter is None else delimiter_of(given.delimiter)
    if given.delimiter is not None and delimiter is None:
        raise Refusal("delimiter", "INVALID", f"{given.delimiter[:40]!r} is not one character, or tab")
    return Reading(given.mapping, given.encoding, delimiter)


async def mapping_preview(context: FieldContext) -> MappingPreview | None:
    """Return what the first records of a file become through a mapping, which is proposed where none is given."""
    context.allowed(Permission.LOAD)
    given, store = context.arguments, Store(context.state.settings.home)
    mapping, file = given.get("mapping"), given.get("file")
    if mapping is not None and (too_long := _too_long(mapping)):
        raise BadUserInput(too_long)
    file = None if file is None else str(relative_path(file))
    try:
        folder = store.files((await asyncio.to_thread(store.record, given["import"])).id)
    except NoSuchImport:
        return None
    files = await asyncio.to_thread(tables_below, folder)
    if file is not None and file not in files:
        raise BadUserInput(f"the import has no file {file[:100]!a} that is read by columns; it has {', '.join(files[:5]) or 'none'}")
    order = {"files": files, "file": file, "mapping": mapping}
    try:
        return _shown(await mapped_preview(context.state, context.viewer, folder, order | {"edits": _edits(given.get("edits"))}))
    except LimitExceeded as error:
        return _shown(unread(**order, error=error.message))


def _edits(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the changes to a mapping as the process of a preview takes them."""
    if not given:
        return None
    changed = given.get("cells") or ()
    if len(changed) > MOST_CELLS:
        raise BadUserInput(f"edits: {len(changed)} cells are given; give at most {MOST_CELLS}")
    layout = {name: given[name] for name in LAYOUT if given.get(name) is not None}
    cells = [{snake(name): value for name, value in each.items() if value is not None} for each in changed]
    return {"layout": layout, "cells": cells}


def _check(text: str) -> None:
    if too_long := _too_long(text):
        raise Refusal("mapping", "TOO_LONG", too_long)
    try:
        mapping_from(text, MAPPING)
    except BadMapping as error:
        raise Refusal("mapping", "INVALID", str(error)) from error


def _too_long(text: str) -> str | None:
    return f"the mapping has {len(text):,} characters; give at most {LONGEST:,}" if len(text) > LONGEST else None


def _shown(found: dict[str, Any]) -> MappingPreview:
    columns = [MappedColumn(**each) for each in found["columns"]]
    layout = None if found["layout"] is None else MappingLayout(**found["layout"])
    sections = [MappingSection(**each | {"unused": [MappableColumn(**one) for one in each["unused"]]}) for each in found["sections"]]
    rows = [MappedRow(**each | {"cells": [MappedCell(**cell) for cell in each["cells"]]}) for each in found["rows"]]
    return MappingPreview(**found | {"layout": layout, "sections": sections, "columns": columns, "rows": rows})
