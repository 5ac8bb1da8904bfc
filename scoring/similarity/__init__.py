"""Who is like whom: a place in the graph, a profile and an audience as one vector each, and exact search among them."""

from __future__ import annotations

from scoring.similarity.embedding import LINKS, POWERS, Surroundings, embedding
from scoring.similarity.groups import groups
from scoring.similarity.parts import PARTS, Part, told
from scoring.similarity.profile import People
from scoring.similarity.search import Nearest, nearest
from scoring.similarity.table import Layout, Table, blend, brand_rows, creator_rows, sought

__all__ = [
    "LINKS",
    "PARTS",
    "POWERS",
    "Layout",
    "Nearest",
    "Part",
    "People",
    "Surroundings",
    "Table",
    "blend",
    "brand_rows",
    "creator_rows",
    "embedding",
    "groups",
    "nearest",
    "sought",
    "told",
]
