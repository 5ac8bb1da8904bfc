"""How a score and the truth agree: rank correlation, intervals that hold, what the best hold, and whether groups are treated alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.stats import rankdata

from validation.planted import Flags, Floats

EVIDENCE: Final = ((1, 1), (2, 4), (5, 9), (10, 29), (30, 10**9))
BEST: Final = 50
FEWEST: Final = 10


def agreement(values: Floats, truth: Floats, among: Flags | None = None) -> float:
    """Return Spearman's correlation over all creators: who has no value stands in the middle, since nothing was said of them.

    NaN where fewer than ten creators are left.
    """
    kept = np.isfinite(truth) if among is None else among & np.isfinite(truth)
    if kept.sum() < FEWEST or not np.isfinite(values[kept]).any():
        return float("nan")
    here = values[kept]
    return correlation(np.where(np.isfinite(here), here, np.nanmedian(here)), truth[kept])


def correlation(x: Floats, y: Floats) -> float:
    """Return Spearman's rank correlation; NaN where one of the two does not vary."""
    a, b = rankdata(x) - (len(x) + 1) / 2, rankdata(y) - (len(y) + 1) / 2
    spread = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / spread) if spread else float("nan")


def percentiles(truth: Floats, group: list[str]) -> Floats:
    """Return each creator's percentile (0–100) within the group: the middle of those alike."""
    out, groups = np.full(len(truth), np.nan), np.array(group)
    for name in np.unique(groups):
        here = (groups == name) & np.isfinite(truth)
        out[here] = (rankdata(truth[here]) - 0.5) / max(int(here.sum()), 1) * 100
    return out


class Cover(NamedTuple):
    """How often an interval held the truth, of how many, and how wide they are in the median."""

    share: float
    number: int
    width: float


def coverage(low: Floats, high: Floats, truth: Floats, among: Flags | None = None) -> Cover:
    """Return how often intervals hold the true percentile."""
    known = np.isfinite(low) & np.isfinite(high) & np.isfinite(truth) & (True if among is None else among)
    if not known.any():
        return Cover(float("nan"), 0, float("nan"))
    held = (low <= truth) & (truth <= high)
    return Cover(float(held[known].mean()), int(known.sum()), float(np.median((high - low)[known])))


def pooled(covers: Sequence[Cover]) -> Cover:
    """Return how often the intervals of several markets held, and the mean of their usual widths."""
    some = [each for each in covers if each.number]
    if not some:
        return Cover(float("nan"), 0, float("nan"))
    numbers = [each.number for each in some]
    share, width = (float(np.average([each[at] for each in some], weights=numbers)) for at in (0, 2))
    return Cover(share, sum(numbers), width)


def coverage_by_evidence(low: Floats, high: Floats, truth: Floats, evidence: Floats) -> list[Cover]:
    """Return the coverage for each amount of evidence in EVIDENCE."""
    return [coverage(low, high, truth, (evidence >= least) & (evidence <= most)) for least, most in EVIDENCE]


def share_of_best(values: Floats, expected: Floats, *, best: int | None = None) -> float:
    """Return the expected sales that the best by `values` hold, against the most that as many creators could."""
    count = best or best_of(len(expected))
    chosen = np.argsort(-np.where(np.isfinite(values), values, -np.inf), kind="stable")[:count]
    return float(expected[chosen].sum() / max(float(np.sort(expected)[-count:].sum()), 1e-12))


def best_of(creators: int) -> int:
    """Return how many are the best: fifty, and fewer in a small market."""
    return min(BEST, max(5, creators // 20))


class Difference(NamedTuple):
    """How a group's scores differ from others' of the same trait, in points, with its standard error and the usual half interval."""

    group: str
    number: int
    points: float
    error: float
    half: float

    @property
    def fair(self) -> bool:
        """Whether the difference lies within what chance and the intervals allow."""
        return abs(self.points) <= max(2 * self.error, self.half)


def differences(score: Floats, half: Floats, truth: Floats, groups: dict[str, Flags]) -> list[Difference]:
    """Return for each group how its scores lie above those of all creators with the same true percentile."""
    known = np.isfinite(score) & np.isfinite(truth)
    if known.sum() < 3 * FEWEST:
        return []
    shape = np.polyfit(truth[known], score[known], 2)
    beyond = score - np.polyval(shape, truth)
    beyond -= beyond[known].mean()
    return [
        Difference(
            name,
            number := int((known & members).sum()),
            float(beyond[known & members].mean()),
            float(beyond[known & members].std() / np.sqrt(number)),
            float(np.nanmedian(half[known & members])),
        )
        for name, members in groups.items()
        if (known & members).sum() >= FEWEST
    ]
