"""What ability is learnt from, as it stands in the event tables. Creators, posts and products are numbered from 0."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.ability.table import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Posts:
    """Contents; `views` is NaN where unknown. `selected` says that only an order, a sample or a plan made the content known."""

    creator: Ints
    live: Bools
    views: Floats
    selected: Bools


@dataclass(frozen=True, slots=True)
class Features:
    """Products that posts show; `orders` is what sums say of them, net of refunds, NaN where order lines speak."""

    post: Ints
    product: Ints
    orders: Floats


@dataclass(frozen=True, slots=True)
class Lines:
    """Order lines that are sales and of which something was kept.

    `post` is -1 where the content is unknown; `live` is 1 or 0, NaN where the order came through neither. Lines of one `order` count
    once for a creator and product.
    """

    creator: Ints
    product: Ints
    post: Ints
    order: Ints
    live: Floats


@dataclass(frozen=True, slots=True)
class Plans:
    """How many contents creators made for products, of which live; `lives` is NaN where the two are not told apart."""

    creator: Ints
    product: Ints
    contents: Floats
    lives: Floats


@dataclass(frozen=True, slots=True)
class Reports:
    """What the platform says of a kind of content over 30 days that end `at` (Unix seconds).

    Number of posts, mean and median views; NaN where it does not say.
    """

    creator: Ints
    at: Ints
    posts: Floats
    mean_views: Floats
    median_views: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it; `log_followers` is one a creator, NaN where unknown, `category` and `log_price` (NaN where unknown) one a product."""

    posts: Posts
    features: Features
    lines: Lines
    plans: Plans
    videos: Reports
    lives: Reports
    log_followers: Floats
    category: Ints
    log_price: Floats
    categories: int

    @property
    def creators(self) -> int:
        """Number of creators."""
        return len(self.log_followers)

    @property
    def products(self) -> int:
        """Number of products."""
        return len(self.category)
