"""One scoring run, from the graph and back into it: facts, scores, scorecards, published."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from neo4j import AsyncDriver

from api.features.lookalikes.embeddings import vectors
from api.process.startup import Tell
from api.proof.manifest import Inputs, input_digests, signatures
from api.proof.signing import Signer
from api.runs.fairness import fairness
from api.runs.forecasts import ahead, forecast_method, forecast_ordinals, outward_forecasts, stored_forecasts
from api.runs.inputs import Work, read_work
from api.runs.outward import Outward, outward
from api.runs.predictions import predictions
from api.runs.scorecards import Scored, scored
from api.runs.stability import Drift, drift, profile_of
from graph.load.lock import IMPORT, held
from graph.reader import Reader
from graph.runs import (
    Building,
    Cards,
    Plan,
    Predictions,
    Signatures,
    Vectors,
    begin,
    clean,
    current_profile,
    discard_older,
    outward_id,
    previous_values,
    retain,
    store,
    store_appeals,
    store_flags,
    store_forecast_method,
    store_forecasts,
    store_history,
    store_outward_signatures,
    store_predictions,
    store_signatures,
    store_ties,
    store_vectors,
    thin,
    totals,
    totals_text,
)
from scoring.drift import LIMIT
from scoring.facts import Market
from scoring.forecast import Outlook, outlook

SCORING: Final = "scoring"


@dataclass(slots=True)
class Clock:
    """Seconds that each phase took."""

    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict[str, float])

    @contextmanager
    def phase(self, name: str) -> Generator[None]:
        """Time a block, and say that it begins."""
        self.tell(name, 0, 0)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - start

    def counting(self, name: str, total: int) -> Callable[[int], None]:
        """Return what tells how much of a phase is done, given each part's count."""
        done = 0

        def counted(count: int) -> None:
            nonlocal done
            done += count
            self.tell(name, done, total)

        return counted


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has made."""

    run: str
    as_of: int
    until: int
    formula_version: str
    creators: int
    scorecards: int
    ties: int
    residual: float
    seconds: dict[str, float]
    reasons: dict[str, dict[str, int]]
    dropped: int
    drifted: dict[str, float]
    held: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What a run has made of it."""

    result: Scored
    outward: Outward
    ahead: Outlook
    likened: Vectors
    expected: Sequence[Predictions]


@dataclass(frozen=True, slots=True)
class Storing:
    """How a run is stored: signed by whom, how far it drifted, and whether it waits to be published by hand."""

    signer: Signer | None
    drift: Drift
    waits: bool


def _silent(_phase: str, _done: int, _total: int) -> None:
    """Tell nobody."""


async def score(  # noqa: PLR0913 -- each is an option of the run
    driver: AsyncDriver,
    *,
    as_of: int | None = None,
    kept: int = 3,
    database: str = "neo4j",
    tell: Tell = _silent,
    signer: Signer | None = None,
    drift_limit: float = LIMIT,
) -> Outcome:
    """Score all creators as of `as_of` (Unix seconds; None: as far as the data tell) and publish the run.

    One run is made at a time, and nothing is imported while it reads; who comes second waits. Readers see the run
    before until this one is whole. `kept` runs remain, this one included. A `signer` signs what the run was computed from.

    Where inputs or scores lie otherwise than the current run's beyond `drift_limit` (0: none), the run waits until it is published by hand;
    the first run never does, nor one as of a given date.
    """
    clock, started, reader = Clock(tell), int(time.time()), Reader(driver, database)

    def wait(what: str) -> None:
        tell(what, 0, 0)

    async with held(driver, SCORING, database=database, waiting=wait):
        with clock.phase("clean"):
            await clean(driver, database=database)
        async with held(driver, IMPORT, database=database, waiting=wait):
            with clock.phase("read"):
                work = await read_work(reader, as_of, started)
        made = _made(clock, work)
        moved = drift(made.result, await current_profile(driver, database=database), limit=drift_limit)
        store_as = Storing(signer, moved, waits=bool(moved.drifted) and as_of is None)
        run = await _stored(reader, clock, work, made, store_as)
        with clock.phase("drop"):
            await discard_older(driver, run, database=database)
            dropped = await retain(driver, kept, database=database)
            await thin(driver, database=database)
    return _outcome(run, work, made.result, clock.seconds, dropped, store_as)


def _made(clock: Clock, work: Work) -> Made:
    with clock.phase("score"):
        result = scored(work.market)
    with clock.phase("outward"):
        out = outward(work.tables, work.market.period, work.consenting, work.beside)
    with clock.phase("forecast"):
        ahead = outlook(work.market, result.selling)
    with clock.phase("liken"):
        likened = vectors(work.market, work.ties, work.beside)
    with clock.phase("expect"):
        expected = predictions(work.market)
    return Made(result, out, ahead, likened, expected)


