"""`Creator.scoreEvents`: the events that moved a score most, as nodes, each with its points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.access.table import in_fives
from api.errors import BadUserInput
from api.features.score_events.own_events import computed, held_of, node, seen, tables_of
from api.features.score_events.types import ScoreEvent, ScoreEvents
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.scorecards import facts_of, fit_of, place_of, rated, ratings_of
from graph.dates import iso_time_or_null
from graph.model import snake
from scoring.effects import Effect, Scored, effects, events
from scoring.facts import Period

MOST: Final = 50


async def score_events(context: FieldContext) -> ScoreEvents | None:
    """Return what moved a score most; None before the first run, without a scorecard, and where one may not see why."""
    first = context.arguments.get("first", 10)
    if not 0 <= first <= MOST:
        raise BadUserInput(f"first is {first}; give a whole number from 0 to {MOST}")
    ratings, place = ratings_of(context), place_of(context)
    run = None if context.run is None else {each.id: each for each in await ratings.runs()}.get(context.run.id)
    card = None if run is None else await rated(context, ratings, place, run)
    fit = None if run is None or card is None else await fit_of(context, ratings, run, card)
    if run is None or card is None or fit is None:
        return None
    tables = await tables_of(context, place.creator, run)
    known = events(tables)
    scored = Scored(facts_of(card, run, place), fit, snake(place.score), tables, Period(run.as_of), held_of(context.visibility))
    found = await computed(context, [scored], lambda each: effects(each[0], known))
    return _answer(found, seen(known, tables, context.visibility, place.creator), first, held=context.visibility.outward)


def _answer(found: Sequence[Effect], shown: frozenset[tuple[str, str]], first: int, *, held: bool) -> ScoreEvents:
    told = [each for each in found if each.event.key in shown]
    return ScoreEvents(
        events=[
            ScoreEvent(kind=each.event.kind.value, node=node(each.event), at=iso_time_or_null(each.event.at), points=each.points)
            for each in told[:first]
        ],
        others=len(told[first:]),
        hidden=in_fives(len(found) - len(told)),
        sales_held=held,
    )
