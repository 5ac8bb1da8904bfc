"""The whole graph: every declared node and edge, label by label, with the ties of one scoring run.

What we write beside the declared graph (names under which creators were seen, pending rows, locks, earlier runs) and
whatever begins with `_` is left out, and so is which key decided an appeal.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from typing import Final, LiteralString, cast

from graph.exports.colours import Colour
from graph.exports.errors import RunDropped
from graph.exports.reading import Reading
from graph.exports.sheets import Column, Role, Row, Sheet
from graph.model import EDGES, NODES, TABLES, Edge, Node, Type
from graph.runs import Run

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
HIDDEN: Final = frozenset({("Appeal", "decidedBy")})
OF_RUNS: Final = frozenset({"COLLABORATED_WITH"})
LEFT_OUT: Final = frozenset({"RATES"})
"""Edges of scorecards, which are an export of their own."""

CHANGED: Final = "data were imported while this was exported: edges may lead to nodes that are not here"

CAPTIONS: Final = {"Creator": "handle", "Brand": "name", "Partner": "name", "Product": "title", "Category": "name", "Content": "title"}


def node_sheet(node: Node) -> Sheet:
    """Return the sheet of a label's nodes."""
    shown = [each for each in node.properties if (node.label, each.name) not in HIDDEN]
    ordered = sorted(shown, key=lambda each: each.name != node.key)
    return Sheet(f"nodes/{node.label}", Role.NODES, tuple(map(Column.of, ordered)), node.label, caption=CAPTIONS.get(node.label, ""))


def edge_sheet(edge: Edge) -> Sheet:
    """Return the sheet of a type's edges."""
    ends = (Column("source", Type.STRING, f"Id of the {edge.source}."), Column("target", Type.STRING, f"Id of the {edge.target}."))
    columns = (*ends, *map(Column.of, edge.properties))
    return Sheet(f"edges/{edge.type}", Role.EDGES, columns, edge.type, edge.source, edge.target)


NODE_SHEETS: Final = tuple(map(node_sheet, NODES))
EDGE_SHEETS: Final = tuple(edge_sheet(each) for each in EDGES if each.type not in LEFT_OUT)

TIES: Final = next(sheet for sheet in EDGE_SHEETS if sheet.label == "COLLABORATED_WITH")

WALKED_BACK: Final = frozenset(reference.edge for table in TABLES if table.node for reference in table.references if not reference.outgoing)
"""Edges that are read from their target's side, of which each node has few: a brand sells many products, a product has one brand."""


class WholeGraph:
    """The source of the whole graph's sheets; `run` is the one whose ties are exported, None where there is none yet.

    With `labels`, only nodes of these and edges between them.
    """

    def __init__(self, reading: Reading, run: Run | None, labels: Collection[str] = ()) -> None:
        """Read with `reading`."""
        self._reading, self._run, self._labels = reading, run, frozenset(labels)
        self._ends, self._version = dict[str, list[str]](), 0
        self._changed = False
        self.colours: Mapping[str, Colour] = {}

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """One a label, then one an edge's type."""
        every = (*NODE_SHEETS, *EDGE_SHEETS)
        return tuple(sheet for sheet in every if _ends(sheet) <= self._labels) if self._labels else every

    @property
    def facts(self) -> Mapping[str, str | int]:
        """The scoring run, whose ties these are; once all is read, also whether data were imported meanwhile."""
        known = {} if self._run is None else {"run": self._run.id, "asOf": self._run.as_of, "formulaVersion": self._run.formula_version}
        return {**known, **({"changed": CHANGED} if self._changed else {})}

    @property
    def ties(self) -> Sheet:
        """The sheet of who works with whom."""
        return TIES

    async def size(self) -> int:
        """Return about how many rows there are: the ties of other runs are counted too."""
        self._version = await self._reading.number(DATA_VERSION)
        return sum([await self._reading.number(_counted(sheet)) for sheet in self.sheets])

    async def batches(self, sheet: Sheet) -> AsyncIterator[list[Row]]:
        """Yield a sheet's rows in the order of the ids of its nodes, or of those that its edges are read from."""
        if sheet.label in OF_RUNS and self._run is None:
            return
        query, run = statement(sheet), self._run.id if self._run else None
        async for after, until in self._spans(_walked(sheet)):
            yield (await self._reading.rows(query, after=after, until=until, run=run))[0][0]
        if sheet.label in OF_RUNS and self._run is not None:
            await refuse_dropped(self._reading, self._run)
        self._changed = await self._reading.number(DATA_VERSION) != self._version

    async def _spans(self, label: str) -> AsyncIterator[tuple[str, str]]:
        """Yield the spans of a label's ids, those of the first time again, so that edges are of the nodes exported."""
        if label in self._ends:
            ends = self._ends[label]
            for span in zip(["", *ends], ends, strict=False):
                yield span
            return
        found: list[str] = []
        async for after, until in self._reading.spans(boundary(label)):
            yield after, until
            found.append(until)
        self._ends[label] = found


