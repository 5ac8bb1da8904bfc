"""Root fields."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.features.appeals.types import APPEALS, AppealConnection, AppealFilter
from api.features.briefs.types import Brief, BriefInput, BriefRun, BriefRunChanges, BriefVersion
from api.features.centrality.types import KIND, ONLY, SCOPE, SEEDS, Centrality, CentralityCost
from api.features.comparison.types import Comparison
from api.features.cypher.types import ARGUMENTS as CYPHER
from api.features.cypher.types import PARAMETERS, QUERY, CypherExplanation, CypherResult
from api.features.overlap.types import Overlap
from api.features.paths.types import PATH_ARGUMENTS, Paths
from api.features.recommendations.types import Recommendations
from api.features.saved_queries.types import NAME, VERSION, SavedQuery
from api.graphql.types.brand import Brand, BrandConnection
from api.graphql.types.category import Category, CategoryConnection
from api.graphql.types.collaboration import CollaborationConnection
from api.graphql.types.creator import Creator, CreatorConnection
from api.graphql.types.fields import BY, CATEGORY, ORDER, REFUSED, REGION, WINDOW, argument, paged, planned
from api.graphql.types.filters import BrandFilter, CategoryFilter, CollaborationFilter, CreatorFilter, ProductFilter, filtered
from api.graphql.types.flag import EXCLUDE_FLAGGED
from api.graphql.types.methodology import Methodology
from api.graphql.types.nouns import NodeRef
from api.graphql.types.product import Product, ProductConnection
from api.graphql.types.ranking import RankingConnection
from api.graphql.types.run import ScoringRunConnection
from api.graphql.types.scalars import Id, Json, Region
from api.graphql.types.sorts import BrandOrder, CollaborationOrder, CreatorOrder, ProductOrder, sorted_by
from api.graphql.types.viewer import Viewer

GLOBAL = "The node's global id; the platform's own id is accepted, too."
ID = argument("id", Id, GLOBAL)
CREATORS = argument("creators", list[Id], "Global ids of 2 to 10 creators.")
BRIEF = argument("brief", Id, "Global id of the brief.")


@strawberry.type(description="Queries. Objects that you may not see are treated as if they did not exist.")
class Query:
    """Each field is one query to the graph, whatever is selected below it."""

    node: NodeRef | None = planned(
        "The node with a global id; null if none that you may see has it.", argument("id", Id, "The node's global id.")
    )
    nodes: list[NodeRef | None] = planned(
        "Nodes by global ids, in the same order; null for each id without a node.",
        argument("ids", list[Id], "Global ids; at most as many as a page may have rows."),
    )
    viewer: Viewer = planned("The holder of your access key.")
    creator: Creator | None = planned(
        "One creator, by id, or by handle within a region; null if none that you may see matches.",
        argument("id", Id | None, GLOBAL),
        argument("handle", str | None, "The user name, with or without `@`, in any case; needs `region`."),
        argument("region", Region | None, "The region in which the handle is known."),
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
    compare: Comparison | None = planned(
        f"Compares creators, and shows which differences exceed their intervals. {REFUSED}", CREATORS, WINDOW, CATEGORY
    )
    overlap: Overlap | None = planned(
        "What each pair of creators has in common: brands, products, timing and audience demographics. It does not show whether the"
        f" same people follow them. {REFUSED}",
        CREATORS,
    )
    path: Paths | None = planned(
        ("The strongest paths between two nodes, using only what you may see; null where either end is not a node that you may see."),
        *PATH_ARGUMENTS,
    )
    recommendations: Recommendations | None = planned(
        (
            "Creators who fit a brief, with score, interval and reasons, and which rules of the brief excluded the most. Null "
            "before the first run."
        ),
        argument("brief", BriefInput | None, "What you are looking for; all creators if neither this nor `briefId` is given."),
        argument("briefId", Id | None, "Global id of a saved brief, in place of `brief`."),
        argument("first", int, "Maximum number of candidates.", 20),
    )
    briefs: list[Brief] | None = planned(
        f"Briefs of your brands, most recently changed first. {REFUSED}",
        argument("brand", Id | None, "Only briefs of this brand."),
        argument("first", int, "How many.", 20),
    )
    brief: Brief | None = planned("One brief; null if none that you may see has this id.", ID)
    brief_versions: list[BriefVersion] | None = planned(
        "The versions of a brief, newest first; null if no brief that you may see has this id.",
        BRIEF,
        argument("first", int, "How many.", 20),
    )
    brief_runs: list[BriefRun] | None = planned(
        "The runs of a brief with the creators found, newest first; null if no brief that you may see has this id.",
        BRIEF,
        argument("first", int, "Maximum number to return, at most 20.", 5),
    )
    compare_brief_runs: BriefRunChanges | None = planned(
        "Creators who entered, left and moved between two runs of a brief; null if you may not see one of the runs.",
        argument("before", Id, "Global id of the earlier run."),
        argument("after", Id, "Global id of the later run."),
    )
    cypher: CypherResult | None = planned(
        "Runs a Cypher query, read-only and with limits; for analysts and administrators. The error CYPHER_REFUSED names the rule that"
        f" forbids a query, and what to write instead. {REFUSED}",
        *CYPHER,
    )
    explain_cypher: CypherExplanation | None = planned(
        f"Whether a query in Cypher may run, and its plan; the query is not run. For analysts and administrators. {REFUSED}",
        QUERY,
        PARAMETERS,
    )
    centrality: Centrality | None = planned(
        "The most central nodes of a part of the graph, by one of seven measures; for analysts and administrators, one computation at"
        f" a time. A scope that is too large is refused with an error that gives its size. {REFUSED}",
        KIND,
        SCOPE,
        SEEDS,
        ONLY,
        argument("first", int, "Maximum number of nodes, at most 100.", 20),
    )
    centrality_cost: CentralityCost | None = planned(
        "Estimates the cost of a measure of a part of the graph, and whether it is allowed, without computing it. For"
        f" analysts and administrators. {REFUSED}",
        KIND,
        SCOPE,
    )
    saved_queries: list[SavedQuery] | None = planned(
        "Cypher queries saved by name, including the built-in ones: each in its newest version, by name. For analysts and administrators."
        f" {REFUSED}",
        argument("search", str | None, "Text that the name or description must contain, ignoring case."),
        argument("first", int, "How many.", 20),
    )
    saved_query: SavedQuery | None = planned(
        "One saved query; null if no query has this name, or no such version exists. For analysts and administrators.", NAME, VERSION
    )
    run_saved_query: CypherResult | None = planned(
        f"Runs a saved query, with parameters checked by type and the limits of `cypher`. For analysts and administrators. {REFUSED}",
        NAME,
        VERSION,
        argument("parameters", Json | None, "An object with a value for each parameter; omitted parameters take their defaults.", None),
        *CYPHER[2:],
    )
