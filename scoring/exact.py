"""Sums that do not depend on order: what is added in parts is equal to the last bit."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.errors import ScoringError
from scoring.tables import Floats

GRID: Final = 50
LIMBS: Final = (-10, 20, GRID)
ROWS: Final = 1 << 17
LARGEST: Final = 2.0**46

Codes = NDArray[np.intp]


def exact_sums(values: Floats, codes: Codes, groups: int) -> list[int]:
    """Return, for each group, the sum of `values` in units of 2^-50, as whole numbers.

    Each value is cut into three limbs on fixed grids, so narrow that floats add up 131,072 of them without rounding.
    """
    if values.size and not float(np.max(np.abs(values))) < LARGEST:
        raise ScoringError(
            f"a summand of {float(np.max(np.abs(values))):g} is too large to add up; the rule is below 2^46; check the facts"
        )
    totals = [0] * groups
    for start in range(0, len(values), ROWS):
        chunk = slice(start, start + ROWS)
        _add(totals, values[chunk], codes[chunk])
    return totals


def _add(totals: list[int], values: Floats, codes: Codes) -> None:
    rest = values
    for bits in LIMBS:
        limb = np.rint(rest * 2.0**bits)
        if not limb.any():
            continue
        rest = rest - limb * 2.0**-bits
        sums = np.bincount(codes, weights=limb, minlength=len(totals))
        for group in np.flatnonzero(sums):
            totals[group] += int(sums[group]) << (GRID - bits)


def as_float(total: int) -> float:
    """Return a sum in units of 2^-50 as the nearest float."""
    return total / (1 << GRID)
