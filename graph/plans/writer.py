"""Where a query grows: fresh variables, parameters, and the rows that expressions are written for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from graph.plans.inputs import Binding, Convert, Inputs
from graph.plans.parts import Finish, Late, Part, in_map
from graph.plans.selection import Pick, Selection
from graph.plans.sight import Sight

KEY: Final = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")


class Member(Protocol):
    """Something that can be picked from a node of some kind."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the expression that answers `pick` for the node of `row`."""
        ...


Members = Mapping[str, Mapping[str, Member]]


def _run(_source: Any, inputs: Inputs) -> str:
    return inputs.run_id


def _as_of(_source: Any, inputs: Inputs) -> int | None:
    return inputs.run.as_of if inputs.run else None


def _regions(_source: Any, inputs: Inputs) -> list[str]:
    return list(inputs.sight.regions)


def _brands(_source: Any, inputs: Inputs) -> list[str]:
    return list(inputs.sight.brands)


def _me(_source: Any, inputs: Inputs) -> str | None:
    return inputs.sight.creator


def _smallest(_source: Any, inputs: Inputs) -> int:
    return inputs.smallest_group


KNOWN: Final = tuple(
    Binding(name, None, convert)
    for name, convert in (("run", _run), ("asOf", _as_of), ("regions", _regions), ("brands", _brands), ("me", _me), ("smallest", _smallest))
)
"""Parameters that any plan may name: the current run, and what bounds the viewer."""


@dataclass(slots=True)
class Writer:
    """One query in the making. Text depends on the sight's kind and `sole_region`, never on its values."""

    sight: Sight
    sole_region: bool
    indicators: tuple[str, ...]
    members: Members
    bindings: list[Binding] = field(default_factory=list[Binding])
    _variables: int = 0

    def variable(self, kind: str) -> str:
        """Return a variable that the query does not have yet."""
        self._variables += 1
        return f"{kind[0].lower()}{self._variables}"

    def bind(self, source: Any, convert: Convert | None = None) -> str:
        """Return a parameter for a value, the same for the same value."""
        for each in self.bindings:
            if each.source == source and type(each.source) is type(source) and each.convert == convert:
                return f"${each.name}"
        name = f"p{len(self.bindings)}"
        self.bindings.append(Binding(name, source, convert))
        return f"${name}"

    def row(self, kind: str, node: str | None = None) -> Row:
        """Return a new row whose node is of a kind."""
        return Row(self, kind, node or self.variable(kind))


@dataclass(slots=True)
class Row:
    """One row of a (sub-)query: its node, and clauses that must run before its tree is written.

    `cards` are the variables of its scorecards; those in `certain` are in every row.
    """

    writer: Writer
    kind: str
    node: str
    lets: list[str] = field(default_factory=list[str])
    cards: dict[str, str] = field(default_factory=dict[str, str])
    certain: set[str] = field(default_factory=set[str])

    @property
    def sight(self) -> Sight:
        """Who asks."""
        return self.writer.sight

    def map(self, selection: Selection) -> Part:
        """Return the tree of a selection as a map under the answer's own keys."""
        entries: list[str] = []
        finishes: dict[str, Finish] = {}
        lates: dict[str, Late] = {}
        for pick in selection.picks:
            part = self.part(selection.kind, pick)
            entries.append(f"{quoted(pick.key)}: {part.expression}")
            if part.finish:
                finishes[pick.key] = part.finish
            if part.late:
                lates[pick.key] = part.late
        return Part("{" + ", ".join(entries) + "}", in_map([each.key for each in selection.picks], finishes, lates))

    def branch(self) -> Row:
        """Return another row of the same node, whose clauses are its own."""
        return Row(self.writer, self.kind, self.node, [], dict(self.cards), set(self.certain))

    def part(self, kind: str, pick: Pick) -> Part:
        """Return the expression of one pick, by its declaration."""
        return self.writer.members[kind][pick.name].part(pick, self)

    def clauses(self) -> str:
        """Return the clauses that the tree needs; call it after the tree is written."""
        return "\n".join(self.lets)


def quoted(key: str) -> str:
    """Return a key of the answer as a Cypher name; ValueError for what is no name."""
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no name: letters, digits and _ only")
    return f"`{key}`"
