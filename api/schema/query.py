"""Root fields."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.schema.brand import Brand, BrandConnection
from api.schema.brief import Brief, BriefInput, BriefRun, BriefRunChanges, BriefVersion
from api.schema.category import Category, CategoryConnection
from api.schema.centrality import KIND, ONLY, SCOPE, SEEDS, Centrality, CentralityCost
from api.schema.collaboration import CollaborationConnection
from api.schema.compare import Comparison
from api.schema.contest import APPEALS, AppealConnection, AppealFilter
from api.schema.creator import Creator, CreatorConnection
from api.schema.cypher import ARGUMENTS as CYPHER
from api.schema.cypher import PARAMETERS, QUERY, CypherExplanation, CypherResult
from api.schema.filters import BrandFilter, CategoryFilter, CollaborationFilter, CreatorFilter, ProductFilter, filtered
from api.schema.flag import EXCLUDE_FLAGGED
from api.schema.methodology import Methodology
from api.schema.node import Node
from api.schema.overlap import Overlap
from api.schema.path import PATH_ARGUMENTS, Paths
from api.schema.planned import BY, CATEGORY, ORDER, REFUSED, REGION, WINDOW, argument, paged, planned
from api.schema.product import Product, ProductConnection
from api.schema.ranking import RankingConnection
from api.schema.recommendation import Recommendations
from api.schema.run import ScoringRunConnection
from api.schema.saved_query import NAME, VERSION, SavedQuery
from api.schema.scalars import Json, Region
from api.schema.sorts import BrandOrder, CollaborationOrder, CreatorOrder, ProductOrder, sorted_by
from api.schema.viewer import Viewer

GLOBAL = "The node's global id; an own id alone is taken too."
ID = argument("id", strawberry.ID, GLOBAL)
CREATORS = argument("creators", list[strawberry.ID], "Global ids of 2 to 10 creators.")
BRIEF = argument("brief", strawberry.ID, "Global id of the brief.")


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
    creators: CreatorConnection | None = paged(
        "Creators that you may see.", filtered(CreatorFilter), sorted_by(CreatorOrder), EXCLUDE_FLAGGED
    )
    ranking: RankingConnection | None = paged(
        "Creators with a score, the best first, with rank and score. Its order is that of the current run: a cursor of an"
        " earlier run is answered with STALE_CURSOR, and the remedy is to start from the first page.",
        BY,
        CATEGORY,
        ORDER,
        REGION,
        WINDOW,
        filtered(CreatorFilter),
        EXCLUDE_FLAGGED,
    )
    brand: Brand | None = planned("One brand; null where there is none.", ID)
    brands: BrandConnection | None = paged("Brands.", filtered(BrandFilter), sorted_by(BrandOrder))
    product: Product | None = planned("One product; null where there is none.", ID)
    products: ProductConnection | None = paged("Products.", filtered(ProductFilter), sorted_by(ProductOrder))
    category: Category | None = planned("One category; null where there is none.", ID)
    categories: CategoryConnection | None = paged("Categories, by id.", filtered(CategoryFilter))
    collaborations: CollaborationConnection | None = paged(
        "Collaborations that you may see.", filtered(CollaborationFilter), sorted_by(CollaborationOrder)
    )
    appeals: AppealConnection | None = paged(APPEALS, filtered(AppealFilter))
    methodology: Methodology = planned("How scores are computed.")
    scoring_runs: ScoringRunConnection | None = paged("Scoring runs, the newest first.")
    compare: Comparison | None = planned(
        f"Creators side by side, and which differences exceed their intervals. {REFUSED}", CREATORS, WINDOW, CATEGORY
    )
    overlap: Overlap | None = planned(
        "What creators have in common, two by two: brands, products, time, make-up of the audience. It never tells whether the same"
        f" persons follow them. {REFUSED}",
        CREATORS,
    )
    path: Paths | None = planned(
        "The strongest few paths between two nodes, over what you may see; null where either end is not a node that you may see.",
        *PATH_ARGUMENTS,
    )
    recommendations: Recommendations | None = planned(
        "Creators who fit a brief, with score, interval and reasons, and what in the brief left out most. Null before the first run.",
        argument("brief", BriefInput | None, "Whom you look for; everyone if neither this nor `briefId` is given."),
        argument("briefId", strawberry.ID | None, "Global id of a saved brief, in place of `brief`."),
        argument("first", int, "How many candidates.", 20),
    )
    briefs: list[Brief] | None = planned(
        f"Briefs of your brands, those changed last first. {REFUSED}",
        argument("brand", strawberry.ID | None, "Those of this brand only."),
        argument("first", int, "How many.", 20),
    )
    brief: Brief | None = planned("One brief; null where there is none that you may see.", ID)
    brief_versions: list[BriefVersion] | None = planned(
        "What a brief wanted, the newest version first; null where there is no such brief that you may see.",
        BRIEF,
        argument("first", int, "How many.", 20),
    )
    brief_runs: list[BriefRun] | None = planned(
        "The creators that a brief found, the newest run first; null where there is no such brief that you may see.",
        BRIEF,
        argument("first", int, "How many; at most 20.", 5),
    )
    compare_brief_runs: BriefRunChanges | None = planned(
        "Who entered, left and moved from one run of a brief to another; null where there is no such run that you may see.",
        argument("before", strawberry.ID, "Global id of the earlier run."),
        argument("after", strawberry.ID, "Global id of the later run."),
    )
    cypher: CypherResult | None = planned(
        "The answer to a query in Cypher, read-only and bounded; for analysts and administrators. CYPHER_REFUSED names the rule that"
        f" forbids a query, and what to write instead. {REFUSED}",
        *CYPHER,
    )
    explain_cypher: CypherExplanation | None = planned(
        f"Whether a query in Cypher may run, and its plan; the query is not run. For analysts and administrators. {REFUSED}",
        QUERY,
        PARAMETERS,
    )
    centrality: Centrality | None = planned(
        "The most central nodes of a part of the graph, by one of seven measures; for analysts and administrators, one at a time. A scope"
        f" that is too large is refused with its size. {REFUSED}",
        KIND,
        SCOPE,
        SEEDS,
        ONLY,
        argument("first", int, "How many nodes; at most 100.", 20),
    )
    centrality_cost: CentralityCost | None = planned(
        "What a measure of a part of the graph would cost, and whether it is allowed; it is not computed. For analysts and administrators."
        f" {REFUSED}",
        KIND,
        SCOPE,
    )
    saved_queries: list[SavedQuery] | None = planned(
        "Cypher queries saved by name, including the built-in ones: each in its newest version, by name. For analysts and administrators."
        f" {REFUSED}",
        argument("search", str | None, "Words that name or description has to hold, as they stand; case does not count."),
        argument("first", int, "How many.", 20),
    )
    saved_query: SavedQuery | None = planned(
        "One saved query; null where there is none of this name, or no such version. For analysts and administrators.", NAME, VERSION
    )
    run_saved_query: CypherResult | None = planned(
        "The result of a saved query, its parameters checked by type; with the limits of `cypher`. For analysts and administrators."
        f" {REFUSED}",
        NAME,
        VERSION,
        argument("parameters", Json | None, "An object with a value for each parameter; what is left out is at its default.", None),
        *CYPHER[2:],
    )
