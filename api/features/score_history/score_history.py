"""`Creator.history`: how a score went, run by run, with changes of the formula marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Final

from api.features.score_history.types import HistoryPoint
from api.graphql.execution.field_context import FieldContext
from graph.dates import iso_time
from graph.runs import PastScore, past_scores

PERIODS: Final[dict[str, Callable[[datetime], Any]]] = {
    "DAY": datetime.date,
    "WEEK": lambda date: date.isocalendar()[:2],
    "MONTH": lambda date: (date.year, date.month),
}
"""What tells one period from the next, in UTC."""


async def history(context: FieldContext) -> list[HistoryPoint]:
    """Return the last value of each day, week or month, the oldest first; the newest periods where there are more than asked for."""
    assert context.own_id is not None, "the field belongs to a creator"
    settings = context.state.settings
    found = await past_scores(
        context.state.driver,
        context.own_id,
        context.arguments.get("by", "overall"),
        outward=context.visibility.outward,
        database=settings.neo4j_database,
        seconds=float(settings.query_seconds),
    )
    points = marked(by_period(found, context.arguments.get("every", "DAY")))
    last = context.arguments.get("last", 90)
    return points[-last:] if last else []


def by_period(scores: Sequence[PastScore], every: str) -> list[PastScore]:
    """Return the last score of each period; the scores come in the order of their dates."""
    period = PERIODS[every]
    return list({period(datetime.fromtimestamp(each.run.as_of, UTC)): each for each in scores}.values())


def marked(scores: Sequence[PastScore]) -> list[HistoryPoint]:
    """Return points that say whether the formula is another than that of the point before."""
    versions = [each.run.formula_version for each in scores]
    changed = [False, *(one != other for one, other in pairwise(versions))]
    return [
        HistoryPoint(
            as_of=iso_time(each.run.as_of),
            value=each.value,
            low=each.low,
            high=each.high,
            formula_version=each.run.formula_version,
            formula_changed=differs,
        )
        for each, differs in zip(scores, changed, strict=False)
    ]
