"""A run's forecasts, from what `scoring` says to what `graph` stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.runs import Cards, ForecastMethod, Forecasts
from scoring import NAMES, world_ordinals
from scoring.facts import Market
from scoring.forecast import Backtest, Forecast, Outlook, Sums, places
from scoring.outward import brand_forecast
from scoring.tables import Ints


@dataclass(frozen=True, slots=True)
class Ahead:
    """Forecasts of some creators, by their ids; places are told among them."""

    creators: Sequence[str]
    said: Forecast

    @property
    def places(self) -> dict[str, float]:
        """By creator what stands for more the more sales are expected; NaN without a forecast."""
        return dict(zip(self.creators, self.said.expected.tolist(), strict=True))

    @property
    def stored(self) -> Forecasts:
        """What is stored of them."""
        columns = {name: getattr(self.said, name).tolist() for name in ("expected", "median", "low", "high", "chance")}
        return Forecasts("Creator", self.creators, columns | {"forForecast": places(self.said.expected).tolist()})


def ahead(market: Market, outlook: Outlook) -> Ahead:
    """Return the forecasts of a market's creators."""
    return Ahead(market.creators.id.tolist(), outlook.creators)


def stored_forecasts(market: Market, outlook: Outlook) -> list[Forecasts]:
    """Return what is stored of creators, brands and categories."""
    return [
        ahead(market, outlook).stored,
        _of_sums("Brand", market.catalogue.brand.tolist(), outlook.brands),
        _of_sums("Category", market.catalogue.category.tolist(), outlook.categories),
    ]


def outward_forecasts(market: Market, by_region: Sequence[Ahead]) -> list[Forecasts]:
    """Return what is stored for brands and partners: creators by region, and each brand by its own sales."""
    return [*(each.stored for each in by_region), _of_sums("Brand", market.catalogue.brand.tolist(), brand_forecast(market))]


def _of_sums(kind: str, ids: Sequence[str], sums: Sums) -> Forecasts:
    return Forecasts(kind, ids, {name: getattr(sums, name).tolist() for name in ("expected", "low", "high")})


def forecast_ordinals(cards: Cards, places: Mapping[str, float]) -> Ints:
    """Return the scorecards' places from 0 in the world, that of the creator with the highest of `places` first.

    Equals stand by their overall score; who has no forecast comes last.
    """
    groups = {"creator": cards.creator, "window": cards.window, "category": cards.category}
    return world_ordinals(groups, np.array([places[creator] for creator in cards.creator.tolist()]), cards.value[:, NAMES.index("overall")])


def forecast_method(outlook: Outlook) -> ForecastMethod:
    """Return where the forecasts come from, as properties of the run."""
    return ForecastMethod(
        {
            "forecastDates": list(outlook.dates),
            "forecastRows": outlook.rows,
            "forecastNames": [each.name for each in outlook.weights],
            "forecastMeanings": [each.meaning for each in outlook.weights],
            "forecastWeights": [each.weight for each in outlook.weights],
            "forecastChanceWeights": [each.chance for each in outlook.weights],
            "forecastAmountWeights": [each.amount for each in outlook.weights],
            **(_test(outlook.tested) if outlook.tested else {}),
        }
    )


def _test(tested: Backtest) -> dict[str, float | int | list[float] | list[int] | list[str]]:
    return {
        "backtestAt": tested.at,
        "backtestCreators": tested.creators,
        "backtestCovered": tested.covered,
        "backtestSumsCovered": tested.groups,
        "backtestChances": [each.chance for each in tested.reliability],
        "backtestSold": [each.sold for each in tested.reliability],
        "backtestCounts": [each.creators for each in tested.reliability],
        "backtestRivals": [each.name for each in tested.rivals],
        "backtestErrors": [each.error for each in tested.rivals],
        "backtestBest": [each.best for each in tested.rivals],
    }
