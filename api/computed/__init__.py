"""Fields that no single plan holds: each is computed by one function, named here by type and field."""

from __future__ import annotations

from typing import Final

from api.computed.asking import Asking, Computed, Ref
from api.computed.briefs import brief, brief_runs, brief_versions, briefs, compare_brief_runs
from api.computed.centrality import centrality, centrality_cost
from api.computed.compare import compare
from api.computed.competitors import competitors
from api.computed.cypher import cypher, explain_cypher
from api.computed.lookalikes import brand_lookalikes, creator_lookalikes, similar_brands
from api.computed.network import network
from api.computed.overlap import overlap
from api.computed.path import path
from api.computed.recommendations import recommendations
from api.computed.saved_queries import run_saved_query, saved_queries, saved_query

COMPUTED: Final[dict[tuple[str, str], Computed]] = {
    ("Brand", "competitors"): competitors,
    ("Brand", "network"): network,
    ("Brand", "lookalikes"): brand_lookalikes,
    ("Brand", "similarBrands"): similar_brands,
    ("Creator", "lookalikes"): creator_lookalikes,
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
