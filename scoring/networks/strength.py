"""How much a tie weighs, and how strong a path between two nodes is.

A step that something can be counted of is as strong as w / (1 + w), so that one collaboration or post is worth a half and many approach
one; a step that is a mere fact has a set strength. A path is as strong as the product of its steps.
"""

from collections.abc import Iterable
from math import log10, prod
from typing import Final

FACTS: Final = {"SELLS": 0.5, "SHOWN_TOGETHER": 0.5, "IN_CATEGORY": 0.25, "PART_OF": 0.25}
"""Strengths of steps that nothing is counted of; a category ties much that has little to do with each other."""


def tie_weight(times: int | None, gmv_usd: float | None) -> float:
    """Return collaborations, or posts, plus the power of ten of net sales in US dollars; `graph.expressions` says the same in Cypher."""
    return (times or 0) + log10(1.0 + abs(gmv_usd or 0.0))


def step_strength(kind: str, weight: float) -> float:
    """Return the strength of a step, 0–1: by its kind where that is a mere fact, by its weight, 0 or more, otherwise."""
    return FACTS[kind] if kind in FACTS else weight / (1.0 + weight)


def path_strength(steps: Iterable[float]) -> float:
    """Return the strength of a path from those of its steps, 0–1; 1 for a path without steps."""
    return prod(steps)
