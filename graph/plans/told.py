"""Which categories scores and sales are told of: of a small one, the name alone would tell for whom a creator works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.plans.errors import InvalidValue
from graph.plans.inputs import Inputs, Run
from graph.plans.known import FIND
from graph.plans.values import category_id


@dataclass(frozen=True, slots=True)
class ToldCategory:
    """Makes the own id of a category that an argument names; InvalidValue for one that the viewer is told nothing of."""

    argument: str

    def __call__(self, value: Any, inputs: Inputs) -> str | None:
        own = category_id(value, inputs)
        check_told(self.argument, own, inputs.run)
        return own


def check_told(argument: str, category: str | None, run: Run | None) -> None:
    """Raise InvalidValue where a run tells its audience nothing of a category, whether there is such a one or not."""
    if category is not None and run is not None and not run.tells(category):
        raise InvalidValue(
            f"{argument}: there is no category with the id {category!r} that at least five brands sell in; with this key nothing is"
            f" shown of smaller ones; use a larger category, such as its `parent`; {FIND['Category']}"
        )
