"""What creators are expected to sell: their flow, and net GMV of the next 28 days with an interval."""

from __future__ import annotations

from scoring.forecast.flow import flow, shares
from scoring.forecast.forecast import Forecast, Learnt, forecast, learn
from scoring.forecast.history import History

__all__ = ["Forecast", "History", "Learnt", "flow", "forecast", "learn", "shares"]
