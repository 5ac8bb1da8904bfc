"""Which posts stand for themselves, and whose orders are whose."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from scoring.ability.evidence import Evidence
from scoring.ability.table import Bools, Floats, Ints


class Pairs:
    """A creator with a product, one number each, and the features and order lines that belong to it."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.width = max(evidence.products, 1)

    @cached_property
    def planned(self) -> Ints:
        """Pairs of which a plan counts contents, sorted, each once."""
        plans = self.evidence.plans
        return np.unique((plans.creator * self.width + plans.product)[(plans.contents > 0) & (plans.creator >= 0) & (plans.product >= 0)])

    @cached_property
    def of_features(self) -> Ints:
        """The pair of each feature."""
        features = self.evidence.features
        return self.evidence.posts.creator[features.post] * self.width + features.product

    @cached_property
    def counted(self) -> Bools:
        """Features whose post has known views."""
        return self.evidence.posts.views[self.evidence.features.post] > 0

    @cached_property
    def estimated(self) -> Bools:
        """Features whose post's views are to be estimated: no plan counts it, and it is not known for its orders alone."""
        unseen = ~self.evidence.posts.selected[self.evidence.features.post]
        return ~self.counted & unseen & ~np.isin(self.of_features, self.planned)

    @cached_property
    def feature_of_line(self) -> Ints:
        """The feature of each order line, among those that stand for themselves; -1 where there is none."""
        lines, features = self.evidence.lines, self.evidence.features
        used = np.flatnonzero(self.counted | self.estimated)
        keys = features.post[used] * self.width + features.product[used]
        order = np.argsort(keys, kind="stable")
        wanted = lines.post * self.width + lines.product
        if not len(used):
            return np.full(len(wanted), -1, dtype=np.int64)
        place = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(used) - 1)]
        return np.where((keys[place] == wanted) & (lines.post >= 0), used[place], -1)

    @cached_property
    def outside(self) -> Bools:
        """Order lines that belong to no slot: through no content, or through one of which nothing else is known."""
        lines = self.evidence.lines
        return (self.feature_of_line < 0) & ~np.isin(lines.creator * self.width + lines.product, self.planned)

    @cached_property
    def orders(self) -> Floats:
        """Orders of each feature: what sums say, and distinct orders of its lines."""
        features, lines = self.evidence.features, self.evidence.lines
        told = np.where(np.isnan(features.orders), 0.0, features.orders)
        mine = self.feature_of_line >= 0
        return told + distinct(self.feature_of_line[mine], lines.order[mine], len(features.post))


def distinct(place: Ints, order: Ints, count: int) -> Floats:
    """Return how many distinct orders fall on each of `count` places."""
    if not len(place):
        return np.zeros(count)
    rank = np.lexsort([order, place])
    first = np.ones(len(rank), dtype=np.bool_)
    first[1:] = (np.diff(place[rank]) != 0) | (np.diff(order[rank]) != 0)
    return np.bincount(place[rank][first], minlength=count).astype(np.float64)
