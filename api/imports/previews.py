"""What the first records of an uploaded file would become through a mapping, as JSON has it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from api.imports.names import MAPPING
from api.imports.texts import printable, shown_cell
from graph.model import Unit
from graph.rows import Reject, Row
from graph.sources.faults import BadMapping
from graph.sources.guessing import guessed, header, preview
from graph.sources.mapping import Cell, SourceMapping, Target, mapping_from
from graph.sources.mapping_edits import LAYOUT, CellEdit, MappingEdits, edited
from graph.sources.mapping_text import document_of, notes_of
from graph.sources.tables.formats import EXTENSIONS

MOST_FILES: Final = 200
HOWS: Final = ("date", "unit", "values", "other", "separator", "prefix", "handle")


def unread(files: list[str], file: str | None, mapping: str | None, error: str | None = None) -> dict[str, Any]:
    """Return the fields of a `MappingPreview` of which nothing was read."""
    given = {"files": files[:MOST_FILES], "file": file, "mapping": mapping, "error": error}
    return given | {"layout": None, "header": [], "sections": [], "columns": [], "unmapped": [], "rows": []}


def previewed(folder: str, files: list[str], file: str | None, mapping: str | None, edits: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the fields of a `MappingPreview` of a file among those of a folder, of the first that the mapping takes where none is named.

    Edits, as `mapping_edits` makes them, change the mapping before; where they make none that can be followed, it stays as it was.
    FileNotFoundError where it is removed meanwhile.
    """
    found = unread(files, file, mapping)
    try:
        rules = None if mapping is None else mapping_from(mapping, MAPPING)
        if rules is not None and mapping is not None:
            found |= _said(mapping, rules)
        found["file"] = file or next((each for each in files if rules is None or rules.takes(Path(each).name)), None)
        if found["file"] is None:
            raise BadMapping("no file that was uploaded is read by columns, or has a name that the mapping takes; correct [source] files")
        path = Path(folder) / found["file"]
        path.stat()
        _read(found, path, edits)
    except BadMapping as error:
        found["error"] = printable(str(error))
    return found


def _read(found: dict[str, Any], path: Path, edits: dict[str, Any] | None) -> None:
    text = guessed(path) if found["mapping"] is None else found["mapping"]
    try:
        changed = edited(text, MAPPING, _edits(edits)) if edits else text
    except BadMapping:
        found |= _told(path, text)
        raise
    found |= _told(path, changed)
    read = preview(path, changed)
    found["unmapped"] = [printable(name) for name in read.unmapped]
    found["rows"] = [_row(place, item) for place, item in read.rows]


def tables_below(folder: Path) -> list[str]:
    """Return the paths of a folder's files that are read by columns, in their order."""
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [each.relative_to(folder).as_posix() for each in found if each.is_file() and each.name.lower().endswith(EXTENSIONS)]


def _told(path: Path, text: str) -> dict[str, Any]:
    rules = mapping_from(text, MAPPING)
    return {"mapping": text, "header": [printable(name) for name in header(path, rules)], **_said(text, rules)}


def _edits(given: dict[str, Any]) -> MappingEdits:
    return MappingEdits(given["layout"], [CellEdit(**each) for each in given["cells"]])


def _said(text: str, rules: SourceMapping) -> dict[str, Any]:
    """Return what a mapping says: of the files' layout, of its sections, and of each column that it fills."""
    source, notes = document_of(text, MAPPING)["source"], notes_of(text)
    sections = list(enumerate(rules.targets, start=1))
    return {
        "layout": {name: source.get(name) for name in LAYOUT},
        "sections": [_section(number, target) for number, target in sections],
        "columns": [
            _column(number, target, name, cell) | {"note": notes.get((number, name))}
            for number, target in sections
            for name, cell in target.cells.items()
        ],
    }


def _section(number: int, target: Target) -> dict[str, Any]:
    unused = [_kind(target, name) for name in target.columns if name not in target.cells]
    return {"section": number, "table": target.table, "unused": unused}


def _kind(target: Target, name: str) -> dict[str, Any]:
    column = target.columns[name]
    return {"column": name, "needed": column.required, "time": getattr(column, "unit", None) is Unit.TIME}


def _column(number: int, target: Target, name: str, cell: Cell) -> dict[str, Any]:
    made = {"sources": _sources(cell), "constant": _constant(cell), "dates": list(cell.date), "how": _how(cell)}
    return {"section": number, "table": target.table, **_kind(target, name), **made}


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


def _row(place: str, item: Row | Reject) -> dict[str, Any]:
    row: dict[str, Any] = {"place": place, "table": item.table}
    wrong = ("column", "value", "rule", "remedy")
    if isinstance(item, Reject):
        return row | {"cells": []} | {name: printable(getattr(item, name)) for name in wrong}
    cells = [{"column": name, "value": _value(value)} for name, value in item.values.items()]
    return row | {"cells": cells} | dict.fromkeys(wrong)


def _value(value: Any) -> str | None:
    """Return a value as it would be stored, as text."""
    if value is None or isinstance(value, (bool, int, float, str, list, tuple)):
        text = shown_cell(list(value) if isinstance(value, tuple) else value)
        return None if text is None else printable(text)
    return printable(str(value))
