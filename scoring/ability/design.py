"""How effects become log rates, and how what slots say comes back to effects.

All but the product's appeal is one number a post, so the slots meet the effects through one sparse matrix of posts by products.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.ability.table import Counts, Floats, Ints, Slots, totals

sparse: Any = scipy_sparse
COVARIATES: Final = ("live", "log_products", "log_views")
SAME: Final = 1e-9


@dataclass(frozen=True, slots=False)
class Design:
    """Effects stand in one vector: covariates of posts, price, categories, creators, products.

    A product's effect is its whole appeal, with category and price in it.
    """

    slots: Slots
    counts: Counts

    @property
    def creators(self) -> int:
        """Number of creators."""
        return self.counts.creators

    @property
    def products(self) -> int:
        """Number of products."""
        return self.counts.products

    @property
    def categories(self) -> int:
        """Number of categories."""
        return self.counts.categories

    @cached_property
    def size(self) -> int:
        """Number of effects."""
        return len(COVARIATES) + 1 + self.categories + self.creators + self.products

    @cached_property
    def parts(self) -> tuple[slice, slice, slice, slice, slice]:
        """Where covariates, price, categories, creators and products stand."""
        ends = np.cumsum([0, len(COVARIATES), 1, self.categories, self.creators, self.products]).tolist()
        covariates, price, categories, creators, products = (slice(low, high) for low, high in pairwise(ends))
        return covariates, price, categories, creators, products

    @cached_property
    def starts(self) -> Ints:
        """The first slot of each post."""
        return np.flatnonzero(np.diff(self.slots.group, prepend=-1)).astype(np.int64)

    @cached_property
    def post(self) -> Ints:
        """The post of each slot."""
        return self.slots.group

    @cached_property
    def creator(self) -> Ints:
        """The creator of each post."""
        return self.slots.creator[self.starts]

    @cached_property
    def orders(self) -> Floats:
        """Orders of each post."""
        return totals(self.post, self.slots.orders, len(self.starts))

    @cached_property
    def offset(self) -> Floats:
        """Log orders that each slot's exposure would bring at the common rate, so that nothing depends on the unit of exposure."""
        exposure = self.slots.log_exposure
        top = float(exposure.max(initial=-np.inf))
        return exposure - top + np.log((self.slots.orders.sum() + 0.5) / np.exp(exposure - top).sum()) if len(exposure) else exposure

    @cached_property
    def covariates(self) -> Floats:
        """Covariates of posts, shape (posts, covariates), centred; 0 where they do not vary."""
        values = np.column_stack([getattr(self.slots, name)[self.starts] for name in COVARIATES])
        return _centred(values)

    @cached_property
    def category(self) -> Ints:
        """The category of each product; 0 where no slot shows it."""
        category = np.zeros(self.products, dtype=np.int64)
        category[self.slots.product] = self.slots.category
        return category

    @cached_property
    def shown(self) -> Floats:
        """1 for each product that a slot shows, else 0."""
        shown = np.zeros(self.products)
        shown[self.slots.product] = 1.0
        return shown

    @cached_property
    def price(self) -> Floats:
        """Mean log price of each product, centred over the products shown."""
        count = np.bincount(self.slots.product, minlength=self.products)
        mean = totals(self.slots.product, self.slots.log_price, self.products) / np.maximum(count, 1)
        mean[count > 0] = _centred(mean[count > 0][:, None])[:, 0]
        return mean

    def matrix(self, values: Floats) -> Any:
        """Return slots' values as a sparse matrix of posts by products."""
        ends = np.append(self.starts, len(self.slots))
        return sparse.csr_matrix((values, self.slots.product, ends), shape=(len(self.starts), self.products))

    def of_posts(self, values: Floats) -> Floats:
        """Add up slots' values by post."""
        return totals(self.post, values, len(self.starts))

    def log_rates(self, effects: Floats) -> Floats:
        """Return the log rate of each slot."""
        product = effects[self.parts[4]]
        return self.offset + self.shared(effects[:, None])[self.post, 0] + product[self.slots.product]

    def shared(self, effects: Floats) -> Floats:
        """Return what all slots of a post have in common, shape (posts, columns)."""
        covariates, _, _, creators, _ = self.parts
        return effects[creators][self.creator] + self.covariates @ effects[covariates]

    def gather(self, posts: Floats, products: Floats) -> Floats:
        """Return posts' values, shape (posts, columns), and products' values as values of effects: the transpose of what makes rates."""
        answer = np.zeros((self.size, posts.shape[1]))
        covariates, _, _, creators, last = self.parts
        answer[covariates] = self.covariates.T @ posts
        answer[creators] = self.by_creator @ posts
        answer[last] = products
        return answer

    @cached_property
    def by_creator(self) -> Any:
        """Sparse matrix of creators by posts."""
        ends = np.searchsorted(self.creator, np.arange(self.creators + 1))
        ones = np.ones(len(self.starts))
        return sparse.csr_matrix((ones, np.arange(len(self.starts)), ends), shape=(self.creators, len(self.starts)))


def _centred(values: Floats) -> Floats:
    if not len(values):
        return values
    centred = values - values.mean(axis=0)
    centred[:, np.ptp(values, axis=0) < SAME] = 0.0
    return centred
