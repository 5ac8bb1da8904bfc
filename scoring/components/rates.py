"""Rates: so much for each unit of exposure, gamma–Poisson; money counts in orders."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Final

import numpy as np

from scoring.components.component import Component, Observed, Peers, weighted_spread
from scoring.components.cube_roots import gamma_moments
from scoring.tables import Floats, Table

NARROWEST: Final = 1000.0
WIDEST: Final = 0.3
OUTLYING: Final = 1000.0


@dataclass(frozen=True)
class Rate(Component):
    """The amount `of` something `per` `times` units of exposure; `spread` is the squared variation of true rates.

    Where `events` names the events that the amount is the sum of (orders, for money), one event's worth is
    learnt from the peers; `dispersion` says how many such events count as one independent one.
    `half` is the exposure at which a creator's own rate counts half in the peers' prior.
    """

    _: KW_ONLY
    of: str
    per: str
    times: float = 1.0
    events: str | None = None
    dispersion: float = 1.0
    half: float = 1.0

    family: ClassVar[str] = "rate"
    shrinkage: ClassVar[str] = (
        "gamma–Poisson: x over exposure t in units of u, x/u ~ Poisson(λt/u) with λ ~ Gamma(α, β), so λ | x, t ~ Gamma(α + x/u, β + t/u)"
    )
    degenerate: ClassVar[str] = "no exposure: left out; nothing in much exposure: near the lowest place, never below 0"
    source: ClassVar[str] = (
        "Robbins 1956 (empirical Bayes); Clayton and Kaldor 1987, doi 10.2307/2532003 (gamma–Poisson by moments);"
        " Wilson and Hilferty 1931, doi 10.1073/pnas.17.12.684 (cube roots)"
    )

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(name for name in (self.of, self.per, self.events) if name)

    @property
    def meaning(self) -> str:
        exposure = f"{self.times:,g} {self.per}" if self.times != 1.0 else self.per
        return self.about or f"{self.of} per {exposure}".replace("_", " ")

    @property
    def symbols(self) -> str:
        return f"{self.of} / {self.per}" if self.times == 1.0 else f"{self.times:g} · {self.of} / {self.per}"

    @property
    def declared(self) -> tuple[float, float, float]:
        return (self.typical, self.spread, self.dispersion)

    @property
    def grain(self) -> str:
        return f"{self.dispersion:g} {self.events or 'of them'} count as one".replace("_", " ")

    def observe(self, table: Table) -> Observed:
        amount, exposure = table[self.of], table[self.per]
        events = table[self.events] if self.events else np.zeros(table.rows)
        known = (exposure > 0) & (exposure >= self.least) & ~np.isnan(amount) & ~np.isnan(events)
        exposure = np.where(known, exposure, self.times) / self.times
        return Observed(known, (np.where(known, amount, 0.0), exposure, np.where(known, events, 0.0)))

    def summands(self, columns: Sequence[Floats]) -> tuple[Floats, ...]:
        amount, exposure, events = columns
        part = 1.0 / (exposure + self.half)
        weight = exposure * part
        # One absurd row must not set the spread of all: the fit sees it at the edge of the plausible.
        capped = np.minimum(amount / exposure, OUTLYING * self.typical)
        return (weight, weight * weight, weight * capped, weight * capped * capped, part, weight * part, amount, events)

    def estimate(self, sums: Floats, parents: Floats) -> Peers:
        weight, squares, first, second, inverse, inverse2, amount, events = sums
        safe = np.where(weight > 0, weight, 1.0)
        mean = np.where(weight > 0, first / safe, np.nan)
        unit = self._unit(amount, events, parents)
        scatter, between = weighted_spread((weight, squares), (first, second))
        sampling = np.maximum(inverse - inverse2 / safe, 0.0)
        usable = (between > 1e-6) & (mean > 0)
        leverage = np.where(usable, between * mean * mean, np.nan)
        variation = np.maximum((scatter - unit * mean * sampling) / leverage, 0.0)
        return Peers(np.stack((mean, variation, unit), axis=1), weight)

    def _unit(self, amount: Floats, events: Floats, parents: Floats) -> Floats:
        if self.events is None:
            return np.full_like(amount, self.dispersion)
        worth = amount / np.where(events > 0, events, 1.0)
        return np.where((events > 0) & (amount > 0), self.dispersion * worth, parents[:, 2])

    def _gamma(self, parameters: Floats) -> tuple[Floats, Floats]:
        mean = np.maximum(parameters[..., 0], 1e-9 * self.typical)
        shape = np.clip(1.0 / np.maximum(parameters[..., 1], 1e-9), WIDEST, NARROWEST)
        return shape, shape / mean

    def scale(self, parameters: Floats) -> tuple[Floats, Floats]:
        mean, variance = gamma_moments(*self._gamma(parameters))
        return mean, np.sqrt(variance)

    def posterior(self, columns: Sequence[Floats], parameters: Floats) -> tuple[Floats, Floats]:
        amount, exposure, _ = columns
        shape, rate = self._gamma(parameters)
        unit = parameters[..., 2]
        return gamma_moments(shape + amount / unit, rate + exposure / unit)

    def raw(self, columns: Sequence[Floats]) -> Floats:
        return columns[0] / columns[1]

    def natural(self, scaled: Floats) -> Floats:
        return np.maximum(scaled * scaled * scaled, 0.0)
