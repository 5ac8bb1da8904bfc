"""What each method of the clients does, a flow each."""

from __future__ import annotations

from api.client.flows.comparing import compare, overlap, recommendations
from api.client.flows.creators import creators, explain, ranking, scores
from api.client.flows.exports import export
from api.client.flows.graphql import graphql
from api.client.flows.likeness import lookalikes
from api.client.flows.market import brands, categories, collaborations, products
from api.client.flows.networks import centrality, network, path
from api.client.flows.queries import cypher, saved, saved_queries

__all__ = [
    "brands",
    "categories",
    "centrality",
    "collaborations",
    "compare",
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
