"""How strong a way between two nodes is.

A step that something can be counted of is as strong as w / (1 + w), so that one collaboration or post is worth a half and many approach
one; a step that is a mere fact has a set strength. A way is as strong as the product of its steps.
"""

from collections.abc import Iterable
from math import prod
from typing import Final

FACTS: Final = {"SELLS": 0.5, "SHOWN_TOGETHER": 0.5, "IN_CATEGORY": 0.25, "PART_OF": 0.25}
"""Strengths of steps that nothing is counted of; a category ties much that has little to do with each other."""


def step_strength(kind: str, weight: float) -> float:
    """Return the strength of a step, 0–1: by its kind where that is a mere fact, by its weight, 0 or more, otherwise."""
    return FACTS[kind] if kind in FACTS else weight / (1.0 + weight)


def way_strength(steps: Iterable[float]) -> float:
    """Return the strength of a way from those of its steps, 0–1; 1 for a way without steps."""
    return prod(steps)
