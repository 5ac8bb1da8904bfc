"""The families of readings: counts of events, rates known from counts, shares, and values with an error."""

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

import numpy as np

from scoring.errors import DeclarationError
from scoring.tables import ROUNDING, Floats, Table, refuse
from scoring.traits.readings import UNKNOWN, Constants, Reading, Seen, Terms
from scoring.traits.scales import FEW, Scale, natural, scaled


@dataclass(frozen=True)
class Counts(Reading):
    """So many `of` something in `per` exposure: y is negative binomial about μ = e^(bias + θ) · t, with variance μ + noise · μ²."""

    _: KW_ONLY
    per: str

    family: ClassVar[str] = "counts"
    decays: ClassVar[bool] = True
    formula: ClassVar[str] = "y ~ NegativeBinomial(μ = t · e^(α + θ), variance μ + φμ²)"

    @property
    def facts(self) -> frozenset[str]:
        return frozenset((self.of, self.per))

    def seen(self, table: Table) -> Seen:
        y, size = table[self.of], table[self.per]
        known = ~np.isnan(y) & (np.nan_to_num(size) > 0)
        return Seen(known, np.where(known, y, 0.0), np.where(known, size, 1.0), ())

    def decay(self, seen: Seen, constants: Constants) -> tuple[Floats, Floats]:
        """Return power y + 1/φ and rate φ · t · e^α of each row."""
        power = np.where(seen.known, seen.y + 1.0 / constants.noise, 0.0)
        return power, constants.noise * seen.size * np.exp(constants.bias)

    def terms(self, seen: Seen, constants: Constants) -> Terms:
        return Terms(seen.y, np.zeros(len(seen.y)), (self.decay(seen, constants),))

    def information(self, seen: Seen, constants: Constants, theta: Floats) -> Floats:
        power, rate = self.decay(seen, constants)
        share = natural(theta + np.log(rate), "logit")
        return power * share * (1.0 - share)

    def raw(self, seen: Seen, scale: Scale) -> Floats:
        return np.where(seen.known, seen.y / seen.size, UNKNOWN)

    def pieces(self, seen: Seen) -> Floats:
        return np.where(seen.known, np.maximum(seen.y, 1.0), 0.0)


@dataclass(frozen=True)
class Rate(Counts):
    """An estimate `of` a rate with the variance `var` of its logarithm, taken as the count n and time t that would tell as much.

    A gamma likelihood: n = 1 / var, t = n / rate. A normal one of the logarithm is wide where little was counted, as if that could as
    well be much: who did little in a long time did little.
    """

    _: KW_ONLY
    per: str = ""
    var: str

    formula: ClassVar[str] = "n ~ NegativeBinomial(μ = t · e^(α + θ), variance μ + φμ²), n = 1/v, t = n/y"

    @property
    def facts(self) -> frozenset[str]:
        return frozenset((self.of, self.var))

    def seen(self, table: Table) -> Seen:
        y, variance = table[self.of], table[self.var]
        known = (np.nan_to_num(y) > 0) & (np.nan_to_num(variance) > 0)
        rate, count = np.where(known, y, 1.0), np.where(known, 1.0 / np.where(known, variance, 1.0), 1.0)
        return Seen(known, np.where(known, count, 0.0), count / rate, (rate,))

    def raw(self, seen: Seen, scale: Scale) -> Floats:
        return np.where(seen.known, seen.covariates[0], UNKNOWN)

    def pieces(self, seen: Seen) -> Floats:
        return np.where(seen.known, 1.0, 0.0)


