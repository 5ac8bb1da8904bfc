"""Fields that no single plan holds: each is computed by one function, named here by type and field."""

from __future__ import annotations

from typing import Final

from api.features.brand_sales.brand_sales import sales_of_brand
from api.features.briefs.briefs import brief, brief_runs, brief_versions, briefs, candidates, compare_brief_runs, wanted
from api.features.centrality.centrality import centrality, centrality_cost
from api.features.cold_start.cold_start import cold_start, cold_start_model
from api.features.comparison.comparison import compare
from api.features.competitors.competitors import competitors
from api.features.cypher.cypher import cypher, explain_cypher
from api.features.delivery.delivery import delivery_model, delivery_probability
from api.features.improvements.improvements import improvements
from api.features.lookalikes.lookalikes import brand_lookalikes, creator_lookalikes, similar_brands
from api.features.network.network import network
from api.features.overlap.overlap import overlap
from api.features.paths.paths import path
from api.features.recommendations.recommendations import recommendations
from api.features.saved_queries.saved_queries import run_saved_query, saved_queries, saved_query
from api.features.score_changes.score_changes import score_change
from api.features.score_events.score_events import score_events
from api.features.score_history.score_history import history
from api.features.spillover.spillover import spillover, spillover_model
from api.graphql.execution.field_context import Computed

COMPUTED: Final[dict[tuple[str, str], Computed]] = {
    ("Brand", "sales"): sales_of_brand,
    ("Brand", "competitors"): competitors,
    ("Brand", "network"): network,
    ("Brand", "lookalikes"): brand_lookalikes,
    ("Brand", "similarBrands"): similar_brands,
    ("Brief", "wanted"): wanted,
    ("BriefRun", "candidates"): candidates,
    ("Creator", "coldStart"): cold_start,
    ("Creator", "spillover"): spillover,
    ("Creator", "deliveryProbability"): delivery_probability,
    ("Creator", "history"): history,
    ("Creator", "improvements"): improvements,
    ("Creator", "lookalikes"): creator_lookalikes,
    ("Creator", "scoreChange"): score_change,
    ("Creator", "scoreEvents"): score_events,
    ("ScoringRun", "coldStartModel"): cold_start_model,
    ("ScoringRun", "spilloverModel"): spillover_model,
    ("ScoringRun", "deliveryModel"): delivery_model,
    ("Query", "compare"): compare,
    ("Query", "overlap"): overlap,
    ("Query", "path"): path,
    ("Query", "recommendations"): recommendations,
    ("Query", "centrality"): centrality,
    ("Query", "centralityCost"): centrality_cost,
    ("Query", "savedQueries"): saved_queries,
    ("Query", "savedQuery"): saved_query,
    ("Query", "runSavedQuery"): run_saved_query,
    ("Query", "cypher"): cypher,
    ("Query", "explainCypher"): explain_cypher,
    ("Query", "briefs"): briefs,
    ("Query", "brief"): brief,
    ("Query", "briefVersions"): brief_versions,
    ("Query", "briefRuns"): brief_runs,
    ("Query", "compareBriefRuns"): compare_brief_runs,
}
