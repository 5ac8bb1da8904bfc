"""Members that are read from the node itself: properties, global ids, amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Type, Unit, node
from graph.plans.parts import Part, in_list, iso
from graph.plans.selection import Pick, Selection
from graph.plans.sights import party
from graph.plans.visibility import Reach
from graph.plans.writer import Member, Row, quoted


@dataclass(frozen=True, slots=True)
class Field:
    """An expression over the node, written `{n}`; `terms` keeps it from all but the collaboration's parties."""

    expression: str
    time: bool = False
    terms: bool = False

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the property as it stands, times as ISO 8601."""
        expression = self.expression.replace("{n}", row.node)
        return Part(guarded(expression, row) if self.terms else expression, iso if self.time else None)


@dataclass(frozen=True, slots=True)
class Constant:
    """The same for every node: the name of its type."""

    value: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the constant as a literal."""
        return Part(f"'{self.value}'")


@dataclass(frozen=True, slots=True)
class Composite:
    """Several properties answered as one object; null where `unless` holds."""

    kind: str
    unless: str
    terms: bool = False

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the object's own selection over the same node."""
        tree = row.map(Selection(self.kind, pick.child.picks))
        expression = f"CASE WHEN {self.unless.replace('{n}', row.node)} THEN null ELSE {tree.expression} END"
        return Part(guarded(expression, row) if self.terms else expression, tree.finish)


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of objects, one for each item of a list property; `{item}` and `{i}` in `expressions` are the item and its place."""

    items: str
    expressions: Mapping[str, str]

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the list; empty where the property is absent."""
        entries = ", ".join(
            f"{quoted(each.key)}: {self.expressions[each.name].replace('{n}', row.node).replace('{i}', 'i')}" for each in pick.child.picks
        )
        items = self.items.replace("{n}", row.node)
        return Part(f"[i IN range(0, size(coalesce({items}, [])) - 1) | {{{entries}}}]")


@dataclass(frozen=True, slots=True)
class Inner:
    """A member that was computed from what brands and partners may not see; to them it is `otherwise`, a literal."""

    member: Member
    otherwise: str = "null"

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the member's own part, or what is said in its place."""
        return Part(self.otherwise) if row.visibility.outward else self.member.part(pick, row)


@dataclass(frozen=True, slots=True)
class Times:
    """A list of times, as ISO 8601; empty where the property is absent."""

    items: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the list."""
        return Part(f"coalesce({self.items.replace('{n}', row.node)}, [])", in_list(iso))


def guarded(expression: str, row: Row) -> str:
    """Return an expression that is null for all but the parties of the row's collaboration.

    Who does not see others' collaborations has only their own before them, so nothing has to be asked again.
    """
    predicates = party(row.node, row.visibility) if row.visibility.others is Reach.ALL else []
    return f"CASE WHEN {' AND '.join(predicates)} THEN {expression} END" if predicates else expression


def identity(label: str) -> Mapping[str, Member]:
    """Return the members that every node has: its global id and the name of its type."""
    return {"id": Field(f"'{label}:' + {{n}}.id"), "__typename": Constant(label)}


def properties(label: str, *names: str, terms: bool = False) -> dict[str, Member]:
    """Return a member for each declared property named; KeyError for one that the model lacks."""
    found = {name: node(label).property(name) for name in names}
    return {
        name: Field(
            f"coalesce({{n}}.{name}, [])" if each.type in (Type.STRINGS, Type.INTEGERS, Type.FLOATS) else f"{{n}}.{name}",
            time=each.unit is Unit.TIME,
            terms=terms,
        )
        for name, each in found.items()
    }
