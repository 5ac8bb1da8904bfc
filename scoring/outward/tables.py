"""The event tables as the outward audience may see them: nothing of sales and dealings with brands is left in."""

from __future__ import annotations

from scoring.facts.events.arrow import Table, Tables, pa
from scoring.outward.labels import HIDDEN_COLUMNS, HIDDEN_TABLES


def open_tables(tables: Tables) -> Tables:
    """Return the tables without rows and values that are hidden, under the same names and columns."""
    emptied = {name: tables[name].slice(0, 0) for name in HIDDEN_TABLES}
    nulled = {name: _nulled(tables[name], columns) for name, columns in HIDDEN_COLUMNS.items()}
    return {**tables, **emptied, **nulled}


def _nulled(table: Table, columns: tuple[str, ...]) -> Table:
    for name in columns:
        column = table.schema.get_field_index(name)
        table = table.set_column(column, table.field(column), pa.nulls(table.num_rows, table.field(column).type))
    return table
