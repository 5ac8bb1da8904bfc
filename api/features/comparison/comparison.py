"""`compare`: creators side by side, and which differences exceed their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.access.table import Permission
from api.features.comparison.types import ComparedIndicator, ComparedScore, Comparison, ScoreDifference
from api.graphql.execution.arguments import several, told_category
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.types.enums import Window
from api.graphql.types.nouns import Ref
from graph.exactness import number_or_none
from graph.model import snake
from graph.recommendations.candidates import seen
from graph.recommendations.comparison import Card, cards_of
from graph.runs import WINDOW
from scoring.recommendations.differences import Estimate, best, differences

NO_CARD = "no scorecard in this window and category: nothing is known about the creator there"


async def compare(context: FieldContext) -> Comparison:
    """Return 2 to 10 creators side by side; ids that are not there, or not to be seen, are `missing`."""
    context.allowed(Permission.EXPLORE)
    named = several("creators", context.arguments["creators"], "Creator", least=2, most=10)
    window, category = context.arguments.get("window", WINDOW), context.arguments.get("category")
    within = None if category is None else told_category("category", category, context.run)
    reading = reading_of(context.viewer, context.state)
    there = await seen(reading, list(named))
    cards = await cards_of(reading, context.run, there, window=window, category=within) if context.run else {}
    return Comparison(
        creators=[Ref("Creator", each) for each in there],
        missing=[given for own, given in named.items() if own not in there],
        window=Window(window),
        category=None if within is None else Ref("Category", within),
        indicators=[_indicator(name, place, there, cards) for place, name in enumerate(context.run.names if context.run else ())],
    )


def _indicator(name: str, place: int, creators: Sequence[str], cards: Mapping[str, Card]) -> ComparedIndicator:
    scores = [_score(each, place, cards.get(each), name) for each in creators]
    estimates = [Estimate(each.value, each.low, each.high) for each in scores]
    first = best(estimates)
    return ComparedIndicator(
        indicator=snake(name).upper(),
        scores=scores,
        best=None if first is None else scores[first].creator,
        differences=[
            ScoreDifference(
                ahead=scores[each.ahead].creator, behind=scores[each.behind].creator, points=each.points, distinct=each.distinct
            )
            for each in differences(estimates)
        ],
    )


def _score(creator: str, place: int, card: Card | None, name: str) -> ComparedScore:
    if card is None:
        return ComparedScore(creator=Ref("Creator", creator), value=None, low=None, high=None, evidence=0, percentile=None, reason=NO_CARD)
    value = card.values[place]
    numbers = [None if value is None else number_or_none(column[place]) for column in (card.lows, card.highs, card.percentiles)]
    return ComparedScore(
        creator=Ref("Creator", creator),
        value=value,
        low=numbers[0],
        high=numbers[1],
        evidence=card.evidence[place],
        percentile=numbers[2],
        reason=(card.reasons[place] or f"no {snake(name).replace('_', ' ')} score") if value is None else None,
    )
