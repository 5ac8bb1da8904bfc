"""Scorecards: what one holds, declared, and a run's worth of them as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.model import Property, Type, Unit

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Strings: TypeAlias = NDArray[Any]

ORDINAL: Final = "Ordinal"
WORLD_ORDINAL: Final = "WorldOrdinal"
TOP: Final = (10, 50, 100)
"""Sizes of the lists in which a creator's probability to be is stored."""

LOWER_ORDINAL: Final = "LowerOrdinal"
TOP_ORDINAL: Final = "TopOrdinal"
FORECAST_ORDINAL: Final = "forecastOrdinal"
UNPLACED: Final = -1
"""In place of an ordinal by forecast, before there are forecasts."""


@dataclass(frozen=True, slots=True)
class Cards:
    """The scorecards of a run: one row each; what has two axes has one column for each of the run's indicators, in its order.

    NaN stands for null in floats, 0 in ranks, `level` and `levels`, `""` in `basis` and `reason`. `top` has a third
    axis: the sizes of `TOP`. `forecast_ordinal` has one column for all indicators.
    """

    creator: Strings
    region: Strings
    window: Ints
    category: Strings
    peers: Ints
    value: Floats
    low: Floats
    high: Floats
    evidence: Ints
    basis: Strings
    reason: Strings
    percentile: Floats
    rank: Ints
    scored: Ints
    ordinal: Ints
    world_ordinal: Ints
    previous: Floats
    facts: Floats
    expected_rank: Floats
    rank_low: Ints
    rank_high: Ints
    level: Ints
    levels: Ints
    top: Floats
    normal_score: Floats
    normal_error: Floats
    lower_ordinal: Ints
    top_ordinal: Ints
    forecast_ordinal: Ints

    def __len__(self) -> int:
        return len(self.creator)

    def at(self, rows: NDArray[np.bool_]) -> Cards:
        """Return some of the cards."""
        return Cards(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    @property
    def keys(self) -> list[tuple[str, int, str]]:
        """Creator, window and category of each."""
        return list(zip(self.creator.tolist(), self.window.tolist(), self.category.tolist(), strict=True))


def scorecard_properties(names: Sequence[str]) -> tuple[Property, ...]:
    """Return what a scorecard of the indicators `names` (camelCase) holds; lists have one place for each of them."""
    return (*_PLACE, *(each for name in names for each in _of_indicator(name)), *_LISTS)


_PLACE: Final = (
    Property("id", Type.STRING, "`run|creator|window|category`.", required=True, derived=True),
    Property("runId", Type.STRING, "The scoring run.", required=True, derived=True),
    Property("creatorId", Type.STRING, "The creator rated.", required=True, derived=True),
    Property("region", Type.STRING, "The creator's region.", Unit.REGION, required=True, derived=True),
    Property("window", Type.INTEGER, "Days.", required=True, derived=True),
    Property("categoryId", Type.STRING, "The category, `*` for everything.", required=True, derived=True),
    Property("scope", Type.INTEGER, "Key of run, window, category and region.", required=True, derived=True),
    Property("world", Type.INTEGER, "Key of run, window and category.", required=True, derived=True),
    Property(FORECAST_ORDINAL, Type.INTEGER, "Place in `world` by forecast from 0; in `scope` the order holds.", derived=True),
    Property("peers", Type.INTEGER, "Scorecards in the scope, scored or not.", Unit.COUNT, required=True, derived=True),
)

_LISTS: Final = (
    Property("lows", Type.FLOATS, "Lower ends of the 90 % intervals; NaN is null.", derived=True),
    Property("highs", Type.FLOATS, "Upper ends; NaN is null.", derived=True),
    Property("percentiles", Type.FLOATS, "Percentiles among peers, 0–100; NaN is null.", derived=True),
    Property("previous", Type.FLOATS, "Values in the run before; NaN is null.", derived=True),
    Property("evidence", Type.INTEGERS, "Number of pieces of evidence.", Unit.COUNT, derived=True),
    Property("ranks", Type.INTEGERS, "Ranks from 1, ties share one; 0 is null.", derived=True),
    Property("scored", Type.INTEGERS, "Peers with a value.", Unit.COUNT, derived=True),
    Property("reasons", Type.STRINGS, "Why there is no value; empty where there is one.", derived=True),
    Property("bases", Type.STRINGS, "EVENTS, REPORTED, FUSED, PEERS, or empty without a value.", derived=True),
    Property("expectedRanks", Type.FLOATS, "Posterior means of the true ranks; NaN is null.", derived=True),
    Property("rankLows", Type.INTEGERS, "Best ends of the 90 % intervals of the true ranks; 0 is null.", derived=True),
    Property("rankHighs", Type.INTEGERS, "Worst ends; 0 is null.", derived=True),
    Property("levels", Type.INTEGERS, "Levels from 1, the best; 0 is null.", derived=True),
    Property("topProbabilities", Type.FLOATS, "For each indicator, to be truly among the first 10, 50 and 100; NaN is null.", derived=True),
    Property("normalScores", Type.FLOATS, "Places among peers as normal scores; NaN is null.", derived=True),
    Property("normalErrors", Type.FLOATS, "Their standard errors; NaN is null.", derived=True),
    Property("levelCounts", Type.INTEGERS, "How many levels the peers have; 0 is null.", derived=True),
    Property("facts", Type.FLOATS, "The facts, in the order of the run's `factNames`; NaN is unknown.", derived=True),
)


def _of_indicator(name: str) -> tuple[Property, ...]:
    return (
        Property(name, Type.FLOAT, "Score, 0–100; absent without evidence.", derived=True),
        Property(f"{name}{ORDINAL}", Type.INTEGER, "Place in `scope` from 0, unscored last.", derived=True, required=True),
        Property(f"{name}{WORLD_ORDINAL}", Type.INTEGER, "Place in `world` from 0, unscored last.", derived=True, required=True),
        Property(f"{name}{LOWER_ORDINAL}", Type.INTEGER, "Place in `world` by lower bound; in `scope` the order holds.", derived=True),
        Property(f"{name}{TOP_ORDINAL}", Type.INTEGER, "Place in `world` by r-value; in `scope` the order holds.", derived=True),
    )


def numbers(cards: Cards, names: Sequence[str], at: NDArray[np.int64]) -> Mapping[str, list[Any]]:
    """Return the properties of the cards at the places `at` but for their keys: one list a property."""
    columns: dict[str, list[Any]] = {"peers": cards.peers[at].tolist(), FORECAST_ORDINAL: cards.forecast_ordinal[at].tolist()}
    for place, name in enumerate(names):
        columns[name] = [None if value != value else value for value in cards.value[at, place].tolist()]
        columns[f"{name}{ORDINAL}"] = cards.ordinal[at, place].tolist()
        columns[f"{name}{WORLD_ORDINAL}"] = cards.world_ordinal[at, place].tolist()
        columns[f"{name}{LOWER_ORDINAL}"] = cards.lower_ordinal[at, place].tolist()
        columns[f"{name}{TOP_ORDINAL}"] = cards.top_ordinal[at, place].tolist()
    lists = (cards.low, cards.high, cards.percentile, cards.previous, cards.evidence, cards.rank, cards.scored, cards.reason, cards.basis)
    top = cards.top.reshape(len(cards), -1)
    doubts = (
        *(cards.expected_rank, cards.rank_low, cards.rank_high, cards.level, top),
        *(cards.normal_score, cards.normal_error, cards.levels),
    )
    for declared, column in zip(_LISTS, (*lists, *doubts, cards.facts), strict=True):
        columns[declared.name] = column[at].tolist()
    return columns
