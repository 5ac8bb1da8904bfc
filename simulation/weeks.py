"""Busy and quiet weeks of each creator: bursts that the steady hardly have, and pauses that have nothing to do with it."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.calendar import DAY, Period
from simulation.chance import Floats, Ints
from simulation.parameters import BURST_SPREAD, PAUSE_WEEKS, PAUSES
from simulation.setting import Setting

WEEK: Final = 7 * DAY


def weekly(rng: np.random.Generator, on: Setting, creator: Ints, moment: Floats) -> Floats:
    """Return moments of even work as moments of a calendar in which each creator's weeks differ; the mean pace stays."""
    pace = paces(rng, on)
    weeks = pace.shape[1]
    done = np.concatenate([np.zeros((len(pace), 1)), np.cumsum(pace, axis=1)], axis=1)
    stride = weeks + 1
    offsets = np.arange(len(pace), dtype=np.float64)[:, None] * stride
    calendar = np.broadcast_to(np.arange(stride, dtype=np.float64), done.shape) + offsets
    even = (moment - on.period.start) / WEEK
    at = np.clip(even, 0.0, weeks - 1e-9) + creator * stride
    through = np.asarray(np.interp(at, (done + offsets).ravel(), calendar.ravel()), dtype=np.float64)
    return np.asarray(np.where(even < weeks, through - creator * stride, even) * WEEK + on.period.start)


def paces(rng: np.random.Generator, on: Setting) -> Floats:
    """Return each creator's pace in each week of the period (shape creators × weeks), of mean 1 in a row."""
    size, weeks = len(on.people), weeks_of(on.period)
    spread = BURST_SPREAD * np.exp(-0.6 * np.clip(on.people.consistency, -2.0, 3.0))[:, None]
    pace = np.exp(spread * rng.standard_normal((size, weeks)) - spread**2 / 2)
    begins = rng.integers(0, weeks, size)[:, None]
    length = (1 + rng.poisson(PAUSE_WEEKS - 1, size))[:, None]
    week = np.arange(weeks)[None, :]
    paused = (rng.random(size) < PAUSES)[:, None] & (week >= begins) & (week < np.minimum(begins + length, weeks - 1))
    pace = np.where(paused, 1e-3, pace)
    return np.asarray(pace / pace.mean(axis=1, keepdims=True))


def weeks_of(period: Period) -> int:
    """Return how many weeks a period touches."""
    return -(-period.days // 7)
