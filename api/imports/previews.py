"""What the first records of an uploaded file would become through a mapping, as JSON has it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from api.imports.names import MAPPING
from api.imports.texts import printable, shown_cell
from graph.rows import Reject, Row
from graph.sources.faults import BadMapping
from graph.sources.guessing import guessed, preview
from graph.sources.mapping import Cell, SourceMapping, mapping_from
from graph.sources.tables.formats import EXTENSIONS

MOST_FILES: Final = 200
HOWS: Final = ("date", "unit", "values", "other", "separator", "prefix", "handle")


def unread(files: list[str], file: str | None, mapping: str | None, error: str | None = None) -> dict[str, Any]:
    """Return the fields of a `MappingPreview` of which nothing was read."""
    given = {"files": files[:MOST_FILES], "file": file, "mapping": mapping, "error": error}
    return given | {"columns": [], "unmapped": [], "rows": []}


def previewed(folder: str, files: list[str], file: str | None, mapping: str | None) -> dict[str, Any]:
    """Return the fields of a `MappingPreview` of a file among those of a folder, of the first that the mapping takes where none is named.

    FileNotFoundError where it is removed meanwhile.
    """
    found = unread(files, file, mapping)
    try:
        rules = None if mapping is None else mapping_from(mapping, MAPPING)
        found["columns"] = [] if rules is None else _columns(rules)
        found["file"] = file or next((each for each in files if rules is None or rules.takes(Path(each).name)), None)
        if found["file"] is None:
            raise BadMapping("no file that was uploaded is read by columns, or has a name that the mapping takes; correct [source] files")
        path = Path(folder) / found["file"]
        path.stat()
        _read(found, path, mapping)
    except BadMapping as error:
        found["error"] = printable(str(error))
    return found


def _read(found: dict[str, Any], path: Path, mapping: str | None) -> None:
    text = guessed(path) if mapping is None else mapping
    found |= {"mapping": text, "columns": _columns(mapping_from(text, MAPPING))}
    read = preview(path, text)
    found["unmapped"] = [printable(name) for name in read.unmapped]
    found["rows"] = [_row(place, item) for place, item in read.rows]


def tables_below(folder: Path) -> list[str]:
    """Return the paths of a folder's files that are read by columns, in their order."""
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [each.relative_to(folder).as_posix() for each in found if each.is_file() and each.name.lower().endswith(EXTENSIONS)]


def _columns(rules: SourceMapping) -> list[dict[str, Any]]:
    pairs = ((target.table, name, cell) for target in rules.targets for name, cell in target.cells.items())
    return [
        {"table": table, "column": name, "sources": _sources(cell), "constant": _constant(cell), "how": _how(cell)}
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
