"""How alike two make-ups of an audience are, and how near one comes to what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum, log2
from typing import Final, TypeAlias

Shares: TypeAlias = Mapping[str, float]
"""Bucket → share of the followers; what is unknown is left out."""

REST: Final = ""
"""Stands for every bucket that is not asked for."""


def similarity(one: Shares, other: Shares) -> float | None:
    """Return the Jensen–Shannon similarity, 1 − JSD in bits: 1 for equal make-ups, 0 for ones with no bucket in common.

    Formula: 1 − ½ KL(p‖m) − ½ KL(q‖m), m = ½ (p + q), logarithms to base 2, both scaled to a sum of 1. It compares shares and says
    nothing of whether the same persons follow both. None where either is unknown or empty. Source: Lin 1991.
    """
    p, q = _scaled(one), _scaled(other)
    if p is None or q is None:
        return None
    terms = [_information(p.get(each, 0.0), q.get(each, 0.0)) for each in p.keys() | q.keys()]
    return min(max(1.0 - fsum(terms) / 2.0, 0.0), 1.0)


def nearness(wanted: Shares, found: Shares) -> float | None:
    """Return the similarity of what is wanted and what there is, over the buckets that are wanted and all the rest together.

    `{"FEMALE": 0.7}` wants 70 % there and does not care how the other 30 % are parted. None where nothing is known, or nothing wanted.
    """
    known = _scaled(found)
    if known is None or not wanted:
        return None
    asked = {bucket: max(share, 0.0) for bucket, share in wanted.items()}
    left = max(1.0 - fsum(asked.values()), 0.0)
    there = {bucket: known.get(bucket, 0.0) for bucket in asked}
    return similarity({**asked, REST: left}, {**there, REST: max(1.0 - fsum(there.values()), 0.0)})


def _scaled(shares: Shares) -> dict[str, float] | None:
    positive = {bucket: share for bucket, share in shares.items() if share > 0}
    total = fsum(positive.values())
    return {bucket: share / total for bucket, share in positive.items()} if total > 0 else None


def _information(p: float, q: float) -> float:
    """Return a bucket's part of KL(p‖m) + KL(q‖m), which is even in p and q to the last bit."""
    middle = (p + q) / 2.0
    return fsum(each * log2(each / middle) for each in (p, q) if each > 0 and middle > 0)
