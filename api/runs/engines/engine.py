"""What an engine is: it maps a pure function over tables, and decides nothing that a result could depend on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from api.errors import ApiError
from scoring.facts.events.arrow import Table

Step: TypeAlias = Callable[[Table], Table]
"""A pure function from an Arrow table to another; engines that send it to workers pickle it."""


class EngineFailed(ApiError):
    """A cluster cannot be reached, or has failed at a part that it was given."""


class Engine(Protocol):
    """What computes parts.

    It never cuts, orders, ranks or draws: parts come cut, and their results go back in the parts' order. So a part that is computed
    twice, by whomever, changes nothing.
    """

    def check(self) -> None:
        """Raise EngineFailed where it could compute nothing, before a run has read anything."""
        ...

    def mapped(self, step: Step, parts: Sequence[Table]) -> list[Table]:
        """Return what the step makes of each part, in the order of the parts; EngineFailed where one was not to be had."""
        ...
