"""Shares: so many of so many, beta–binomial."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Final

import numpy as np

from scoring.components.component import Component, Observed, Peers, weighted_spread
from scoring.components.cube_roots import beta_moments, unfolded
from scoring.tables import ROUNDING, Floats, Table, refuse

HALF: Final = 5.0
SMALLEST_MEAN: Final = 1e-6
NARROWEST: Final = 1000.0
WIDEST: Final = 0.3


@dataclass(frozen=True)
class Share(Component):
    """The share `of` things `among` things; `spread` is the correlation of two draws of one creator.

    `dispersion` says that trials come in bursts: so many count as one independent trial.
    """

    _: KW_ONLY
    of: str
    among: str
    typical: float = 0.5
    spread: float = 0.2
    dispersion: float = 1.0

    family: ClassVar[str] = "share"
    shrinkage: ClassVar[str] = "beta–binomial: k of n with p ~ Beta(α, β), so p | k, n ~ Beta(α + k, β + n − k)"
    degenerate: ClassVar[str] = "no trials: left out; none or all of n: shrunk off 0 and 1, and wide while n is small"
    source: ClassVar[str] = "Kleinman 1973, doi 10.1080/01621459.1973.10481332 (moments); Mosteller and Tukey 1977 (folded roots)"

    @property
    def facts(self) -> frozenset[str]:
        return frozenset((self.of, self.among))

    @property
    def meaning(self) -> str:
        return self.about or f"share of {self.among} that are {self.of}".replace("_", " ")

    @property
    def symbols(self) -> str:
        return f"{self.of} / {self.among}"

    @property
    def declared(self) -> tuple[float, float, float]:
        return (self.typical, self.spread, 0.0)

    @property
    def grain(self) -> str:
        return f"{self.dispersion:g} trials count as one"

    def observe(self, table: Table) -> Observed:
        hits, trials = table[self.of], table[self.among]
        refuse(
            hits > trials + ROUNDING,
            self.of,
            hits,
            f"is more than {self.among} in the same row",
            f"count {self.of} among {self.among} only",
        )
        known = (trials > 0) & (trials >= self.least) & ~np.isnan(hits)
        trials = np.where(known, trials, 1.0)
        hits = np.minimum(np.where(known, hits, 0.0), trials)
        return Observed(known, (hits / self.dispersion, trials / self.dispersion))

    def summands(self, columns: Sequence[Floats]) -> tuple[Floats, ...]:
        hits, trials = columns
        part = 1.0 / (trials + HALF)
        weight = trials * part
        return (weight, weight * weight, hits * part, hits * part * (hits / trials), part, weight * part)

    def estimate(self, sums: Floats, parents: Floats) -> Peers:
        weight, squares, first, second, inverse, inverse2 = sums
        safe = np.where(weight > 0, weight, 1.0)
        mean = np.where(weight > 0, first / safe, np.nan)
        scatter, between = weighted_spread((weight, squares), (first, second))
        sampling = np.maximum(inverse - inverse2 / safe, 0.0)
        binomial = np.clip(mean, SMALLEST_MEAN, 1.0 - SMALLEST_MEAN)
        binomial = binomial * (1.0 - binomial)
        usable = between - sampling > ROUNDING
        leverage = np.where(usable, between - sampling, np.nan)
        correlation = np.clip((scatter / binomial - sampling) / leverage, 0.0, 1.0)
        return Peers(np.stack((mean, correlation, parents[:, 2]), axis=1), weight)

    def _beta(self, parameters: Floats) -> tuple[Floats, Floats]:
        mean = np.clip(parameters[..., 0], SMALLEST_MEAN, 1.0 - SMALLEST_MEAN)
        rarer = np.minimum(mean, 1.0 - mean)
        correlation = np.maximum(parameters[..., 1], 1e-9)
        total = np.clip(1.0 / correlation - 1.0, WIDEST / rarer, NARROWEST / rarer)
        return mean * total, (1.0 - mean) * total

    def scale(self, parameters: Floats) -> tuple[Floats, Floats]:
        mean, variance = beta_moments(*self._beta(parameters))
        return mean, np.sqrt(variance)

    def posterior(self, columns: Sequence[Floats], parameters: Floats) -> tuple[Floats, Floats]:
        hits, trials = columns
        a, b = self._beta(parameters)
        return beta_moments(a + hits, b + (trials - hits))

    def raw(self, columns: Sequence[Floats]) -> Floats:
        return columns[0] / columns[1]

    def natural(self, scaled: Floats) -> Floats:
        return unfolded(scaled)
