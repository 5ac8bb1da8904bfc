"""From a market to the vectors of its creators and brands. Nothing here touches the graph."""

from __future__ import annotations

import numpy as np

from graph.runs import Vectors
from graph.similarity.people import Beside
from scoring.edges import Edges
from scoring.facts import Market, Pairs, Ties, network
from scoring.facts.arrays import ABSENT, Floats, Ints, Texts
from scoring.outward import told_categories
from scoring.similarity import People, Surroundings, brand_rows, creator_rows, embedding, groups


def vectors(market: Market, worked: Ties, beside: Beside) -> Vectors:
    """Return a row for each creator and each brand; rows of zeros for those whom nothing ties to anything."""
    promotes = network(market, max(market.period.windows)).promotes
    prices = _median_prices(promotes, beside.price_usd, len(market.creators.id))
    return _rows(market, surroundings(market, worked, beside, promotes), _people(market, beside, prices), _brand_regions(market, worked))


def _rows(market: Market, around: Surroundings, people: People, regions: Texts, *, untied: bool = False) -> Vectors:
    placed = embedding(around)
    table = creator_rows(people, placed.creators, untied=untied)
    brands = brand_rows(table.layout, regions, placed.brands)
    return Vectors(
        ids={"Creator": market.creators.id, "Brand": market.catalogue.brand},
        rows={"Creator": table.rows, "Brand": brands.rows},
        groups=groups(table.rows[:, table.layout.columns("graph")]),
        widths=table.layout.widths,
    )


def outward_vectors(opened: Market, beside: Beside) -> Vectors:
    """Return the rows that brands and partners are told of: of one region's creators, by what is open of them alone.

    `opened` is the region's market of open tables; of `beside` what is not about its creators is left out. Which product
    a content shows, and what that costs, tells of dealings with its brand: its categories count in its place, those that are told
    of. Where that leaves nothing, profiles are compared.
    """
    own = beside.of(opened.creators.id, opened.catalogue.product)
    prices, regions = np.full(len(opened.creators.id), np.nan), np.full(len(opened.catalogue.brand), "", dtype=np.str_)
    return _rows(opened, _open_surroundings(opened, own), _people(opened, own, prices), regions, untied=True)


def _open_surroundings(opened: Market, beside: Beside) -> Surroundings:
    """Return the graph that is walked with the categories that are told of in place of their products."""
    goods = opened.catalogue
    shown = network(opened, max(opened.period.windows)).promotes
    told = np.isin(goods.category, sorted(told_categories(opened))) & (np.arange(len(goods.category)) != goods.everything)

    def in_categories(nodes: Ints, products: Ints, weights: Floats) -> Edges:
        place, category = goods.spread(products)
        kept = told[category]
        start, to, weigh = nodes[place[kept]], category[kept], weights[place[kept]]
        order = np.lexsort((weigh, to, start))  # in an order of their own: sums depend on it in their last digits
        return Edges(start[order], to[order], weigh[order])

    sold, listed = np.flatnonzero(goods.brand_of != ABSENT), np.flatnonzero(told)
    return Surroundings(
        nodes={"creator": opened.creators.id, "product": goods.category, "category": goods.category, "brand": goods.brand},
        edges={
            "mentions": Edges(beside.named.source, beside.named.target, beside.named.times),
            "worked": Edges.none(),
            "promotes": in_categories(shown.source, shown.target, shown.weight),
            "sells": in_categories(goods.brand_of[sold], sold, np.ones(len(sold))),
            "belongs": Edges.of(listed, listed),
        },
    )


def surroundings(market: Market, worked: Ties, beside: Beside, promotes: Pairs) -> Surroundings:
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
                np.searchsorted(market.creators.id, worked.creator),
                np.searchsorted(goods.brand, worked.brand),
                np.maximum(worked.times, 1).astype(np.float64),
            ),
            "promotes": Edges(promotes.source, promotes.target, promotes.weight),
            "sells": Edges.of(goods.brand_of[sold], sold),
            "belongs": Edges.of(place[named], category[named]),
        },
    )


def _people(market: Market, beside: Beside, prices: Floats) -> People:
    people = market.creators
    return People(
        ids=people.id,
        region=people.region,
        language=beside.language,
        followers=people.followers,
        price=prices,
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


def _brand_regions(market: Market, worked: Ties) -> Texts:
    """Return for each brand the region where most of its creators are, the first of equals; "" for a brand without any."""
    regions, code = np.unique(market.creators.region, return_inverse=True)
    brands, width = len(market.catalogue.brand), max(len(regions), 1)
    region = code[np.searchsorted(market.creators.id, worked.creator)]
    brand = np.searchsorted(market.catalogue.brand, worked.brand)
    counts = np.bincount(brand * width + region, minlength=brands * width).reshape(brands, width)
    if not len(regions):
        return np.full(brands, "", dtype=np.str_)
    return np.where(counts.any(axis=1), regions[counts.argmax(axis=1)], "")
