"""Creators by lists of names: in the order asked, null for each that there is not or that the viewer may not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Convert, Inputs, resolved
from graph.plans.parts import Finish, Finishing, Part
from graph.plans.relations import lines
from graph.plans.selection import Pick
from graph.plans.sights import visible, where
from graph.plans.values import handle_key, own_id
from graph.plans.writer import Row

CREATOR: Final = "Creator"


class Naming(NamedTuple):
    """A property that names creators; `key` makes of a name what the property holds, `keys` of a list of names, each once."""

    name: str
    key: Convert
    keys: Convert


def _naming(name: str, key: Convert) -> Naming:
    def keys(values: Any, inputs: Inputs) -> list[Any]:
        return list(dict.fromkeys(key(value, inputs) for value in values))

    return Naming(name, key, keys)


BY_ID: Final = _naming("id", own_id(CREATOR))
BY_HANDLE: Final = _naming("handleKey", handle_key)


@dataclass(frozen=True, slots=True)
class CreatorsByName:
    """Creators by their ids, or by their handles in a region."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the creators' trees."""
        given = {name: value for name, value in pick.arguments.items() if value is not None}
        if set(given) == {"ids"}:
            return _creators(BY_ID, given["ids"], (), pick, row)
        if set(given) == {"handles", "region"}:
            return _creators(BY_HANDLE, given["handles"], [f"{{c}}.region = {row.writer.bind(given['region'])}"], pick, row)
        told = " and ".join(sorted(given)) or "nothing"
        raise InvalidValue(f"{pick.name}: {told} is given; give either ids alone, or handles and region")


def _creators(naming: Naming, source: Any, predicates: Sequence[str], pick: Pick, row: Row) -> Part:
    """Read each creator once, however often it is named."""
    inner = row.writer.row(CREATOR)
    tree = inner.map(pick.child)
    clauses = [
        f"UNWIND {row.writer.bind(source, naming.keys)} AS key",
        f"MATCH ({inner.node}:{CREATOR} {{{naming.name}: key}})",
        where([*(each.replace("{c}", inner.node) for each in predicates), *visible(CREATOR, inner.node, row.visibility)]),
        *inner.lets,
        f"RETURN [key, {inner.node}.id, {tree.expression}] AS item",
    ]
    return Part(f"COLLECT {{\n{lines(clauses)}\n}}", _in_order(source, naming.key, tree.finish))


def _in_order(source: Any, key: Convert, finish_one: Finish | None) -> Finish:
    """Put the creators into the order in which they were named; of two with one handle the one with the smaller id, as `creator` has it."""

    def finish(found: Any, finishing: Finishing) -> Any:
        largest_first = sorted(found, key=lambda item: item[1], reverse=True)
        trees = {named: tree for named, _, tree in largest_first}
        if finish_one is not None:
            trees = {named: finish_one(tree, finishing) for named, tree in trees.items()}
        return [trees.get(key(name, finishing.inputs)) for name in resolved(source, finishing.inputs.values)]

    return finish
