"""A run on its way into the graph: stored, signed, and published, or left to wait."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.proof.manifest import Inputs, input_digests, signatures
from api.proof.signing import Signer
from api.runs.fairness import fairness
from api.runs.forecasts import ahead, forecast_method, forecast_ordinals, outward_forecasts, stored_forecasts
from api.runs.inputs import Work
from api.runs.outward import Outward
from api.runs.phases import Clock
from api.runs.scorecards import Scored
from api.runs.stability import Drift, profile_of
from graph.reader import Reader
from graph.runs import (
    Building,
    Cards,
    Plan,
    Predictions,
    Signatures,
    Vectors,
    begin,
    outward_id,
    previous_values,
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
    totals,
    totals_text,
)
from scoring.facts import Market
from scoring.forecast import Outlook


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


async def stored(reader: Reader, clock: Clock, work: Work, made: Made, store_as: Storing) -> str:
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
