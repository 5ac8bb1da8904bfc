"""Which fields an operation selects, its fragments written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_operation_ast,
)

from api.errors import BadUserInput


class Selected(NamedTuple):
    """A field as selected under one response key of objects of one type: all that stands there, as it is answered once."""

    key: str
    parent: str
    nodes: list[FieldNode]
    field: GraphQLField

    @property
    def name(self) -> str:
        """Its name in the schema."""
        return self.nodes[0].name.value

    @property
    def sets(self) -> list[SelectionSetNode]:
        """What is selected of it."""
        return [each.selection_set for each in self.nodes if each.selection_set is not None]


class Collecting:
    """Collects fields from the selection sets of one document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        """Read `document`, which is valid for `schema`."""
        self._schema, self._fragments = schema, fragments(document)

    def fields(self, sets: Iterable[SelectionSetNode], parent: GraphQLNamedType) -> Iterator[Selected]:
        """Yield the fields of objects of type `parent`, or of types that fragments name; introspection is none of them."""
        for (key, type_name), nodes in self._collected(sets, parent).items():
            of = self._schema.type_map[type_name]
            field = of.fields.get(nodes[0].name.value) if isinstance(of, GraphQLObjectType | GraphQLInterfaceType) else None
            if field is not None:
                yield Selected(key, type_name, nodes, field)

    def _collected(self, sets: Iterable[SelectionSetNode], parent: GraphQLNamedType) -> dict[tuple[str, str], list[FieldNode]]:
        found: dict[tuple[str, str], list[FieldNode]] = {}
        waiting = [(selections, parent.name) for selections in sets]
        while waiting:
            selections, type_name = waiting.pop()
            for each in selections.selections:
                if isinstance(each, FieldNode):
                    key = each.alias.value if each.alias else each.name.value
                    found.setdefault((key, type_name), []).append(each)
                    continue
                fragment = self._fragments[each.name.value] if isinstance(each, FragmentSpreadNode) else each
                assert isinstance(fragment, FragmentDefinitionNode | InlineFragmentNode)
                condition = fragment.type_condition
                waiting.append((fragment.selection_set, condition.name.value if condition else type_name))
        return found


def fragments(document: DocumentNode) -> Mapping[str, FragmentDefinitionNode]:
    """Return the fragments of a document by their names."""
    return {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}


def operation_in(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Return the operation of this name, or the only one; BadUserInput where there is none."""
    found = get_operation_ast(document, name)
    if found is None:
        if name is None:
            raise BadUserInput("the document has no operation, or several; set operationName to one of them")
        raise BadUserInput(f"the document has no operation named {name!r}; set operationName to one of its operations")
    return found
