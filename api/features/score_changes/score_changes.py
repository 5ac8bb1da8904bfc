"""`Creator.scoreChange`: why a score changed from one run to the current one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from api.access.table import in_fives
from api.errors import BadUserInput
from api.features.score_changes.components import components
from api.features.score_changes.types import EventChange, ScoreChange
from api.features.score_events.own_events import computed, held_of, tables_of
from api.graphql.execution.arguments import local
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.scorecards import Place, facts_of, fit_of, place_of, rated, ratings_of, value_of
from api.graphql.types.nouns import Ref
from graph.dates import DAY
from graph.model import snake
from graph.plans.visibility import Reach
from graph.runs import ALL
from graph.runs.ratings import KeptRun, RatedCreator, Ratings
from scoring.change import Rating, change
from scoring.effects import EventKind, Scored, points_of_news
from scoring.facts import Period

POSTS, COLLABORATIONS, SALES, REPORTS = "POSTS", "COLLABORATIONS", "SALES", "REPORTS"
KINDS: Final = {POSTS: EventKind.CONTENT, COLLABORATIONS: EventKind.COLLABORATION, SALES: EventKind.SALES, REPORTS: EventKind.REPORT}


@dataclass(frozen=True, slots=True)
class Ends:
    """A creator's scorecard in both runs."""

    place: Place
    runs: tuple[KeptRun, KeptRun]
    cards: tuple[RatedCreator, RatedCreator]
    outward: bool

    @property
    def exact(self) -> bool:
        """Whether exact sales may be shown."""
        return self.cards[1].exact

    @property
    def untold(self) -> frozenset[EventKind]:
        """Kinds of events whose points are not told; outward scores do not stand on them one by one."""
        return frozenset({EventKind.SALES, EventKind.COLLABORATION} if self.outward else ())

    @property
    def values(self) -> tuple[float | None, float | None]:
        """The score in both."""
        before, after = (value_of(card, run, self.place.score) for card, run in zip(self.cards, self.runs, strict=True))
        return before, after


async def score_change(context: FieldContext) -> ScoreChange | None:
    """Return why a score changed; None where either run has no scorecard there, or there is no earlier run, or one may not see why."""
    ratings, ends = ratings_of(context), await _ends(context)
    if ends is None:
        return None
    (before, after), (first, last) = ends.values, ends.runs
    rating = [
        Rating(value, facts_of(card, run, ends.place), await fit_of(context, ratings, run, card))
        for value, card, run in zip(ends.values, ends.cards, ends.runs, strict=True)
    ]
    found = change(rating[0], rating[1], snake(ends.place.score))
    events = await _events(context, ratings, ends) if context.wants("events") or context.wants("rest") else []
    if found is not None and events and (context.wants("events", "points") or context.wants("rest")):
        events = await _with_points(context, ends, rating, events)
    return ScoreChange(
        since=Ref("ScoringRun", first.id),
        before=before,
        after=after,
        change=None if found is None else found.after - found.before,
        own=None if found is None else found.facts,
        peers=None if found is None else found.peers,
        formula=None if found is None else found.formula,
        formula_changed=first.formula_version != last.formula_version,
        reason=None if found is not None else _reason(ends),
        components=[] if found is None else components(found, ends.place.score, (rating[0].facts, rating[1].facts)),
        events=events,
        rest=found.facts - sum(each.points or 0.0 for each in events) if found is not None and events else None,
    )


async def _ends(context: FieldContext) -> Ends | None:
    if context.run is None:
        return None
    ratings, place = ratings_of(context), place_of(context)
    runs = {run.id: run for run in await ratings.runs()}
    since = _since(context, runs)
    if since is None or context.run.id not in runs:
        return None
    pair = since, runs[context.run.id]
    before, after = await rated(context, ratings, place, pair[0]), await rated(context, ratings, place, pair[1])
    return None if before is None or after is None else Ends(place, pair, (before, after), context.visibility.outward)


def _since(context: FieldContext, runs: dict[str, KeptRun]) -> KeptRun | None:
    """Return the run that is named, or else the one before the current; BadUserInput for one that is not kept or not earlier."""
    assert context.run is not None
    current, given = context.run.id, context.arguments.get("since")
    earlier = [run for run in runs if run < current]
    if given is None:
        return runs[max(earlier)] if earlier else None
    named = local("since", given, "ScoringRun")
    if named not in earlier:
        raise BadUserInput(
            f"since: {given[:60]!r} is not a stored run before the current one, {current}; there are {', '.join(earlier) or 'none'}"
        )
    return runs[named]


def _reason(ends: Ends) -> str:
    before, after = ends.values
    if before is None or after is None:
        when = "the earlier run" if before is None else "the current run"
        card, run = (ends.cards[0], ends.runs[0]) if before is None else (ends.cards[1], ends.runs[1])
        why = card.reasons[run.names.index(ends.place.score)] if ends.place.score in run.names else "the score did not exist"
        return f"no value in {when}: {why}"
    return "the current run was made by a formula that this server no longer has; score again"


async def _events(context: FieldContext, ratings: Ratings, ends: Ends) -> list[EventChange]:
    """Return what came and went; nothing within a category, where events are not counted apart."""
    if ends.place.category != ALL:
        return []
    spans = [(end - ends.place.window * DAY, end) for end in (run.as_of // DAY * DAY for run in ends.runs)]
    entered, left = await ratings.events(ends.place.creator, spans[0], spans[1])
    told = context.visibility.others is Reach.ALL or context.visibility.creator == ends.place.creator
    return [
        _came_and_went(POSTS, entered[0], left[0]),
        _came_and_went(COLLABORATIONS, *(each if told else in_fives(each) for each in (entered[1], left[1]))),
        _came_and_went(SALES, *(each if ends.exact else None for each in (entered[2], left[2]))),
        _came_and_went(REPORTS, entered[3], left[3]),
    ]


def _came_and_went(kind: str, entered: int | None, left: int | None) -> EventChange:
    return EventChange(kind=kind, entered=entered, left=left, points=None)


async def _with_points(context: FieldContext, ends: Ends, rating: Sequence[Rating], events: Sequence[EventChange]) -> list[EventChange]:
    """Return the events with their points, by the earlier run's fit, or the current one's where that is of another formula."""
    fit, held = rating[0].fit or rating[1].fit, held_of(context.visibility)
    assert fit is not None, "the change is told"
    indicator, creator = snake(ends.place.score), ends.place.creator
    scored = [
        Scored(each.facts, fit, indicator, await tables_of(context, creator, run), Period(run.as_of), held)
        for each, run in zip(rating, ends.runs, strict=True)
    ]
    found = await computed(context, scored, lambda each: points_of_news(*each))
    points = {kind: None if kind in ends.untold else moved for kind, moved in found.items()}
    return [replace(each, points=points[KINDS[each.kind]]) for each in events]
