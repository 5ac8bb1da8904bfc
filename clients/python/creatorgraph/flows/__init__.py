"""What each method of the clients does, a flow each."""

from __future__ import annotations

from creatorgraph.flows.comparing import compare, overlap, recommendations
from creatorgraph.flows.creators import creator_list, creators, explain, ranking, scores
from creatorgraph.flows.exports import export
from creatorgraph.flows.graphql import graphql
from creatorgraph.flows.lookalikes import lookalikes
from creatorgraph.flows.market import brands, categories, collaborations, products
from creatorgraph.flows.networks import centrality, network, path
from creatorgraph.flows.queries import cypher, saved, saved_queries

__all__ = [
    "brands",
    "categories",
    "centrality",
    "collaborations",
    "compare",
    "creator_list",
    "creators",
    "cypher",
    "explain",
    "export",
    "graphql",
    "lookalikes",
    "network",
    "overlap",
    "path",
    "products",
    "ranking",
    "recommendations",
    "saved",
    "saved_queries",
    "scores",
]
