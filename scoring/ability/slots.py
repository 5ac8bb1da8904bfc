"""From event tables to slots: posts whose views are known stand alone, all others of a creator and product stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.ability.cells import cells
from scoring.ability.evidence import Evidence
from scoring.ability.exposure import Expected, expected_views
from scoring.ability.pairs import Pairs
from scoring.ability.table import Bools, Floats, Ints, Slots, totals


@dataclass(frozen=True, slots=True)
class Exposure:
    """Slots, and for each creator the variance of the log of all views that had to be estimated; 0 where all are known.

    `orders` is how many orders the slots hold; those of which nobody knows the content are not among them.
    """

    slots: Slots
    variance: Floats
    videos: Expected
    lives: Expected

    @property
    def orders(self) -> float:
        """Orders that the slots hold."""
        return float(self.slots.orders.sum())


def slots(evidence: Evidence) -> Exposure:
    """Return slots of posts and of cells; a cell is what `plans` count of a creator and product beyond the posts with known views."""
    videos, lives = expected_views(evidence)
    pairs = Pairs(evidence)
    known = pairs.counted | pairs.estimated
    rows = _posts(evidence, pairs, known, videos, lives)
    together = cells(evidence, pairs, videos, lives)
    joined = {name: np.concatenate([rows[name], together[name]]) for name in rows}
    shared = np.where(joined.pop("live_views"), lives.variance[joined["creator"]], videos.variance[joined["creator"]])
    guessed = joined.pop("guessed")
    return Exposure(
        Slots.of(**joined), _shared_variance(joined["creator"], joined["log_exposure"], guessed, shared, evidence.creators), videos, lives
    )


def _posts(evidence: Evidence, pairs: Pairs, used: Bools, videos: Expected, lives: Expected) -> dict[str, NDArray[Any]]:
    post, product = evidence.features.post[used], evidence.features.product[used]
    creator, live, views = evidence.posts.creator[post], evidence.posts.live[post], evidence.posts.views[post]
    guessed = ~(views > 0)
    expected = np.where(live, lives.log_views[creator], videos.log_views[creator])
    log_views = np.where(guessed, expected, np.log(np.where(guessed, 1.0, views)))
    shown = np.bincount(evidence.features.post, minlength=len(evidence.posts.creator))
    return {
        "creator": creator,
        "product": product,
        "post": post,
        "category": evidence.category[product],
        "orders": pairs.orders[used],
        "log_exposure": log_views,
        "log_views": log_views,
        "own_variance": np.where(guessed, np.where(live, lives.per_post, videos.per_post), 0.0),
        "posts": np.ones(len(post)),
        "live": live.astype(np.float64),
        "log_products": np.log(shown[post]),
        "log_price": evidence.log_price[product],
        "guessed": guessed,
        "live_views": live,
    }


def _shared_variance(creator: Ints, log_exposure: Floats, guessed: Bools, variance: Floats, creators: int) -> Floats:
    """Return the mean variance of what was estimated, times the square of its share of the creator's exposure."""
    if not len(creator):
        return np.zeros(creators)
    exposure = np.exp(log_exposure - log_exposure.max())
    total = totals(creator, exposure, creators)
    estimated = totals(creator, exposure * guessed, creators)
    spread = totals(creator, exposure * guessed * variance, creators)
    share = estimated / np.maximum(total, 1e-300)
    return np.where(estimated > 0, spread / np.maximum(estimated, 1e-300), 0.0) * share**2
