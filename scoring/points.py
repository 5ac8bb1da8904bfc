"""From places among peers to points: blends, their own places, and intervals.

A place is the share of peers below. A weighted sum of places is no place itself: several at once are seldom all high, so
sums gather in the middle. It is taken as Φ(cZ) with Z normal, c following from how such sums vary among the peers, and
its place is Φ(Z).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.tables import Bools, Floats

BASE: Final = 50.0
GRID: Final = 2.0**-12
NINETY: Final = 1.6448536269514722
"""How many standard deviations either side of a normal mean hold 90 %."""
PEAK: Final = 0.3989422804014327
STEPS: Final = 4
EVEN: Final = 1.0 / 12.0
"""Variance of a place of which nothing is known."""
NEAR: Final = 1e-4


class Voice(NamedTuple):
    """What one part says of each row: mean and variance of its place, as shares, the ends of 90 %, and its weight in the blend."""

    known: Bools
    mean: Floats
    variance: Floats
    low: Floats
    high: Floats
    weight: Floats


class Blended(NamedTuple):
    """A blend's points 0–100 with interval, mean and variance of its place as shares, and how its parts stretch."""

    value: Floats
    low: Floats
    high: Floats
    mean: Floats
    variance: Floats
    stretch: Floats


def silent(known: Bools, column: Floats, otherwise: float) -> Floats:
    """Return the known rows' column among all rows, and what is taken elsewhere."""
    every = np.full(len(known), otherwise)
    every[known] = column
    return every


def summed(voices: Sequence[Voice]) -> tuple[Floats, Floats]:
    """Return mean and variance of the weighted sum of places."""
    mean, variance = np.zeros(len(voices[0].mean)), np.zeros(len(voices[0].mean))
    for voice in voices:
        mean = mean + voice.weight * voice.mean
        variance = variance + voice.weight * voice.weight * voice.variance
    return mean, variance


def contribution(weight: Floats, points: Floats) -> Floats:
    """Return what a part adds to the base: whole 4096ths, cut toward zero, which floats add exactly in any order."""
    # Adding zero turns -0.0, which would be shown, into 0.0.
    return np.trunc(weight * (points - BASE) / GRID) * GRID + 0.0


def contributed(voice: Voice, stretch: Floats) -> Floats:
    """Return what a part of a blend adds to the base."""
    return contribution(stretch * voice.weight, 100.0 * voice.mean)


def blended(voices: Sequence[Voice], spread: Floats) -> Blended:
    """Return the place of a blend among peers whose blends vary by `spread`² (variance, a number a row)."""
    mean, variance = summed(voices)
    width = widths(spread)
    z, s = normal(mean, variance)
    lone = np.sum([voice.weight > 0 for voice in voices], axis=0) == 1
    stretch = np.where(lone, 1.0, _stretch(mean, variance, width))
    value = np.full_like(mean, BASE)
    for voice in voices:
        value = value + contributed(voice, stretch)
    place, doubt = moments(z / width, s / width)
    low, high = _ends(voices, lone, z / width, s / width)
    place, doubt = np.where(lone, mean, place), np.where(lone, variance, doubt)
    return Blended(value, np.minimum(low, value), np.maximum(high, value), place, doubt, stretch)


def _ends(voices: Sequence[Voice], lone: Bools, z: Floats, s: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the interval: those of the only part where there is one, else of Φ(Z), Z ~ N(z, s²)."""
    low: Floats = np.where(lone, 0.0, 100.0 * ndtr(z - NINETY * s))
    high: Floats = np.where(lone, 0.0, 100.0 * ndtr(z + NINETY * s))
    for voice in voices:
        only = lone & (voice.weight > 0)
        low, high = np.where(only, 100.0 * voice.low, low), np.where(only, 100.0 * voice.high, high)
    return low, high


def _stretch(mean: Floats, variance: Floats, width: Floats) -> Floats:
    """Return by how much the blend's place lies farther from the middle than the blend itself."""
    apart = mean - 0.5
    away = np.where(np.abs(apart) < NEAR, NEAR, apart)
    z, s = normal(0.5 + away, variance)
    return (ndtr((z / width) / np.sqrt(1.0 + (s / width) ** 2)) - 0.5) / away


def widths(variance: Floats) -> Floats:
    """Return the c at which Φ(cZ), Z standard normal, has this variance: arcsin(c² / (1 + c²)) = 2πv; 1 for a place (v = 1/12)."""
    rho = np.sin(2.0 * np.pi * np.clip(variance, 1e-4, 0.2))
    return np.sqrt(rho / (1.0 - rho))


def moments(z: Floats, s: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of Φ(Z) for Z ~ N(z, s²); the variance by four terms of the tetrachoric series."""
    spread = 1.0 + s * s
    h = z / np.sqrt(spread)
    rho = s * s / spread
    density = PEAK * np.exp(-0.5 * h * h)
    return ndtr(h), density * density * _series(_terms(h), rho)


def normal(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Return z and s of the Z ~ N(z, s²) whose Φ(Z) has this mean and variance."""
    h = ndtri(np.clip(mean, 1e-12, 1.0 - 1e-12))
    rho = _correlation(h, variance)
    s = np.sqrt(rho / (1.0 - rho))
    return h * np.sqrt(1.0 + s * s), s


def _terms(h: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the squares of Hermite's polynomials over factorials that weigh ρ², ρ³ and ρ⁴."""
    square = h * h
    third, fourth = square - 1.0, h * (square - 3.0)
    return square / 2.0, third * third / 6.0, fourth * fourth / 24.0


def _series(terms: tuple[Floats, Floats, Floats], rho: Floats) -> Floats:
    second, third, fourth = terms
    return rho * (1.0 + rho * (second + rho * (third + rho * fourth)))


def _correlation(h: Floats, variance: Floats) -> Floats:
    """Return the ρ at which the series of `moments` gives `variance`, by Newton's steps from above."""
    terms = second, third, fourth = _terms(h)
    density = PEAK * np.exp(-0.5 * h * h)
    target = variance / np.maximum(density * density, 1e-300)
    rho = np.clip(target, 0.0, 0.9)
    for _ in range(STEPS):
        slope = 1.0 + rho * (2.0 * second + rho * (3.0 * third + rho * 4.0 * fourth))
        rho = np.clip(rho - (_series(terms, rho) - target) / slope, 0.0, 0.9)
    return rho
