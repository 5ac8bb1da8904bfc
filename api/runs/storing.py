"""A run on its way into the graph: stored, signed, and published, or left to wait."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Sequence
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
    Pace,
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
from scoring.forecast import Outlook


@dataclass(frozen=True, slots=True)
class Made:
    """What a run has made, but for what brands and partners see."""

    result: Scored
    ahead: Outlook
    likened: Vectors
    expected: Sequence[Predictions]


@dataclass(frozen=True, slots=True)
class Publication:
    """A run to be stored: signed by whom, how far it drifted, whether it waits to be published by hand, and how fast it is written."""

    reader: Reader
    clock: Clock
    work: Work
    made: Made
    signer: Signer | None
    drift: Drift
    waits: bool
    pace: Pace

    async def stored(self, sharing: Awaitable[Outward]) -> str:
        """Store and publish, or let it wait; `sharing` gives what brands and partners see. Returns the run's id."""
        phase, result = self.clock.phase, self.made.result
        with phase("compare"):
            cards = await self._beside_previous(result.cards, outward=False)
        cards = replace(cards, forecast_ordinal=forecast_ordinals(cards, ahead(self.work.market, self.made.ahead).places))
        building = await begin(self.reader.driver, self._plan(), database=self.reader.database, pace=self.pace)
        with phase("store"):
            await self._filled(building, cards)
        with phase("outward"):
            out = await sharing
        with phase("share"):
            await self._shared(building, out)
        if self.signer is not None:
            with phase("sign"):
                inputs = self._inputs()
                await store_signatures(building, signatures(building.id, inputs, cards, self.signer))
                await store_outward_signatures(building, _outward_signatures(building.id, inputs, out, self.signer))
        with phase("publish"):
            await self._closed(building, cards, out)
        return building.id

    async def _filled(self, building: Building, cards: Cards) -> None:
        """Store what those see who see all, and what is the same for all."""
        market, made = self.work.market, self.made
        await store(building, cards, progress=self.clock.counting("store", len(cards)))
        await store_history(building, cards)
        await store_forecasts(building, stored_forecasts(market, made.ahead))
        await store_forecast_method(building, forecast_method(made.ahead))
        await store_ties(building, self.work.ties)
        await store_appeals(building, made.result.appeals)
        await store_vectors(building, made.likened)
        await store_predictions(building, made.expected)
        await store_flags(building, made.result.flags)

    async def _shared(self, building: Building, out: Outward) -> None:
        """Store what brands and partners see."""
        cards = await self._beside_previous(out.cards, outward=True)
        told = {creator: place for each in out.ahead for creator, place in each.places.items()}
        cards = replace(cards, forecast_ordinal=forecast_ordinals(cards, told))
        under = outward_id(building.id)
        await store(building, cards, under=under, progress=self.clock.counting("share", len(cards)))
        await store_history(building, cards, under=under)
        await store_forecasts(building, outward_forecasts(self.work.market, out.ahead), under=under)
        for region, likened in out.likened.items():
            await store_vectors(building, likened, under=under, region=region)

    async def _beside_previous(self, cards: Cards, *, outward: bool) -> Cards:
        names, reader = self.made.result.names, self.reader
        return replace(cards, previous=await previous_values(reader.driver, cards.keys, names, database=reader.database, outward=outward))

    async def _closed(self, building: Building, cards: Cards, out: Outward) -> None:
        result, market = self.made.result, self.work.market
        found, creators = totals(building.id, cards, result.names), len(market.creators.id)
        told = {**self.drift.properties, **fairness(result, market), "profile": profile_of(result)}
        told |= {
            "outwardFits": out.text,
            "outwardScorecards": len(out.cards),
            "outwardTotals": totals_text(totals(outward_id(building.id), out.cards, result.names), result.names),
        }
        if self.waits:
            await building.hold(found, creators=creators, scorecards=len(cards), told=told)
        else:
            await building.publish(found, creators=creators, scorecards=len(cards), published_at=int(time.time()), told=told)

    def _plan(self) -> Plan:
        work, result = self.work, self.made.result
        return Plan(
            as_of=work.market.period.as_of,
            formula_version=result.fit.formula.version,
            names=result.names,
            fact_names=result.fact_names,
            fit=result.fit.to_json(),
            started_at=work.started_at,
            residual=result.residual,
            data_version=work.data_version,
            read_at=work.read_at,
            withdrawals=work.withdrawals,
        )

    def _inputs(self) -> Inputs:
        result, market = self.made.result, self.work.market
        return Inputs(
            as_of=market.period.as_of,
            formula_version=result.fit.formula.version,
            fit=result.fit.to_json(),
            tables=input_digests(market),
            names=result.names,
            fact_names=result.fact_names,
        )


def _outward_signatures(run: str, whole: Inputs, out: Outward, signer: Signer) -> dict[str, Signatures]:
    """Return what proves the scorecards that brands and partners see, by region; `whole` is what the run was computed from."""
    found: dict[str, Signatures] = {}
    for region, fit in out.fits.items():
        of_region = replace(whole, fit=fit.to_json(), tables=out.inputs[region], region=region)
        found[region] = signatures(run, of_region, out.cards.at(out.cards.region == region), signer)
    return found
