"""A market with planted traits, drawn from a seed: people, goods, posts, sales, brands' work and dishonest rings."""

from simulation.errors import FolderRefused, MarketTooSmall, SimulationError, UnknownRegion
from simulation.market import Market, market

__all__ = ["FolderRefused", "Market", "MarketTooSmall", "SimulationError", "UnknownRegion", "market"]
