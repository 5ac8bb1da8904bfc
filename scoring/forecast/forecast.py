"""Net GMV of the next 28 days: one distribution, of a hurdle that replayed dates teach, of which the expectation is the mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple, Protocol

import numpy as np

from scoring.facts.arrays import Bools, Floats
from scoring.forecast.hurdle import Hurdle, fitted, quantile
from scoring.forecast.pieces import Pieces

COVERAGE: Final = 0.8
FEWEST: Final = 50
"""Rows of replayed dates with a sale, below which nothing is learnt."""


class Known(Protocol):
    """What a forecast stands on, one row a creator; with weights before anything is learnt, and columns of which more never means less."""

    usual: ClassVar[Floats]
    rising: ClassVar[tuple[int, ...]]

    @property
    def known(self) -> Bools:
        """Whether there is anything to forecast from."""
        ...

    def columns(self) -> Floats:
        """Return ones and what the log of the expectation is linear in."""
        ...


class Model(NamedTuple):
    """A hurdle, and the pieces that are among its columns."""

    hurdle: Hurdle
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Learnt:
    """The model, None where too few had a sale, and how many rows of replayed dates taught it."""

    model: Model | None
    rows: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """One row a creator, USD: `expected` net GMV, its `median`, an 80 % interval, and the probability of any sale.

    All are of one distribution. The median lies within the interval; `expected`, the mean, is what adds up, and rare large sales put it
    above the interval of some creators.
    NaN for who has neither sold, nor is expected to, nor is reported; all but `expected` are NaN where nothing could be learnt.
    """

    expected: Floats
    median: Floats
    low: Floats
    high: Floats
    chance: Floats


def learn(replays: Sequence[tuple[Known, Floats]]) -> Learnt:
    """Learn from earlier dates: what was known then, and the net GMV of the 28 days after."""
    known = [(history.columns()[history.known], np.maximum(after[history.known], 0.0)) for history, after in replays]
    rows = sum(len(after) for _, after in known)
    if sum(int((after > 0).sum()) for _, after in known) < FEWEST:
        return Learnt(None, rows)
    columns, after = (np.concatenate([part[at] for part in known]) for at in (0, 1))
    first, _ = replays[0]
    pieces, width = Pieces.of(columns, first.usual), columns.shape[1]
    table = pieces.added(columns)
    usual = np.concatenate([np.zeros(width), np.ones(table.shape[1] - width)])
    hurdle = fitted(table, after, usual=usual, rising={*first.rising, *range(width, table.shape[1])})
    return Learnt(Model(hurdle, pieces), rows)


def forecast(history: Known, learnt: Learnt) -> Forecast:
    """Forecast from what is known. Where nothing could be learnt the expectation is that of the usual weights."""
    known, columns = history.known, history.columns()
    if learnt.model is None:
        nothing = np.full(len(known), np.nan)
        return Forecast(np.where(known, np.exp(columns @ history.usual), np.nan), nothing, nothing, nothing, nothing)
    hurdle, pieces = learnt.model
    table = pieces.added(columns)
    chance, level, deviation = hurdle.parts(table)
    # where nothing at all is likelier than a tail, the interval begins at 0 and the other tail holds all that is left out
    tail = (1 - COVERAGE) / 2
    low_at = np.where(1 - chance >= tail, 0.0, tail)
    parts = (
        hurdle.mean(table),
        quantile(chance, level, deviation, np.full(len(chance), 0.5)),
        quantile(chance, level, deviation, low_at),
        quantile(chance, level, deviation, low_at + COVERAGE),
        chance,
    )
    return Forecast(*(np.where(known, part, np.nan) for part in parts))
