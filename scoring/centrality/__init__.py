"""Centrality on demand: seven measures of a bounded graph, each with what it costs, each equal to NetworkX's."""

from scoring.centrality.graph import Graph
from scoring.centrality.measures import MEASURES, Centrality, Cost, Kind, Measure, centrality, cost
from scoring.centrality.projection import pairs_at_most, shared

__all__ = ["MEASURES", "Centrality", "Cost", "Graph", "Kind", "Measure", "centrality", "cost", "pairs_at_most", "shared"]
