"""What the schema's text says of cost, read by somebody who knows nothing but the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
    get_named_type,
    get_operation_ast,
    parse,
    print_schema,
    value_from_ast_untyped,
)

import api
from api.features.catalogue import TARIFF
from api.graphql.cost.conditions import COSTS
from api.graphql.cost.directives import declared, spaced
from api.graphql.cost.limits import Limits, measure
from api.graphql.schema import core, sdl
from api.pages.examples import EXAMPLES, Example

TEXT = Path(api.__file__).with_name("schema.graphql").read_text("utf-8")
SCHEMA = build_schema(TEXT)
READ = {each.title: each for examples in EXAMPLES.values() for each in examples if not each.query.lstrip().startswith("subscription")}


def said(of: Any, name: str) -> dict[str, Any]:
    directives = (of.ast_node and of.ast_node.directives) or ()
    found = next((each for each in directives if each.name.value == name), None)
    return {each.name.value: value_from_ast_untyped(each.value) for each in found.arguments or ()} if found else {}


class Reader:
    """Adds up what an operation costs by the directives: fields each time, types by the object, sizes as they are said."""

    def __init__(self, document: DocumentNode, variables: dict[str, Any]) -> None:
        self.document, self.variables = document, variables
        self.fragments = {each.name.value: each for each in document.definitions if each.kind == "fragment_definition"}  # type: ignore[attr-defined]
        operation = get_operation_ast(document)
        assert operation is not None
        self.operation = operation
        self.defaults = {
            each.variable.name.value: value_from_ast_untyped(each.default_value)
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }

    @property
    def cost(self) -> int:
        root = SCHEMA.get_root_type(self.operation.operation)
        return self.weight(root) + self.below([self.operation.selection_set], root, {})

    @staticmethod
    def weight(of: Any) -> int:
        return said(of, "cost").get("weight", 1) if isinstance(of, GraphQLObjectType) else 1

    def below(self, sets: Any, parent: Any, sizes: dict[str, int]) -> int:
        groups: dict[tuple[str, str], list[FieldNode]] = {}
        waiting = [(each, parent.name) for each in sets]
        while waiting:
            selections, kind = waiting.pop()
            for each in selections.selections:
                if isinstance(each, FieldNode):
                    groups.setdefault((each.alias.value if each.alias else each.name.value, kind), []).append(each)
                    continue
                fragment = self.fragments[each.name.value] if each.kind == "fragment_spread" else each
                waiting.append((fragment.selection_set, fragment.type_condition.name.value if fragment.type_condition else kind))  # type: ignore[union-attr]
        total = 0
        for (_, kind), nodes in groups.items():
            of = SCHEMA.type_map[kind]
            field = of.fields.get(nodes[0].name.value) if isinstance(of, GraphQLObjectType | GraphQLInterfaceType) else None
            total += 0 if field is None else self.field(nodes, field, sizes.get(nodes[0].name.value))
        return total

    def field(self, nodes: list[FieldNode], field: Any, times: int | None) -> int:
        own = said(field, "cost").get("weight", 0)
        sets = [each.selection_set for each in nodes if each.selection_set]
        if not sets:
            return own
        given = {each.name.value: self.value(each.value) for each in nodes[0].arguments or ()}
        defaults = {name: each.ast_node.default_value for name, each in field.args.items()}
        given = {name: value_from_ast_untyped(each) for name, each in defaults.items() if each} | given
        size = said(field, "listSize")
        sizes: dict[str, int] = {}
        if size:
            slices = [given[each] for each in size.get("slicingArguments", ()) if given.get(each) is not None]
            rows = slices[0] if slices else size["assumedSize"]
            sizes = dict.fromkeys(size.get("sizedFields", ()), rows)
            times = times if "sizedFields" in size else rows
        of = get_named_type(field.type)
        return own + (1 if times is None else times) * (self.weight(of) + self.below(sets, of, sizes))

    def value(self, node: Any) -> Any:
        if node.kind == "variable":
            return self.variables.get(node.name.value, self.defaults.get(node.name.value))
        return value_from_ast_untyped(node)


def named(query: str) -> bool:
    return any(f"{each}:" in query for each in ("ids", "handles", "creators", "representations"))


@pytest.mark.parametrize("example", [each for each in READ.values() if not named(each.query)], ids=lambda example: example.title)
def test_who_reads_the_schema_alone_predicts_what_is_charged(example: Example) -> None:
    document = parse(example.query)
    cost = measure(document, core, None, Limits(), tariff=TARIFF).cost(example.variables or {})
    assert Reader(document, dict(example.variables or {})).cost == cost.requested - cost.filters


def test_conditions_of_filters_say_what_they_cost() -> None:
    weights = {
        kind: {name: said(each, "cost")["weight"] for name, each in of.fields.items()}  # type: ignore[union-attr]
        for kind, of in SCHEMA.type_map.items()
        if kind in COSTS
    }
    assert weights["CreatorFilter"]["sales"] == 900
    assert weights["CreatorFilter"]["verified"] == 10
    assert weights["CreatorFilter"]["and"] == 0
    assert {kind: {name: weights[kind][name] for name in costs} for kind, costs in COSTS.items()} == COSTS


def test_the_text_differs_from_the_plain_schema_by_the_directives_alone() -> None:
    plain = print_schema(core) + "\n"
    assert spaced(plain) == plain
    assert declared(print_schema(build_schema("type Query { one: Int }")), build_schema("type Query { one: Int }"), TARIFF) == (
        "type Query @cost(weight: 0) {\n  one: Int\n}\n"
    )
    assert print_schema(build_schema(sdl())) + "\n" == print_schema(build_schema(plain)) + "\n"
