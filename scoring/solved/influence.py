"""Weight in each category, and place in the creator–brand network.

The walk goes over the sales to be expected of each creator and product, not over those that happened: a creator of few
orders is then as heavy as the posts, views and products say, not as luck had it. Sales through no known post are luck as
they stand, and count in part. The mix of categories of who has few posts is drawn toward the peers'. The walk is short,
since each step of a long one hands weight on to whoever shares a product: with α = 0.85 the order of creators follows
their true share of a category less than plain sales do, with α = 0.2 more (docs/validation.md).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.edges import Edges
from scoring.facts import Columns, Market, Pairs, network
from scoring.facts.arrays import Floats, Ints
from scoring.influence import Network, network_place, personalised_pagerank
from scoring.solved.flow import by_group, toward_peers
from scoring.solved.selling import Cells, Selling

sparse: Any = scipy_sparse

ALPHA: Final = 0.2
OUTSIDE: Final = 0.3
"""Part of the sales through no known post that the walk counts. Whole ones lower the correlation with true shares by 0.01 on one
market and raise it by as much on another, so it is declared."""
UNSEEN: Final = 2.0
"""How much more uncertain a share is than the model of what is seen says: other shops' sales and days to come are in it, too."""
SEVERAL: Final = 3.0
"""Posts from which on a creator's mix of categories tells how mixes differ."""
ROUNDING: Final = 1e-9


def influence_facts(market: Market, found: Selling, creator: Ints, category: Ints) -> tuple[Columns, float]:
    """Return the mass of rows, given as codes, among all creators, its uncertainty, and the residual of the solution."""
    influence = personalised_pagerank(_network(market, found), _restart(market, found), alpha=ALPHA)
    share = _mixed(market, found, influence.shares)[creator, category]
    known = share > 0
    doubt = found.fit.variance[creator] + found.fit.exposure_variance[creator]
    doubt = doubt + _straying(market, found) / (1.0 + found.posts[creator, category])
    columns: Columns = {
        "influence": np.where(known, share, np.nan),
        "influence_log_var": np.where(known, UNSEEN * doubt, np.nan),
    }
    return columns, float(influence.residual)


def _mixed(market: Market, found: Selling, walked: Floats) -> Floats:
    """Return each creator's share of each category's mass, when the mix of who has few posts is drawn toward the region's."""
    leaves = np.unique(market.catalogue.leaf)
    mass = walked[:, leaves] * found.flow[:, leaves].sum(axis=0)
    drawn = toward_peers(mass, found.posts[:, market.catalogue.everything], market.creators.region_codes) @ found.roll[leaves]
    whole = drawn.sum(axis=0)
    return np.divide(drawn, whole, out=np.zeros_like(drawn), where=whole > 0)


def _straying(market: Market, found: Selling) -> float:
    """Return how far a category's part in a creator's expected sales strays from its part in those of the region's others.

    That is the mean square of the log of one over the other, over the categories in which creators of several posts have one: by so
    much a part may lie off that is taken from the peers alone.
    """
    everything, leaves = market.catalogue.everything, np.unique(market.catalogue.leaf)
    region, flow = market.creators.region_codes, found.flow[:, leaves]
    creator, place = np.nonzero((found.posts[:, leaves] > 0) & (found.posts[:, [everything]] >= SEVERAL) & (flow > 0))
    of_region, peers = by_group(flow, region), region[creator]
    own, theirs = flow[creator, place], of_region[peers, place] - flow[creator, place]
    whole = flow.sum(axis=1)[creator]
    known = theirs > ROUNDING * own
    part, usual = own[known] / whole[known], theirs[known] / (of_region.sum(axis=1)[peers] - whole)[known]
    off: Floats = np.log(part / usual)
    return float((off**2).mean()) if len(off) >= SEVERAL else 1.0


def _network(market: Market, found: Selling) -> Network:
    cells = found.cells
    promotes = Edges(cells.creator, cells.product, _counted(cells))
    mentions = network(market, max(market.period.windows)).mentions
    return Network(len(market.creators.id), len(market.catalogue.product), 0, promotes=promotes, mentions=_edges(mentions))


def _counted(cells: Cells) -> Floats:
    """Return what of each cell's sales the walk counts."""
    return np.where(cells.outside, OUTSIDE, 1.0) * cells.weight


def _restart(market: Market, found: Selling) -> Any:
    """Return each product in each of its categories, in proportion to its expected sales."""
    goods, cells = market.catalogue, found.cells
    of_product: Floats = np.bincount(cells.product, _counted(cells), minlength=len(goods.product)).astype(np.float64)
    place, category = goods.spread(np.flatnonzero(of_product))
    product = np.flatnonzero(of_product)[place]
    return sparse.coo_array((of_product[product], (product, category)), shape=(len(goods.product), len(goods.category))).tocsc()


def network_facts(market: Market, window: int, rows: Columns) -> Columns:
    """Return one window's rows' place among creators and brands; NaN without a collaboration."""
    deals = network(market, window).deals
    place = network_place(_edges(deals), len(market.creators.id), len(market.catalogue.brand))
    creator = np.searchsorted(market.creators.id, rows["creator"])
    return {"network": np.where(rows["collaborations"] > 0, place[creator], np.nan)}


def _edges(pairs: Pairs) -> Edges:
    return Edges(pairs.source, pairs.target, pairs.weight)
