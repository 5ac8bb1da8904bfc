"""Members that lead from a node to its neighbours: one, a short list, or a page of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.plans.filters import predicates_of
from graph.plans.orders import Key, Order
from graph.plans.pages import Source, page
from graph.plans.parts import Finishing, Part, in_list
from graph.plans.selection import Pick
from graph.plans.sights import described, shown, where
from graph.plans.visibility import Visibility
from graph.plans.writer import Row

Tie = Callable[[str, Visibility], list[str]]
"""The predicates under which a tie may be seen, by the variable of its brand or product."""


@dataclass(frozen=True, slots=True)
class One:
    """The neighbour at the end of `pattern` (`{n}` here, `{m}` there); null where there is none that may be seen.

    `here` keeps a tie that the viewer may not see, by the product here.
    """

    kind: str
    pattern: str
    here: Tie | None = None

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the neighbour's tree."""
        inner = row.writer.row(self.kind)
        tree = inner.map(pick.child)
        clauses = [
            f"MATCH {placed(self.pattern, row.node, inner.node)}",
            where([*shown(self.kind, inner.node, row.visibility), *(self.here(row.node, row.visibility) if self.here else [])]),
            *inner.lets,
            f"RETURN {tree.expression} AS item",
            "LIMIT 1",
        ]
        return Part(f"head(COLLECT {{\n{lines(clauses)}\n}})", tree.finish)


@dataclass(frozen=True, slots=True)
class Few:
    """All neighbours, where there are never many; at most `limit`, in order."""

    kind: str
    pattern: str
    order: str
    limit: int = 100

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the list of the neighbours' trees."""
        inner = row.writer.row(self.kind)
        tree = inner.map(pick.child)
        clauses = [
            f"MATCH {placed(self.pattern, row.node, inner.node)}",
            where(shown(self.kind, inner.node, row.visibility)),
            f"WITH {inner.node}",
            f"ORDER BY {self.order.replace('{m}', inner.node)}",
            f"LIMIT {self.limit}",
            *inner.lets,
            f"RETURN {tree.expression} AS item",
        ]
        return Part(f"COLLECT {{\n{lines(clauses)}\n}}", in_list(tree.finish))


@dataclass(frozen=True, slots=True)
class Many:
    """A page of the neighbours at the end of `pattern`, newest or smallest id first.

    Where the viewer may not see the ties of the brand or product `here`, the page is null; those of one `there` are left out.
    `distinct` says that the pattern reaches a neighbour more than once, `checked` that the viewer may not see all of them.
    """

    kind: str
    pattern: str
    by: str = ""
    here: Tie | None = None
    there: Tie | None = None
    distinct: bool = False
    checked: bool = True

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the page as a connection."""
        inner = row.writer.row(self.kind)
        predicates = [
            *(shown(self.kind, inner.node, row.visibility) if self.checked else described(self.kind, inner.node)),
            *(self.there(inner.node, row.visibility) if self.there else []),
            *predicates_of(self.kind, pick.arguments.get("filter"), inner),
        ]
        return told(page(pick, self._source(pick, row, inner, predicates), inner), self.here(row.node, row.visibility) if self.here else [])

    def _source(self, pick: Pick, row: Row, inner: Row, predicates: list[str]) -> Source:
        newest = [Key(f"coalesce({inner.node}.{self.by}, 0)", descending=True)] if self.by else []
        return Source(
            match=f"MATCH {placed(self.pattern, row.node, inner.node)}",
            predicates=tuple(predicates),
            order=Order(f"{row.kind}.{pick.name}", (*newest, Key(f"{inner.node}.id"))),
            type_name=self.kind,
            distinct=self.distinct,
            carried=(inner.node,),
        )


def told(part: Part, predicates: list[str]) -> Part:
    """Return a part that is null where the predicates do not hold."""
    if not predicates:
        return part
    finish = part.finish

    def finished(value: Any, finishing: Finishing) -> Any:
        return None if value is None or finish is None else finish(value, finishing)

    return Part(f"CASE WHEN {' AND '.join(predicates)} THEN {part.expression} END", finish and finished)


def placed(pattern: str, here: str, there: str) -> str:
    """Return a pattern with its two ends named."""
    return pattern.replace("{n}", here).replace("{m}", there)


def lines(clauses: list[str]) -> str:
    """Return clauses as indented lines, without the empty ones."""
    return "\n".join("  " + line for clause in clauses if clause for line in clause.split("\n"))
