"""Newton's method, for many independent maxima at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from scoring.ability.table import Floats

PASSES: Final = 50
LONGEST: Final = 2.0
"""Of a log effect that one step may go; from far away a whole one leads astray."""

CLOSE: Final = 1e-10


def climbed(step: Callable[[Floats], Floats], start: Floats) -> Floats:
    """Return where steps from `start` lead; `step` tells the one to take from each place, slope over curvature."""
    found = start
    for _ in range(PASSES):
        taken = np.clip(step(found), -LONGEST, LONGEST)
        found = found + taken
        if float(np.abs(taken).max(initial=0.0)) < CLOSE:
            break
    return found
