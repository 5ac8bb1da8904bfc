"""What the graph holds, and the import tables, as pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.documents.markdown import GENERATED, cell, table
from graph.model import EDGES, NODES, TABLES, Property, Reference, Table, columns, node

GRAPH_HEAD: Final = f"""# The graph

{GENERATED.format(source="graph/model/")}

Every node has its own `id`, unique by constraint. Times are Unix seconds in UTC, shares lie between 0 and 1, money stands in
its original currency beside a US dollar amount at the rate of the day. A property marked *derived* is written by creatorgraph.
"""

IMPORT_HEAD: Final = f"""# Import tables

{GENERATED.format(source="graph/model/")}

`creatorgraph import FOLDER` reads one file a table: `NAME.parquet`, `NAME.csv`, `NAME.csv.gz`, `NAME.jsonl` or `NAME.jsonl.gz`.
An empty cell is unknown. Lists are JSON lists in JSON Lines and Parquet, and values parted by `|` in CSV. An optional column
`observed_at` (Unix seconds) tells how old a row is; without it a row is as old as can be, and later files win over earlier ones.
"""


def graph_page() -> str:
    """Return the page on nodes and edges."""
    nodes = "\n".join(f"### {each.label}\n\n{each.meaning}\n\n{_properties(each.properties)}" for each in NODES)
    edges = "\n".join(
        f"### ({each.source})-[:{each.type}]->({each.target})\n\n{each.meaning}\n"
        + (f"\n{_properties(each.properties)}" if each.properties else "")
        for each in EDGES
    )
    return f"{GRAPH_HEAD}\n## Nodes\n\n{nodes}\n## Edges\n\n{edges}"


def import_page() -> str:
    """Return the page on import tables."""
    return IMPORT_HEAD + "".join(f"\n## {each.name}\n\n{each.meaning}\n\n{_columns(each)}" for each in TABLES)


def _properties(properties: Iterable[Property]) -> str:
    return table(("property", "type", "unit", "meaning"), ((f"`{each.name}`", each.type, each.unit, _meaning(each)) for each in properties))


def _meaning(of: Property) -> str:
    extra = f" One of {', '.join(f'`{value}`' for value in of.values)}." if of.values else ""
    return cell(of.meaning + extra + (" *Derived.*" if of.derived else ""))


def _columns(of: Table) -> str:
    key = f"Key: `{node(of.node).key}`." if of.node else "Key: both ends."
    rows = (_property_row(name, each) if isinstance(each, Property) else _reference_row(name, each) for name, each in columns(of).items())
    return f"{key}\n\n" + table(("column", "type", "unit", "needed", "meaning"), rows)


def _property_row(name: str, of: Property) -> tuple[str, ...]:
    return (f"`{name}`", of.type, of.unit, "yes" if of.required else "", _meaning(of))


def _reference_row(name: str, of: Reference) -> tuple[str, ...]:
    kind = f"{'ids' if of.many else 'id'} of {of.node}"
    return (f"`{name}`", kind, "", "yes" if of.required else "", cell(of.meaning))
