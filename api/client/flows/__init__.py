"""What each method of the clients does, a flow each."""

from __future__ import annotations

from api.client.flows.creators import creators, explain, ranking, scores
from api.client.flows.graphql import graphql
from api.client.flows.market import brands, collaborations, products

__all__ = ["brands", "collaborations", "creators", "explain", "graphql", "products", "ranking", "scores"]
