"""What loading needs to know of each kind of node and edge, taken from the declared graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from graph.model import NODES, Edge, Node, Property, Reference, Type, Unit, edge, node, table
from graph.rows import BrandRef
from graph.search.terms import PROPERTIES as SEARCH

WHOLE: Final = frozenset({"Collaboration", "Sale"})
"""Replaced whole by their latest observation; all others field by field."""

KEPT_APART: Final = frozenset({"Category"})
"""Their register has keys that are no property (a name for each region), so it is always kept as a whole."""

DRAWN_APART: Final = frozenset({"CHILD_OF"})
"""Edges that depend on more than their own node's observations."""

HIDDEN: Final = frozenset({"_age", "_older", "_own", "_part", "_assumed", "_whole", "_points", "_programmes", "_dropped"}) | {
    "_uncredited",
    "_byContent",
    *SEARCH,
}
"""Properties in which loading keeps its books; readers ignore what begins with `_`."""

WRITTEN_BY_PEOPLE: Final[Mapping[str, str | None]] = {
    "ratingNote": None,
    "rating": "_rated",
    "ratedAt": "_rated",
    "salesConsent": "_consented",
    **dict.fromkeys(("decision", "decisionReason", "decidedAt", "decisionRule", "decisionExportedAt"), None),
}
"""Properties that people may write, and the mark by which a node says that somebody has; None where only people do."""

TABLE_OF: Final = {
    "Category": "categories",
    "Brand": "brands",
    "Product": "products",
    "Creator": "creators",
    "Content": "contents",
    "Collaboration": "collaborations",
    "Sale": "sales",
    "Report": "reports",
    "Audience": "audiences",
    "Rate": "rates",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A reference column: the relationship it makes and the node at its other end."""

    column: str
    type: str
    target: str
    outgoing: bool
    many: bool

    @property
    def creator(self) -> bool:
        """Whether the other end is a creator, who may be known by name only."""
        return self.target == "Creator"


@dataclass(frozen=True)
class Shape:
    """One label, or one edge that is a table of its own."""

    label: str
    properties: tuple[Property, ...]
    links: tuple[Link, ...]

    @property
    def whole(self) -> bool:
        """Whether a newer observation replaces all that an older one said."""
        return self.label in WHOLE

    @property
    def apart(self) -> bool:
        """Whether the register must be kept as a whole."""
        return self.label in KEPT_APART

    @cached_property
    def sighted(self) -> bool:
        """Whether every row tells when its node or edge was known; a creator's first sight is told by others too."""
        return "firstSeenAt" in self.names and self.label != "Creator"

    @cached_property
    def by_column(self) -> dict[str, str]:
        """Property by column, also those the product derives: a source may already know them."""
        return {each.column: each.name for each in self.properties}

    @cached_property
    def observed(self) -> frozenset[str]:
        """Names of the properties that sources tell."""
        return frozenset(each.name for each in self.properties if not each.derived)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of all properties."""
        return frozenset(each.name for each in self.properties)

    @cached_property
    def kept(self) -> frozenset[str]:
        """Names of the properties that loading writes; others on the same node are not its own."""
        return self.names - {name for name, mark in WRITTEN_BY_PEOPLE.items() if mark is None} | HIDDEN

    def fixed(self, properties: Mapping[str, Any]) -> frozenset[str]:
        """Return those that people have written since on a node, who know better than its sources."""
        return frozenset(name for name, mark in WRITTEN_BY_PEOPLE.items() if mark is not None and properties.get(mark))

    @cached_property
    def floats(self) -> frozenset[str]:
        """Names of the properties that are kept as floats, though a source may write `5`."""
        return frozenset(each.name for each in self.properties if each.type is Type.FLOAT)

    @cached_property
    def told(self) -> dict[str, tuple[str, bool]]:
        """By column, the properties that sources tell, and whether each is kept as a float."""
        return {column: (name, name in self.floats) for column, name in self.by_column.items() if name in self.observed}

    @cached_property
    def in_usd(self) -> tuple[tuple[str, str], ...]:
        """Amounts and the property that holds each in US dollars."""
        return tuple((each.name.removesuffix("Usd"), each.name) for each in self.properties if each.derived and each.unit is Unit.USD)

    @cached_property
    def link(self) -> dict[str, Link]:
        """Links by column."""
        return {each.column: each for each in self.links}

    def properties_in(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the known properties among a row's values, by name."""
        told = self.told
        return {
            known[0]: float(value) if known[1] else value
            for column, value in values.items()
            if value is not None and (known := told.get(column)) is not None and not isinstance(value, BrandRef)
        }


def _shape(of: Node) -> Shape:
    links = table(TABLE_OF[of.label]).references if of.label in TABLE_OF else ()
    return Shape(of.label, of.properties, tuple(_link(each) for each in links if each.edge not in DRAWN_APART))


def _link(reference: Reference) -> Link:
    return Link(reference.column, reference.edge, reference.node, reference.outgoing, reference.many)


def _edge_shape(of: Edge) -> Shape:
    return Shape(of.type, of.properties, ())


SHAPES: Final = {of.label: _shape(of) for of in NODES}
FEATURES: Final = _edge_shape(edge("FEATURES"))
LABELS: Final = {table: label for label, table in TABLE_OF.items()} | {"partners": "Partner"}
EXTRA_LABELS: Final = dict(node("Content").extra_labels)
