"""`Appeal.effect`: what the contested event adds to a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.features.appeals.types import AppealEffect
from api.features.score_changes.components import components
from api.features.score_events.own_events import computed, held_of
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.scorecards import facts_of, fit_of, place_of, rated, ratings_of, value_of
from api.graphql.types.nouns import Ref
from graph.appeals import Appeal, appealed
from graph.events import FIELDS, creator_event_tables, struck
from graph.model import snake
from graph.reader import Reader
from graph.runs.ratings import KeptRun
from scoring.change import Rating, change
from scoring.effects import Scored, missing
from scoring.facts import Period
from scoring.facts.events.arrow import Tables
from scoring.outward import open_tables

UPHELD = "UPHELD"


async def effect(context: FieldContext) -> AppealEffect | None:
    """Return a score with the event and without it; None where that cannot be said, or may not."""
    reader = Reader(context.state.driver, context.state.settings.neo4j_database)
    appeal = None if context.own_id is None else await appealed(reader, context.own_id)
    if appeal is None or appeal.subject_kind not in FIELDS:
        return None
    ratings, place = ratings_of(context), replace(place_of(context), creator=appeal.creator_id)
    run = _counting(await ratings.runs(), appeal, context)
    card = None if run is None else await rated(context, ratings, place, run)
    value = None if run is None or card is None else value_of(card, run, place.score)
    fit = None if run is None or card is None else await fit_of(context, ratings, run, card)
    if run is None or card is None or fit is None or value is None:
        return None
    counted, without = await _tables(context, reader, appeal, Period(run.as_of))
    rows = missing(counted, without)
    if not rows:
        return None
    before = Rating(value, facts_of(card, run, place), fit)
    scored = Scored(before.facts, fit, snake(place.score), counted, Period(run.as_of), held_of(context.visibility))
    after = await computed(context, [scored], lambda each: each[0].rating_without(rows))
    found = change(before, after, snake(place.score))
    return AppealEffect(
        creator=Ref("Creator", appeal.creator_id),
        run=Ref("ScoringRun", run.id),
        before=value,
        after=after.value,
        components=[] if found is None else components(found, place.score, (before.facts, after.facts)),
    )


def _counting(runs: Sequence[KeptRun], appeal: Appeal, context: FieldContext) -> KeptRun | None:
    """Return the run to look at: the current one, or the last that had read all before the appeal was upheld."""
    if context.run is None:
        return None
    known = [run for run in runs if run.id <= context.run.id]
    if appeal.status == UPHELD:
        known = [run for run in known if run.read_at < (appeal.decided_at or 0)]
    return max(known, key=lambda run: run.id, default=None)


async def _tables(context: FieldContext, reader: Reader, appeal: Appeal, period: Period) -> tuple[Tables, Tables]:
    """Return the creator's event tables with the event and without it, as what the viewer sees is computed from them."""
    out, field = await struck(reader), FIELDS[appeal.subject_kind]
    both = [
        await creator_event_tables(reader, appeal.creator_id, period, out.but(field, appeal.subject_id, out=gone)) for gone in (False, True)
    ]
    counted, without = (open_tables(each) if context.visibility.outward else each for each in both)
    return counted, without
