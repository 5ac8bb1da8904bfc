"""Measures of a small network, and places to draw it at; nodes are numbers from 0, ties are weighted and undirected."""

from scoring.networks.brokers import Brokers, brokers
from scoring.networks.communities import Shared, communities, shared
from scoring.networks.concentration import Concentration, concentration
from scoring.networks.copromotion import co_promotion
from scoring.networks.cores import Cores, cores
from scoring.networks.layout import layout
from scoring.networks.strength import FACTS, path_strength, step_strength, tie_weight
from scoring.networks.trends import Trend, trend
from scoring.networks.undirected import undirected

__all__ = [
    "FACTS",
    "Brokers",
    "Concentration",
    "Cores",
    "Shared",
    "Trend",
    "brokers",
    "co_promotion",
    "communities",
    "concentration",
    "cores",
    "layout",
    "path_strength",
    "shared",
    "step_strength",
    "tie_weight",
    "trend",
    "undirected",
]
