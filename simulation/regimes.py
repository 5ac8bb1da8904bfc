"""Regimes: how a market differs from the usual one, so that a figure found on one is not believed of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from simulation.chance import Floats
from simulation.errors import UnknownRegime
from simulation.parameters import CHOOSINESS, RING_SHARE, SORTING, SUMS_ONLY, VIEWS_ELASTICITY, VIEWS_TO_ORDERS

Shape = Literal["normal", "heavy", "skewed", "two-point"]
HEAVINESS: Final = 0.2
"""h of Tukey's g-and-h distribution: the fourth moment is barely finite."""
SKEWNESS: Final = 0.6
"""Log standard deviation of the skewed traits."""
TIGHTNESS: Final = 0.2
"""Spread within each of the two points."""


@dataclass(frozen=True, slots=True)
class Regime:
    """What a market is like; the defaults are the usual market.

    `posts`, `orders` and `offers` are factors; `drift` is the sd of log appeal over the period, `fit` of creator × product;
    `misattributed` is the share of orders credited to a later post of another creator; `exporting` the share of shops that save responses,
    `sums_only` of brands that give sums by content and neither orders nor responses; `cheats` is the share of creators who cheat alone,
    at three levels of cunning as rings then do too.
    """

    posts: float = 1.0
    orders: float = 1.0
    offers: float = 1.0
    sorting: float = float(SORTING)
    choosiness: float = float(CHOOSINESS)
    views_elasticity: float = float(VIEWS_ELASTICITY)
    views_to_orders: float = float(VIEWS_TO_ORDERS)
    rings: float = float(RING_SHARE)
    cheats: float = 0.0
    shape: Shape = "normal"
    drift: float = 0.0
    fit: float = 0.0
    misattributed: float = 0.0
    exporting: float = 1.0
    sums_only: float = float(SUMS_ONLY)


USUAL: Final = Regime()
REGIMES: Final[dict[str, Regime]] = {
    "usual": USUAL,
    "little-data": Regime(posts=0.6, orders=0.35, offers=0.5, exporting=0.5),
    "strong-sorting": Regime(sorting=0.95, choosiness=1.2),
    "elastic-views": Regime(views_elasticity=0.7, views_to_orders=0.55),
    "fraud": Regime(rings=0.08),
    "cunning-fraud": Regime(rings=0.05, cheats=0.08),
    "heavy-tails": Regime(shape="heavy"),
    "skewed": Regime(shape="skewed"),
    "two-point": Regime(shape="two-point"),
    "drift": Regime(drift=1.0),
    "fit": Regime(fit=0.6),
    "misattribution": Regime(misattributed=0.25),
}


def regime(name: str) -> Regime:
    """Return the regime called `name`; UnknownRegime names those that there are."""
    if name not in REGIMES:
        raise UnknownRegime(f"regime {name!r} cannot be simulated; choose among {', '.join(REGIMES)}")
    return REGIMES[name]


def shaped(normal: Floats, shape: Shape) -> Floats:
    """Return standard normal draws with another distribution of mean 0 and sd 1, in the same order."""
    return SHAPES[shape](normal)


def _heavy(normal: Floats) -> Floats:
    spread = (1 - 2 * HEAVINESS) ** -0.75
    return np.asarray(normal * np.exp(HEAVINESS * normal**2 / 2) / spread)


def _skewed(normal: Floats) -> Floats:
    square = SKEWNESS**2
    return np.asarray((np.exp(SKEWNESS * normal) - np.exp(square / 2)) / np.sqrt((np.exp(square) - 1) * np.exp(square)))


def _two_point(normal: Floats) -> Floats:
    return np.asarray(np.where(normal > 0, 1.0, -1.0) * (1 - TIGHTNESS * 0.8) + TIGHTNESS * normal)


SHAPES: Final[dict[Shape, Callable[[Floats], Floats]]] = {
    "normal": lambda normal: normal,
    "heavy": _heavy,
    "skewed": _skewed,
    "two-point": _two_point,
}
