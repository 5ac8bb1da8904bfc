"""Orders that pages are cut from: their keys, and the predicate that begins a page at a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.plans.errors import OutdatedCursor
from graph.plans.inputs import Convert, Inputs, resolved


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an order: an expression over the row's variables."""

    expression: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A total order of rows. The last of `keys` is unique; together they are the place that a cursor keeps.

    `prefix` are expressions that are equal in all rows, named in ORDER BY because an index starts with them.
    `name` and the values of `within` are what a cursor is bound to; `of_run` orders change with every scoring run.
    `opening` holds for every row: an index that has several properties, or an order of its own, is used only where each
    of its properties is asked for. Behind a cursor it is left out, lest the seek start from it instead.
    """

    name: str
    keys: tuple[Key, ...]
    prefix: tuple[str, ...] = ()
    within: tuple[Any, ...] = ()
    of_run: bool = False
    opening: str = ""

    def by(self, *, backward: bool = False) -> str:
        """Return what stands after ORDER BY."""
        keys = [*(Key(each) for each in self.prefix), *self.keys]
        # An index is walked one way: its constant columns turn around with the others.
        flip = backward != (self.keys[0].descending and bool(self.prefix))
        turned = [(key, flip if place < len(self.prefix) else backward) for place, key in enumerate(keys)]
        return ", ".join(key.expression + (" DESC" if key.descending != turn else "") for key, turn in turned)

    def beyond(self, places: Sequence[str], *, before: bool = False) -> list[str]:
        """Return the predicates that keep the rows after the place whose parts `places` are, or before it."""
        first, *rest = zip(self.keys, places, strict=True)
        strict = self._compare(*first, before=before)
        if not rest:
            return [strict]
        loose = strict.replace(" < ", " <= ").replace(" > ", " >= ")
        return [loose, f"({strict} OR {self._beyond(rest, before=before)})"]

    def identity(self, inputs: Inputs) -> str:
        """Return what a cursor of this order is bound to in one run of a plan."""
        return "|".join((self.name, *(str(each) for each in resolved(self.within, inputs.values))))

    def place(self, part: int) -> Convert:
        """Return what reads one part of the place that a cursor names."""
        return _Place(self, part)

    def cursor(self, values: Sequence[Any], inputs: Inputs) -> str:
        """Return the cursor of a row with these keys."""
        kept = [inputs.run_id, *values] if self.of_run else list(values)
        return inputs.cursors.write(kept, order=self.identity(inputs))

    def _beyond(self, keys: Sequence[tuple[Key, str]], *, before: bool) -> str:
        """Return what keeps, of rows that are equal in all keys before these, those after the place."""
        (key, value), *rest = keys
        strict = self._compare(key, value, before=before)
        return f"({strict} OR ({key.expression} = {value} AND {self._beyond(rest, before=before)}))" if rest else strict

    def _compare(self, key: Key, value: str, *, before: bool) -> str:
        return f"{key.expression} {'<' if key.descending != before else '>'} {value}"


@dataclass(frozen=True, slots=True)
class _Place:
    order: Order
    part: int

    def __call__(self, cursor: Any, inputs: Inputs) -> Any:
        place = inputs.cursors.read(str(cursor), order=self.order.identity(inputs))
        if self.order.of_run:
            run, *place = place
            if run != inputs.run_id:
                raise OutdatedCursor(
                    f"{cursor!r} belongs to scoring run {run}; cursors are valid within one run, and the current one is"
                    f" {inputs.run_id}; start again from the first page"
                )
        return place[self.part]
