"""What the attacker makes of its numbers: the best guess of hidden sales, its error beside that of ranges alone, and of ties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.leaks.attacker import Attacker, Interval
from bench.leaks.goods import LEAVES_OF, PARENTS, SMALL, World, brand_of
from bench.leaks.people import DAY, END
from bench.leaks.published import sold
from bench.leaks.worlds import names, of_creator

Floats = NDArray[np.float64]
Model = Callable[[Floats, Floats, Floats], Floats]
"""Takes what it learns from, the truth of that, and what it guesses for."""

BEST: Final = 5
"""Numbers whose guesses are averaged."""

LEAST: Final = 6
"""Known creators from whom anything can be learnt."""


@dataclass(frozen=True, slots=True)
class Gain:
    """The mean absolute log error of the guesses of what is hidden, beside that of the middle of the published range."""

    of: str
    creators: int
    error: float
    range_error: float
    by: tuple[str, ...]

    @property
    def ratio(self) -> float:
        """The first over the second: 1 where nothing is gained, 0 where all is known."""
        return self.error / self.range_error if self.range_error else 1.0


def truth(world: World) -> dict[str, dict[str, float]]:
    """Return net GMV and orders of 90 days by global id of the creator."""
    found: dict[str, dict[str, float]] = {}
    for name in names(world):
        lately = [each for each in sold(of_creator(world, name)) if END - 90 * DAY < each.at <= END]
        found[f"Creator:{name}"] = {"gmv": sum(each.gmv for each in lately), "orders": float(sum(each.orders for each in lately))}
    return found


def gain(attacker: Attacker, true: Mapping[str, Mapping[str, float]], of: str) -> Gain:
    """Return how well the attacker guesses `gmv` or `orders`."""
    known = [each for each in attacker.creators if each in attacker.exact]
    hidden = [each for each in attacker.creators if each not in attacker.exact]
    middles = {each: _middle(attacker.bounds[each][of]) for each in attacker.creators}
    told = np.array([log1p(attacker.exact[each][of]) for each in known])
    guesses, by = _guessed(attacker, known, hidden, told - np.array([middles[each] for each in known]))
    wanted = np.array([log1p(true[each][of]) for each in hidden])
    ends = np.array([[log1p(end) for end in attacker.bounds[each][of]] for each in hidden])
    middle = np.array([middles[each] for each in hidden])
    guessed = np.clip(middle + guesses, ends[:, 0], ends[:, 1])
    return Gain(of, len(hidden), float(np.abs(guessed - wanted).mean()), float(np.abs(middle - wanted).mean()), by)


def _middle(bounds: Interval) -> float:
    return log1p(sqrt(max(bounds[0], 1.0) * bounds[1]))


def _guessed(attacker: Attacker, known: Sequence[str], hidden: Sequence[str], told: Floats) -> tuple[Floats, tuple[str, ...]]:
    """Return how far from the middle of its range each hidden value is guessed to lie, by the numbers that tell it best of the known."""
    columns = sorted(set.intersection(*(set(attacker.rows[each]) for each in (*known, *hidden))))
    tried: list[tuple[float, str, Floats]] = []
    for column in columns:
        learnt = np.array([attacker.rows[each][column] for each in known])
        asked = np.array([attacker.rows[each][column] for each in hidden])
        if len(known) >= LEAST and np.ptp(learnt) > 0:
            for model in (_line, _between):
                tried.append((_left_out(model, learnt, told), column, model(learnt, told, asked)))
    plain = float(np.abs(told - told.mean()).mean())
    best = [each for each in sorted(tried, key=lambda each: each[:2])[:BEST] if each[0] < 0.7 * plain]
    if not best:
        return np.zeros(len(hidden)), ()
    return np.mean([each[2] for each in best], axis=0), tuple(each[1] for each in best)


def _line(learnt: Floats, told: Floats, asked: Floats) -> Floats:
    """Guess by a straight line."""
    slope = np.cov(learnt, told)[0, 1] / max(float(np.var(learnt, ddof=1)), 1e-12)
    return told.mean() + slope * (asked - learnt.mean())


def _between(learnt: Floats, told: Floats, asked: Floats) -> Floats:
    """Guess between the two nearest: whatever the formula, it is smooth."""
    order = np.argsort(learnt)
    return np.interp(asked, learnt[order], told[order])


def _left_out(model: Model, learnt: Floats, told: Floats) -> float:
    """Return the mean error for each known one, guessed from the others."""
    rest = ~np.eye(len(told), dtype=np.bool_)
    return float(np.mean([abs(model(learnt[rest[n]], told[rest[n]], learnt[n : n + 1])[0] - told[n]) for n in range(len(told))]))


def tie_auc(attacker: Attacker, world: World) -> float:
    """Return the chance that a tie is held for likelier than what is none, among alike: 0.5 where nothing is told.

    Compared are brands that sell in the same categories, for one creator; and creators, for one category of few brands.
    """
    tied = {f"Creator:{name}": _tied(world, name) for name in names(world)}
    wins: list[float] = []
    for name, brands in tied.items():
        for leaves in set(LEAVES_OF[2:]):
            alike = [f"b{n:02}" for n, each in enumerate(LEAVES_OF) if n >= 2 and each == leaves]
            wins += _wins([(float(each in attacker.signs.get(name, ())), each in brands) for each in alike])
    for leaf in SMALL:
        active = {name: leaf in brands for name, brands in tied.items() if PARENTS[leaf] in brands}
        wins += _wins([(float(leaf in attacker.signs.get(name, ())), each) for name, each in active.items()])
    return sum(wins) / len(wins)


def _tied(world: World, name: str) -> set[str]:
    """Return brands that a creator sold for, and categories."""
    sales = [each.product for each in sold(of_creator(world, name))]
    leaves = {each.split("-")[1] for each in sales}
    return {brand_of(each) for each in sales} | leaves | {PARENTS[each] for each in leaves}


def _wins(cells: Iterable[tuple[float, bool]]) -> list[float]:
    """Return for each pair of a tie and none 1 where the tie has more signs, 0.5 where it has as many."""
    cells = list(cells)
    return [1.0 if yes > no else 0.5 * (yes == no) for yes, tie in cells if tie for no, other in cells if not other]