def _outcome(  # noqa: PLR0913 -- what a run has made
    run: str, work: Work, result: Scored, seconds: dict[str, float], dropped: int, store_as: Storing
) -> Outcome:
    return Outcome(
        run=run,
        as_of=work.market.period.as_of,
        until=work.market.period.until,
        formula_version=result.fit.formula.version,
        creators=len(work.market.creators.id),
        scorecards=len(result.cards),
        ties=len(work.ties),
        residual=result.residual,
        seconds=seconds,
        reasons=result.reasons(),
        dropped=dropped,
        drifted={each.name: each.index for each in store_as.drift.drifted},
        held=store_as.waits,
    )


async def _stored(reader: Reader, clock: Clock, work: Work, made: Made, store_as: Storing) -> str:
    """Store and publish, or let it wait; returns the run's id."""
    driver, database, result = reader.driver, reader.database, made.result
    with clock.phase("compare"):
        cards = await _beside_previous(reader, result.cards, result.names, outward=False)
    cards = replace(cards, forecast_ordinal=forecast_ordinals(cards, ahead(work.market, made.ahead).places))
    building = await begin(driver, _plan(work, result), database=database)
    with clock.phase("store"):
        await store(building, cards, progress=clock.counting("store", len(cards)))
        await store_history(building, cards)
        await store_forecasts(building, stored_forecasts(work.market, made.ahead))
        await store_forecast_method(building, forecast_method(made.ahead))
    with clock.phase("share"):
        await _shared(reader, clock, work, made, building)
    if store_as.signer is not None:
        with clock.phase("sign"):
            await store_signatures(building, signatures(building.id, _inputs(work, result), cards, store_as.signer))
            await store_outward_signatures(building, _outward_signatures(building.id, work, made, store_as.signer))
    with clock.phase("publish"):
        await store_ties(building, work.ties)
        await store_appeals(building, result.appeals)
        await store_vectors(building, made.likened)
        await store_predictions(building, made.expected)
        await store_flags(building, result.flags)
        await _closed(building, cards, work.market, made, store_as)
    return building.id


async def _shared(reader: Reader, clock: Clock, work: Work, made: Made, building: Building) -> None:
    """Store what brands and partners see."""
    cards = await _beside_previous(reader, made.outward.cards, made.result.names, outward=True)
    told = {creator: place for each in made.outward.ahead for creator, place in each.places.items()}
    cards = replace(cards, forecast_ordinal=forecast_ordinals(cards, told))
    under = outward_id(building.id)
    await store(building, cards, under=under, progress=clock.counting("share", len(cards)))
    await store_history(building, cards, under=under)
    await store_forecasts(building, outward_forecasts(work.market, made.outward.ahead), under=under)
    for region, likened in made.outward.likened.items():
        await store_vectors(building, likened, under=under, region=region)


async def _beside_previous(reader: Reader, cards: Cards, names: tuple[str, ...], *, outward: bool) -> Cards:
    return replace(cards, previous=await previous_values(reader.driver, cards.keys, names, database=reader.database, outward=outward))


async def _closed(building: Building, cards: Cards, market: Market, made: Made, store_as: Storing) -> None:
    result, out = made.result, made.outward
    found, creators = totals(building.id, cards, result.names), len(market.creators.id)
    told = {**store_as.drift.properties, **fairness(result, market), "profile": profile_of(result)}
    told |= {
        "outwardFits": out.text,
        "outwardScorecards": len(out.cards),
        "outwardTotals": totals_text(totals(outward_id(building.id), out.cards, result.names), result.names),
    }
    if store_as.waits:
        await building.hold(found, creators=creators, scorecards=len(cards), told=told)
    else:
        await building.publish(found, creators=creators, scorecards=len(cards), published_at=int(time.time()), told=told)


def _plan(work: Work, result: Scored) -> Plan:
    return Plan(
        as_of=work.market.period.as_of,
        formula_version=result.fit.formula.version,
        names=result.names,
        fact_names=result.fact_names,
        fit=result.fit.to_json(),
        started_at=work.started_at,
        residual=result.residual,
        data_version=work.data_version,
        withdrawals=work.withdrawals,
    )


def _outward_signatures(run: str, work: Work, made: Made, signer: Signer) -> dict[str, Signatures]:
    """Return what proves the scorecards that brands and partners see, by region."""
    whole, found = _inputs(work, made.result), dict[str, Signatures]()
    for region, fit in made.outward.fits.items():
        of_region = replace(whole, fit=fit.to_json(), tables=made.outward.inputs[region], region=region)
        found[region] = signatures(run, of_region, made.outward.cards.at(made.outward.cards.region == region), signer)
    return found


def _inputs(work: Work, result: Scored) -> Inputs:
    return Inputs(
        as_of=work.market.period.as_of,
        formula_version=result.fit.formula.version,
        fit=result.fit.to_json(),
        tables=input_digests(work.market),
        names=result.names,
        fact_names=result.fact_names,
    )
