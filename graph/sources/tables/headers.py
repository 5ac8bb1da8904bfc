"""The columns that a table must have, looked for once a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.sources.faults import BadValue, shown
from graph.sources.tables.checks import OF_REJECTS, TableReader, is_required


def check_columns(record: Mapping[str, Any], reader: TableReader, *, json: bool) -> None:
    """Raise BadValue where the first record shows that a table lacks a column, or has it under another spelling.

    JSON objects may leave out what is empty, so that only the spelling tells of them; what was rejected before is corrected row by row.
    """
    if not OF_REJECTS.isdisjoint(record):
        return
    spelt = {_plain(name): name for name in record}
    missing = [name for name, column in reader.columns.items() if is_required(column) and name not in record]
    renamed = [f"rename the column {shown(spelt[_plain(name)])} to {name}" for name in missing if _plain(name) in spelt]
    missing = [name for name in missing if not json or _plain(name) in spelt]
    if not missing:
        return
    columns = f"{'the column' if len(missing) == 1 else 'the columns'} {', '.join(missing)}"
    rule = f"a file of {reader.table.name} needs {columns}; this one has {shown(', '.join(record))}"
    raise BadValue("", rule, ", ".join(renamed) or "add what is missing, or read the file through a mapping, which can be proposed from it")


def _plain(name: str) -> str:
    """Return a column's name in lower case, without what parts its words."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
