"""A run's forecasts, from what `scoring` says to what `graph` stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graph.runs import Cards, ForecastMethod, Forecasts
from scoring import NAMES, world_ordinals
from scoring.facts import Market
from scoring.forecast import Backtest, Outlook, Sums
from scoring.outward import USD_BOUNDS, middles
from scoring.tables import Ints


def stored_forecasts(market: Market, outlook: Outlook) -> list[Forecasts]:
    """Return what is stored of creators, brands and categories."""
    said = outlook.creators
    columns = {name: getattr(said, name).tolist() for name in ("expected", "median", "low", "high", "chance")}
    return [
        Forecasts("Creator", market.creators.id.tolist(), columns | {"forForecast": outlook.for_forecast.tolist()}),
        _of_sums("Brand", market.catalogue.brand.tolist(), outlook.brands),
        _of_sums("Category", market.catalogue.category.tolist(), outlook.categories),
    ]


def _of_sums(kind: str, ids: Sequence[str], sums: Sums) -> Forecasts:
    return Forecasts(kind, ids, {name: getattr(sums, name).tolist() for name in ("expected", "low", "high")})


def expected_places(market: Market, outlook: Outlook) -> dict[str, float]:
    """Return by creator what stands for more the more sales are expected; NaN without a forecast."""
    return dict(zip(market.creators.id.tolist(), outlook.for_forecast.tolist(), strict=True))


def told_places(market: Market, outlook: Outlook, consenting: frozenset[str]) -> dict[str, float]:
    """Return the same as it is told outward: what is expected of who consents, of others the middle of the published range."""
    expected = outlook.creators.expected
    told = np.where(np.isin(market.creators.id, sorted(consenting)), expected, middles(expected, USD_BOUNDS))
    return dict(zip(market.creators.id.tolist(), told.tolist(), strict=True))


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
