"""Scalars beside GraphQL's own."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NewType, TypeAlias

import strawberry
from graphql import GraphQLError, IntValueNode, StringValueNode, ValueNode, print_ast
from strawberry.types.scalar import ScalarDefinition

from graph.json_text import shown

if TYPE_CHECKING:
    # Values are plain Python; the names tell the schema how they are read and described.
    Id: TypeAlias = str
    Region: TypeAlias = str
    DateTime: TypeAlias = str
    BigInt: TypeAlias = int
    Json: TypeAlias = Any
    Representation: TypeAlias = Any
else:
    Id = strawberry.ID
    Region = NewType("Region", str)
    DateTime = NewType("DateTime", str)
    BigInt = NewType("BigInt", int)
    Json = NewType("Json", object)
    Representation = NewType("Representation", object)

CODE: Final = re.compile(r"[A-Z]{2}")
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
LARGEST: Final = 2**63 - 1
LONGEST_ID: Final = 2_000


def region(value: Any) -> str:
    """Return a region's code in capitals; ValueError for what is no code."""
    code = value.strip().upper() if isinstance(value, str) else ""
    if not CODE.fullmatch(code):
        raise ValueError(f'{shown(value)} is not a region; give an ISO 3166-1 alpha-2 code, such as "US"')
    return code


def seconds(value: Any) -> int:
    """Return an instant as Unix seconds; ValueError for what is no instant, or has no offset."""
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueError(f'{shown(value)} is not an instant; give ISO 8601 with an offset, such as "2026-01-31T00:00:00Z"')
    try:
        return int(instant.astimezone(UTC).timestamp())
    except OverflowError:
        raise ValueError(f"{shown(value)} lies outside the years 1 to 9999 in UTC; give an instant within") from None


def whole(value: Any) -> int:
    """Return a whole number of up to 64 bits; ValueError for any other value."""
    if isinstance(value, bool) or not isinstance(value, int | str) or not re.fullmatch(r"-?\d{1,19}", str(value)):
        raise ValueError(f"{shown(value)} is not a whole number; give digits")
    if abs(number := int(value)) > LARGEST:
        raise ValueError(f"{shown(value)} does not fit into 64 bits; the largest is {LARGEST}")
    return number


def identifier(value: Any) -> str:
    """Return an id given as text or as a whole number; ValueError for what no node can have.

    A fraction has lost digits of a long id already. An empty one is that of nobody, as a list from a spreadsheet has it.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f'{shown(value)} is not an id; give it as text, as in "7495000000000000001"')
    text = str(value)
    if len(text) > LONGEST_ID or CONTROL.search(text):
        raise ValueError(f"{shown(text)} is not an id; an id has at most {LONGEST_ID:,} characters, none of which is a control character")
    return text


def identifier_in_document(node: ValueNode) -> str:
    """Return an id that stands in a document itself."""
    if not isinstance(node, StringValueNode | IntValueNode):
        raise GraphQLError(f"{print_ast(node)} is not an id; give it as text", node)
    try:
        return identifier(node.value)
    except ValueError as error:
        raise GraphQLError(str(error), node) from error


def _as_it_is(value: Any) -> Any:
    return value


SCALARS: Final[dict[object, ScalarDefinition]] = {
    Region: strawberry.scalar(
        name="Region",
        description="A market, as the ISO 3166-1 alpha-2 code of its country: `US`, `GB`, `ID`.",
        specified_by_url="https://www.iso.org/iso-3166-country-codes.html",
        serialize=_as_it_is,
        parse_value=region,
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC as ISO 8601, to the second: `2026-01-31T00:00:00Z`.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_as_it_is,
        parse_value=seconds,
    ),
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number of up to 64 bits, as a JSON number.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc8259#section-6",
        serialize=_as_it_is,
        parse_value=whole,
    ),
    Json: strawberry.scalar(
        name="JSON",
        description="Any JSON value: a string, a number, a list, an object, true, false or null.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc8259",
        serialize=_as_it_is,
        parse_value=_as_it_is,
    ),
    Representation: strawberry.scalar(
        name="_Any",
        description="A reference to a node, as routers of Apollo Federation give it: an object with `__typename` and `id`.",
        specified_by_url="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec",
        serialize=_as_it_is,
        parse_value=_as_it_is,
    ),
}
"""What each type stands for, given to the schema's configuration."""
