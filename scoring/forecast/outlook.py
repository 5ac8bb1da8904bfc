"""What a run forecasts: each creator's net GMV of the next 28 days, that of brands and categories, and how well it would have done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts import Market
from scoring.facts.arrays import Floats
from scoring.forecast.backtest import Backtest, backtest
from scoring.forecast.forecast import Forecast, Learnt, forecast, learn
from scoring.forecast.groups import Groups, Spread, Sums, brands, categories, season, spread, summed
from scoring.forecast.history import MEANINGS, history
from scoring.forecast.pieces import MEANINGS as PIECES
from scoring.forecast.refunds import matured
from scoring.forecast.replays import Replay, replays
from scoring.numerics import scipy
from scoring.solved.selling import Selling

GROUPS: Final[dict[str, Callable[[Market, Selling], Groups]]] = {"brand": brands, "category": categories}


@dataclass(frozen=True, slots=True)
class Weight:
    """One fact: its name, what it is, and what 1 more of it adds to the log of the expectation, in the mean over all who taught.

    `chance` is what it adds to the log odds of a sale, and `amount` to the log of what is sold where anything is.
    """

    name: str
    meaning: str
    weight: float
    chance: float
    amount: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """Forecasts by creator (in order of their codes), brand and category, and where they come from.

    `for_forecast` is 0–100, the place among all creators by expected sales (dollars compare across regions), NaN where there is no
    forecast. `weights` are empty and `tested` is None where the history is too short; `dates` are the replayed ones, `rows` what they
    taught with.
    """

    creators: Forecast
    for_forecast: Floats
    brands: Sums
    categories: Sums
    weights: tuple[Weight, ...]
    dates: tuple[int, ...]
    rows: int
    tested: Backtest | None


def outlook(market: Market, found: Selling) -> Outlook:
    """Return the forecasts of a market whose model of sales is given: learnt on all replayed dates, tested on the newest by the others."""
    market = matured(market)
    past = replays(market)
    learnt = _learnt(past)
    said = forecast(history(market, found), learnt)
    sums_of = {kind: summed(make(market, found), said.expected, _spread(past, learnt, kind)) for kind, make in GROUPS.items()}
    return Outlook(
        creators=said,
        for_forecast=places(said.expected),
        brands=sums_of["brand"],
        categories=sums_of["category"],
        weights=_weights(past, learnt),
        dates=tuple(each.at for each in past),
        rows=learnt.rows,
        tested=_tested(past),
    )


def places(expected: Floats) -> Floats:
    """Return each one's place among all, 0–100 and higher for more: the share below, and half of those equal; NaN stays."""
    found, told = np.full(len(expected), np.nan), np.flatnonzero(np.isfinite(expected))
    if len(told):
        found[told] = 100 * (np.asarray(scipy.stats.rankdata(expected[told]), dtype=np.float64) - 0.5) / len(told)
    return found


def _learnt(past: Sequence[Replay]) -> Learnt:
    return learn([(each.history, each.after) for each in past])


def _weights(past: Sequence[Replay], learnt: Learnt) -> tuple[Weight, ...]:
    if learnt.model is None:
        return ()
    hurdle, pieces = learnt.model
    table = pieces.added(np.concatenate([each.history.columns()[each.history.known] for each in past]))
    odds, amount, mean = (each[1:].tolist() for each in hurdle.weights(table))
    facts = (MEANINGS | PIECES).items()
    return tuple(Weight(*fact, *each) for fact, *each in zip(facts, mean, odds, amount, strict=True))


def _spread(past: Sequence[Replay], learnt: Learnt, kind: str) -> Spread | None:
    if learnt.model is None:
        return None
    return spread([_groups(each, learnt, kind) for each in past], season=season(past[0].market))


def _groups(replay: Replay, learnt: Learnt, kind: str) -> tuple[Groups, Floats, Floats]:
    """Return the groups of a replayed date, what was to be expected of its creators, and what came of the groups."""
    return GROUPS[kind](replay.market, replay.selling), forecast(replay.history, learnt).expected, replay.came[kind]


def _tested(past: Sequence[Replay]) -> Backtest | None:
    """Forecast the newest date by what the others teach, and hold it against what came; None where there are too few."""
    learnt = _learnt(past[1:])
    if learnt.model is None:
        return None
    newest = past[0]
    said = forecast(newest.history, learnt)
    held = [_held(newest, learnt, past[1:], kind) for kind in GROUPS]
    inside, of = (sum(counts) for counts in zip(*held, strict=True))
    return backtest(newest.at, newest.history, said, newest.after, groups=inside / of if of else float("nan"))


def _held(newest: Replay, learnt: Learnt, before: Sequence[Replay], kind: str) -> tuple[int, int]:
    """Return how many intervals of sums held on the newest date, and how many there were."""
    of, expected, real = _groups(newest, learnt, kind)
    said = summed(of, expected, _spread(before, learnt, kind))
    told = np.isfinite(said.low)
    return int(((said.low <= real) & (real <= said.high))[told].sum()), int(told.sum())
