"""What a detector says of every creator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scoring.facts.arrays import Floats


def _nothing(_creator: int) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class Suspicion:
    """By creator's code: the probability that an honest one looks so (NaN: not judged), and the figure observed beside the expected.

    `evidence` names the nodes behind it, as `Label:id`, the weightiest first.
    """

    p: Floats
    observed: Floats
    expected: Floats
    evidence: Callable[[int], list[str]] = _nothing
