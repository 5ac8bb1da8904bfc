"""The table that ability is learnt from: what a creator sold of one product in one post."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

ABSENT: Final = -1
KEYS: Final = ("creator", "post", "product", "live")


def totals(place: Ints, values: Floats, count: int) -> Floats:
    """Add up values by place, for `count` places."""
    return np.asarray(np.bincount(place, values, minlength=count), dtype=np.float64)


class Counts(NamedTuple):
    """How many creators, products and categories there are; each is numbered from 0."""

    creators: int
    products: int
    categories: int


@dataclass(frozen=True, slots=True)
class Slots:
    """Rows sorted by key, each key once; a post's slots share its luck.

    `post` is `ABSENT` where the row stands for all posts of a creator with a product; such a row has luck of its own, which `posts`
    posts average. `log_exposure` is the log of the views that the row stands for, and `log_views` that of one post. `own_variance` is
    the variance of `log_exposure` that belongs to the row alone; what all rows of a creator share is an argument of the fit. `live` is
    the share of live streams; `log_products` the log of the number of products that the post shows; `category` belongs to the product.
    """

    creator: Ints
    product: Ints
    post: Ints
    category: Ints
    orders: Floats
    log_exposure: Floats
    own_variance: Floats
    posts: Floats
    live: Floats
    log_products: Floats
    log_price: Floats
    log_views: Floats

    def __len__(self) -> int:
        return len(self.creator)

    @property
    def group(self) -> Ints:
        """Number of the post that each row belongs to, ascending; a row without a post is a group of its own."""
        starts = np.ones(len(self), dtype=np.bool_)
        starts[1:] = (np.diff(self.creator) != 0) | (np.diff(self.post) != 0) | (self.post[1:] == ABSENT)
        return np.cumsum(starts).astype(np.int64) - 1

    @staticmethod
    def of(**columns: NDArray[Any]) -> Slots:
        """Return the rows sorted, with rows of one key added up; rows without exposure are left out.

        Columns that are not given are 0 (`post` is `ABSENT`, `posts` is 1), and NaN becomes 0.
        """
        table = _complete(columns)
        used = np.isfinite(table["log_exposure"]) & (table["creator"] >= 0) & (table["product"] >= 0)
        table = {name: column[used] for name, column in table.items()}
        every = [table[name] for name in (*KEYS, *sorted(set(table) - set(KEYS)))]
        order = np.lexsort(every[::-1])
        return Slots(**_added({name: column[order] for name, column in table.items()}))


def _complete(columns: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    rows = len(columns["creator"])
    table: dict[str, NDArray[Any]] = {}
    for field in fields(Slots):
        whole = field.name in ("creator", "product", "post", "category")
        default = {"post": ABSENT, "posts": 1}.get(field.name, 0)
        column = np.asarray(columns.get(field.name, np.full(rows, default)), dtype=np.int64 if whole else np.float64)
        kept = whole or field.name == "log_exposure"
        table[field.name] = column if kept else np.where(np.isnan(column), default, column)
    return table


def _added(table: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Add up orders and exposure of rows with one key, and posts where the rows name none; other columns are weighed by exposure."""
    rows = len(table["creator"])
    first = np.ones(rows, dtype=np.bool_)
    first[1:] = np.any([np.diff(table[name]) != 0 for name in KEYS], axis=0)
    starts = np.flatnonzero(first)
    if len(starts) == rows:
        return table
    row = np.cumsum(first) - 1
    top = np.maximum.reduceat(table["log_exposure"], starts)
    weight = np.exp(table["log_exposure"] - top[row])
    total = np.bincount(row, weight)
    means = {name: np.bincount(row, table[name] * weight) / total for name in ("own_variance", "log_products", "log_price", "log_views")}
    return {
        **{name: table[name][starts] for name in (*KEYS, "category")},
        "orders": np.bincount(row, table["orders"]),
        "posts": np.where(table["post"][starts] == ABSENT, np.bincount(row, table["posts"]), table["posts"][starts]),
        **means,
        "log_exposure": top + np.log(total),
    }
