"""A finding made small: fields, arguments and values are taken out of the operation as long as its answers still differ there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    visit,
)
from graphql.language.visitor import REMOVE

from bench.leaks.answers import differing
from bench.leaks.compare import Finding, Operation, Pair, asked

MOST: Final = 120
"""Attempts at one finding."""


async def shrunk(pair: Pair, role: str, finding: Finding) -> Finding:
    """Return the finding with the smallest operation that was found."""
    if finding.operation.kind != "graphql":
        return finding
    best, tries = finding, 0
    progress = True
    while progress and tries < MOST:
        progress = False
        for smaller in _smaller(best.operation):
            tries += 1
            if tries >= MOST:
                break
            answers = await asyncio.gather(*(asked(world, role, smaller) for world in pair))
            if answers[0] != answers[1] and finding.field in differing(smaller.text, *answers):
                best, progress = Finding(finding.field, smaller, (answers[0], answers[1]), finding.times), True
                break
    return best


def _smaller(operation: Operation) -> Iterator[Operation]:
    """Yield operations with one field, fragment or argument less, the largest first, or with fewer values."""
    document = parse(operation.text, no_location=True)
    places = list(_places(document))
    for place in sorted(places, key=lambda each: -each.size):
        yield _without(document, place.number, operation)
    for name, value in operation.given.items():
        for less in _less(value):
            yield Operation(operation.kind, operation.text, {**operation.given, name: less})


@dataclass(frozen=True, slots=True)
class _Place:
    number: int
    size: int


def _places(document: DocumentNode) -> Iterator[_Place]:
    """Number what may be taken out: every field or fragment that is not alone, and every argument."""
    for number, (node, alone) in enumerate(_parts(document)):
        if not alone:
            yield _Place(number, len(print_ast(node)))


def _parts(document: DocumentNode) -> Iterator[tuple[Node, bool]]:
    definition = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    yield from _below(definition.selection_set)


def _below(selections: SelectionSetNode) -> Iterator[tuple[Node, bool]]:
    for each in selections.selections:
        yield each, len(selections.selections) == 1
        if isinstance(each, FieldNode):
            yield from ((argument, False) for argument in each.arguments or ())
        inner = each.selection_set if isinstance(each, FieldNode | InlineFragmentNode) else None
        if inner is not None:
            yield from _below(inner)


def _without(document: DocumentNode, number: int, operation: Operation) -> Operation:
    gone = next(node for place, (node, _) in enumerate(_parts(document)) if place == number)

    class Removing(Visitor):
        def enter(self, node: Node, *_: Any) -> Any:
            return REMOVE if node is gone else None

    rest = visit(document, Removing())
    used: set[str] = set()

    class Using(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            used.update(each.value.name.value for each in node.arguments or () if isinstance(each.value, VariableNode))

    visit(rest, Using())

    class Declaring(Visitor):
        def enter_variable_definition(self, node: Any, *_: Any) -> Any:
            return None if node.variable.name.value in used else REMOVE

    text = " ".join(print_ast(visit(rest, Declaring())).split())
    return Operation(operation.kind, text, {name: value for name, value in operation.given.items() if name in used})


def _less(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key in value:
            yield {name: each for name, each in value.items() if name != key}
    if isinstance(value, list) and len(value) > 1:
        for place in range(len(value)):
            yield value[:place] + value[place + 1 :]
