"""What is sold: the tree of categories, the brands of each region, and their products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.chance import Flags, Floats, Ints, Texts, rounded, stream
from simulation.parameters import APPEAL_SPREAD, OPEN_SHARE, PRICE_LEVEL, PRICE_SPREAD, REFUND_MEAN, SUMS_ONLY
from simulation.regions import Region
from simulation.words import brand_names, product_titles

CREATORS_PER_PRODUCT: Final = 3
PRODUCTS_PER_BRAND: Final = 8

TREE: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "Beauty": {"Make-up": ("Lip gloss", "Foundation", "Mascara"), "Skin care": ("Serum", "Sun cream"), "Hair care": ()},
    "Fashion": {"Women's clothing": ("Dress", "Blouse"), "Men's clothing": ("Shirt", "Jacket"), "Shoes": (), "Bags": ()},
    "Home": {"Kitchen": ("Pan", "Blender"), "Decoration": (), "Bedding": ()},
    "Electronics": {"Phones and accessories": ("Charger", "Phone case"), "Audio": ("Earbuds", "Speaker"), "Lighting": ()},
    "Food": {"Snacks": (), "Drinks": ("Tea", "Coffee")},
    "Sports": {"Fitness": ("Resistance band", "Yoga mat"), "Outdoor": ()},
    "Toys": {"Building sets": (), "Plush": ()},
    "Pets": {"Dogs": (), "Cats": ()},
}
WEIGHTS: Final = (0.24, 0.2, 0.14, 0.12, 0.1, 0.08, 0.06, 0.06)
"""Beauty first, then clothing: EchoTik 2023 has beauty at 22.5 % and women's clothing at 12.6 % of GMV."""
PRICES: Final = (0.8, 1.0, 1.2, 1.6, 0.5, 1.0, 0.9, 0.8)
REFUNDS: Final = (0.6, 1.9, 0.7, 1.0, 0.25, 0.8, 0.6, 0.5)
"""Against the mean: clothing comes back most, food least."""
COMMISSIONS: Final = (0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3)
CONVERSION: Final = (0.15, 0.05, 0.0, -0.3, 0.3, -0.1, 0.0, 0.1)


@dataclass(frozen=True, slots=True)
class Categories:
    """The tree, parents before children; `top` is the index into TREE of each category's root."""

    id: Texts
    name: Texts
    parent: Texts
    leaf: Flags
    top: Ints


@dataclass(frozen=True, slots=True)
class Brands:
    """One entry a brand; `size` is its share of attention, `sums_only` that no orders are known of it."""

    id: Texts
    name: Texts
    region: Ints
    top: Ints
    size: Floats
    sums_only: Flags
    rating_bias: Floats


