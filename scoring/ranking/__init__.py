"""Places among peers: those by score, and what can be said of the true ones."""

from scoring.ranking.levels import levels
from scoring.ranking.places import Ranks, ranks, world_ordinals
from scoring.ranking.posteriors import normal_scores, probability_above
from scoring.ranking.uncertain import UncertainRanks, uncertain_ranks

__all__ = ["Ranks", "UncertainRanks", "levels", "normal_scores", "probability_above", "ranks", "uncertain_ranks", "world_ordinals"]
