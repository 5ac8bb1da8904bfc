"""An exported graph as NetworkX has it, with nothing lost: parallel edges, lists, and texts that XML cannot hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from graph.exports.graphml import OWN_ID
from graph.exports.markup import unmarked
from graph.exports.sheets import LISTS
from graph.model import EDGES, NODES

LISTED: Final = frozenset(each.name for owner in (*NODES, *EDGES) for each in owner.properties if each.type in LISTS)
"""Properties that are lists wherever they are declared, and so JSON texts in a file."""


def opened(path: Path) -> Any:
    """Return the `networkx.MultiDiGraph` that a GraphML or GEXF file of ours holds.

    `networkx.read_graphml` and `read_gexf` read the same file; this one also turns JSON back into lists, marks back into
    the characters that XML cannot hold, and makes a multigraph of a graph without parallel edges too.
    """
    networkx: Any = import_module("networkx")
    read = networkx.read_gexf(path) if path.suffix == ".gexf" else networkx.read_graphml(path, force_multigraph=True)
    graph = networkx.MultiDiGraph(**_decoded(read.graph.items()))
    graph.add_nodes_from((unmarked(key), _decoded(data.items())) for key, data in read.nodes(data=True))
    edges = (
        read.edges(keys=True, data=True) if read.is_multigraph() else ((a, b, data.get("id"), data) for a, b, data in read.edges(data=True))
    )
    graph.add_edges_from((unmarked(a), unmarked(b), key, _decoded(data.items())) for a, b, key, data in edges)
    return graph


def _decoded(data: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {"id" if name == OWN_ID else unmarked(name): _value(name, value) for name, value in data}


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = unmarked(value)
    return json.loads(text) if name in LISTED and text.startswith("[") else text
