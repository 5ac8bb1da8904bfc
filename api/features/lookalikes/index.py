"""The current run's vectors in the memory of the process that serves it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from graph.recommendations.candidates import Creators
from graph.runs import EVERYWHERE, Vectors, stored_vectors
from graph.runs.run import Run
from scoring.similarity import Layout, Nearest, nearest

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState

MOST_BOUNDS: Final = 8
"""Readers' bounds whose masks are kept."""

MOST_CATEGORIES: Final = 64

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=False)
class Visible:
    """Creators whom a reader may see, as a mask of an index's rows, with what they are filtered by; NaN is unknown."""

    source: Creators
    mask: Bools
    region: NDArray[np.str_]
    followers: NDArray[np.float64]


@dataclass(frozen=True, slots=False)
class Index:
    """One run's creators and brands, each with a row."""

    run: str
    vectors: Vectors
    layout: Layout
    _visible: list[Visible] = field(default_factory=list[Visible])
    _active: dict[str, Bools] = field(default_factory=dict[str, Bools])

    @cached_property
    def place(self) -> dict[str, int]:
        """Row by creator."""
        return {each: at for at, each in enumerate(self.vectors.ids["Creator"].tolist())}

    @cached_property
    def brand_place(self) -> dict[str, int]:
        """Row by brand."""
        return {each: at for at, each in enumerate(self.vectors.ids["Brand"].tolist())}

    @property
    def creators(self) -> Matrix:
        """Creators' rows, by id."""
        return self.vectors.rows["Creator"]

    @property
    def brands(self) -> Matrix:
        """Brands' rows, by id."""
        return self.vectors.rows["Brand"]

    def places(self, ids: list[str]) -> Ints:
        """Return the rows of those creators who have one."""
        return np.array([self.place[each] for each in ids if each in self.place], dtype=np.int64)

    def visible(self, creators: Creators) -> Visible:
        """Return the creators given as a mask; kept, since those whom a reader may see change with the data alone."""
        for each in self._visible:
            if each.source is creators:
                return each
        rows = np.array([self.place.get(each, -1) for each in creators.id], dtype=np.int64)
        there = rows >= 0
        mask, region = np.zeros(len(self.creators), dtype=np.bool_), np.full(len(self.creators), "", dtype=object)
        followers = np.full(len(self.creators), np.nan)
        mask[rows[there]] = True
        region[rows[there]] = np.array(creators.region, dtype=object)[there]
        followers[rows[there]] = creators.followers[there]
        self._visible[:] = [*self._visible[-MOST_BOUNDS + 1 :], Visible(creators, mask, region.astype(np.str_), followers)]
        return self._visible[-1]

    async def active(self, category: str, ids: Callable[[str], Awaitable[list[str]]]) -> Bools:
        """Return the creators who are active in a category as a mask, asked for once: a run's categories do not change."""
        if category not in self._active:
            mask = np.zeros(len(self.creators), dtype=np.bool_)
            mask[self.places(await ids(category))] = True
            if len(self._active) >= MOST_CATEGORIES:
                self._active.pop(next(iter(self._active)))
            self._active[category] = mask
        return self._active[category]

    async def nearest(self, to: Matrix, allowed: Bools, first: int) -> Nearest:
        """Return the creators most like a row, looked for off the event loop."""
        return await asyncio.to_thread(nearest, self.creators, to, allowed, first)


class Indexes:
    """What a process keeps of vectors: those of one run, loaded by whoever asks first; the others wait for the same load.

    There is one index of everyone, and one of each region for those to whom scores go out.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._run = ""
        self._loads: dict[tuple[str, str], asyncio.Task[Index | None]] = {}

    async def of(self, run: Run, state: ReadState, region: str = EVERYWHERE) -> Index | None:
        """Return the index of a run, or of one of its regions; None where it has no vectors, or nobody in them."""
        if run.edition != self._run:
            self._run, self._loads = run.edition, {}
        key, loads = (run.cards, region), self._loads
        if key not in loads or _failed(loads[key]):
            loads[key] = asyncio.create_task(_loaded(run, state, region))
        return await asyncio.shield(loads[key])


async def _loaded(run: Run, state: ReadState, region: str) -> Index | None:
    database, seconds = state.settings.neo4j_database, state.settings.query_seconds
    found = await stored_vectors(state.driver, run.cards, database=database, seconds=seconds, region=region)
    return None if found is None or not len(found.ids["Creator"]) else Index(run.id, found, Layout(found.widths))


def _failed(task: asyncio.Task[Index | None]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
