"""What is normal on its scale: the shrinkage that amounts, levels, measures, ranges and estimates share."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Final

import numpy as np

from scoring.components.component import Component, Peers, weighted_spread
from scoring.tables import Floats

OWN_VARIANCE: Final = 10.0
MOST_FREEDOM: Final = 30.0
OUTLYING: Final = 8.0
NARROWEST: Final = 0.05


@dataclass(frozen=True)
class Normal(Component):
    """A value y seen n times with noise σ: y ~ N(θ, σ²/n), θ ~ N(μ, τ²); `spread` is τ, `noise` is σ.

    The columns of its rows are y, n, the row's own variance of single values, and its degrees of freedom.
    """

    _: KW_ONLY
    noise: float = 1.0

    logged: ClassVar[bool] = True
    shrinkage: ClassVar[str] = "normal: y ~ N(θ, σ²/n) with θ ~ N(μ, τ²), so θ | y ~ N((μ/τ² + ny/σ²) / (1/τ² + n/σ²), 1 / (1/τ² + n/σ²))"
    degenerate: ClassVar[str] = "nothing known, or not above zero on a logarithm: left out; all peers alike: τ stays above 0"
    source: ClassVar[str] = "Efron and Morris 1975, doi 10.1080/01621459.1975.10479864; DerSimonian and Laird 1986"

    @property
    def centre(self) -> float:
        """The declared prior's centre on the scale of points."""
        return float(np.log(self.typical)) if self.logged else self.typical

    @property
    def learns_noise(self) -> bool:
        """Whether σ is learnt from the peers; else it is the declared one."""
        return False

    @property
    def declared(self) -> tuple[float, float, float]:
        return (self.centre, self.spread**2, self.noise**2)

    @property
    @abstractmethod
    def facts(self) -> frozenset[str]: ...

    @property
    def grain(self) -> str:
        return f"noise {self.noise:g}, learnt from the peers" if self.learns_noise else f"noise {self.noise:g}"

    def summands(self, columns: Sequence[Floats]) -> tuple[Floats, ...]:
        y, seen, variance, freedom = columns
        half = (self.noise / self.spread) ** 2
        part = 1.0 / (seen + half)
        weight = seen * part
        edge = OUTLYING * self.spread
        inside = np.clip(y, self.centre - edge, self.centre + edge)
        own = np.minimum(variance, (OUTLYING * self.noise) ** 2)
        return (weight, weight * weight, weight * inside, weight * inside * inside, part, weight * part, freedom * own, freedom)

    def estimate(self, sums: Floats, parents: Floats) -> Peers:
        weight, squares, first, second, inverse, inverse2, scattered, freedom = sums
        safe = np.where(weight > 0, weight, 1.0)
        mean = np.where(weight > 0, first / safe, np.nan)
        noise = self._noise(scattered, freedom, parents)
        scatter, between = weighted_spread((weight, squares), (first, second))
        sampling = np.maximum(inverse - inverse2 / safe, 0.0)
        leverage = np.where(between > 1e-6, between, np.nan)
        true = np.maximum((scatter - noise * sampling) / leverage, 0.0)
        return Peers(np.stack((mean, true, noise), axis=1), weight)

    def _noise(self, scattered: Floats, freedom: Floats, parents: Floats) -> Floats:
        if not self.learns_noise:
            return np.full_like(freedom, self.noise**2)
        pooled = (scattered + OWN_VARIANCE * parents[:, 2]) / (freedom + OWN_VARIANCE)
        return np.maximum(pooled, 1e-9)

    def _variance(self, parameters: Floats) -> Floats:
        return np.maximum(parameters[..., 1], (NARROWEST * self.spread) ** 2)

    def scale(self, parameters: Floats) -> tuple[Floats, Floats]:
        return parameters[..., 0], np.sqrt(self._variance(parameters))

    def posterior(self, columns: Sequence[Floats], parameters: Floats) -> tuple[Floats, Floats]:
        y, seen, variance, freedom = columns
        own = (OWN_VARIANCE * parameters[..., 2] + freedom * variance) / (OWN_VARIANCE + freedom)
        prior = self._variance(parameters)
        # Written as a step from the centre, so that a row at the centre stays there to the last bit.
        pull = seen * prior / (seen * prior + own)
        return parameters[..., 0] + pull * (y - parameters[..., 0]), prior * own / (seen * prior + own)

    def raw(self, columns: Sequence[Floats]) -> Floats:
        return self.natural(columns[0])

    def natural(self, scaled: Floats) -> Floats:
        return np.exp(scaled) if self.logged else scaled
