"""The GraphQL schema as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    is_introspection_type,
    is_specified_scalar_type,
)

from api.documents.markdown import GENERATED, cell, table
from api.graphql.schema import core
from api.policy.deprecations import deprecations

HEAD: Final = f"""# The GraphQL schema

{GENERATED.format(source="api/graphql/types/")}

The same in the schema language: [`api/schema.graphql`](../api/schema.graphql).
"""
SECTIONS: Final[tuple[tuple[str, Any], ...]] = (
    ("Objects", GraphQLObjectType),
    ("Interfaces", GraphQLInterfaceType),
    ("Inputs", GraphQLInputObjectType),
    ("Enums", GraphQLEnumType),
    ("Scalars", GraphQLScalarType),
)


def page(schema: GraphQLSchema = core) -> str:
    """Return the page on all types, the root fields first."""
    types = sorted(_own(schema), key=lambda each: (each is not schema.query_type, each is not schema.mutation_type, each.name))
    sections = [(title, [each for each in types if isinstance(each, kind)]) for title, kind in SECTIONS]
    return HEAD + _index(sections) + _deprecated(schema) + "".join(part for title, some in sections for part in _section(title, some))


def _own(core: GraphQLSchema) -> list[GraphQLNamedType]:
    return [each for each in core.type_map.values() if not is_introspection_type(each) and not is_specified_scalar_type(each)]


def _index(sections: Iterable[tuple[str, Sequence[GraphQLNamedType]]]) -> str:
    """Return a line of links for each kind of type."""
    lines = [f"- **{title}**: " + ", ".join(f"[{each.name}](#{each.name.lower()})" for each in some) for title, some in sections]
    return "\n## Index\n\n" + "\n".join(lines) + "\n"


def _deprecated(schema: GraphQLSchema) -> str:
    """Return the section on what will go."""
    rows = [(f"`{each.place}`", str(each.until), cell(each.instead)) for each in deprecations(schema)]
    return "\n## Deprecated\n\n" + (table(("name", "stays until", "instead"), rows) if rows else "Nothing is deprecated.\n")


def _section(title: str, types: Sequence[GraphQLNamedType]) -> Iterator[str]:
    yield f"\n## {title}\n"
    for each in types:
        yield f"\n### {each.name}\n\n{each.description or ''}\n"
        if rows := list(_rows(each)):
            yield "\n" + table(("name", "type", "meaning"), rows)


def _rows(of: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(of, GraphQLEnumType):
        yield from ((f"`{name}`", "", _meaning(value)) for name, value in of.values.items())
    elif not isinstance(of, GraphQLScalarType):
        for name, field in of.fields.items():
            yield (f"`{name}`", f"`{field.type}`", _meaning(field))
            yield from ((f"— `{key}`", f"`{each.type}`", _meaning(each)) for key, each in getattr(field, "args", {}).items())


def _meaning(element: Any) -> str:
    reason = element.deprecation_reason
    return cell((f"**Deprecated** ({reason}) " if reason else "") + (element.description or ""))
