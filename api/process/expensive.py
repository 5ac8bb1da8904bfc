"""What is expensive, in this process."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from api.access.viewer import Viewer
from api.error_mapping import translated
from graph.errors import Busy
from graph.expensive import Expensive, Step

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState

SPARED: Final = 1
"""Turns that queries written by analysts leave to others: they take a minute where the rest takes seconds."""


def expensive_of(state: ReadState) -> Expensive:
    """Return the admission of what is expensive in this process."""
    return state.own.of(Expensive, lambda: admitting(state.settings.expensive_at_once or usual_most(os.cpu_count() or 1)))


@asynccontextmanager
async def expensive_step(state: ReadState, viewer: Viewer, *, spared: int = 0) -> AsyncGenerator[Step]:
    """Do one expensive thing within the block; TooManyAtOnce or NotReady where too much of it is under way."""
    try:
        async with expensive_of(state).step(viewer.key_id, spared=spared) as step:
            yield step
    except Busy as error:
        raise translated(error, "") from error


def admitting(most: int) -> Expensive:
    """Return an admission of `most` at once, of which one key has half."""
    return Expensive(most=most, each=most // 2)


def usual_most(cores: int) -> int:
    """Return how much that is expensive is under way where no setting says it: all cores but one, and so much that no two keys have all."""
    return max(3, cores - 1)
