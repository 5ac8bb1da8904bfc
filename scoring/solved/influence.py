"""Weight in each category, and place in the creator–brand network, window by window."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.edges import Edges
from scoring.facts import Columns, Market, Pairs, network
from scoring.influence import Network, network_place, personalised_pagerank

sparse: Any = scipy_sparse


def influence_facts(market: Market, window: int, rows: Columns) -> tuple[Columns, float]:
    """Return influence and place in the network of one window's rows, and the residual of the solution."""
    drawn, goods = network(market, window), market.catalogue
    sizes = len(market.creators.id), len(goods.product), len(goods.brand)
    whole = Network(*sizes, promotes=_edges(drawn.promotes), sells=_edges(drawn.sells), mentions=_edges(drawn.mentions))
    restart: Any = sparse.coo_array(
        (drawn.restart.weight, (drawn.restart.source, drawn.restart.target)), shape=(sizes[1], len(goods.category))
    )
    influence = personalised_pagerank(whole, restart.tocsc())
    place = network_place(_edges(drawn.deals), sizes[0], sizes[2])
    creator = np.searchsorted(market.creators.id, rows["creator"])
    category = np.searchsorted(goods.category, rows["category"])
    columns: Columns = {
        "influence": influence.shares[creator, category],
        "network": np.where(rows["collaborations"] > 0, place[creator], np.nan),
    }
    return columns, float(influence.residual)


def _edges(pairs: Pairs) -> Edges:
    return Edges(pairs.source, pairs.target, pairs.weight)
