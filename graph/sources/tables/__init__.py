"""Tables named as the nodes and edges of the graph, one file each, to rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph.model import TABLES, table
from graph.rows import Item, Note, Reject, Row
from graph.sources.encodings import shown_name
from graph.sources.faults import BadValue
from graph.sources.tables.checks import TableReader, rejected
from graph.sources.tables.formats import EXTENSIONS, assumptions, is_json, records
from graph.sources.tables.headers import check_columns
from graph.sources.tables.layout import Layout

# Rates come first: amounts of other tables are converted by them.
ABOUT_CREATOR: Final = frozenset({"reports", "audiences"})
ORDER: Final = ("rates", *(each.name for each in TABLES if each.name != "rates"))


def table_files(folder: Path) -> list[tuple[str, Path]]:
    """Return the tables that lie in a folder itself with their files, in the order in which they are read; links do not count."""
    found = [(table_of(path), path) for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink()]
    return sorted(((name, path) for name, path in found if name in ORDER), key=lambda each: (ORDER.index(each[0]), each[1].name))


def table_of(path: Path) -> str:
    """Return the table that a file is named for; empty if it has no extension of a table."""
    name = path.name.lower()
    return next((name.removesuffix(end) for end in EXTENSIONS if name.endswith(end)), "")


def read_tables(folder: Path, layout: Layout | None = None) -> Iterator[Item]:
    """Yield the rows of every table in a folder; files that are none are noted."""
    tables = table_files(folder)
    known = {path for _, path in tables}
    for path in sorted(folder.iterdir()):
        if path not in known:
            yield Note("unknown file" if not path.is_symlink() else "link not followed", shown_name(path))
    rejected_creators: set[str] = set()
    for name, path in tables:
        for item in read_table(path, name, layout=layout):
            if isinstance(item, Reject) and item.table == "creators":
                rejected_creators.add(str(item.raw.get("id", "")).strip())
            lost = isinstance(item, Row) and item.table in ABOUT_CREATOR and item.values.get("creator_id") in rejected_creators
            yield _without_creator(item) if isinstance(item, Row) and lost else item


def _without_creator(row: Row) -> Reject:
    """Return the reject of a row that is only about a creator, whose own row was rejected: it would leave a creator without a name."""
    creator = str(row.values["creator_id"])
    rule, remedy = "the row of this creator was rejected", "correct that row, and import both again"
    return Reject(row.where, "creator_id", creator, rule, remedy, row.raw, row.table)


def read_table(path: Path, table_name: str, *, name: str = "", observed_at: int = 0, layout: Layout | None = None) -> Iterator[Item]:
    """Yield the rows of one file of a table, and a reject for each row that breaks a rule.

    `observed_at` is the age of rows that have none of their own in an `observed_at` column; 0 is undated.
    """
    shown, layout = name or shown_name(path), layout or Layout()
    yield from assumptions(path, layout, shown)
    reader = TableReader(table(table_name), shown, observed_at=observed_at)
    rows = 0
    try:
        for place, position, record in records(path, layout):
            rows += 1
            if rows == 1 and not isinstance(record, BadValue):
                check_columns(record, reader, json=is_json(path))
            yield from reader.read(record, place, position)
    except BadValue as fault:
        yield rejected(fault, {}, shown, "", table_name)
    else:
        yield from () if rows else (Note("empty file", shown),)
    yield from reader.notes()
