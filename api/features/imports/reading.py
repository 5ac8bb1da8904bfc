"""How the files of an import are read: what an administrator says of it, and what their first records would become."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import strawberry

from api.access.table import Permission
from api.errors import BadUserInput
from api.features.imports.types import MappedCell, MappedColumn, MappedRow, MappingPreview
from api.graphql.execution.field_context import FieldContext
from api.graphql.mutations import Refusal
from api.graphql.types.scalars import Id
from api.imports.errors import NoSuchImport
from api.imports.names import relative_path
from api.imports.record import Reading
from api.imports.rejects import shown_cell
from api.imports.store import MAPPING, Store
from api.imports.summary import printable
from graph.rows import Reject, Row
from graph.sources import BadMapping
from graph.sources.encodings import codec_of
from graph.sources.guessing import Preview, guessed, preview
from graph.sources.mapping import Cell, SourceMapping, mapping_from
from graph.sources.tables.formats import EXTENSIONS

LONGEST: Final = 50_000
MOST_FILES: Final = 200
DELIMITERS: Final = {"tab": "\t", "\\t": "\t"}
HOWS: Final = ("date", "unit", "values", "other", "separator", "prefix", "handle")


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
        _rules(given.mapping)
    if given.encoding is not None and codec_of(given.encoding) is None:
        message = f"{given.encoding[:40]!r} is not the name of a text encoding; use for example windows-1252"
        raise Refusal("encoding", "INVALID", message)
    delimiter = DELIMITERS.get(given.delimiter or "", given.delimiter)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '\r\n"'):
        raise Refusal("delimiter", "INVALID", f"{delimiter[:40]!r} is not one character, or tab")
    return Reading(given.mapping, given.encoding, delimiter)


async def mapping_preview(context: FieldContext) -> MappingPreview | None:
    """Return what the first records of a file become through a mapping, which is proposed where none is given."""
    context.allowed(Permission.LOAD)
    given, store = context.arguments, Store(context.state.settings.home)
    mapping, file = given.get("mapping"), given.get("file")
    if mapping is not None and len(mapping) > LONGEST:
        raise BadUserInput(f"the mapping has {len(mapping):,} characters; give at most {LONGEST:,}")
    path = None if file is None else relative_path(file)
    try:
        folder = store.files((await asyncio.to_thread(store.record, given["import"])).id)
    except NoSuchImport:
        return None
    return await asyncio.to_thread(_preview, folder, None if path is None else str(path), mapping)


def _rules(text: str) -> SourceMapping:
    if len(text) > LONGEST:
        raise Refusal("mapping", "TOO_LONG", f"the mapping has {len(text):,} characters; give at most {LONGEST:,}")
    try:
        return mapping_from(text, MAPPING)
    except BadMapping as error:
        raise Refusal("mapping", "INVALID", str(error)) from error


def _preview(folder: Path, file: str | None, mapping: str | None) -> MappingPreview:
    files = _files(folder)
    if file is not None and file not in files:
        raise BadUserInput(f"the import has no file {file[:100]!a} that is read by columns; it has {', '.join(files[:5]) or 'none'}")
    found = MappingPreview(files=files[:MOST_FILES], file=file, mapping=mapping, error=None, columns=[], unmapped=[], rows=[])
    try:
        rules = None if mapping is None else mapping_from(mapping, MAPPING)
        found.columns = [] if rules is None else _columns(rules)
        found.file = file or next((each for each in files if rules is None or rules.takes(Path(each).name)), None)
        if found.file is None:
            raise BadMapping("no file that was uploaded is read by columns, or has a name that the mapping takes; correct [source] files")
        if rules is None:
            found.mapping = guessed(folder / found.file)
            found.columns = _columns(mapping_from(found.mapping, MAPPING))
        _add(found, preview(folder / found.file, found.mapping or ""))
    except BadMapping as error:
        found.error = printable(str(error))
    return found


def _files(folder: Path) -> list[str]:
    """Return the paths of the files that are read by columns, in their order."""
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [each.relative_to(folder).as_posix() for each in found if each.is_file() and each.name.lower().endswith(EXTENSIONS)]


def _columns(rules: SourceMapping) -> list[MappedColumn]:
    pairs = ((target.table, name, cell) for target in rules.targets for name, cell in target.cells.items())
    return [
        MappedColumn(table=table, column=name, sources=_sources(cell), constant=_constant(cell), how=_how(cell))
        for table, name, cell in pairs
    ]


def _sources(cell: Cell) -> list[str]:
    return [name for name in (cell.column, *cell.columns) if name]


def _constant(cell: Cell) -> str | None:
    return None if _sources(cell) else shown_cell(cell.constant)


def _how(cell: Cell) -> str:
    """Return what is said of a cell beside its columns, as the mapping would say it."""
    plain = Cell()
    said = {name: getattr(cell, name) for name in HOWS if getattr(cell, name) not in (getattr(plain, name), False)}
    return ", ".join(f"{name} = {shown_cell(_plain(value))}" for name, value in said.items())


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) or not isinstance(value, Sequence) else value[0] if len(value) == 1 else list(value)


def _add(found: MappingPreview, read: Preview) -> None:
    found.unmapped = [printable(name) for name in read.unmapped]
    found.rows = [_row(place, item) for place, item in read.rows]


def _row(place: str, item: Row | Reject) -> MappedRow:
    if isinstance(item, Reject):
        told = {name: printable(getattr(item, name)) for name in ("column", "value", "rule", "remedy")}
        return MappedRow(place=place, table=item.table, cells=[], **told)
    cells = [MappedCell(column=name, value=_value(value)) for name, value in item.values.items()]
    return MappedRow(place=place, table=item.table, cells=cells, column=None, value=None, rule=None, remedy=None)


def _value(value: Any) -> str | None:
    """Return a value as it would be stored, as text."""
    if value is None or isinstance(value, (bool, int, float, str, list, tuple)):
        return shown_cell(list(value) if isinstance(value, tuple) else value)
    return printable(str(value))
