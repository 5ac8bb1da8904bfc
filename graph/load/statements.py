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
    """Nodes by id, collected, with what they refer to, the names they refer by, and what was heard of them."""
    found = f"UNWIND $ids AS id\nMATCH (n:{shape.label} {{id: id}})\n"
    return _text(f"{found}RETURN collect({{id: id, {_stored(shape, heard=HEARD)}}}) AS rows", shape.label)


HEARD: Final = "[(n)<-[:HEARD_AS]-(x:Heard) | x.register]"


def _stored(shape: Shape, *, heard: str) -> str:
    """Return the entries of a map that holds all that is stored of a node `n`."""
    lists = ", ".join(f"[{path(link)} | x.id]" for link in shape.links)
    return f"properties: properties(n), references: [{lists}],\n  named: [(n)-[r:NAMED]->(x:Name) | [r.column, x.id]], heard: {heard}"


@cache
def read_priced(shape: Shape) -> LiteralString:
    """Nodes with amounts in a currency, as `read_nodes` has them, one a record: there may be any number of them."""
    found = f"MATCH (n:{shape.label})\nWHERE n.currency = $currency\n"
    return _text(f"{found}RETURN {{id: n.id, {_stored(shape, heard=HEARD)}}} AS node", shape.label)


@cache
def read_orders() -> LiteralString:
    """Lines of orders, present and gone, collected, with what they refer to and by which names."""
    return _text(
        f"CALL () {{\n"
        f"  MATCH (n:Sale) WHERE n.orderId IN $ids RETURN n\n"
        f"  UNION ALL\n"
        f"  MATCH (n:DroppedSale) WHERE n.orderId IN $ids RETURN n\n"
        f"}}\n"
        f"RETURN collect({{orderId: n.orderId, {_stored(SHAPES['Sale'], heard='[]')}}}) AS rows"
    )


@cache
def write_nodes(label: str, extra: str | None) -> LiteralString:
    """Create or change nodes; `extra` is the second label that their kind gives them."""
    others = [each for each in EXTRA_LABELS.values() if each != extra]
    labels = "".join([f"\nSET n:{extra}", *(f"\nREMOVE n:{other}" for other in others)]) if extra else ""
    return _text(f"UNWIND $rows AS row\nMERGE (n:{label} {{id: row.id}})\nSET n += row.properties{labels}", label, extra or "n")


@cache
def create_nodes(label: str, extra: str | None, links: tuple[Link, ...] = (), named: tuple[Link, ...] = ()) -> LiteralString:
    """Create nodes that are known not to be there, with their relationships to nodes and names that are: `row.others` and `row.names`."""
    found = [f"MATCH (x{place}:{link.target} {{id: row.others[{place}]}})\n" for place, link in enumerate(links)]
    found += [f"MATCH (m{place}:Name {{id: row.names[{place}]}})\n" for place, _ in enumerate(named)]
    drawn = [f"\nCREATE {path(link, there=f'x{place}')}" for place, link in enumerate(links)]
    drawn += [f"\nCREATE (n)-[:NAMED {{column: '{link.column}', at: row.at[{place}]}}]->(m{place})" for place, link in enumerate(named)]
    return _text(
        f"UNWIND $rows AS row\n{''.join(found)}CREATE (n:{label}{':' + extra if extra else ''})\nSET n = row.properties{''.join(drawn)}",
        *(label, extra or "n", *(link.target for link in links), *(link.column for link in named)),
    )


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


PLACE_NAMES: Final[LiteralString] = """
UNWIND $ids AS id
MERGE (:Name {id: id})
"""


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
    """Nodes that refer to a creator by name, collected: by which names and when, and to whom that leads so far."""
    return _text(
        f"UNWIND $ids AS id\n"
        f"MATCH (n:{label} {{id: id}})\n"
        f"RETURN collect({{id: id, named: [(n)-[r:NAMED {{column: '{link.column}'}}]->(m:Name) | [m.id, r.at]],\n"
        f"  targets: [{path(link)} | x.id]}}) AS rows",
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
