"""`portfolio`: which creators for a budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from api.access.table import Permission
from api.errors import BadUserInput, LimitExceeded
from api.features.portfolio.answers import portfolio as answered
from api.features.portfolio.candidates import candidates
from api.features.portfolio.solving import Solution, Wishes, solution
from api.features.portfolio.terms import Terms, terms_of
from api.features.portfolio.types import Portfolio
from api.features.recommendations.recommendations import wanted_by
from api.features.recommendations.seeker import Seeker, recommended, seeker_of
from api.graphql.execution.arguments import check_named
from api.graphql.execution.field_context import FieldContext
from api.process.computations import Computations
from api.process.expensive import expensive_step
from graph.plans.told import check_told
from scoring.portfolio import OutOfTime

TOTAL_SECONDS: Final = 30.0
"""For all programs of one answer, waiting for a free worker included."""


class Nominees(NamedTuple):
    """Candidates by own id, ids that name nobody to be seen, and the category whose open plans stand for unknown commissions."""

    ids: Sequence[str]
    missing: list[str]
    category: str | None


async def portfolio(context: FieldContext) -> Portfolio | None:
    """Return the creators to choose for a budget; None before the first run."""
    context.allowed(Permission.EXPLORE)
    terms, seeker = terms_of(context.arguments), seeker_of(context.viewer, context.state)
    if seeker is None:
        return None
    await _check_limits(seeker, terms)
    who = await _nominees(context, seeker, terms)
    if not who.ids:
        raise BadUserInput("portfolio: none of the candidates is a creator whom this key may see; name others, or loosen the brief")
    wishes = Wishes(extra=context.wants("extra"), frontier=context.wants("frontier"))
    async with expensive_step(context.state, context.viewer) as step:
        of = await candidates(seeker, terms, who.ids, category=who.category)

        def compute(check: Callable[[], None]) -> Solution:
            return solution(terms, of, wishes, check)

        try:
            found = await context.state.own.of(Computations).run(compute, step=step, seconds=TOTAL_SECONDS)
        except OutOfTime as error:
            raise LimitExceeded(f"portfolio: {error}") from error
    return answered(seeker.run.id, terms, of, who.missing, found)


async def _check_limits(seeker: Seeker, terms: Terms) -> None:
    """Raise for a region or category of a limit that is not there, or not for this viewer."""
    for each in terms.bounds.regions:
        await check_named(seeker.reading, {"bounds": {"region": each.of}})
    for each in terms.bounds.categories:
        await check_named(seeker.reading, {"bounds": {"category": each.of}})
        check_told("bounds.categoryLimits", each.of, seeker.run)


async def _nominees(context: FieldContext, seeker: Seeker, terms: Terms) -> Nominees:
    """Return the candidates: those given whom the seeker may see and who do not object to being rated, or who fit the brief best."""
    if terms.creators is not None:
        there = set((await seeker.kept.creators(seeker.reading, seeker.version)).id)
        missing = [given for own, given in terms.creators.items() if own not in there]
        return Nominees([own for own in terms.creators if own in there], missing, None)
    wanted = await wanted_by(context)
    answer = await recommended(seeker, wanted, first=terms.first)
    return Nominees([each.creator.own_id for each in answer.candidates if each.creator is not None], [], wanted.category_id)
