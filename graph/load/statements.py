"""The Cypher of loading, made once from the declared graph: no other word ever gets into a query."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, LiteralString, cast

from graph.load.shapes import EXTRA_LABELS, SHAPES, Link, Shape

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _text(template: str, *names: str) -> LiteralString:
    """Return a query; its names are declared ones and can hold nothing but letters, digits and `_`."""
    assert all(NAME.fullmatch(name) for name in names), f"{names}: a declared name must be letters, digits or _"
    return cast("LiteralString", template)


def path(link: Link, here: str = "n", there: str = "x") -> LiteralString:
    """Return the pattern of a link, from `here` or towards it."""
    line = f"-[:{link.type}]->" if link.outgoing else f"<-[:{link.type}]-"
    return _text(f"({here}){line}({there})", link.type)


@cache
def read_nodes(shape: Shape) -> LiteralString:
    """Nodes by id, with what they refer to, the names they refer by, and what was heard of them."""
    lists = ", ".join(f"[{path(link)} | x.id]" for link in shape.links)
    return _text(
        f"UNWIND $ids AS id\n"
        f"MATCH (n:{shape.label} {{id: id}})\n"
        f"RETURN id, properties(n) AS properties, [{lists}] AS references,\n"
        f"  [(n)-[r:NAMED]->(x:Name) | [r.column, x.id]] AS named, [(n)<-[:HEARD_AS]-(x:Heard) | x.register] AS heard",
        shape.label,
    )


@cache
def read_priced(shape: Shape) -> LiteralString:
    """Nodes with amounts in a currency, as `read_nodes` has them."""
    head = f"UNWIND $ids AS id\nMATCH (n:{shape.label} {{id: id}})\nRETURN id,"
    return _text(read_nodes(shape).replace(head, f"MATCH (n:{shape.label})\nWHERE n.currency = $currency\nRETURN n.id AS id,"), shape.label)


@cache
def read_orders() -> LiteralString:
    """Lines of orders, present and gone, with what they refer to and by which names."""
    lists = ", ".join(f"[{path(link)} | x.id]" for link in SHAPES["Sale"].links)
    return _text(
        f"UNWIND $ids AS orderId\n"
        f"CALL (orderId) {{\n"
        f"  MATCH (n:Sale {{orderId: orderId}}) RETURN n\n"
        f"  UNION ALL\n"
        f"  MATCH (n:DroppedSale {{orderId: orderId}}) RETURN n\n"
        f"}}\n"
        f"RETURN orderId, properties(n) AS properties, [{lists}] AS references,\n"
        f"  [(n)-[r:NAMED]->(x:Name) | [r.column, x.id]] AS named, [] AS heard"
    )


@cache
def write_nodes(label: str, extra: str | None) -> LiteralString:
    """Create or change nodes; `extra` is the second label that their kind gives them."""
    others = [each for each in EXTRA_LABELS.values() if each != extra]
    labels = "".join([f"\nSET n:{extra}", *(f"\nREMOVE n:{other}" for other in others)]) if extra else ""
    return _text(f"UNWIND $rows AS row\nMERGE (n:{label} {{id: row.id}})\nSET n += row.properties{labels}", label, extra or "n")


@cache
def create_nodes(label: str, extra: str | None) -> LiteralString:
    """Create nodes that are known not to be there."""
    return _text(f"UNWIND $rows AS row\nCREATE (n:{label}{':' + extra if extra else ''})\nSET n = row.properties", label, extra or "n")


@cache
def draw(label: str, link: Link) -> LiteralString:
    """Draw relationships that are known not to be there."""
    return _text(
        f"UNWIND $pairs AS pair\nMATCH (n:{label} {{id: pair[0]}})\nMATCH (x:{link.target} {{id: pair[1]}})\nCREATE {path(link)}",
        label,
        link.target,
    )


@cache
def erase(label: str, link: Link) -> LiteralString:
    """Remove relationships."""
    line = f"-[r:{link.type}]->" if link.outgoing else f"<-[r:{link.type}]-"
    return _text(
        f"UNWIND $pairs AS pair\nMATCH (n:{label} {{id: pair[0]}}){line}(x:{link.target} {{id: pair[1]}})\nDELETE r", label, link.target
    )


@cache
def place(label: str) -> LiteralString:
    """Create nodes that rows refer to and none has told of."""
    return _text(f"UNWIND $rows AS row\nMERGE (n:{label} {{id: row.id}})\nON CREATE SET n += row.properties", label)


@cache
def sweep(label: str) -> LiteralString:
    """Remove nodes that no row told of and nothing refers to any more."""
    return _text(
        f"UNWIND $ids AS id\n"
        f"MATCH (n:{label} {{id: id}})\n"
        f"WHERE n._age IS NULL AND n._own IS NULL AND NOT EXISTS {{ (n)-[r]-() WHERE NOT type(r) IN ['RATES', 'COLLABORATED_WITH'] }}\n"
        f"DETACH DELETE n",
        label,
    )


@cache
def name_nodes(label: str) -> LiteralString:
    """Note by which name a node refers to its creator, and when that was so."""
    return _text(
        f"UNWIND $rows AS row\nMATCH (n:{label} {{id: row.id}})\nMERGE (m:Name {{id: row.name}})\n"
        f"MERGE (n)-[r:NAMED {{column: row.column}}]->(m)\nSET r.at = row.at",
        label,
    )


@cache
def unname_nodes(label: str) -> LiteralString:
    """Forget a name by which a node referred to its creator."""
    return _text(
        f"UNWIND $rows AS row\nMATCH (n:{label} {{id: row.id}})-[r:NAMED {{column: row.column}}]->(m:Name {{id: row.name}})\nDELETE r",
        label,
    )


@cache
def read_named(label: str, link: Link) -> LiteralString:
    """Nodes that refer to a creator by name: by which names and when, and to whom that leads so far."""
    return _text(
        f"UNWIND $ids AS id\n"
        f"MATCH (n:{label} {{id: id}})\n"
        f"RETURN id, [(n)-[r:NAMED {{column: '{link.column}'}}]->(m:Name) | [m.id, r.at]] AS named, [{path(link)} | x.id] AS targets",
        label,
        link.column,
    )


@cache
def hear_as(label: str) -> LiteralString:
    """Show what was said by name on a node."""
    return _text(
        f"UNWIND $rows AS row\nMATCH (h:Heard {{id: row.id}})\nMERGE (n:{label} {{id: row.target}})\nCREATE (h)-[:HEARD_AS]->(n)", label
    )


@cache
def forget_nodes(label: str) -> LiteralString:
    """Remove nodes of which nothing is known any more."""
    return _text(f"UNWIND $ids AS id\nMATCH (n:{label} {{id: id}})\nDETACH DELETE n", label)


@cache
def reset_nodes(label: str) -> LiteralString:
    """Leave of nodes what is known of them without any row."""
    return _text(f"UNWIND $rows AS row\nMATCH (n:{label} {{id: row.id}})\nSET n += row.properties", label)
