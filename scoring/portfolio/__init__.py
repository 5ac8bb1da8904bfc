"""Which creators for a budget, pure: the choice that is worth most, how far it may be from the best, and what the others would change."""

from scoring.portfolio.alternatives import Alternative, alternatives, losses
from scoring.portfolio.choice import BUDGET, Choice, Limit
from scoring.portfolio.contradiction import contradiction
from scoring.portfolio.greedy import greedy
from scoring.portfolio.overlap import overlap
from scoring.portfolio.program import Best, OutOfTime, best
from scoring.portfolio.spread import range_of, spread
from scoring.portfolio.total import CORRELATION, CORRELATION_OF_RANGES, Total, correlations, total

__all__ = [
    "BUDGET",
    "CORRELATION",
    "CORRELATION_OF_RANGES",
    "Alternative",
    "Best",
    "Choice",
    "Limit",
    "OutOfTime",
    "Total",
    "alternatives",
    "best",
    "contradiction",
    "correlations",
    "greedy",
    "losses",
    "overlap",
    "range_of",
    "spread",
    "total",
]