def _ends(sheet: Sheet) -> set[str]:
    return {sheet.label} if sheet.role is Role.NODES else {sheet.source, sheet.target}


DATA_VERSION: Final[LiteralString] = """
OPTIONAL MATCH (state:State {id: 'data'})
RETURN coalesce(state.version, 0) AS version
"""

UNTOUCHED: Final[LiteralString] = """
OPTIONAL MATCH (run:ScoringRun {id: $run})
RETURN count(run) AS runs, EXISTS { MATCH (card:Scorecard {runId: $run}) } AS cards
"""


async def refuse_dropped(reading: Reading, run: Run) -> None:
    """Raise `RunDropped` where the run's ties may be gone: a run that is dropped loses its scorecards first, its node last."""
    runs, cards = (await reading.rows(UNTOUCHED, run=run.id))[0]
    if not runs or (run.scorecards and not cards):
        raise dropped(run.id)


def dropped(run: str) -> RunDropped:
    """Return the error to raise."""
    return RunDropped(
        f"run {run} was dropped while it was exported, as newer ones took its place: export again, or keep more (CREATORGRAPH_KEEP_RUNS)"
    )


def statement(sheet: Sheet) -> LiteralString:
    """Return the query for a span of a sheet; every name in it is a declared one.

    All rows come in one record: a record each would take the driver five times as long.
    """
    if sheet.role is Role.NODES:
        values = ", ".join(f"n.{column.name}" for column in sheet.columns)
        return _checked(
            f"MATCH (n:{sheet.label})\nWHERE n.id > $after AND n.id <= $until\nWITH n\nORDER BY n.id\nRETURN collect([{values}]) AS rows",
            sheet,
        )
    walked = "b" if sheet.label in WALKED_BACK else "a"
    values = ", ".join(["a.id", "b.id", *(f"r.{column.name}" for _, column in sheet.attributes)])
    pattern = f"(a:{sheet.source})-[r:{sheet.label}]->(b:{sheet.target})"
    of_run = " AND r.runId = $run" if sheet.label in OF_RUNS else ""
    order = "b.id, a.id" if walked == "b" else "a.id, b.id"
    return _checked(
        f"MATCH {pattern}\nWHERE {walked}.id > $after AND {walked}.id <= $until{of_run}\n"
        f"WITH a, r, b\nORDER BY {order}\nRETURN collect([{values}]) AS rows",
        sheet,
    )


def boundary(label: str) -> LiteralString:
    """Return the query for the last of the next `$size` ids of a label after `$after`."""
    query = f"MATCH (n:{label})\nWHERE n.id > $after\nWITH n.id AS id\nORDER BY id\nLIMIT $size\nRETURN max(id) AS until"
    return checked(query, [label])


def _counted(sheet: Sheet) -> LiteralString:
    """Return a query that the count store answers."""
    if sheet.role is Role.NODES:
        return _checked(f"MATCH (n:{sheet.label})\nRETURN count(n) AS rows", sheet)
    return _checked(f"MATCH (:{sheet.source})-[r:{sheet.label}]->()\nRETURN count(r) AS rows", sheet)


def _walked(sheet: Sheet) -> str:
    if sheet.role is Role.NODES:
        return sheet.label
    return sheet.target if sheet.label in WALKED_BACK else sheet.source


def _checked(query: str, sheet: Sheet) -> LiteralString:
    return checked(query, (sheet.label, *filter(None, (sheet.source, sheet.target)), *(column.name for column in sheet.columns)))


def checked(query: str, names: Iterable[str]) -> LiteralString:
    """Return a query made of declared names, none of which holds anything but letters and digits."""
    assert all(NAME.fullmatch(name) for name in names), f"{query}: a declared name must be letters and digits"
    return cast("LiteralString", query)
