"""Which categories scores and sales are told of: of a small one, the name alone would tell for whom a creator works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Inputs, Run
from graph.plans.known import FIND
from graph.plans.parts import Finishing, Part
from graph.plans.selection import Pick
from graph.plans.values import category_id
from graph.plans.writer import Row


@dataclass(frozen=True, slots=True)
class ToldCategory:
    """Makes the own id of a category that an argument names; InvalidValue for one that the viewer is told nothing of."""

    argument: str

    def __call__(self, value: Any, inputs: Inputs) -> str | None:
        own = category_id(value, inputs)
        check_told(self.argument, own, inputs.run)
        return own


@dataclass(frozen=True, slots=True)
class WhetherTold:
    """Whether the viewer is told anything within the row's category."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the category's id, of which the current run knows."""
        return Part(f"{row.node}.id", finish=_told) if row.visibility.outward else Part("true")


def check_told(argument: str, category: str | None, run: Run | None) -> None:
    """Raise InvalidValue where a run tells its audience nothing of a category, whether there is such a one or not."""
    if category is not None and not tells(run, category):
        raise InvalidValue(
            f"{argument}: there is no category with the id {category!r} that at least five brands sell in; with this key nothing is"
            f" shown of smaller ones; use a larger category, such as its `parent`; {FIND['Category']}"
        )


def tells(run: Run | None, category: str) -> bool:
    """Tell whether a run's audience may ask within a category; before the first run nothing is told of any, and none is refused."""
    return run is None or run.tells(category)


def _told(category: str, finishing: Finishing) -> bool:
    return tells(finishing.inputs.run, category)
