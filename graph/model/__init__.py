"""What the graph holds, declared once: constraints, import tables, checks and docs derive from it."""

from __future__ import annotations

from typing import Final

from graph.model.appeals import APPEAL
from graph.model.briefs import BRIEF, BRIEF_RUN, BRIEF_VERSION, PROSPECT
from graph.model.edges import EDGES
from graph.model.kinds import GREATEST_INT, GREATEST_LONG, Edge, Node, Property, Reference, Table, Type, Unit, camel, snake
from graph.model.market import BRAND, CATEGORY, COLLABORATION, CONTENT, PARTNER, PRODUCT, RATE, SALE
from graph.model.people import AUDIENCE, CREATOR, REPORT
from graph.model.rights import ERASED, ERASURE_REQUEST, OBJECTION
from graph.model.tables import TABLES

NODES: Final = (
    CREATOR,
    BRAND,
    PARTNER,
    PRODUCT,
    CATEGORY,
    CONTENT,
    SALE,
    COLLABORATION,
    REPORT,
    AUDIENCE,
    RATE,
    APPEAL,
    BRIEF,
    BRIEF_VERSION,
    BRIEF_RUN,
    PROSPECT,
    OBJECTION,
    ERASURE_REQUEST,
    ERASED,
)

__all__ = [
    "EDGES",
    "GREATEST_INT",
    "GREATEST_LONG",
    "NODES",
    "TABLES",
    "Edge",
    "Node",
    "Property",
    "Reference",
    "Table",
    "Type",
    "Unit",
    "camel",
    "columns",
    "edge",
    "node",
    "snake",
    "table",
]


def node(label: str) -> Node:
    """Return the declaration of the nodes labelled `label`; KeyError if there is none."""
    return {each.label: each for each in NODES}[label]


def edge(type_: str) -> Edge:
    """Return the declaration of the relationships of type `type_`; KeyError if there is none."""
    return {each.type: each for each in EDGES}[type_]


def table(name: str) -> Table:
    """Return the import table called `name`; KeyError if there is none."""
    return {each.name: each for each in TABLES}[name]


def columns(of: Table) -> dict[str, Property | Reference]:
    """Return a table's columns by name, in order: its properties that are not derived, then its references."""
    owner = node(of.node) if of.node else edge(of.edge or "")
    own = {each.column: each for each in owner.properties if not each.derived}
    return own | {each.column: each for each in of.references}
