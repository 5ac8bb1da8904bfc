"""The nodes that a flag cites: contents, products and creators, the weightiest first."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Floats, Ints, sums
from scoring.facts.market import Market

MOST: Final = 10
"""A flag cites at most so many nodes of a kind."""


def contents(market: Market, name: Ints, weight: Floats) -> list[str]:
    """Return the contents (by their numbers) of the greatest weight, those of equal weight by id."""
    known, place = np.unique(name[name >= 0], return_inverse=True)
    ids = [str(market.content_ids[int(each)]) for each in known]
    return _heaviest("Content", ids, sums(place, weight[name >= 0], len(known)))


def products(market: Market, code: Ints, weight: Floats) -> list[str]:
    """Return the products (by their codes) of the greatest weight, those of equal weight by id."""
    known, place = np.unique(code, return_inverse=True)
    return _heaviest("Product", market.catalogue.product[known].tolist(), sums(place, weight, len(known)))


def creators(market: Market, code: Ints) -> list[str]:
    """Return creators by their codes, in order of their ids."""
    return [f"Creator:{id_}" for id_ in market.creators.id[code].tolist()]


def _heaviest(label: str, ids: list[str], weight: Floats) -> list[str]:
    ranked = sorted(zip((-weight).tolist(), ids, strict=True))
    return [f"{label}:{id_}" for heavy, id_ in ranked[:MOST] if heavy < 0]
