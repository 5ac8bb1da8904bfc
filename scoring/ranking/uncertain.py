"""Ranks that admit doubt: what the posteriors of a scope's rows say of their true places among each other."""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr  # pyright: ignore[reportMissingTypeStubs] -- SciPy ships none

from scoring.cells import column_codes, joint_codes
from scoring.errors import FactsError
from scoring.points import NINETY
from scoring.ranking.crowd import Crowd
from scoring.ranking.few import MOST, rank_probabilities
from scoring.ranking.levels import BOUND, levels
from scoring.ranking.places import SCOPE, WORLD, Scope, check_groups
from scoring.ranking.posteriors import Posterior, normal_scores
from scoring.ranking.rvalues import rvalues, sizes
from scoring.tables import Codes, Facts, Floats, Ints

TAIL: Final = 0.05
ROUNDING: Final = 1e-9
SIZES: Final = np.array([10, 50, 100])
"""The sizes k for which the probability to be among the first k is kept."""


@dataclass(frozen=True)
class UncertainRanks:
    """Arrays [rows × names], about the peers of a row's region, window and category; NaN or 0 where there is no score.

    `expected` is the posterior mean of the true rank; `low` and `high` are the ends of its 90 % interval, 1 the best;
    `level` counts grades from 1, the best, of the scope's `levels`; `top` [rows × names × `SIZES`] are the probabilities to be
    among the first; `z` and `s` the normal score of the place and its error. `lower_ordinal` and `top_ordinal` are places from 0
    in the world, by the lower end of the score and by r-value; left to one region they are in that region's order.
    """

    expected: Floats
    low: Ints
    high: Ints
    level: Ints
    levels: Ints
    top: Floats
    z: Floats
    s: Floats
    lower_ordinal: Ints
    top_ordinal: Ints


class Places(NamedTuple):
    """What is known of the true ranks of some rows."""

    expected: Floats
    low: Floats
    high: Floats
    level: Ints
    levels: Ints
    top: Floats
    rvalue: Floats


def uncertain_ranks(groups: Facts, *, lower: Floats, mean: Floats, variance: Floats, bound: float = BOUND) -> UncertainRanks:
    """Return what can be said of the rows' true ranks, the same whatever the rows' order.

    `groups` holds the columns creator, window, category and region; `lower` are the scores' lower ends, 0–100, `mean` and
    `variance` those of the true place as a share of the peers, 0–1, all [rows × names], NaN where there is no score. Errors
    of different rows are taken as independent. `bound` is the share of misordered pairs that `levels` may have.
    """
    check_groups(groups, len(mean))
    for name, array in (("lower", lower), ("variance", variance)):
        if array.shape != mean.shape:
            raise FactsError(f"{name} has shape {array.shape}, mean has {mean.shape}; give arrays [rows × names] of the same scores")
    creators = column_codes(groups["creator"]).codes
    scopes = Scopes(joint_codes([column_codes(groups[name]) for name in SCOPE]).codes, creators)
    world = Scope(joint_codes([column_codes(groups[name]) for name in WORLD]).codes, creators)
    columns = [scopes.column(_where(lower[:, at], mean[:, at]), variance[:, at], bound) for at in range(mean.shape[1])]
    orders = [world.places(lower[:, at]).ordinal for at in range(mean.shape[1])]
    tops = [world.places(-one["rvalue"], mean[:, at]).ordinal for at, one in enumerate(columns)]
    return UncertainRanks(
        *(_stacked(columns, name) for name in ("expected", "low", "high", "level", "levels", "top", "z", "s")),
        lower_ordinal=np.stack(orders, axis=1),
        top_ordinal=np.stack(tops, axis=1),
    )


class Scopes:
    """Rows in their scopes."""

    def __init__(self, codes: Codes, creators: Codes) -> None:
        self._codes = codes
        self._creators = creators

    def column(self, mean: Floats, variance: Floats, bound: float) -> dict[str, NDArray[Any]]:
        """Return the places of one indicator's rows; rows of a scope are taken in the order of their means."""
        known = np.flatnonzero(np.isfinite(mean) & np.isfinite(variance))
        rows = known[np.lexsort((self._creators[known], -mean[known], self._codes[known]))]
        posterior = normal_scores(mean[rows], variance[rows])
        column = _empty(len(mean))
        column["z"][rows], column["s"][rows] = posterior
        for part in np.split(np.arange(len(rows)), np.flatnonzero(np.diff(self._codes[rows])) + 1):
            if len(part):
                found = places(Posterior(posterior.z[part], posterior.s[part]), bound=bound)
                for name, values in found._asdict().items():
                    column[name][rows[part]] = values
        return column


def places(posterior: Posterior, *, bound: float = BOUND) -> Places:
    """Return the places of one scope's rows, which stand in the order of their means: exactly for few, by their mixture for many."""
    level = levels(posterior, bound=bound)
    return _of_few(posterior, level) if len(posterior.z) <= MOST else _of_many(posterior, level)


def _of_few(posterior: Posterior, level: Ints) -> Places:
    probabilities = rank_probabilities(posterior)
    rows = len(probabilities)
    within = np.minimum(np.cumsum(probabilities, axis=1), 1.0)
    low, high = (np.minimum((within < share - ROUNDING).sum(axis=1) + 1, rows) for share in (TAIL, 1.0 - TAIL))
    top = within[:, np.minimum(SIZES, rows) - 1]
    expected = probabilities @ np.arange(1.0, rows + 1.0)
    return Places(expected, low, high, level, _count(level), top, rvalues(within.T, sizes(rows)))


def _of_many(posterior: Posterior, level: Ints) -> Places:
    crowd, rows = Crowd.of(posterior), len(posterior.z)
    low, high = (np.clip(np.ceil(crowd.quantile(posterior, end) - 0.5), 1, rows) for end in (NINETY, -NINETY))
    top = ndtr(crowd.among_first(posterior, np.minimum(SIZES, rows)))
    top[np.greater_equal(SIZES, rows)] = 1.0
    tried = sizes(rows)
    return Places(crowd.expected(posterior), low, high, level, _count(level), top.T, rvalues(crowd.among_first(posterior, tried), tried))


def _count(level: Ints) -> Ints:
    return np.full(len(level), level.max(initial=0))


def _where(lower: Floats, mean: Floats) -> Floats:
    return np.where(np.isnan(lower), np.nan, mean)


def _empty(rows: int) -> dict[str, NDArray[Any]]:
    floats = {name: np.full(rows, np.nan) for name in ("expected", "z", "s", "rvalue")}
    return {
        **floats,
        "top": np.full((rows, len(SIZES)), np.nan),
        **{name: np.zeros(rows, dtype=np.int64) for name in ("low", "high", "level", "levels")},
    }


def _stacked(columns: list[dict[str, NDArray[Any]]], name: str) -> NDArray[Any]:
    return np.stack([column[name] for column in columns], axis=1)
