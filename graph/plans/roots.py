"""Where reading starts: one node by id or handle, nodes of any kind, the viewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Inputs, resolved
from graph.plans.parts import Finish, Finishing, Part, in_map
from graph.plans.relations import lines
from graph.plans.selection import Pick, Selection
from graph.plans.sights import shown, where
from graph.plans.values import handle_key, ids_of, own_id, split_id
from graph.plans.writer import Row, quoted

KEYS: Final = {"Flag": "key: id, runId: $run"}
"""Kinds whose global id is not their own: a flag keeps its key from run to run."""


@dataclass(frozen=True, slots=True)
class ById:
    """The node of a kind with an id; null where there is none that the viewer may see."""

    kind: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the node's tree."""
        return _found(self.kind, f"id: {row.writer.bind(pick.arguments['id'], own_id(self.kind))}", [], pick.child, row)


@dataclass(frozen=True, slots=True)
class CreatorByName:
    """The creator with an id, or with a handle in a region."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the creator's tree."""
        given = {name: value for name, value in pick.arguments.items() if value is not None}
        if set(given) == {"id"}:
            return ById("Creator").part(pick, row)
        if set(given) != {"handle", "region"}:
            raise InvalidValue(f"creator: {' and '.join(sorted(given)) or 'nothing'} is given; give either id alone, or handle and region")
        region = row.writer.bind(given["region"])
        handle = row.writer.bind(given["handle"], handle_key)
        return _found("Creator", f"handleKey: {handle}", [f"{{m}}.region = {region}"], pick.child, row)


@dataclass(frozen=True, slots=True)
class ByIds:
    """Nodes of any kind, in the order of their ids; null for each that there is not, or that may not be seen."""

    many: bool

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the nodes of each kind by id; Python puts them in order."""
        source = pick.arguments["ids" if self.many else "id"]
        trees = {each.kind: self._of_kind(each, [source] if not self.many else source, row) for each in pick.children}
        entries = ", ".join(f"{quoted(kind)}: {part.expression}" for kind, part in trees.items())
        finishes = {kind: part.finish for kind, part in trees.items() if part.finish}
        return Part("{" + entries + "}", _in_order(source, list(trees), finishes, many=self.many))

    def _of_kind(self, selection: Selection, source: Any, row: Row) -> Part:
        inner = row.writer.row(selection.kind)
        tree = inner.map(selection)
        clauses = [
            f"UNWIND {row.writer.bind(source, ids_of(selection.kind))} AS id",
            f"MATCH ({inner.node}:{selection.kind} {{{KEYS.get(selection.kind, 'id: id')}}})",
            where(shown(selection.kind, inner.node, row.visibility)),
            *inner.lets,
            f"RETURN [id, {tree.expression}] AS item",
        ]
        return Part(f"COLLECT {{\n{lines(clauses)}\n}}", _second(tree.finish) if tree.finish else None)


@dataclass(frozen=True, slots=True)
class Oneself:
    """What the request's key stands for; plain values come as one parameter."""

    name: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return one value of the viewer."""
        return Part(row.writer.bind(self.name, _viewer_value))


@dataclass(frozen=True, slots=True)
class OwnNodes:
    """The nodes that the viewer is bounded to: their brands, or themself as a creator."""

    kind: str
    predicate: str
    many: bool

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the nodes' trees, by id."""
        inner = row.writer.row(self.kind)
        tree = inner.map(pick.child)
        clauses = [
            f"MATCH ({inner.node}:{self.kind})",
            f"WHERE {self.predicate.replace('{m}', inner.node)}",
            f"WITH {inner.node}",
            f"ORDER BY {inner.node}.id",
            "LIMIT 1000",
            *inner.lets,
            f"RETURN {tree.expression} AS item",
        ]
        listed = f"COLLECT {{\n{lines(clauses)}\n}}"
        finish = tree.finish
        if not self.many:
            return Part(f"head({listed})", finish)
        return Part(listed, (lambda items, finishing: [finish(item, finishing) for item in items]) if finish else None)


def _viewer_value(name: Any, inputs: Inputs) -> Any:
    return inputs.viewer[name]


def _found(kind: str, key: str, predicates: list[str], selection: Selection, row: Row) -> Part:
    inner = row.writer.row(kind)
    tree = inner.map(selection)
    clauses = [
        f"MATCH ({inner.node}:{kind} {{{key}}})",
        where([*(each.replace("{m}", inner.node) for each in predicates), *shown(kind, inner.node, row.visibility)]),
        f"WITH {inner.node}",
        f"ORDER BY {inner.node}.id",
        "LIMIT 1",
        *inner.lets,
        f"RETURN {tree.expression} AS item",
    ]
    return Part(f"head(COLLECT {{\n{lines(clauses)}\n}})", tree.finish)


def _second(finish: Finish) -> Finish:
    def each(pairs: Any, finishing: Finishing) -> Any:
        return [[own, finish(tree, finishing)] for own, tree in pairs]

    return each


def _in_order(source: Any, kinds: list[str], finishes: dict[str, Finish], *, many: bool) -> Finish:
    """Put nodes found by kind into the order that they were asked in."""
    inner = in_map(kinds, finishes)

    def finish(found: Any, finishing: Finishing) -> Any:
        trees = inner(found, finishing) if inner else found
        by_id = {(kind, own): tree for kind, pairs in trees.items() for own, tree in pairs}
        asked = resolved(source, finishing.inputs.values)
        return [by_id.get(split_id(each)) for each in asked] if many else by_id.get(split_id(asked))

    return finish


@dataclass(frozen=True, slots=True)
class Myself:
    """The viewer."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the viewer's own selection."""
        return row.map(pick.child)
