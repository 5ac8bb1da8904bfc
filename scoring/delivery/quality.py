"""How far said probabilities can be believed: the Brier score against the group's mean, and the reliability curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats

BINS: Final = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Samples of about the same probability: what was said on average, how often content came, and of how many."""

    low: float
    high: float
    said: float
    came: float
    samples: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Measured by replay: what would have been said of samples by what was known before. Mean squared errors, smaller is better.

    `mean` is the error of saying of everybody the share of earlier samples for which content came.
    """

    brier: float
    mean: float
    samples: int
    curve: tuple[Bin, ...]

    @property
    def helps(self) -> bool:
        """Whether the probabilities are nearer to what came than the group's mean is."""
        return self.brier < self.mean


def quality(said: Floats, came: Bools, share: Floats) -> Quality:
    """Compare probabilities to what came; `share` is what the group's mean said."""
    return Quality(float(np.mean((said - came) ** 2)), float(np.mean((share - came) ** 2)), len(said), reliability(said, came))


def reliability(said: Floats, came: Bools) -> tuple[Bin, ...]:
    """Return up to `BINS` bins of about as many samples each, by probability; equal probabilities share a bin."""
    border = np.quantile(said, np.linspace(0, 1, BINS + 1)[1:-1]) if len(said) else np.empty(0)
    place = np.searchsorted(border, said, side="left")
    parts = [place == number for number in range(BINS)]
    return tuple(
        Bin(float(said[part].min()), float(said[part].max()), float(said[part].mean()), float(came[part].mean()), int(part.sum()))
        for part in parts
        if part.any()
    )
