"""How much do weeks differ beyond chance? Of a creator with μ posts a week, n weeks have the variance nμ + nφμ²; φ is learnt from all.

Seeing each post with the same chance (only those that orders or samples name) leaves φ as it is. A burst may fall on the border of
two weeks, so neighbours' covariance counts too (Newey and West 1987).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Floats, Ints
from scoring.facts.output.evidence import WEEK, Evidence

DECLARED: Final = 1.0
STRENGTH: Final = 20.0
"""The declared φ counts as so many squared weekly means."""
ENDS: Final = (0.02, 5.0)
LEAST_WEEKS: Final = 6
LOST: Final = 3
"""Weeks lost to the mean and the neighbours: with w weeks, w − 3 tell."""


def bursts(evidence: Evidence, start: Floats, stop: Floats) -> float:
    """Return φ of the whole weeks of watching in which each creator was active, from `start` to `stop` (Unix seconds)."""
    whole = max(int((evidence.end - evidence.watched) // WEEK), 1)
    latest = np.clip(np.ceil((evidence.end - stop) / WEEK - 0.5), 0, whole).astype(np.int64)
    earliest = np.clip(np.floor((evidence.end - start) / WEEK + 0.5), 0, whole).astype(np.int64)
    weeks = np.where(earliest - latest >= LEAST_WEEKS, earliest - latest, 0)
    week = (evidence.end - 1 - evidence.at) // WEEK - latest[evidence.creator]
    within = (week >= 0) & (week < weeks[evidence.creator])
    cells = np.bincount(evidence.creator[within] * whole + week[within].astype(np.int64), minlength=evidence.people * whole)
    return _dispersion(cells.reshape(-1, whole).astype(np.float64), weeks)


def _dispersion(weekly: Floats, weeks: Ints) -> float:
    """Return φ by moments from counts [creators, weeks], of which each creator's first `weeks` count; Poisson's own share is taken off."""
    there = np.arange(weekly.shape[1], dtype=np.int64) < weeks[:, np.newaxis]
    mean = weekly.sum(axis=1) / np.maximum(weeks, 1)
    apart = np.where(there, weekly - mean[:, None], 0.0)
    own = (apart**2).sum(axis=1) - mean * np.maximum(weeks - 1, 0)
    neighbours = (apart[:, 1:] * apart[:, :-1]).sum(axis=1) + mean * (weeks - 1) / np.maximum(weeks, 1)
    beyond = float(np.where(weeks > 0, own + 2.0 * neighbours, 0.0).sum())
    scale = float((mean**2 * np.maximum(weeks - LOST, 0)).sum())
    return float(np.clip((beyond + STRENGTH * DECLARED) / (scale + STRENGTH), *ENDS))
