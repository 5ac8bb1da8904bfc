"""What can be picked of a scoring run: how it was made, what it stands on, how its forecasts fared, and what signs it."""

from __future__ import annotations

from typing import Final

from graph.plans.computed import Computed
from graph.plans.fields import Composite, Constant, Entries, Field, Inner, Times, identity
from graph.plans.writer import Member

RUN: Final[dict[str, Member]] = {
    **identity("ScoringRun"),
    "asOf": Field("{n}.asOf", time=True),
    "status": Field("toUpper({n}.status)"),
    "formulaVersion": Field("{n}.formulaVersion"),
    "startedAt": Field("{n}.startedAt", time=True),
    "publishedAt": Field("{n}.publishedAt", time=True),
    "takenBackAt": Field("{n}.takenBackAt", time=True),
    "manifest": Inner(Composite("Manifest", "{n}.manifest IS NULL")),
    "forecastMethod": Inner(Composite("ForecastMethod", "{n}.forecastDates IS NULL")),
    "drift": Inner(
        Entries(
            "{n}.driftNames",
            {
                "kind": "{n}.driftKinds[{i}]",
                "name": "{n}.driftNames[{i}]",
                "index": "{n}.driftIndexes[{i}]",
                "drifted": "{n}.drifted[{i}]",
                "__typename": "'Drift'",
            },
        ),
        "[]",
    ),
    "deliveryModel": Inner(Computed("deliveryModel")),
    "coldStartModel": Inner(Computed("coldStartModel")),
    "spilloverModel": Inner(Computed("spilloverModel")),
    "driftLimit": Field("{n}.driftLimit"),
    "fairness": Inner(
        Entries(
            "{n}.fairnessScore",
            {
                "indicator": "{n}.fairnessScore[{i}]",
                **{name: f"{{n}}.fairness{name[0].upper()}{name[1:]}[{{i}}]" for name in ("kind", "group", "creators", "scored")},
                **{
                    name: f"head([x IN [{{n}}.fairness{name[0].upper()}{name[1:]}[{{i}}]] WHERE NOT isNaN(x)])"
                    for name in ("mean", "error", "width", "difference", "differenceError")
                },
                "__typename": "'GroupScore'",
            },
        ),
        "[]",
    ),
}

FORECAST_METHOD: Final[dict[str, Member]] = {
    "dates": Times("{n}.forecastDates"),
    "rows": Field("{n}.forecastRows"),
    "weights": Entries(
        "{n}.forecastNames",
        {
            "name": "{n}.forecastNames[{i}]",
            "meaning": "{n}.forecastMeanings[{i}]",
            "weight": "{n}.forecastWeights[{i}]",
            "chanceWeight": "{n}.forecastChanceWeights[{i}]",
            "amountWeight": "{n}.forecastAmountWeights[{i}]",
            "__typename": "'ForecastWeight'",
        },
    ),
    "backtest": Composite("Backtest", "{n}.backtestAt IS NULL"),
    "__typename": Constant("ForecastMethod"),
}

BACKTEST: Final[dict[str, Member]] = {
    "at": Field("{n}.backtestAt", time=True),
    "creators": Field("{n}.backtestCreators"),
    "covered": Field("{n}.backtestCovered"),
    "sumsCovered": Field("{n}.backtestSumsCovered"),
    "reliability": Entries(
        "{n}.backtestChances",
        {
            "probability": "{n}.backtestChances[{i}]",
            "sold": "{n}.backtestSold[{i}]",
            "creators": "{n}.backtestCounts[{i}]",
            "__typename": "'ReliabilityPoint'",
        },
    ),
    "rivals": Entries(
        "{n}.backtestRivals",
        {
            "name": "{n}.backtestRivals[{i}]",
            "errorUsd": "{n}.backtestErrors[{i}]",
            "bestShare": "CASE WHEN isNaN({n}.backtestBest[{i}]) THEN null ELSE {n}.backtestBest[{i}] END",
            "__typename": "'ForecastRival'",
        },
    ),
    "__typename": Constant("Backtest"),
}

MANIFEST: Final[dict[str, Member]] = {
    "text": Field("{n}.manifest"),
    "signature": Field("{n}.signature"),
    "publicKey": Field("{n}.publicKey"),
    "__typename": Constant("Manifest"),
}
