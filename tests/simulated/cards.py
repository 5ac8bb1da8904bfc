"""Scoring runs without the computing: each card says which run it is of, and what of its creator was known when the run was read."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pytest

from api.runs import scoring_run
from api.runs.inputs import read_consenting
from api.settings import Settings
from api.trusted import documents
from graph.reader import Reader
from graph.rights.gate import WITHDRAWALS
from graph.rights.objections import OBJECTING
from graph.runs import WORLD, Building, Cards, Plan, begin, outward_id, scope_key, store, store_history, totals, totals_text
from graph.runs.scopes import ALL, WINDOW

NAMES: Final = ("overall",)
FACTS: Final = ("consented",)
REGION: Final = "US"
DAY: Final = 86_400

EVERYBODY: Final = "MATCH (c:Creator) RETURN collect(c.id) AS ids"


@dataclass(frozen=True)
class Read:
    """What a run has read."""

    number: int
    creators: tuple[str, ...]
    consenting: frozenset[str]
    withdrawals: int

    @property
    def market(self) -> Any:
        """What `score` counts of it."""
        return SimpleNamespace(creators=SimpleNamespace(id=self.creators))


def cards(read: Read) -> Cards:
    """Return a card over everything for each creator: the value is the run's number and the creator's place, the fact the consent."""
    rows = len(read.creators)
    place = np.arange(rows, dtype=np.int64)[:, None]
    value, blank = read.number + place / 10.0, np.full((rows, 1), "", dtype=object)
    return Cards(
        **dict.fromkeys(("low", "high", "percentile", "expected_rank", "normal_score", "normal_error"), value),
        **dict.fromkeys(("rank", "rank_low", "rank_high", "level", "levels"), rows - place),
        **dict.fromkeys(("ordinal", "world_ordinal", "lower_ordinal", "top_ordinal"), rows - 1 - place),
        creator=np.array(read.creators, dtype=object),
        region=np.full(rows, REGION, dtype=object),
        window=np.full(rows, WINDOW),
        category=np.full(rows, ALL, dtype=object),
        peers=np.full(rows, rows),
        value=value,
        evidence=np.ones((rows, 1), dtype=np.int64),
        basis=np.full((rows, 1), "EVENTS", dtype=object),
        reason=blank,
        scored=np.full((rows, 1), rows),
        previous=np.full((rows, 1), np.nan),
        facts=np.array([[float(each in read.consenting)] for each in read.creators]).reshape(rows, 1),
        top=np.repeat(value[:, :, None], 3, axis=2),
        forecast_ordinal=(rows - 1 - place)[:, 0],
    )


async def read_work(reader: Reader, as_of: int | None, started: int) -> Read:
    """Read, as a run does, the withdrawals first and the consents last; the run's number is its as-of day."""
    (withdrawals,) = await reader.read(WITHDRAWALS, [{}], lambda record: int(record["withdrawals"]))
    (everybody,) = await reader.read(EVERYBODY, [{}], lambda record: list[str](record["ids"]))
    (objecting,) = await reader.read(OBJECTING, [{}], lambda record: frozenset[str](record["ids"]))
    consenting = await read_consenting(reader)
    return Read((as_of or 0) // DAY, tuple(sorted(set(everybody) - objecting)), consenting, withdrawals)


@dataclass(frozen=True)
class Publication:
    """Stands in for the one that stores all that a run computes; in the same order it stores cards and history, and publishes."""

    reader: Reader
    clock: Any
    work: Read
    made: Any
    signer: Any
    drift: Any
    waits: bool
    pace: Any

    async def stored(self, sharing: Awaitable[None]) -> str:
        """Store and publish, and return the run's id."""
        plan = Plan(self.work.number * DAY, "1", NAMES, FACTS, "{}", 1, 0.0, 0, int(scoring_run.time.time()), self.work.withdrawals)
        building = await begin(self.reader.driver, plan, database=self.reader.database)
        made = cards(self.work)
        for under in (building.id, outward_id(building.id)):
            with self.clock.phase("store"):
                await store(building, made, under=under)
                await store_history(building, made, under=under)
        await sharing
        with self.clock.phase("publish"):
            await self._closed(building, made)
        return building.id

    async def _closed(self, building: Building, made: Cards) -> None:
        found, out = totals(building.id, made, NAMES), totals(outward_id(building.id), made, NAMES)
        told = {"outwardScorecards": len(made), "outwardTotals": totals_text(out, NAMES), "outwardFits": "{}"}
        given = {"creators": len(made), "scorecards": len(made), "told": told}
        if self.waits:
            await building.hold(found, **given)
        else:
            await building.publish(found, published_at=int(scoring_run.time.time()), **given)


async def _nothing(_: Any) -> None:
    """Compute nothing beside."""


def without_computing(patch: pytest.MonkeyPatch) -> None:
    """Have `score` read little and compute nothing; its locks, its job and its order are its own."""
    trusted = documents.read(Settings())
    patch.setattr(documents, "_all", lambda _process: trusted)  # else each process reads all pages
    patch.setattr(scoring_run, "read_work", read_work)
    patch.setattr(scoring_run, "outward_beside", _nothing)
    patch.setattr(scoring_run, "_made", lambda _clock, _work: SimpleNamespace(result=None))
    patch.setattr(scoring_run, "drift", lambda *_, **__: SimpleNamespace(drifted=()))
    patch.setattr(scoring_run, "Publication", Publication)
    patch.setattr(scoring_run, "_outcome", lambda run, _publication, _dropped: run)


def scope(run: str) -> int:
    """Return the key of the only scope of a run."""
    return scope_key(run, WINDOW, ALL, REGION)


def worlds(runs: Sequence[str]) -> list[int]:
    """Return the keys of runs' scopes without a region."""
    return [scope_key(each, WINDOW, ALL, WORLD) for each in runs]
