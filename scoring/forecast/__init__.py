"""Net GMV of the next 28 days, of creators, brands and categories, learnt and tested within each run by replaying earlier dates."""

from __future__ import annotations

from scoring.forecast.backtest import Backtest, Bin, Rival
from scoring.forecast.forecast import Forecast, forecast, learn
from scoring.forecast.groups import Sums
from scoring.forecast.method import FORECAST
from scoring.forecast.outlook import Outlook, Weight, outlook, places

__all__ = ["FORECAST", "Backtest", "Bin", "Forecast", "Outlook", "Rival", "Sums", "Weight", "forecast", "learn", "outlook", "places"]
