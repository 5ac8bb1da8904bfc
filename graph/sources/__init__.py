"""Files to rows: partner-API responses, tables, and tables of other shapes through a mapping."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from graph.rows import Item
from graph.sources.faults import BadMapping, BadValue, RateUnknown, SourceError, UnknownKind
from graph.sources.old_rejects import OLD_REMEDY, OLD_RULE, is_old
from graph.sources.options import Options

__all__ = ["BadMapping", "BadValue", "Kind", "Options", "RateUnknown", "SourceError", "UnknownKind", "kind_of", "read"]

Kind = Literal["responses", "tables", "mapped"]
SPREADSHEETS: Final = (".xlsx", ".xls", ".ods", ".numbers")


def kind_of(folder: Path, *, mapping: Path | None = None) -> Kind:
    """Tell what a folder (or, of tables, a single file) holds; UnknownKind if nothing that can be read.

    An owner file at or below a folder makes it responses, whatever else lies there.
    """
    if mapping is not None:
        return "mapped"
    from graph.sources.partner_api import is_owned
    from graph.sources.tables import table_files

    if folder.is_dir() and is_owned(folder):
        return "responses"
    if folder.is_dir() and table_files(folder):
        return "tables"
    if folder.is_file() and _is_table(folder):
        return "tables"
    raise _unknown(folder)


def read(folder: Path, *, mapping: Path | None = None, options: Options | None = None, alone: bool = True) -> Iterator[Item]:
    """Yield what a folder (or a single table) holds, row by row, in one order for the same input; memory does not grow with it.

    Where it is not read `alone`, a file without a column that the mapping names is rejected, and the others are read.

    Errors of the whole (`UnknownKind`, `BadMapping`) are raised at once; what is wrong with a record is yielded as a `Reject`.
    """
    kind = kind_of(folder, mapping=mapping)
    if mapping is not None:
        from graph.sources.mapped import read_mapped

        return read_mapped(folder, mapping, alone=alone)
    if kind == "responses":
        from graph.sources.partner_api import read_responses

        return read_responses(folder, options or Options())
    from graph.sources.tables import read_table, read_tables, table_of
    from graph.sources.tables.layout import Layout

    layout = Layout(options.encoding, options.delimiter) if options else Layout()
    return read_tables(folder, layout) if folder.is_dir() else read_table(folder, table_of(folder), layout=layout)


def _is_table(path: Path) -> bool:
    from graph.sources.tables import ORDER, table_of

    return table_of(path) in ORDER


def _unknown(folder: Path) -> UnknownKind:
    from graph.sources.partner_api.owners import FILES as OWNER_FILES
    from graph.sources.partner_api.saved import slug_of

    files = sorted(path for path in (folder.iterdir() if folder.is_dir() else [folder]) if path.is_file())
    if sheet := next((path for path in files if path.suffix.lower() in SPREADSHEETS), None):
        return UnknownKind(sheet, "spreadsheets are not read", "save each sheet as CSV (UTF-8), with ids as text")
    if old := next((path for path in files if is_old(path)), None):
        return UnknownKind(old, OLD_RULE, OLD_REMEDY)
    if folder.is_dir():
        rule = "it holds neither an owner file (shop.json, creator.json, partner.json) nor a table"
        return UnknownKind(folder, rule, "add the owner file, name the tables as documented, or give a mapping")
    if folder.name in OWNER_FILES or slug_of(folder.name) is not None:
        return UnknownKind(folder, "saved responses are read with their owner file", f"import their folder: {folder.parent}")
    return UnknownKind(
        folder,
        "it is neither a folder nor a table",
        "name it as the tables are documented, or give a mapping, which can be proposed from the file",
    )
