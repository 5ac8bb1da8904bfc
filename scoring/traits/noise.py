"""How a round learns a reading's bias, slope, covariates and noise from what the posterior expects of the trait."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.tables import Floats
from scoring.traits.families import Counts, Successes, Value
from scoring.traits.readings import Constants, Reading, Seen

PSEUDO: Final = 10.0
"""The declared constants count as this many rows."""
NOISE: Final = (0.02, 10.0)
DISPERSION: Final = (1e-3, 10.0)
SLOWEST: Final = 0.25
"""A round moves a variance by at most a factor of four."""

Array = NDArray[np.float64]
special: Any = scipy_special


class Expected(NamedTuple):
    """Mean and variance of θ, and the means of e^θ, 1 / (1 + r·e^θ) and ln(1 + r·e^θ), row by row."""

    theta: Floats
    variance: Floats
    exp: Floats
    inverse: Floats
    logarithm: Floats


def whole(column: Floats) -> Floats:
    """Return summands as whole 2^-20ths, which floats add exactly in any order."""
    return np.rint(column * 2.0**20) * 2.0**-20


def _exactly(columns: Sequence[Floats]) -> Array:
    """Return the sum of each column, the same in any order of rows."""
    return whole(np.stack(columns)).sum(axis=1)


def summands(reading: Reading, seen: Seen, constants: Constants, expected: Expected) -> Array:
    """Return the sums that `advanced` needs of one reading."""
    if isinstance(reading, Value):
        return _value_sums(reading, seen, constants, expected)
    if isinstance(reading, Counts):
        return _count_sums(seen, constants, expected)
    if isinstance(reading, Successes):
        return _success_sums(reading, seen, constants, expected)
    return np.array([float(len(seen.y))])


def own_unit(reading: Reading) -> bool:
    """Tell whether a reading is in another unit than the trait, so that its declared bias of 0 means nothing."""
    return isinstance(reading, Value) and not reading.anchor and reading.slope != 1.0


def level(reading: Reading, seen: Seen, constants: Constants) -> Array:
    """Return how many rows have a reading in a unit of its own, and the sum of its values without what covariates explain."""
    assert isinstance(reading, Value)
    shift, _ = reading.shifts(seen, constants)
    return _exactly((np.ones(len(seen.y)), seen.y - shift))


def advanced(reading: Reading, sums: Any, levels: Any, before: Constants, peers: tuple[float, float]) -> Constants:
    """Return the next constants of one reading, the declared ones counting as a few rows; `peers` is the trait's mean and spread.

    In a unit of its own, the mean of a reading's rows is declared to be the typical peer's.
    """
    typical = None if levels is None or not levels[0] > 0 else float(levels[1] / levels[0])
    if sums is None or not sums[0] > 0:
        return before if typical is None else before._replace(bias=typical - before.slope * peers[0])
    if isinstance(reading, Value):
        return _value(reading, sums, before, 0.0 if typical is None else typical - reading.slope * peers[0], peers[1])
    if isinstance(reading, Counts):
        return _count(reading, sums, before)
    return before if reading.anchor else _success(sums, before)


def _value_sums(reading: Value, seen: Seen, constants: Constants, expected: Expected) -> Array:
    weight = reading.weight(seen, constants)
    x = _centred(seen, constants)
    design = np.stack([np.ones(len(seen.y)), expected.theta, *x])
    second = np.einsum("an,bn->abn", design, design)
    second[1, 1] += expected.variance
    shift, loose = reading.shifts(seen, constants)
    rest = seen.y - constants.bias - shift - constants.slope * expected.theta
    square = rest * rest + constants.slope**2 * expected.variance
    columns = [
        np.ones(len(seen.y)),
        weight,
        weight * weight * np.maximum(square - loose, 0.0),
        *(weight * second).reshape(len(design) ** 2, len(seen.y)),
        *(weight * seen.y * design),
        *(part for one in seen.covariates[1:] for part in _covariate(one)),
    ]
    return _exactly(columns)


def _covariate(x: Floats) -> tuple[Floats, Floats, Floats]:
    known = ~np.isnan(x)
    return known.astype(np.float64), np.where(known, x, 0.0), np.where(known, x * x, 0.0)


def _centred(seen: Seen, constants: Constants) -> list[Floats]:
    return [np.where(np.isnan(x), 0.0, x - centre) for x, centre in zip(seen.covariates[1:], constants.centres, strict=True)]


def _value(reading: Value, sums: Array, before: Constants, declared_bias: float, spread: float) -> Constants:
    count, weight, score = sums[:3]
    width = 2 + len(reading.covariates)
    second = sums[3 : 3 + width * width].reshape(width, width)
    first = sums[3 + width * width : 3 + width * width + width]
    centres, spreads = _centres(sums[3 + width * width + width :], len(reading.covariates))
    ridge = weight / count * PSEUDO * np.array([0.05, spread**2, *(0.05 + 0.1 * one**2 for one in spreads)])
    bias, slope, *gains = _regressed(reading, declared_bias, second, first, ridge)
    noise = _damped(before.noise**2, score / max(weight, 1e-300), count, reading.noise**2, (NOISE[0] ** 2, NOISE[1] ** 2))
    moved = bias + float(np.dot(gains, np.subtract(centres, before.centres)))
    return Constants(0.0 if reading.anchor else moved, slope, float(np.sqrt(noise)), tuple(gains), centres, spreads)


def _centres(sums: Array, count: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    parts = [(max(known, 1.0), first, second) for known, first, second in sums.reshape(count, 3).tolist()]
    means = tuple(first / known for known, first, _ in parts)
    return means, tuple(float(np.sqrt(max(second / known - (first / known) ** 2, 0.0))) for known, first, second in parts)


def _regressed(reading: Value, bias: float, second: Array, first: Array, ridge: Array) -> list[float]:
    """Return bias, slope and gains by least squares; an anchor's bias and slope stand, and what is declared counts as a few rows."""
    declared = np.array([bias, reading.slope, *(0.0 for _ in reading.covariates)])
    found, free = declared.copy(), np.arange(2 if reading.anchor else 0, len(declared))
    fixed = np.setdiff1d(np.arange(len(declared)), free)
    if len(free):
        target = (first + ridge * declared)[free] - second[np.ix_(free, fixed)] @ declared[fixed]
        found[free] = np.linalg.solve((second + np.diag(ridge))[np.ix_(free, free)], target)
    return [float(found[0]), max(float(found[1]), 0.0), *found[2:].tolist()]


