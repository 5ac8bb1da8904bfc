"""What a field of a subscription declares: the events it waits for, and what it answers to each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from api.graphql.execution.field_context import FieldContext
from graph.outbox import Recorded
from graph.runs.run import Run

AsOf: TypeAlias = Callable[[str, Mapping[str, Any], Run | None], Awaitable[Mapping[str, Any]]]
"""Answers an operation of ours, with its variables, by a run's scores instead of the current one's, under the viewer's own sight."""


@dataclass(frozen=True, slots=True)
class Watching:
    """A subscription's field as it is asked for, by whoever holds its key now."""

    context: FieldContext
    as_of: AsOf


@dataclass(frozen=True, slots=True)
class Happened(Watching):
    """One event that it is told of."""

    event: Recorded
    cursor: str


async def _whatever(_watching: Watching) -> None:
    """Refuse nothing."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A field of a subscription.

    By its arguments: the kinds of events that it waits for, its answer to each, None where it has none, and what it refuses from
    the start, as an error; what it refuses only where it is new, since one that goes on may name who has gone meanwhile; and whether
    its answers show scores of the creators whom they name.
    """

    kinds: Callable[[Mapping[str, Any]], Collection[str]]
    answer: Callable[[Happened], Awaitable[Any]]
    check: Callable[[Watching], Awaitable[None]] = _whatever
    check_new: Callable[[Watching], Awaitable[None]] = _whatever
    shows_scores: bool = False
