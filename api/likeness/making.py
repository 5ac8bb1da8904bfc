"""From a market to the vectors of its creators and brands. Nothing here touches the graph."""

from __future__ import annotations

import numpy as np

from graph.likeness.people import Beside
from graph.runs import Vectors
from scoring.edges import Edges
from scoring.facts import Market, Pairs, Ties, network
from scoring.facts.arrays import ABSENT, Floats
from scoring.likeness import People, Surroundings, brand_rows, creator_rows, embedding, groups


def vectors(market: Market, ties: Ties, beside: Beside) -> Vectors:
    """Return a row for each creator and each brand; rows of zeros for those whom nothing ties to anything."""
    people, goods = market.creators, market.catalogue
    promotes = network(market, max(market.period.windows)).promotes
    placed = embedding(surroundings(market, ties, beside, promotes))
    table = creator_rows(_people(market, beside, promotes), placed.creators)
    brands = brand_rows(table.layout, _brand_regions(market, ties), placed.brands)
    return Vectors(
        ids={"Creator": people.id, "Brand": goods.brand},
        rows={"Creator": table.rows, "Brand": brands.rows},
        groups=groups(table.rows[:, table.layout.columns("graph")]),
        widths=table.layout.widths,
    )


def surroundings(market: Market, ties: Ties, beside: Beside, promotes: Pairs) -> Surroundings:
    """Return the graph that is walked: what was shown and sold in the longest window, who has worked with or named whom at any time."""
    goods = market.catalogue
    sold = np.flatnonzero(goods.brand_of != ABSENT)
    place, category = goods.spread(np.arange(len(goods.product), dtype=np.int64))
    named = category != goods.everything
    return Surroundings(
        nodes={"creator": market.creators.id, "product": goods.product, "category": goods.category, "brand": goods.brand},
        edges={
            "mentions": Edges(beside.named.source, beside.named.target, beside.named.times),
            "worked": Edges(
                np.searchsorted(market.creators.id, ties.creator),
                np.searchsorted(goods.brand, ties.brand),
                np.maximum(ties.times, 1).astype(np.float64),
            ),
            "promotes": Edges(promotes.source, promotes.target, promotes.weight),
            "sells": Edges.of(goods.brand_of[sold], sold),
            "belongs": Edges.of(place[named], category[named]),
        },
    )


def _people(market: Market, beside: Beside, promotes: Pairs) -> People:
    people = market.creators
    return People(
        ids=people.id,
        region=people.region,
        language=beside.language,
        followers=people.followers,
        price=_median_prices(promotes, beside.price_usd, len(people.id)),
        audience=beside.audience,
    )


def _median_prices(promotes: Pairs, price: Floats, creators: int) -> Floats:
    """Return the median price of the products that each creator has shown, the lower of two middles; NaN where none is known."""
    known = ~np.isnan(price[promotes.target])
    creator, asked = promotes.source[known], price[promotes.target[known]]
    ordered = asked[np.lexsort((asked, creator))]
    count = np.bincount(creator, minlength=creators)
    middle = np.cumsum(count) - count + np.maximum(count - 1, 0) // 2
    some = count > 0
    median: Floats = np.full(creators, np.nan)
    median[some] = ordered[middle[some]]
    return median


def _brand_regions(market: Market, ties: Ties) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """Return for each brand the region where most of its creators are, the first of equals; "" for a brand without any."""
    regions, code = np.unique(market.creators.region, return_inverse=True)
    brands, width = len(market.catalogue.brand), max(len(regions), 1)
    region = code[np.searchsorted(market.creators.id, ties.creator)]
    brand = np.searchsorted(market.catalogue.brand, ties.brand)
    counts = np.bincount(brand * width + region, minlength=brands * width).reshape(brands, width)
    if not len(regions):
        return np.full(brands, "", dtype=np.str_)
    return np.where(counts.any(axis=1), regions[counts.argmax(axis=1)], "")
