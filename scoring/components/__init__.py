"""The components that an indicator is declared from; each reads as its definition."""

from scoring.components.component import Component
from scoring.components.rates import Rate
from scoring.components.shares import Share
from scoring.components.values import Amount, Bounds, Estimate, Level, Measure

share = Share
rate = Rate
amount = Amount
level = Level
measure = Measure
bounds = Bounds
estimate = Estimate

__all__ = ["Component", "amount", "bounds", "estimate", "level", "measure", "rate", "share"]