def _count_sums(seen: Seen, constants: Constants, expected: Expected) -> Array:
    """Return sums over what each row's gamma noise G | y, θ ~ Gamma(k + y, k + μ), k = 1/φ, is expected to be, and those of the bias."""
    shape = 1.0 / constants.noise
    gain = (1.0 + seen.y / shape) * expected.inverse
    log_gain: Floats = special.digamma(shape + seen.y) - np.log(shape) - expected.logarithm
    columns = (np.ones(len(seen.y)), gain - log_gain, seen.y, seen.size * expected.exp * gain)
    return _exactly(columns)


def _success_sums(reading: Successes, seen: Seen, constants: Constants, expected: Expected) -> Array:
    left = reading.shrink(seen, constants)
    columns = (np.ones(len(seen.y)), left * seen.y, left * seen.size * (1.0 - expected.inverse), left * seen.size)
    return _exactly(columns)


def _success(sums: Array, before: Constants) -> Constants:
    """Return the bias that brings expected successes to those seen, one success and one failure counted beside them."""
    _, seen, expected, trials = sums
    share, due = ((part + 1.0) / (trials + 2.0) for part in (seen, expected))
    return before._replace(bias=before.bias + float(np.log(share / (1.0 - share)) - np.log(due / (1.0 - due))))


def _count(reading: Counts, sums: Array, before: Constants) -> Constants:
    count, apart, above, below = sums
    noise = 1.0 / _gamma_shape(max(apart / count - 1.0, 1e-9))
    noise = _damped(before.noise, noise / before.noise, count, reading.noise, DISPERSION)
    bias = 0.0 if reading.anchor else float(np.log((above + 0.5) / (below + 0.5)))
    return before._replace(noise=noise, bias=bias)


def _gamma_shape(apart: float) -> float:
    """Return the k with ln k − ψ(k) = `apart` (Minka 2002's start and two of Newton's steps)."""
    k = float((3.0 - apart + np.sqrt((apart - 3.0) ** 2 + 24.0 * apart)) / (12.0 * apart))
    for _ in range(2):
        k -= float((np.log(k) - special.digamma(k) - apart) / (1.0 / k - special.polygamma(1, k)))
    return float(np.clip(k, 1e-3, 1e6))


def _damped(before: float, ratio: float, count: float, declared: float, ends: tuple[float, float]) -> float:
    """Return the next variance: the fixed point of its likelihood's slope, between bounds, the declared one counting as a few rows."""
    moved = before * float(np.clip(ratio, SLOWEST, 1.0 / SLOWEST))
    trust = count / (count + PSEUDO)
    return float(np.clip(np.exp(trust * np.log(moved) + (1.0 - trust) * np.log(declared)), *ends))
