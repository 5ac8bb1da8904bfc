"""Root fields."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.schema.brand import Brand, BrandConnection
from api.schema.category import Category, CategoryConnection
from api.schema.collaboration import CollaborationConnection
from api.schema.creator import Creator, CreatorConnection
from api.schema.filters import BrandFilter, CategoryFilter, CollaborationFilter, CreatorFilter, ProductFilter, filtered
from api.schema.methodology import Methodology
from api.schema.node import Node
from api.schema.planned import BY, CATEGORY, REGION, WINDOW, argument, paged, planned
from api.schema.product import Product, ProductConnection
from api.schema.ranking import RankingConnection
from api.schema.run import ScoringRunConnection
from api.schema.scalars import Region
from api.schema.sorts import BrandOrder, CollaborationOrder, CreatorOrder, ProductOrder, sorted_by
from api.schema.viewer import Viewer

GLOBAL = "The node's global id; an own id alone is taken too."
ID = argument("id", strawberry.ID, GLOBAL)


@strawberry.type(description="What can be read. What you may not see answers as if it did not exist.")
class Query:
    """Each field is one query to the graph, whatever is selected below it."""

    node: Node | None = planned(
        "The node with a global id; null where there is none that you may see.", argument("id", strawberry.ID, "The node's global id.")
    )
    nodes: list[Node | None] = planned(
        "Nodes by global ids, in their order; null for each that there is not.",
        argument("ids", list[strawberry.ID], "Global ids; as many as a page may have rows."),
    )
    viewer: Viewer = planned("What your key stands for.")
    creator: Creator | None = planned(
        "One creator, by id, or by handle within a region; null where there is none that you may see.",
        argument("id", strawberry.ID | None, GLOBAL),
        argument("handle", str | None, "The user name, with or without `@`, in any case; needs `region`."),
        argument("region", Region | None, "The region in which the handle is known."),
    )
    creators: CreatorConnection = paged("Creators that you may see.", filtered(CreatorFilter), sorted_by(CreatorOrder))
    ranking: RankingConnection = paged(
        "Creators with a score, the best first, with rank and score. Its order is that of the current run: a cursor of an"
        " earlier run is answered with STALE_CURSOR, and the remedy is to start from the first page.",
        BY,
        CATEGORY,
        REGION,
        WINDOW,
        filtered(CreatorFilter),
    )
    brand: Brand | None = planned("One brand; null where there is none.", ID)
    brands: BrandConnection = paged("Brands.", filtered(BrandFilter), sorted_by(BrandOrder))
    product: Product | None = planned("One product; null where there is none.", ID)
    products: ProductConnection = paged("Products.", filtered(ProductFilter), sorted_by(ProductOrder))
    category: Category | None = planned("One category; null where there is none.", ID)
    categories: CategoryConnection = paged("Categories, by id.", filtered(CategoryFilter))
    collaborations: CollaborationConnection = paged(
        "Collaborations that you may see.", filtered(CollaborationFilter), sorted_by(CollaborationOrder)
    )
    methodology: Methodology = planned("How scores are computed.")
    scoring_runs: ScoringRunConnection = paged("Scoring runs, the newest first.")
