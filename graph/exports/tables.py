"""The graph in the form in which it is imported: `creatorgraph import` reads these tables back.

What no table has a column for is not in them: scorecards, appeals, notes on ratings, and a partner's name.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Final, LiteralString

from graph.exports.colours import Colour
from graph.exports.reading import Reading
from graph.exports.sheets import Column, Role, Row, Sheet
from graph.exports.whole import boundary, checked
from graph.model import TABLES, Property, Reference, Table, Type, columns
from graph.plans.sights import described


def sheet_of(table: Table) -> Sheet:
    """Return the sheet of an import table: the columns that an import knows."""
    return Sheet(table.name, Role.ROWS, tuple(_column(name, each) for name, each in columns(table).items()))


def _column(name: str, each: Property | Reference) -> Column:
    if isinstance(each, Property):
        return Column(name, each.type, each.meaning, each.unit.value)
    return Column(name, Type.STRINGS if each.many else Type.STRING, each.meaning)


SHEETS: Final = tuple(map(sheet_of, TABLES))
BY_NAME: Final = {table.name: table for table in TABLES}


class ImportTables:
    """The source of the import tables' rows."""

    def __init__(self, reading: Reading) -> None:
        """Read with `reading`."""
        self._reading = reading

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """One a table."""
        return SHEETS

    @property
    def facts(self) -> Mapping[str, str | int]:
        """None: tables know of no run."""
        return {}

    @property
    def colours(self) -> Mapping[str, Colour]:
        """None: a table has no colours."""
        return {}

    async def size(self) -> int:
        """Return how many rows there are."""
        return sum([await self._reading.number(_counted(table)) for table in TABLES])

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield a table's rows in the order of ids."""
        table = BY_NAME[sheet.name]
        query = statement(table)
        async for after, until in self._reading.spans(boundary(_walked(table))):
            yield (await self._reading.rows(query, after=after, until=until))[0][0]


def statement(table: Table) -> LiteralString:
    """Return the query for a span of a table's rows; every name in it is a declared one."""
    if table.node is None:
        source, target = table.references
        values = [f"r.{each.name}" if isinstance(each, Property) else "" for each in columns(table).values()]
        values = [value or end for value, end in zip(values, [*[""] * (len(values) - 2), "n.id", "x.id"], strict=True)]
        pattern = f"(n:{source.node})-[r:{table.edge}]->(x:{target.node})"
        order = "WITH n, r, x\nORDER BY n.id, x.id"
    else:
        values = [f"n.{each.name}" if isinstance(each, Property) else _referred(each) for each in columns(table).values()]
        pattern, order = f"(n:{table.node})", "WITH n\nORDER BY n.id"
    kept = f"WHERE n.id > $after AND n.id <= $until{_described(table)}"
    query = f"MATCH {pattern}\n{kept}\n{order}\nRETURN collect([{', '.join(values)}]) AS rows"
    return checked(query, _names(table))


def _described(table: Table) -> str:
    """Return the condition that leaves out what is only named so far: an import takes no such row, and makes it of what names it."""
    return "".join(f" AND {each}" for each in described(table.node, "n")) if table.node else ""


def _referred(reference: Reference) -> str:
    """Return the expression for the ids that a column refers to: a list, or the first of them."""
    left, right = ("-", "->") if reference.outgoing else ("<-", "-")
    found = f"COLLECT {{ MATCH (n){left}[:{reference.edge}]{right}(x:{reference.node}) RETURN x.id ORDER BY x.id }}"
    return (
        f"CASE WHEN EXISTS {{ (n){left}[:{reference.edge}]{right}(:{reference.node}) }} THEN {found} END"
        if reference.many
        else f"head({found})"
    )


def _walked(table: Table) -> str:
    return table.node or table.references[0].node


def _counted(table: Table) -> LiteralString:
    counted = f"MATCH (n:{table.node})" if table.node else f"MATCH (:{table.references[0].node})-[n:{table.edge}]->()"
    return checked(f"{counted}\nRETURN count(n) AS rows", _names(table))


def _names(table: Table) -> list[str]:
    properties = [each.name for each in columns(table).values() if isinstance(each, Property)]
    return [
        _walked(table),
        *filter(None, [table.edge]),
        *properties,
        *(name for each in table.references for name in (each.edge, each.node)),
    ]
