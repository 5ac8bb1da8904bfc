"""Cube roots of gamma variables and folded cube roots of beta variables.

On this scale both are nearly normal even where most of the mass sits at zero (Wilson and Hilferty
1931; folded roots: Mosteller and Tukey 1977), and the first two moments have closed forms. A
logarithm would send a creator who has sold nothing to minus infinity.
"""

from typing import Final

import numpy as np

from scoring.tables import Floats

SHIFT: Final = 6
THIRD: Final = 1.0 / 3.0


def gamma_ratio(a: Floats, step: float) -> Floats:
    """Return Γ(a + step) / Γ(a) for a > 0 and 0 < step < 1, to about 1e-12.

    Tricomi and Erdélyi's series after six steps of the recurrence: differences of log-gamma lose
    the digits that a variance needs once counts reach millions.
    """
    product = np.ones_like(a)
    for k in range(SHIFT):
        product = product * ((a + k) / (a + step + k))
    w = a + (SHIFT + (step - 1.0) / 2.0)
    rho = (1.0 + step) / 2.0
    second = -step * (step - 1.0) / 2.0 * rho / 6.0
    choose4 = step * (step - 1.0) * (step - 2.0) * (step - 3.0) / 24.0
    fourth = choose4 * rho * (5.0 * rho + 1.0) / 60.0
    series = 1.0 + (second + fourth / (w * w)) / (w * w)
    power = np.cbrt(w) if step == THIRD else np.cbrt(w) * np.cbrt(w)
    return product * power * series


def gamma_moments(shape: Floats, rate: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of the cube root of a Gamma(shape, rate) variable."""
    first = gamma_ratio(shape, THIRD)
    second = gamma_ratio(shape, 2.0 * THIRD)
    root = np.cbrt(rate)
    mean = first / root
    variance = np.maximum(second - first * first, 1e-15 * second) / (root * root)
    return mean, variance


def beta_moments(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of p^(1/3) − (1 − p)^(1/3) for p ~ Beta(a, b)."""
    whole = a + b
    up, down, total = (gamma_ratio(x, THIRD) for x in (a, b, whole))
    up2, down2, total2 = (gamma_ratio(x, 2.0 * THIRD) for x in (a, b, whole))
    mean = (up - down) / total
    square = (up2 + down2 - 2.0 * up * down) / total2
    return mean, np.maximum(square - mean * mean, 1e-15)


def unfolded(y: Floats) -> Floats:
    """Return the p whose folded cube root is `y`; what lies beyond ±1 is the nearest end."""
    y = np.clip(y, -1.0, 1.0)
    larger = np.cbrt(2.0 + np.sqrt(4.0 + (y * y * y) * (y * y * y)))
    half = (larger - y * y / larger + y) / 2.0
    return np.clip(half * half * half, 0.0, 1.0)
