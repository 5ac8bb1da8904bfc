"""Net GMV of the next 28 days, and how it is forecast."""

from __future__ import annotations

import strawberry

from api.schema.money import Range
from api.schema.planned import planned
from api.schema.scalars import DateTime

_HIDDEN = "null where exact sales may not be shown to you, and where the run's history was too short to learn from"


@strawberry.type(
    description="What a creator is expected to sell in the 28 days after the run's date: net GMV in US dollars through everything that is"
    " known here. Learnt in each run on earlier dates that are replayed. For keys of brands and partners it stands on what they may"
    " see: exact sales of those who consent, from which it is learnt region by region, and of the others the published ranges, given back"
    " as ranges whose ends lie half a decade further out."
)
class Forecast:
    """Amounts are exact for those who may see exact sales."""

    exact: bool = planned("Whether exact amounts may be shown to you.")
    expected_usd: float | None = planned("The mean of what may come; null where exact sales may not be shown to you.")
    median_usd: float | None = planned(f"What is exceeded as likely as not; {_HIDDEN}.")
    low_usd: float | None = planned(f"Lower end of the 80 % interval; {_HIDDEN}.")
    high_usd: float | None = planned(f"Upper end of the 80 % interval; {_HIDDEN}.")
    sale_probability: float | None = planned(f"Probability that anything is sold, net of refunds; {_HIDDEN}.")
    expected_range: Range | None = planned("The range that `expectedUsd` lies in; null where it is unknown.")
    low_range: Range | None = planned("The range that `lowUsd` lies in; null where the run's history was too short to learn from.")
    high_range: Range | None = planned("The range that `highUsd` lies in; null as `lowRange` is.")
    for_forecast: float | None = planned(
        "Place among all creators (for keys of brands and partners: of the region) by expected sales, 0–100, higher is"
        " better: the blend of facts that best picks future net sales, whose weights"
        " `ScoringRun.forecastMethod` publishes. Null where nothing can be said, or exact sales may not be shown to you."
    )


@strawberry.type(
    description="What all creators together are expected to sell of a brand or in a category in the 28 days after the run's date: net GMV"
    " in US dollars. The interval does not take creators for independent: what they share, as season or a product's fate, is learnt from"
    " how sums erred on replayed dates."
)
class ForecastSum:
    """A creator's forecast falls on brands and categories as the sales do that are expected of it."""

    exact: bool = planned("Whether exact amounts may be shown to you.")
    expected_usd: float | None = planned("The mean of what may come; null where exact amounts may not be shown to you.")
    low_usd: float | None = planned(f"Lower end of the 80 % interval; {_HIDDEN}.")
    high_usd: float | None = planned(f"Upper end of the 80 % interval; {_HIDDEN}.")
    expected_range: Range | None = planned("The range that `expectedUsd` lies in; null where it is unknown.")
    low_range: Range | None = planned("The range that `lowUsd` lies in; null where the run's history was too short to learn from.")
    high_range: Range | None = planned("The range that `highUsd` lies in; null as `lowRange` is.")


@strawberry.type(description="One fact of the blend behind forecasts.")
class ForecastWeight:
    """The expectation is a product of powers of facts."""

    name: str = planned("The fact.")
    meaning: str = planned("What it is.")
    weight: float = planned("What the log of the expectation grows by when the fact grows by 1.")


@strawberry.type(description="Creators of whom the forecast gave about the same probability of a sale.")
class ReliabilityPoint:
    """Calibrated forecasts have points near the diagonal."""

    probability: float = planned("Their mean probability of a sale.")
    sold: float = planned("The share of them who sold.")
    creators: int = planned("How many they are.")


@strawberry.type(description="A way to foretell sales, held against what came.")
class ForecastRival:
    """The forecast itself, or a figure that anyone could count."""

    name: str = planned(
        "`forecast`; `pastGmv`, past net sales weighed by exp(-age / 120 days); `lastMonth`, net sales of the last 28 days; or `orders`,"
        " the number of orders so far."
    )
    error_usd: float = planned("Mean absolute error in US dollars; of the forecast that of the median.")
    best_share: float | None = planned("What its first 50 sold, over what the best 50 sold; null where nothing was sold.")


@strawberry.type(description="Forecasts of a replayed date, which taught nothing, held against what came.")
class Backtest:
    """Made anew by each run."""

    at: DateTime = planned("The date forecast from; only what was known then is used.")
    creators: int = planned("Creators with an interval.")
    covered: float = planned("Share of 80 % intervals that hold what came.")
    sums_covered: float | None = planned("Share of 80 % intervals of brands and categories that hold what came; null where none had one.")
    reliability: list[ReliabilityPoint] = planned("By tenths of the probability of a sale; tenths without creators are left out.")
    rivals: list[ForecastRival] = planned("The forecast first, then plain figures.")


@strawberry.type(description="How a run's forecasts were learnt and tested.")
class ForecastMethod:
    """The replayed dates lie 28 and 56 days before the run's, as far as its events reach back."""

    dates: list[DateTime] = planned("The replayed dates, the newest first; empty where events do not reach back far enough.")
    rows: int = planned("Creators, over all replayed dates, that taught.")
    weights: list[ForecastWeight] = planned("The blend; empty where too few sold to learn from.")
    backtest: Backtest | None = planned("The newest replayed date, forecast by the older ones; null where these were too few.")
