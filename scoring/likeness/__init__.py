"""Who is like whom: a place in the graph, a profile and an audience as one vector each, and exact search among them."""

from __future__ import annotations

from scoring.likeness.embedding import LINKS, POWERS, Surroundings, embedding
from scoring.likeness.groups import groups
from scoring.likeness.parts import PARTS, Part, told
from scoring.likeness.profile import People
from scoring.likeness.search import Nearest, nearest
from scoring.likeness.table import Layout, Table, blend, brand_rows, creator_rows, sought

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
