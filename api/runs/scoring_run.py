"""One scoring run, from the graph and back into it: facts, scores, scorecards, published."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from neo4j import AsyncDriver

from api.features.lookalikes.embeddings import vectors
from api.process.startup import Tell
from api.proof.signing import Signer
from api.runs.beside import outward_beside
from api.runs.inputs import Work, read_work
from api.runs.job import Order, recorded
from api.runs.outward import Outward
from api.runs.phases import Clock, silent
from api.runs.predictions import predictions
from api.runs.scorecards import scored
from api.runs.stability import drift
from api.runs.storing import Made, Publication
from graph.load.lock import IMPORT, SCORING, held
from graph.reader import Reader
from graph.rights.gaps import close_gaps
from graph.runs import Pace, clean, current_profile, discard_older, retain, thin
from graph.tracing import ROOT, span
from scoring.drift import LIMIT
from scoring.forecast import outlook


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


async def score(  # noqa: PLR0913 -- each is an option of the run
    driver: AsyncDriver,
    *,
    as_of: int | None = None,
    kept: int = 3,
    database: str = "neo4j",
    tell: Tell = silent,
    signer: Signer | None = None,
    drift_limit: float = LIMIT,
    order: Order | None = None,
) -> Outcome:
    """Score all creators as of `as_of` (Unix seconds; None: as far as the data tell) and publish the run.

    One run is made at a time, and nothing is imported while it reads; who comes second waits. Readers see the run
    before until this one is whole. `kept` runs remain, this one included. A `signer` signs what the run was computed from.

    Where inputs or scores lie otherwise than the current run's beyond `drift_limit` (0: none), the run waits until it is published by hand;
    the first run never does, nor one as of a given date. How far it is can be read from the graph meanwhile, and it ends where somebody
    cancels it there; `order` is what somebody started, None for the command line.
    """
    started, reader, order = int(time.time()), Reader(driver, database), order or Order.of_command(as_of)
    with span("scoring run", beginning=ROOT) as running:
        async with (
            held(driver, SCORING, database=database, waiting=lambda what: tell(what, 0, 0)),
            recorded(driver, order, tell, database=database) as job,
        ):
            clock = Clock(job.tell)
            with clock.phase("clean"):
                await clean(driver, database=database)
            async with held(driver, IMPORT, database=database, waiting=lambda what: job.tell(what, 0, 0)):
                with clock.phase("read"):
                    work = await read_work(reader, as_of, started)
            sharing = asyncio.create_task(outward_beside(work))
            try:
                made = await asyncio.to_thread(_made, clock, work)
                moved = drift(made.result, await current_profile(driver, database=database), limit=drift_limit)
                publication = Publication(reader, clock, work, made, signer, moved, bool(moved.drifted) and as_of is None, order.pace)
                job.run = run = await publication.stored(sharing)
            finally:
                await _ended(sharing)
            with clock.phase("drop"):
                dropped = await _dropped(reader, run, kept, order.pace)
        running.set("creatorgraph.run.id", run)
        running.set("creatorgraph.run.creators", len(work.market.creators.id))
    return _outcome(run, publication, dropped)


async def _dropped(reader: Reader, run: str, kept: int, pace: Pace) -> int:
    """Drop what a new run makes superfluous; returns how many runs were."""
    await discard_older(reader.driver, run, database=reader.database)
    dropped = await retain(reader.driver, kept, database=reader.database, pace=pace)
    await thin(reader.driver, database=reader.database)
    await close_gaps(reader.driver, database=reader.database)
    return dropped


async def _ended(sharing: asyncio.Task[Outward]) -> None:
    """Leave nothing behind of what was to be computed, should the run have failed."""
    sharing.cancel()
    await asyncio.gather(sharing, return_exceptions=True)


def _made(clock: Clock, work: Work) -> Made:
    with clock.phase("score"):
        result = scored(work.market)
    with clock.phase("forecast"):
        ahead = outlook(work.market, result.selling)
    with clock.phase("liken"):
        likened = vectors(work.market, work.ties, work.beside)
    with clock.phase("expect"):
        expected = predictions(work.market)
    return Made(result, ahead, likened, expected)


def _outcome(run: str, publication: Publication, dropped: int) -> Outcome:
    work, result = publication.work, publication.made.result
    return Outcome(
        run=run,
        as_of=work.market.period.as_of,
        until=work.market.period.until,
        formula_version=result.fit.formula.version,
        creators=len(work.market.creators.id),
        scorecards=len(result.cards),
        ties=len(work.ties),
        residual=result.residual,
        seconds=publication.clock.seconds,
        reasons=result.reasons(),
        dropped=dropped,
        drifted={each.name: each.index for each in publication.drift.drifted},
        held=publication.waits,
    )
