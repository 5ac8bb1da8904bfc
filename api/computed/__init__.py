"""Fields that no single plan holds: each is computed by one function, named here by type and field."""

from __future__ import annotations

from typing import Final

from api.computed.analysis.centrality import centrality, centrality_cost
from api.computed.analysis.cypher import cypher, explain_cypher
from api.computed.analysis.saved_queries import run_saved_query, saved_queries, saved_query
from api.computed.asking import Asking, Computed, Ref
from api.computed.brand_sales import sales_of_brand
from api.computed.finding.briefs import brief, brief_runs, brief_versions, briefs, candidates, compare_brief_runs, wanted
from api.computed.finding.compare import compare
from api.computed.finding.competitors import competitors
from api.computed.finding.overlap import overlap
from api.computed.finding.recommendations import recommendations
from api.computed.likeness.lookalikes import brand_lookalikes, creator_lookalikes, similar_brands
from api.computed.networks.network import network
from api.computed.networks.path import path
from api.computed.predictions.cold_start import cold_start, cold_start_model
from api.computed.predictions.delivery import delivery_model, delivery_probability
from api.computed.predictions.spillover import spillover, spillover_model
from api.computed.ratings.change import score_change
from api.computed.ratings.history import history
from api.computed.ratings.improvements import improvements
from api.computed.ratings.score_events import score_events

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

__all__ = ["COMPUTED", "Asking", "Computed", "Ref"]
