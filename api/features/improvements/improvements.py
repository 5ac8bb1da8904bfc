"""`Creator.improvements`: what would raise a score, by re-scoring the creator's facts as they could be."""

from __future__ import annotations

from typing import Final

from api.errors import BadUserInput
from api.features.improvements.types import FactShift, Improvement
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.scorecards import facts_of, fit_of, place_of, rated, ratings_of
from graph.model import snake
from scoring import improvements as scored

MOST: Final = 10


async def improvements(context: FieldContext) -> list[Improvement] | None:
    """Return what would raise a score most; None before the first run, without a scorecard, and where one may not see why."""
    first = context.arguments.get("first", 3)
    if not 0 <= first <= MOST:
        raise BadUserInput(f"first is {first}; give a whole number from 0 to {MOST}")
    ratings, place = ratings_of(context), place_of(context)
    run = None if context.run is None else {each.id: each for each in await ratings.runs()}.get(context.run.id)
    card = None if run is None else await rated(context, ratings, place, run)
    if run is None or card is None:
        return None
    fit = await fit_of(context, ratings, run, card)
    if fit is None:
        return None
    found = scored.improvements(facts_of(card, run, place), fit, snake(place.score))
    return [_told(each) for each in found[:first]]


def _told(found: scored.Improvement) -> Improvement:
    return Improvement(
        name=found.scenario.name,
        text=found.scenario.text,
        value=found.value,
        low=found.low,
        high=found.high,
        gain=found.gain,
        facts=[FactShift(name=each.name, before=each.before, after=each.after) for each in found.shifts],
    )
