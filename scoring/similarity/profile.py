"""A creator's profile and audience as vectors of length 1, so that a cosine compares them; zeros where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.similarity.parts import AUDIENCE
from scoring.similarity.projection import Matrix, unit
from scoring.tables import Floats

Texts = NDArray[np.str_]

MOST_WORDS: Final = 64
"""Regions or languages that are told apart; rarer ones count as unknown."""

SIZE_DECADES: Final = 3.0
PRICE_DECADES: Final = 1.5


@dataclass(frozen=True, eq=False)
class People:
    """Creators, one entry each: "" and NaN are unknown; `audience` has shares [creators × buckets] by part, rows of zeros unknown."""

    ids: Texts
    region: Texts
    language: Texts
    followers: Floats
    price: Floats
    audience: Mapping[str, Floats]


def profile(people: People) -> dict[str, Matrix]:
    """Return the columns of every part but the graph's."""
    return {
        "region": words(people.region),
        "language": words(people.language),
        "size": on_circle(people.followers, decades=SIZE_DECADES),
        "price": on_circle(people.price, decades=PRICE_DECADES),
        **{name: make_up(people.audience.get(name, np.zeros((len(people.ids), 0)))) for name in AUDIENCE},
    }


def words(values: NDArray[Any]) -> Matrix:
    """Return one column for each word, the most common first; a cosine is 1 for the same word and 0 for another."""
    found, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    order = [at for at in np.lexsort((found, -counts)).tolist() if found[at]][:MOST_WORDS]
    return (which[:, np.newaxis] == np.array(order, dtype=np.int64)).astype(np.float32)


def on_circle(values: Floats, *, decades: float) -> Matrix:
    """Return points on a circle, amounts apart by a factor of 10^decades at a right angle; zeros for what is unknown or not positive."""
    known = np.isfinite(values) & (values > 0)
    angle = np.log10(np.where(known, values, 1.0)) * (np.pi / 2 / decades)
    return np.where(known[:, np.newaxis], np.stack([np.cos(angle), np.sin(angle)], axis=1), 0.0).astype(np.float32)


def make_up(shares: Floats) -> Matrix:
    """Return the roots of the shares: their cosine is the Bhattacharyya coefficient, 1 for equal make-ups, 0 for nothing in common."""
    return unit(np.sqrt(np.maximum(np.nan_to_num(shares), 0.0)).astype(np.float32))
