"""What a reader asks for, in the graph's own terms: kinds, picks, and arguments by reference."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from graph.plans.errors import PlanError


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that only the request knows, by its path among the request's values.

    `items` is the length of a list, counted to two at most: whether it names one thing may decide a plan.
    """

    path: tuple[str | int, ...]
    items: int | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing picked from a node: the key it is answered under, its declared name, its arguments.

    Arguments are constants, `Reference`s, or lists and dicts of them. `children` has one selection for each
    kind of thing that may stand there; more than one only where nodes of any kind may. `refusal` says why it cannot be answered,
    where that is known.
    """

    key: str
    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])
    children: tuple[Selection, ...] = ()
    refusal: PlanError | None = None

    @property
    def child(self) -> Selection:
        """The one selection below."""
        (only,) = self.children
        return only


@dataclass(frozen=True, slots=True)
class Selection:
    """What is picked from a thing of one kind."""

    kind: str
    picks: tuple[Pick, ...]


def among(pick: Pick, kinds: Collection[str] | None) -> Pick:
    """Return a pick of which only nodes of some kinds can come, of all where None: the longer the text, the longer its planning."""
    return pick if kinds is None else replace(pick, children=tuple(each for each in pick.children if each.kind in kinds))


def refused(pick: Pick, error: PlanError) -> Pick:
    """Return a pick in which those that the error names are marked as refused for it."""
    if any(each == pick for each in error.picks):
        return replace(pick, refusal=error)
    children = (Selection(each.kind, tuple(refused(below, error) for below in each.picks)) for each in pick.children)
    return replace(pick, children=tuple(children))


def many(value: Any) -> bool:
    """Tell whether a value, given or referred to, is a list."""
    return value.items is not None if isinstance(value, Reference) else isinstance(value, list | tuple)


def sole(value: Any) -> bool:
    """Tell whether a list, given or referred to, has exactly one item."""
    if isinstance(value, Reference):
        return value.items == 1
    return isinstance(value, list | tuple) and len(cast("Sequence[Any]", value)) == 1
