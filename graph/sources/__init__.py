"""Files to rows: partner-API responses, tables, and tables of other shapes through a mapping."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from graph.rows import Item
from graph.sources.faults import BadMapping, BadValue, RateUnknown, SourceError, UnknownKind
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
    return "tables" if folder.is_file() and _is_table(folder) else _unknown(folder)


def read(folder: Path, *, mapping: Path | None = None, options: Options | None = None) -> Iterator[Item]:
    """Yield what a folder (or a single table) holds, row by row, in one order for the same input; memory does not grow with it.

    Errors of the whole (`UnknownKind`, `BadMapping`) are raised at once; what is wrong with a record is yielded as a `Reject`.
    """
    kind = kind_of(folder, mapping=mapping)
    if mapping is not None:
        from graph.sources.mapped import read_mapped

        return read_mapped(folder, mapping)
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


def _unknown(folder: Path) -> Kind:
    what = (
        "holds neither an owner file (shop.json, creator.json, partner.json) nor a table"
        if folder.is_dir()
        else "is neither a folder nor a table"
    )
    if folder.suffix.lower() in SPREADSHEETS:
        raise UnknownKind(f"{folder}: spreadsheets are not read; save each sheet as CSV (UTF-8), with ids as text")
    raise UnknownKind(f"{folder}: {what}; add an owner file, name the tables as documented, or give a mapping")
