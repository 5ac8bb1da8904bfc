"""How much of a category is the creator's?"""

from __future__ import annotations

import numpy as np

from scoring.facts.arrays import Columns
from scoring.facts.rows import Spread
from scoring.facts.view import View


def presence(view: View) -> Columns:
    """Return products shown or sold, and the share of the category's net sales over all regions; NaN where nothing is sold."""
    rows, features, sales = view.rows, view.market.features, view.market.sales
    event = np.concatenate([view.features.event, len(features.product) + view.sales.event])
    both = Spread(event, np.concatenate([view.features.target, view.sales.target]))
    net = rows.total(view.sales, sales.net)
    in_category = np.bincount(rows.category, weights=net, minlength=len(view.market.catalogue.category))[rows.category]
    return {
        "influence_degree": rows.count(rows.distinct(both, np.concatenate([features.product, sales.product]))),
        "category_sales_share": np.divide(net, in_category, out=np.full(len(rows), np.nan), where=in_category > 0),
    }