@dataclass(frozen=True, slots=True)
class Products:
    """One entry a product; `appeal` in log conversion; prices in the currency of the region."""

    id: Ints
    title: Texts
    brand: Ints
    region: Ints
    category: Ints
    top: Ints
    appeal: Floats
    price: Floats
    price_high: Floats
    relative_price: Floats
    attention: Floats
    commission: Floats
    open: Flags
    refund: Floats


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is for sale."""

    categories: Categories
    brands: Brands
    products: Products


def catalogue(seed: int, regions: Sequence[Region], *, creators: int, sums_only: float = SUMS_ONLY) -> Catalogue:
    """Return a catalogue for a market of `creators` creators: a third as many products, brands of Pareto sizes."""
    tree = categories()
    made = _brands(stream(seed, "brands"), regions, creators, sums_only)
    return Catalogue(tree, made, _products(stream(seed, "products"), regions, tree, made, creators))


def categories() -> Categories:
    """Return the tree of categories flattened; ids say the place in the tree."""
    rows: list[tuple[str, str, str, bool, int]] = []
    for top, (name, middle) in enumerate(TREE.items()):
        root = str(600_000 + 1_000 * (top + 1))
        rows.append((root, name, "0", False, top))
        for second, (sub, leaves) in enumerate(middle.items(), 1):
            own = str(int(root) + 20 * second)
            rows.append((own, sub, root, not leaves, top))
            rows.extend((str(int(own) + third), leaf, own, True, top) for third, leaf in enumerate(leaves, 1))
    ids, names, parents, leaf, tops = zip(*rows, strict=True)
    return Categories(np.array(ids), np.array(names), np.array(parents), np.array(leaf), np.array(tops, dtype=np.int64))


def _brands(rng: np.random.Generator, regions: Sequence[Region], creators: int, sums_only: float) -> Brands:
    count = max(2 * len(regions), round(creators / CREATORS_PER_PRODUCT / PRODUCTS_PER_BRAND))
    weights = np.array([region.weight for region in regions])
    bounds = np.cumsum(weights) / weights.sum() * (count - len(regions))
    region = np.concatenate([np.arange(len(regions)), np.searchsorted(bounds, np.arange(count - len(regions)) + 0.5)])
    ids = np.array([str(7_495_000_000_000_000_000 + index * 7_919_000_003) for index in range(count)])
    return Brands(
        id=ids,
        name=brand_names(rng, count),
        region=np.minimum(region, len(regions) - 1).astype(np.int64),
        top=rng.choice(len(TREE), count, p=WEIGHTS),
        size=np.minimum(rng.random(count) ** (-1 / 1.3), 30.0),
        sums_only=rng.random(count) < sums_only,
        rating_bias=rng.normal(0, 0.2, count),
    )


def _products(rng: np.random.Generator, regions: Sequence[Region], tree: Categories, brands: Brands, creators: int) -> Products:
    count = max(4 * len(brands.id), round(creators / CREATORS_PER_PRODUCT))
    shares = np.sqrt(brands.size)
    extra = np.searchsorted(np.cumsum(shares) / shares.sum(), rng.random(count - 2 * len(shares)))
    brand = np.sort(np.concatenate([np.repeat(np.arange(len(shares)), 2), np.minimum(extra, len(shares) - 1)])).astype(np.int64)
    region, top = brands.region[brand], brands.top[brand]
    category = _leaves(rng, tree, top)
    relative = np.exp(PRICE_SPREAD * rng.standard_normal(count))
    level = np.array([each.price_level / each.usd for each in regions])[region] * np.array(PRICES)[top] * PRICE_LEVEL
    step = np.array([each.step for each in regions])[region]
    price = _asked(level * relative, step)
    spread = np.where(rng.random(count) < 0.4, 1.0 + rng.gamma(2.0, 0.15, count), 1.0)
    return Products(
        id=1_729_400_000_000_000_000 + np.arange(count) * 91_000_037 + rng.integers(0, 90_000_000, count),
        title=product_titles(rng, brands.name[brand], tree.name[category]),
        brand=brand,
        region=region,
        category=category,
        top=top,
        appeal=APPEAL_SPREAD * rng.standard_normal(count),
        price=price,
        price_high=np.maximum(_asked(price * spread, step), price),
        relative_price=np.log(relative),
        attention=np.sqrt(brands.size[brand]) * np.exp(0.6 * rng.standard_normal(count)),
        commission=np.asarray(COMMISSIONS)[rng.integers(0, len(COMMISSIONS), count)],
        open=rng.random(count) < OPEN_SHARE,
        refund=np.clip(REFUND_MEAN * np.array(REFUNDS)[top] * np.exp(0.4 * rng.standard_normal(count)), 0.0, 0.6),
    )


def _leaves(rng: np.random.Generator, tree: Categories, top: Ints) -> Ints:
    category = np.empty(len(top), dtype=np.int64)
    for each in np.unique(top):
        here = np.flatnonzero(top == each)
        leaves = np.flatnonzero(tree.leaf & (tree.top == each))
        category[here] = leaves[rng.integers(0, len(leaves), len(here))]
    return category


def _asked(price: Floats, step: Floats) -> Floats:
    """Round to what shops ask: whole steps of the currency, and `.99` where it has cents."""
    cents = step < 0.05
    whole = np.maximum(np.round(price / step), 1.0) * step
    asked: Floats = np.where(cents, np.maximum(np.floor(price), 1.0) + 0.99, whole)
    return rounded(asked, 2)
