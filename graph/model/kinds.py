"""The words in which the graph is declared: types, units, properties, nodes, edges and import tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

GREATEST_INT: Final = 2**31 - 1
GREATEST_LONG: Final = 2**63 - 1


class Type(StrEnum):
    """What a property holds; lists are homogeneous, as Neo4j wants them."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    STRINGS = "strings"
    INTEGERS = "integers"
    FLOATS = "floats"


class Unit(StrEnum):
    """The one unit in which a property is kept, whatever its source used."""

    NONE = ""
    TIME = "Unix seconds, UTC"
    SECONDS = "seconds"
    SHARE = "share, 0–1"
    COUNT = "count"
    MONEY = "amount in the row's currency"
    USD = "US dollars"
    STARS = "stars, 1–5"
    REGION = "ISO 3166-1 alpha-2"
    CURRENCY = "ISO 4217"
    URL = "URL"


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or an edge.

    `derived` properties are written by the product itself and are no column of an import table; `searched` ones are
    found by the words in them; `wide` counts may pass 32 bits and are a `BigInt` in GraphQL, where others are an `Int`.
    """

    name: str
    type: Type
    meaning: str
    unit: Unit = Unit.NONE
    required: bool = False
    values: tuple[str, ...] = ()
    indexed: bool = False
    derived: bool = False
    searched: bool = False
    wide: bool = False

    @property
    def greatest(self) -> int:
        """The greatest whole number that the property holds."""
        narrow = self.type in (Type.INTEGER, Type.INTEGERS) and self.unit in (Unit.COUNT, Unit.SECONDS) and not self.wide
        return GREATEST_INT if narrow else GREATEST_LONG

    @property
    def column(self) -> str:
        """The property's name as a column of an import table: `followerCount` → `follower_count`."""
        return snake(self.name)


@dataclass(frozen=True, slots=True)
class Node:
    """One kind of node; `key` is unique, `extra_labels` maps a value of `kind` to a second label."""

    label: str
    meaning: str
    properties: tuple[Property, ...]
    key: str = "id"
    extra_labels: tuple[tuple[str, str], ...] = ()

    def property(self, name: str) -> Property:
        """Return the property called `name`; KeyError if there is none."""
        return _named(self.properties, name, self.label)


@dataclass(frozen=True, slots=True)
class Edge:
    """One kind of relationship, from a node label to another."""

    type: str
    source: str
    target: str
    meaning: str
    properties: tuple[Property, ...] = ()

    def property(self, name: str) -> Property:
        """Return the property called `name`; KeyError if there is none."""
        return _named(self.properties, name, self.type)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names another node and so makes an edge.

    `outgoing` tells whether the edge leaves the row's own node; `many` that the cell is a list
    (JSON list, or values separated by `|` in CSV).
    """

    column: str
    edge: str
    node: str
    meaning: str
    outgoing: bool = True
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One import table: rows that become a node with its references, or an edge between two nodes."""

    name: str
    meaning: str
    node: str | None = None
    edge: str | None = None
    references: tuple[Reference, ...] = ()


def snake(name: str) -> str:
    """`gmvUsd` → `gmv_usd`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def camel(name: str) -> str:
    """`gmv_usd` → `gmvUsd`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def _named(properties: tuple[Property, ...], name: str, owner: str) -> Property:
    for candidate in properties:
        if candidate.name == name:
            return candidate
    raise KeyError(f"{owner} has no property {name!r}")
