"""What a plan is run with, and how its parameters come from that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from graph.plans.selection import Reference
from graph.plans.visibility import Visibility


class Run(Protocol):
    """The scoring run that an operation reads from."""

    @property
    def id(self) -> str: ...

    @property
    def cards(self) -> str: ...

    @property
    def as_of(self) -> int: ...

    @property
    def fact_names(self) -> Sequence[str]: ...

    def tells(self, category: str) -> bool: ...


class Cursors(Protocol):
    """Turns places in an order into strings that say nothing of what lies between them, and back."""

    def write(self, place: Sequence[Any], *, order: str) -> str:
        """Return the cursor of a place."""
        ...

    def read(self, cursor: str, *, order: str) -> list[Any]:
        """Return the place; raise `InvalidValue` for a cursor that was not written for this order."""
        ...


@dataclass(frozen=True, slots=True)
class Inputs:
    """One run of a plan: the request's values, who asks, and what is current."""

    values: Mapping[str, Any]
    visibility: Visibility
    run: Run | None
    cursors: Cursors
    smallest_group: int
    largest_page: int
    viewer: Mapping[str, Any]

    @property
    def run_id(self) -> str:
        """The current run's id; empty, which no run has, before the first."""
        return self.run.id if self.run else ""

    @property
    def cards_id(self) -> str:
        """The id of the current run's scorecards that the viewer sees."""
        return self.run.cards if self.run else ""


Convert = Callable[[Any, Inputs], Any]


@dataclass(frozen=True, slots=True)
class Binding:
    """One parameter of a query: where its value comes from, and what is made of it."""

    name: str
    source: Any
    convert: Convert | None = None

    def value(self, inputs: Inputs) -> Any:
        """Return the parameter's value for one run."""
        found = resolved(self.source, inputs.values)
        return self.convert(found, inputs) if self.convert else found


def resolved(source: Any, values: Mapping[str, Any]) -> Any:
    """Return `source` with every reference in it replaced by the request's value."""
    if isinstance(source, Reference):
        found: Any = values
        for step in source.path:
            found = found[step]
        return found
    if isinstance(source, Mapping):
        return {name: resolved(each, values) for name, each in cast("Mapping[str, Any]", source).items()}
    if isinstance(source, (list, tuple)):
        return [resolved(item, values) for item in cast("Sequence[Any]", source)]
    return source
