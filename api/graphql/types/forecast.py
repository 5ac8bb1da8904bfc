"""Net GMV of the next 28 days, and how it is forecast."""

from __future__ import annotations

import strawberry

from api.graphql.types.fields import planned
from api.graphql.types.money import Range
from api.graphql.types.scalars import DateTime

_EARLIER = "null in runs from before it was stored"
_HIDDEN = "null where you may not see exact sales, and where the run's history was too short to learn from"


@strawberry.type(
    description="What a creator is expected to sell in the 28 days after the run's date: net GMV in US dollars across all "
    "sources. Each run learns it by replaying earlier dates. For keys of brands and partners it is based only on "
    "what they may see: exact sales of creators who consent, from which it is learnt region by region, and "
    "published ranges for the others, returned as ranges that are half a power of ten wider at each end."
)
class Forecast:
    """Amounts are exact for those who may see exact sales."""

    exact: bool = planned("Whether you may see exact amounts.")
    expected_usd: float | None = planned(
        "The expected amount, a mean: expected amounts of several creators add up. Rare large sales put it above `highUsd` for some "
        "creators, so the interval belongs around `medianUsd`. Null where you may not see exact sales."
    )
    median_usd: float | None = planned(
        "The median: the amount that is exceeded with a probability of one half; of the same distribution as the interval, and never "
        f"outside it; {_HIDDEN}."
    )
    low_usd: float | None = planned(f"Lower end of the 80 % interval; {_HIDDEN}.")
    high_usd: float | None = planned(f"Upper end of the 80 % interval; {_HIDDEN}.")
    sale_probability: float | None = planned(f"Probability that anything is sold, net of refunds; {_HIDDEN}.")
    expected_range: Range | None = planned("The range that `expectedUsd` lies in; null where it is unknown.")
    median_range: Range | None = planned("The range that `medianUsd` lies in; null as `lowRange` is.")
    low_range: Range | None = planned("The range that `lowUsd` lies in; null where the run's history was too short to learn from.")
    high_range: Range | None = planned("The range that `highUsd` lies in; null as `lowRange` is.")
    for_forecast: float | None = planned(
        "Percentile among all creators (for keys of brands and partners: of the region) by expected sales, 0–100, higher is "
        "better: the combination of facts that best predicts future net sales, with the weights published in "
        "`ScoringRun.forecastMethod`. Null where no forecast is possible, or where you may not see exact sales."
    )


@strawberry.type(
    description="What all creators together are expected to sell of a brand or in a category in the 28 days after the run's "
    "date: net GMV in US dollars. The interval does not assume that creators are independent: shared effects, such "
    "as the season, are learnt from the errors of such totals on earlier dates. It always contains the expected amount."
)
class ForecastSum:
    """A creator's forecast falls on brands and categories as the sales do that are expected of it."""

    exact: bool = planned("Whether you may see exact amounts.")
    expected_usd: float | None = planned("The expected amount; null where you may not see exact amounts.")
    low_usd: float | None = planned(f"Lower end of the 80 % interval; {_HIDDEN}.")
    high_usd: float | None = planned(f"Upper end of the 80 % interval; {_HIDDEN}.")
    expected_range: Range | None = planned("The range that `expectedUsd` lies in; null where it is unknown.")
    low_range: Range | None = planned("The range that `lowUsd` lies in; null where the run's history was too short to learn from.")
    high_range: Range | None = planned("The range that `highUsd` lies in; null as `lowRange` is.")


@strawberry.type(description="One fact of the forecasting model, and its weights.")
class ForecastWeight:
    """The log odds of a sale and the log of the amount are linear in the facts."""

    name: str = planned("The fact.")
    meaning: str = planned("The kind of event.")
    weight: float = planned(
        "Increase of the logarithm of the expected sales when the fact increases by 1: the mean over the creators learnt from."
    )
    chance_weight: float | None = planned(f"Increase of the log odds of a sale when the fact increases by 1; {_EARLIER}.")
    amount_weight: float | None = planned(
        f"Increase of the logarithm of what is sold, where anything is sold, when the fact increases by 1; {_EARLIER}."
    )


@strawberry.type(description="Creators with about the same forecast probability of a sale.")
class ReliabilityPoint:
    """Calibrated forecasts have points near the diagonal."""

    probability: float = planned("Their mean probability of a sale.")
    sold: float = planned("Share of them who sold.")
    creators: int = planned("Number of creators.")


@strawberry.type(description="A forecasting method, compared with actual sales.")
class ForecastRival:
    """The forecast itself, or a figure that anyone could count."""

    name: str = planned(
        "`forecast`; `pastGmv`, past net sales weighed by exp(-age / 120 days); `lastMonth`, net sales of the last 28 days; or `orders`,"
        " the number of orders so far."
    )
    error_usd: float = planned("Mean absolute error in US dollars; for the forecast, that of the median.")
    best_share: float | None = planned("Sales of its top 50 as a share of the sales of the actual top 50; null where nothing was sold.")


@strawberry.type(description="Forecasts for a replayed date that was not used for learning, compared with actual sales.")
class Backtest:
    """Made anew by each run."""

    at: DateTime = planned("The date of the forecast; only data known then is used.")
    creators: int = planned("Number of creators with an interval.")
    covered: float = planned("Share of 80 % intervals that contain the actual sales.")
    sums_covered: float | None = planned(
        "Share of 80 % intervals of brands and categories that contain the actual sales; null where none had one."
    )
    reliability: list[ReliabilityPoint] = planned(
        "Reliability by deciles of the probability of a sale; deciles without creators are left out."
    )
    rivals: list[ForecastRival] = planned("The forecast first, then simple baselines.")


@strawberry.type(description="How a run's forecasts were learnt and tested.")
class ForecastMethod:
    """The replayed dates lie 28 and 56 days before the run's, as far as its events reach back."""

    dates: list[DateTime] = planned("The replayed dates, newest first; empty where events do not reach back far enough.")
    rows: int = planned("Number of creators learnt from, over all replayed dates.")
    weights: list[ForecastWeight] = planned("The weights of the model; empty where too few creators sold to learn from.")
    backtest: Backtest | None = planned("The newest replayed date, forecast by the older ones; null where these were too few.")
