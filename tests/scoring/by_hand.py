"""The formulas once more, for one row and in the plainest words, to hold the vectorised ones to."""

from math import gamma, log, sqrt
from statistics import NormalDist

NORMAL = NormalDist()


def gamma_moments(shape: float, rate: float) -> tuple[float, float]:
    """Mean and variance of the cube root of a gamma variable."""
    mean = gamma(shape + 1 / 3) / gamma(shape) / rate ** (1 / 3)
    return mean, gamma(shape + 2 / 3) / gamma(shape) / rate ** (2 / 3) - mean**2


def beta_moments(a: float, b: float) -> tuple[float, float]:
    """Mean and variance of p^(1/3) − (1 − p)^(1/3) for a beta variable."""

    def power(x: float, y: float) -> float:
        return gamma(a + x) / gamma(a) * gamma(b + y) / gamma(b) * gamma(a + b) / gamma(a + b + x + y)

    mean = power(1 / 3, 0) - power(0, 1 / 3)
    return mean, power(2 / 3, 0) + power(0, 2 / 3) - 2 * power(1 / 3, 1 / 3) - mean**2


def points(posterior: tuple[float, float], prior: tuple[float, float]) -> float:
    """The place of a posterior mean among the prior's values."""
    return 100 * NORMAL.cdf((posterior[0] - prior[0]) / sqrt(prior[1]))


def share(hits: float, trials: float, *, typical: float = 0.5, spread: float = 0.2) -> float:
    total = 1 / spread - 1
    rarer = min(typical, 1 - typical)
    total = max(total, 0.3 / rarer)
    a, b = typical * total, (1 - typical) * total
    return points(beta_moments(a + hits, b + trials - hits), beta_moments(a, b))


def rate(amount: float, exposure: float, *, typical: float, unit: float = 1.0, spread: float = 1.0) -> float:
    shape = 1 / spread
    prior = shape, shape / typical
    return points(gamma_moments(shape + amount / unit, prior[1] + exposure / unit), gamma_moments(*prior))


def normal(y: float, seen: float, *, centre: float, spread: float, variance: float) -> float:
    precision = 1 / spread**2 + seen / variance
    mean = (centre / spread**2 + seen * y / variance) / precision
    return points((mean, 1 / precision), (centre, spread**2))


def pooled_variance(noise: float, variance: float, freedom: float) -> float:
    """A row's own variance, shrunk toward the declared one, which counts ten degrees of freedom."""
    return (10 * noise**2 + freedom * variance) / (10 + freedom)


def amount(y: float, seen: float, variance: float, *, typical: float, spread: float = 1.0, noise: float = 1.0) -> float:
    own = pooled_variance(noise, variance, min(seen - 1, 30))
    return normal(y, seen, centre=log(typical), spread=spread, variance=own)


def measure(figure: float, seen: float, *, typical: float, spread: float = 1.0, noise: float = 1.0) -> float:
    return normal(log(figure), seen, centre=log(typical), spread=spread, variance=noise**2)


def score(*weighted: tuple[float, float]) -> float:
    """50 and the weighted distances from it, not yet cut to 4096ths."""
    total = sum(weight for weight, _ in weighted)
    return 50 + sum(weight / total * (value - 50) for weight, value in weighted)
