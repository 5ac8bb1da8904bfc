"""Root fields that plans answer: nodes and lists of them."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.features.appeals.types import APPEALS, AppealConnection, AppealFilter
from api.features.imports.types import (
    DATA_IMPORT,
    DATA_IMPORTS,
    MAPPING_PREVIEW,
    REJECTED_ROWS,
    DataImport,
    DataImportConnection,
    MappingPreview,
    RejectedTableRowConnection,
)
from api.features.saved_views.types import SAVED_VIEWS, SavedViewConnection
from api.graphql.types.brand import Brand, BrandConnection
from api.graphql.types.category import Category, CategoryConnection
from api.graphql.types.collaboration import CollaborationConnection
from api.graphql.types.creator import Creator, CreatorConnection, RankingConnection
from api.graphql.types.enums import AccessScope, ViewerRole
from api.graphql.types.fields import BY, CATEGORY, GLOBAL, ID, ORDER, REGION, WINDOW, argument, paged, planned
from api.graphql.types.filters import BrandFilter, CategoryFilter, CollaborationFilter, CreatorFilter, ProductFilter, filtered
from api.graphql.types.flag import EXCLUDE_FLAGGED
from api.graphql.types.methodology import Methodology
from api.graphql.types.nouns import BrandRef, CreatorRef, NodeRef
from api.graphql.types.product import Product, ProductConnection
from api.graphql.types.run import ScoringRunConnection
from api.graphql.types.scalars import Id, Region
from api.graphql.types.sorts import BrandOrder, CollaborationOrder, CreatorOrder, ProductOrder, sorted_by


@strawberry.type(description="The holder of your access key or token.")
class Viewer:
    """Bounds of what you may see."""

    name: str = planned("Name given to the key, or by the token.")
    role: ViewerRole = planned("Your role.")
    regions: list[str] = planned("Regions granted; `*` for all. Empty for roles that need none.")
    brands: list[BrandRef] = planned("Your own brand, or your clients' brands; empty for other roles.")
    creator: CreatorRef | None = planned("The creator who holds the key; null for other roles.")
    scopes: list[AccessScope] | None = planned("What the key or token is narrowed to; null if it may do all that its role may.")
    cost_budget: int = planned("Cost that may be spent per minute.")
    requests_at_once: int = planned("Number of requests processed at once; more wait.")
    saved_views: SavedViewConnection | None = paged(
        "Saved views of the explorer's pages: your own by name, then those that others of your brand share. Not for creators.",
        *SAVED_VIEWS,
    )
    data_imports: DataImportConnection | None = DATA_IMPORTS
    data_import: DataImport | None = DATA_IMPORT
    rejected_rows: RejectedTableRowConnection | None = REJECTED_ROWS
    mapping_preview: MappingPreview | None = MAPPING_PREVIEW


@strawberry.type
class Query:
    """Each field is one query to the graph, whatever is selected below it."""

    node: NodeRef | None = planned(
        "The node with a global id; null if none that you may see has it.", argument("id", Id, "The node's global id.")
    )
    nodes: list[NodeRef | None] = planned(
        "Nodes by global ids, in the same order; null for each id without a node.",
        argument("ids", list[Id], "Global ids, at most 1,000 (`CREATORGRAPH_MAX_BATCH`)."),
    )
    viewer: Viewer = planned("The holder of your access key.")
    creator: Creator | None = planned(
        "One creator, by id, or by handle within a region; null if none that you may see matches.",
        argument("id", Id | None, GLOBAL),
        argument("handle", str | None, "The user name, with or without `@`, in any case; needs `region`."),
        argument("region", Region | None, "The region in which the handle is known."),
    )
    creator_list: list[Creator | None] | None = planned(
        "Creators by ids, or by handles within a region, in the same order; null for each that does not exist or that you may not see. "
        "At most 1,000 (`CREATORGRAPH_MAX_BATCH`). Null if an argument is invalid.",
        argument("ids", list[Id] | None, "Global ids; the platform's own ids are accepted, too."),
        argument("handles", list[str] | None, "User names, with or without `@`, in any case; need `region`."),
        argument("region", Region | None, "The region in which the handles are known."),
    )
    creators: CreatorConnection | None = paged(
        "Creators that you may see.", filtered(CreatorFilter), sorted_by(CreatorOrder), EXCLUDE_FLAGGED
    )
    ranking: RankingConnection | None = paged(
        "Creators with a score, best first, with rank and score. The order is that of the current run: a cursor from an "
        "earlier run returns the error STALE_CURSOR; start again from the first page.",
        BY,
        CATEGORY,
        ORDER,
        REGION,
        WINDOW,
        filtered(CreatorFilter),
        EXCLUDE_FLAGGED,
    )
    brand: Brand | None = planned("One brand; null if it does not exist.", ID)
    brands: BrandConnection | None = paged("Brands.", filtered(BrandFilter), sorted_by(BrandOrder))
    product: Product | None = planned("One product; null if it does not exist.", ID)
    products: ProductConnection | None = paged("Products.", filtered(ProductFilter), sorted_by(ProductOrder))
    category: Category | None = planned("One category; null if it does not exist.", ID)
    categories: CategoryConnection | None = paged("Categories, by id.", filtered(CategoryFilter))
    collaborations: CollaborationConnection | None = paged(
        "Collaborations that you may see.", filtered(CollaborationFilter), sorted_by(CollaborationOrder)
    )
    appeals: AppealConnection | None = paged(APPEALS, filtered(AppealFilter))
    methodology: Methodology = planned("How scores are computed.")
    scoring_runs: ScoringRunConnection | None = paged("Scoring runs, newest first.")
