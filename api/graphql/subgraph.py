"""The schema as a subgraph of Apollo Federation: its text without what routers alone ask, with the keys of its entities."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from graphql import ConstDirectiveNode, DefinitionNode, DirectiveDefinitionNode, DocumentNode, ObjectTypeDefinitionNode, parse, print_ast
from graphql.language import NameNode

from api.graphql.cost.directives import applied
from api.graphql.cost.tariff import NODE
from api.graphql.schema import sdl

LINK: Final = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@key", "@listSize", "@shareable"])'
SHARED: Final = frozenset({"PageInfo"})
"""Types that other subgraphs have too, with the same meaning."""

MACHINERY: Final = frozenset({"_service", "_entities", "_Service", "_Entity", "_Any"})


@cache
def subgraph() -> str:
    """Return the text that composition takes; every type of nodes is an entity, whose key is its global id."""
    document = parse(sdl(), no_location=True)
    kept = (each for each in document.definitions if _name(each) not in MACHINERY and not isinstance(each, DirectiveDefinitionNode))
    definitions = map(_definition, kept)
    return f"{LINK}\n\n{print_ast(DocumentNode(definitions=tuple(definitions)))}\n"


def _definition(node: DefinitionNode) -> DefinitionNode:
    """Return a definition without what routers ask; a type of nodes with its key."""
    if not isinstance(node, ObjectTypeDefinitionNode):
        return node
    fields = tuple(each for each in node.fields or () if _name(each) not in MACHINERY)
    return replace(node, fields=fields, directives=(*(node.directives or ()), *_directives(node)))


def _directives(node: ObjectTypeDefinitionNode) -> tuple[ConstDirectiveNode, ...]:
    if any(_name(each) == NODE for each in node.interfaces or ()):
        return _KEY
    return _SHAREABLE if _name(node) in SHARED else ()


def _name(node: object) -> str | None:
    name = getattr(node, "name", None)
    return name.value if isinstance(name, NameNode) else None


_KEY: Final = applied('@key(fields: "id")')
_SHAREABLE: Final = applied("@shareable")