@dataclass(frozen=True)
class Successes(Reading):
    """So many `of` among so many: y ~ Binomial(n, p) with p = 1 / (1 + e^−(bias + θ)), correlated within a creator by `noise`.

    `weigh` names the column of what each trial of a row counts for; 1 where that is unknown.
    """

    _: KW_ONLY
    among: str
    weigh: str | None = None
    noise: float = 0.0

    family: ClassVar[str] = "successes"
    decays: ClassVar[bool] = True
    formula: ClassVar[str] = "y ~ Binomial(n, 1 / (1 + e^−(α + θ))), n counted as n / (1 + ρ(n − 1))"

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(name for name in (self.of, self.among, self.weigh) if name)

    def seen(self, table: Table) -> Seen:
        y, size = table[self.of], table[self.among]
        known = ~np.isnan(y) & (np.nan_to_num(size) > 0)
        refuse(known & (y > size * (1.0 + ROUNDING)), self.of, y, f"is more than {self.among} in the same row", "correct its source")
        size = np.where(known, size, 1.0)
        if self.weigh is None:
            return Seen(known, np.where(known, np.minimum(y, size), 0.0), size, ())
        weight = table[self.weigh]
        weights = (np.where(known & (weight > 0), weight, 1.0),)
        return Seen(known, np.where(known, np.minimum(y, size), 0.0), size, weights)

    def shrink(self, seen: Seen, constants: Constants) -> Floats:
        """Return what each row's trials count for."""
        weight = seen.covariates[0] if seen.covariates else 1.0
        return np.where(seen.known, weight / (1.0 + constants.noise * np.maximum(seen.size - 1.0, 0.0)), 0.0)

    def terms(self, seen: Seen, constants: Constants) -> Terms:
        left, rate = self.shrink(seen, constants), np.full(len(seen.y), np.exp(constants.bias))
        return Terms(left * seen.y, np.zeros(len(seen.y)), ((left * seen.size, rate),))

    def information(self, seen: Seen, constants: Constants, theta: Floats) -> Floats:
        share = natural(constants.bias + theta, "logit")
        return self.shrink(seen, constants) * seen.size * share * (1.0 - share)

    def raw(self, seen: Seen, scale: Scale) -> Floats:
        return np.where(seen.known, seen.y / seen.size, UNKNOWN)

    def pieces(self, seen: Seen) -> Floats:
        return np.where(seen.known, seen.size, 0.0)


@dataclass(frozen=True)
class Value(Reading):
    """A figure on a scale: y ~ N(bias + slope · θ + Σ γx, var + noise²); `var` names the column of each row's own sampling variance.

    An unknown covariate counts as its mean, and what it could have explained as noise.
    """

    _: KW_ONLY
    scale: Scale = "plain"
    var: str | None = None
    count: str | None = None
    slope: float = 1.0
    covariates: tuple[str, ...] = ()

    family: ClassVar[str] = "value"
    decays: ClassVar[bool] = False
    formula: ClassVar[str] = "y ~ N(α + κθ + Σγx, v + σ²)"

    def __post_init__(self) -> None:
        if not (self.slope > 0 and self.noise > 0):
            raise DeclarationError(f"reading {self.name}: slope {self.slope:g} and noise {self.noise:g} must both be above 0")

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(name for name in (self.of, self.var, self.count, *self.covariates) if name)

    @property
    def signed(self) -> frozenset[str]:
        return frozenset((self.of, *self.covariates)) if self.scale == "plain" else frozenset(self.covariates)

    @property
    def declared(self) -> Constants:
        none = (0.0,) * len(self.covariates)
        return Constants(0.0, self.slope, self.noise, none, none, none)

    def seen(self, table: Table) -> Seen:
        y = scaled(table[self.of], self.scale, edge=FEW)
        variance = np.zeros(len(y)) if self.var is None else table[self.var]
        pieces = np.ones(len(y)) if self.count is None else np.nan_to_num(table[self.count])
        known = ~np.isnan(y) & ~np.isnan(variance) & (pieces > 0)
        return Seen(known, np.where(known, y, 0.0), np.where(known, variance, 0.0), (pieces, *(table[name] for name in self.covariates)))

    def shifts(self, seen: Seen, constants: Constants) -> tuple[Floats, Floats]:
        """Return what covariates add to y, and the variance that unknown ones leave."""
        shift, loose = np.zeros(len(seen.y)), np.zeros(len(seen.y))
        for x, gain, centre, spread in zip(seen.covariates[1:], constants.covariates, constants.centres, constants.spreads, strict=True):
            missing = np.isnan(x)
            shift = shift + gain * np.where(missing, 0.0, x - centre)
            loose = loose + np.where(missing, (gain * spread) ** 2, 0.0)
        return shift, loose

    def weight(self, seen: Seen, constants: Constants) -> Floats:
        """Return the inverse variance of each row's y about its expectation; 0 where unknown."""
        _, loose = self.shifts(seen, constants)
        return np.where(seen.known, 1.0 / (seen.size + loose + constants.noise**2), 0.0)

    def terms(self, seen: Seen, constants: Constants) -> Terms:
        weight = self.weight(seen, constants)
        shift, _ = self.shifts(seen, constants)
        return Terms(weight * constants.slope * (seen.y - constants.bias - shift), -0.5 * weight * constants.slope**2)

    def information(self, seen: Seen, constants: Constants, theta: Floats) -> Floats:
        return self.weight(seen, constants) * constants.slope**2

    def raw(self, seen: Seen, scale: Scale) -> Floats:
        return np.where(seen.known, natural(seen.y, self.scale), UNKNOWN)

    def pieces(self, seen: Seen) -> Floats:
        return np.where(seen.known, seen.covariates[0], 0.0)


counts = Counts
rate = Rate
successes = Successes
value = Value
