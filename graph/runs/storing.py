"""Scorecards on their way into the graph: columns, a few thousand cards a transaction."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, LiteralString, cast

import numpy as np
from numpy.typing import NDArray

from graph.runs.building import Building
from graph.runs.cards import Cards, numbers, scorecard_properties
from graph.runs.run import Totals
from graph.runs.scopes import WORLD, card_id, scope_key

BATCH: Final = 1_500
"""Cards a transaction: two of them at once take less than the smallest database has for all (its heap is 512 MiB)."""

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")

Progress = Callable[[int], None]
Places = NDArray[np.int64]


async def store(building: Building, cards: Cards, *, under: str = "", progress: Progress | None = None) -> None:
    """Write the cards, each with its relationship to the creator; `progress` hears how many were written each time.

    They are the run's own, or those kept `under` another id.

    Several writers at once where the run's pace allows it, and never two with the same creator, whose relationships a transaction
    locks. Each writes scope by scope in the order of places, since cards that are neighbours in the indexes cost least together.
    """
    query = statement(building.plan.names)
    scopes = Scopes(under or building.id)

    async def write(places: Places) -> None:
        for rows in building.batches(len(places), BATCH):
            at = places[rows]
            await building.write(query, [{**scopes.keys(cards, at), **numbers(cards, building.plan.names, at)}])
            if progress:
                progress(len(at))

    try:
        async with asyncio.TaskGroup() as group:
            for part in _parts(cards, building.pace.writers):
                group.create_task(write(part))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures


def statement(names: Sequence[str]) -> LiteralString:
    """Return the query that makes scorecards from columns; its names are declared ones and hold nothing but letters and digits."""
    properties = [each.name for each in scorecard_properties(names)]
    assert all(NAME.fullmatch(each) for each in properties), f"{properties}: a declared name must be letters and digits"
    listed = ", ".join(f"{each}: ${each}[i]" for each in properties)
    return cast(
        "LiteralString",
        "MATCH (run:BuildingRun {id: $run, token: $token})\n"
        "UNWIND range(0, size($id) - 1) AS i\n"
        "MATCH (c:Creator {id: $creatorId[i]})\n"
        f"CREATE (c)<-[:RATES]-(card:Scorecard {{{listed}}})\n"
        "RETURN count(card) AS made",
    )


def _parts(cards: Cards, writers: int) -> Iterator[Places]:
    """Yield each writer's share of the cards, in their order: all of some creators'."""
    _, creator = np.unique(cards.creator, return_inverse=True)
    order = np.lexsort((cards.ordinal[:, 0], cards.region, cards.category, cards.window))
    for writer in range(writers):
        yield order[creator[order] % writers == writer]


class Scopes:
    """Makes keys, remembering scopes: they are few and cards many."""

    def __init__(self, run: str) -> None:
        self._run = run
        self._known: dict[tuple[int, str, str], int] = {}

    def key(self, window: int, category: str, region: str) -> int:
        """Return the scope's key."""
        place = (window, category, region)
        if place not in self._known:
            self._known[place] = scope_key(self._run, window, category, region)
        return self._known[place]

    def keys(self, cards: Cards, at: Places) -> dict[str, list[Any]]:
        """Return the keys of the cards at the places `at` as columns."""
        creators, regions = cards.creator[at].tolist(), cards.region[at].tolist()
        windows, categories = cards.window[at].tolist(), cards.category[at].tolist()
        return {
            "id": [card_id(self._run, *key) for key in zip(creators, windows, categories, strict=True)],
            "runId": [self._run] * len(at),
            "creatorId": creators,
            "region": regions,
            "window": windows,
            "categoryId": categories,
            "scope": [self.key(*place) for place in zip(windows, categories, regions, strict=True)],
            "world": [self.key(*place, WORLD) for place in zip(windows, categories, strict=True)],
        }


def totals(run: str, cards: Cards, names: Sequence[str]) -> Totals:
    """Return for each scope, the world's among them, how many cards it has and how many have a value of each indicator."""
    scopes = Scopes(run)
    keys = scopes.keys(cards, np.arange(len(cards), dtype=np.int64))
    every = np.array([*keys["scope"], *keys["world"]], dtype=np.int64)
    found, place = np.unique(every, return_inverse=True)
    peers = np.bincount(place, minlength=len(found)).tolist()
    has = np.tile(~np.isnan(cards.value), (2, 1))
    scored = [np.bincount(place, weights=has[:, at], minlength=len(found)).astype(np.int64).tolist() for at in range(len(names))]
    return {scope: (peers[at], {name: scored[which][at] for which, name in enumerate(names)}) for at, scope in enumerate(found.tolist())}
