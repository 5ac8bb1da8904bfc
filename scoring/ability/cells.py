"""Slots of all posts of a creator with a product that only a plan counts."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.ability.evidence import Evidence, Plans
from scoring.ability.exposure import Expected
from scoring.ability.pairs import Pairs, distinct
from scoring.ability.table import ABSENT, Floats, Ints, totals


def cells(evidence: Evidence, pairs: Pairs, videos: Expected, lives: Expected) -> dict[str, NDArray[Any]]:
    """Return a row for the videos and one for the live streams of each planned pair, less the posts that stand for themselves."""
    share = _live_share(evidence)
    made = _made(evidence.plans, pairs, share)
    left = np.maximum(made - _standing(evidence, pairs), 0.0)
    sold = _orders(evidence, pairs, left)
    row, live = np.nonzero(left > 0)
    creator, product = np.divmod(pairs.planned[row], pairs.width)
    posts = left[row, live]
    expected = np.where(live == 1, lives.log_views[creator], videos.log_views[creator])
    per_post = np.where(live == 1, lives.per_post, videos.per_post)
    return {
        "creator": creator,
        "product": product,
        "post": np.full(len(row), ABSENT),
        "category": evidence.category[product],
        "orders": sold[row, live],
        "log_exposure": expected + np.log(posts),
        "log_views": expected,
        "own_variance": np.log1p(np.expm1(np.minimum(per_post, 3.0)) / np.maximum(posts, 1.0)),
        "posts": posts,
        "live": live.astype(np.float64),
        "log_products": np.zeros(len(row)),
        "log_price": evidence.log_price[product],
        "guessed": np.ones(len(row), dtype=np.bool_),
        "live_views": live == 1,
    }


def _live_share(evidence: Evidence) -> Floats:
    """Return each creator's share of live streams among reported posts, drawn toward everybody's as if by one post."""
    count = [totals(reports.creator, np.nan_to_num(reports.posts), evidence.creators) for reports in (evidence.videos, evidence.lives)]
    total = count[0] + count[1]
    common = float(count[1].sum()) / max(float(total.sum()), 1.0)
    return (count[1] + common) / (total + 1)


def _made(plans: Plans, pairs: Pairs, share: Floats) -> Floats:
    """Return contents of each planned pair, shape (pairs, videos and lives).

    Several plans of a pair count the same contents, so the largest count holds.
    """
    made = np.zeros((len(pairs.planned), 2))
    used = np.flatnonzero((plans.contents > 0) & (plans.creator >= 0) & (plans.product >= 0))
    place = np.searchsorted(pairs.planned, plans.creator[used] * pairs.width + plans.product[used])
    contents, lives = plans.contents[used], plans.lives[used]
    lives = np.minimum(np.where(np.isnan(lives), contents * share[plans.creator[used]], lives), contents)
    np.maximum.at(made[:, 0], place, contents - lives)
    np.maximum.at(made[:, 1], place, lives)
    return made


def _standing(evidence: Evidence, pairs: Pairs) -> Floats:
    """Return how many posts of each planned pair stand for themselves, by kind."""
    features = evidence.features
    used = np.flatnonzero(pairs.counted & np.isin(pairs.of_features, pairs.planned))
    place = np.searchsorted(pairs.planned, pairs.of_features[used])
    live = evidence.posts.live[features.post[used]].astype(np.int64)
    return np.bincount(place * 2 + live, minlength=2 * len(pairs.planned)).reshape(-1, 2).astype(np.float64)


def _orders(evidence: Evidence, pairs: Pairs, left: Floats) -> Floats:
    """Return orders of each planned pair by kind that belong to no post of its own.

    Orders whose kind has no content left go to the other kind.
    """
    lines = evidence.lines
    pair = lines.creator * pairs.width + lines.product
    used = np.flatnonzero((pairs.feature_of_line < 0) & np.isin(pair, pairs.planned) & (lines.creator >= 0))
    place = np.searchsorted(pairs.planned, pair[used])
    live = _kind(np.nan_to_num(lines.live[used]), left[place])
    return distinct(place * 2 + live, lines.order[used], 2 * len(pairs.planned)).reshape(-1, 2)


def _kind(live: Floats, left: Floats) -> Ints:
    kind = (live > 0).astype(np.int64)
    return np.where(left[np.arange(len(kind)), kind] > 0, kind, 1 - kind)
