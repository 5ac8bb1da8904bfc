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
    """Return φ of the whole weeks of watching in which creators were active, from `start` to `stop` (Unix seconds)."""
    beyond, mean, weeks = _moments(evidence, start, stop)
    scale = float((mean**2 * np.maximum(weeks - LOST, 0)).sum())
    return float(np.clip((beyond.sum() + STRENGTH * DECLARED) / (scale + STRENGTH), *ENDS))


def own_bursts(evidence: Evidence, start: Floats, stop: Floats, usual: float) -> Floats:
    """Return φ of each creator: their own weeks' as far as they tell, drawn toward `usual`, of which creators differ by as much again.

    It is below 0 where weeks are more even than chance would have them.
    An estimate from w weeks of μ posts has the variance 2 (1 + φμ)² / μ² / (w − 3), as that of a normal's variance.
    """
    beyond, mean, weeks = _moments(evidence, start, stop)
    told = np.maximum(weeks - LOST, 0)
    scale = mean**2 * told
    own = np.divide(beyond, scale, out=np.full(len(scale), usual), where=scale > 0)
    weight = told * (mean / (1.0 + usual * mean)) ** 2 / 2.0
    return np.clip((weight * own + usual**-1) / (weight + usual**-2), -ENDS[1], ENDS[1])


def _moments(evidence: Evidence, start: Floats, stop: Floats) -> tuple[Floats, Floats, Ints]:
    """Return of each creator the sum of squares beyond chance, the mean posts a week, and the weeks active; 0 weeks under six."""
    whole = max(int((evidence.end - evidence.watched) // WEEK), 1)
    latest = np.clip(np.ceil((evidence.end - stop) / WEEK - 0.5), 0, whole).astype(np.int64)
    earliest = np.clip(np.floor((evidence.end - start) / WEEK + 0.5), 0, whole).astype(np.int64)
    weeks = np.where(earliest - latest >= LEAST_WEEKS, earliest - latest, 0)
    week = (evidence.end - 1 - evidence.at) // WEEK - latest[evidence.creator]
    within = (week >= 0) & (week < weeks[evidence.creator])
    cells = np.bincount(evidence.creator[within] * whole + week[within].astype(np.int64), minlength=evidence.people * whole)
    return *_beyond(cells.reshape(-1, whole).astype(np.float64), weeks), weeks


def _beyond(weekly: Floats, weeks: Ints) -> tuple[Floats, Floats]:
    """Return squares beyond Poisson's and means from counts [creators, weeks], of which each creator's first `weeks` count."""
    there = np.arange(weekly.shape[1], dtype=np.int64) < weeks[:, np.newaxis]
    mean = weekly.sum(axis=1) / np.maximum(weeks, 1)
    apart = np.where(there, weekly - mean[:, None], 0.0)
    own = (apart**2).sum(axis=1) - mean * np.maximum(weeks - 1, 0)
    neighbours = (apart[:, 1:] * apart[:, :-1]).sum(axis=1) + mean * (weeks - 1) / np.maximum(weeks, 1)
    return np.where(weeks > 0, own + 2.0 * neighbours, 0.0), mean
