"""What an answer cost: the nodes that are in it, and the work that its fields are.

Only fields that cost something are visited, so that a page of plain rows is counted by its length.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, GraphQLSchema, OperationType, get_named_type

from api.graphql.cost.collecting import Collecting, Selected, operation_in
from api.graphql.cost.tariff import Tariff, is_node


@dataclass(frozen=True, slots=True)
class Counted:
    """What a value costs by itself, and by its response keys what costs something below it; `work` is what its field costs."""

    work: int = 0
    each: int = 0
    below: Mapping[str, Counted] = field(default_factory=dict[str, "Counted"])

    def nodes(self, value: Any) -> int:
        """Return what a value of an answer cost, the work of its own field aside."""
        return self._total([value])

    def _total(self, values: list[Any]) -> int:
        """Return what values cost that stand in the same place of an answer: a page has hundreds, and few places."""
        if not self.below:
            return self.each * sum([len(value) if isinstance(value, list) else 1 for value in values])
        while list in map(type, values):
            values = [item for value in values for item in (value if isinstance(value, list) else (value,))]
        total = self.each * len(values)  # what is null was looked for as any other
        for key, found in self.below.items():
            # Of another type, where fragments ask each for its own, it has no such key.
            inner = [value[key] for value in values if value is not None and key in value]
            total += found.work * len(inner) + found._total(inner)
        return total

    def with_(self, other: Counted) -> Counted:
        """Return what stands under one key that fragments ask of several types, of which an object has one."""
        below = dict(self.below)
        for key, found in other.below.items():
            below[key] = below[key].with_(found) if key in below else found
        return Counted(max(self.work, other.work), max(self.each, other.each), below)


def counted(document: DocumentNode, schema: GraphQLSchema, operation_name: str | None, *, tariff: Tariff) -> Counted:
    """Return how to count the answers to one operation of a valid document."""
    operation = operation_in(document, operation_name)
    root = schema.get_root_type(operation.operation)
    counting = _Counting(Collecting(schema, document), tariff)
    below = counting.below([operation.selection_set], root) if root else {}
    return Counted(each=int(operation.operation is OperationType.MUTATION), below=below)


class _Counting:
    """Keeps of each selection what costs something."""

    def __init__(self, collecting: Collecting, tariff: Tariff) -> None:
        self._collecting, self._tariff = collecting, tariff

    def below(self, sets: Any, parent: Any) -> dict[str, Counted]:
        found: dict[str, Counted] = {}
        for each in self._collecting.fields(sets, parent):
            made = self._one(each)
            if made.work or made.each or made.below:
                found[each.key] = found[each.key].with_(made) if each.key in found else made
        return found

    def _one(self, each: Selected) -> Counted:
        type_ = get_named_type(each.field.type)
        work = self._tariff.work(each.name, each.field)
        return Counted(work, int(is_node(type_)), self.below(each.sets, type_)) if each.sets else Counted(work)
