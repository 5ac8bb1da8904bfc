"""From candidates to portfolios: the choice as scoring has it, solved, and solved again for other budgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import monotonic, thread_time
from typing import Final

import numpy as np

from api.errors import BadUserInput
from api.features.portfolio.candidates import Candidates, shared
from api.features.portfolio.terms import Count, Terms
from scoring.portfolio import BUDGET, Alternative, Best, Choice, Limit, OutOfTime, alternatives, best, contradiction, losses
from scoring.tables import Floats, Ints

SECONDS: Final = 3.0
"""Of a processor, for the portfolio itself and for that of a greater budget: a busy machine takes longer, and answers the same."""
SECONDS_A_POINT: Final = 2.0
PATIENCE: Final = 4
"""By the clock, a program is stopped after so many times its seconds."""
EXTRA_USD: Final = 100.0
FRONTIER: Final = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Budgets of the frontier over the one given."""


@dataclass(frozen=True, slots=True, eq=False)
class Wishes:
    """What is wanted of an answer beside the portfolio: what takes long is not computed for nothing."""

    extra: bool
    frontier: bool


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """A portfolio; its rows are those of `choice`, and `rows` says which candidates these are."""

    choice: Choice
    rows: Ints
    best: Best
    losses: Floats
    others: tuple[Alternative, ...]
    extra: Best | None
    frontier: tuple[tuple[Choice, Best], ...]


def solution(terms: Terms, of: Candidates, wishes: Wishes, check: Callable[[], None]) -> Solution:
    """Return the portfolio; BadUserInput where no choice keeps all bounds. `check` is called between programs."""
    rows = usable(terms, of)
    choice = choice_of(terms, of, rows)
    check()
    _affordable(terms, of, choice, rows)
    found = best(choice, stop=within(SECONDS))
    if found is None:
        raise _contradicting(terms, choice)
    check()
    extra = _more(choice, found) if wishes.extra else None
    check()
    frontier = tuple(_frontier(choice, found, check)) if wishes.frontier else ()
    others = tuple(alternatives(choice, found.chosen))
    return Solution(choice, rows, found, losses(choice, found.chosen), others, extra, frontier)


def within(seconds: float) -> Callable[[], bool]:
    """Return what says whether this thread has used up some seconds of a processor from now on, or four times as many by the clock."""
    used, until = thread_time() + seconds, monotonic() + PATIENCE * seconds
    return lambda: thread_time() > used or monotonic() > until


def usable(terms: Terms, of: Candidates) -> Ints:
    """Return the rows of candidates who can be chosen: not excluded, with sales and a cost that are known."""
    excluded = np.array([each in terms.bounds.exclude for each in of.ids], dtype=np.bool_)
    return np.flatnonzero(np.isfinite(of.sales.expected) & np.isfinite(of.cost) & ~excluded)


def choice_of(terms: Terms, of: Candidates, rows: Ints) -> Choice:
    """Return the choice among some rows of the candidates; BadUserInput where one who must be chosen is not among them."""
    expected, low = of.sales.expected[rows], np.nan_to_num(of.sales.low[rows])
    value = np.maximum(expected - terms.risk_aversion * np.maximum(expected - low, 0.0), 0.0)
    overlaps = shared(of)[np.ix_(rows, rows)]
    return Choice(value, of.cost[rows], overlaps, terms.overlap_discount, terms.budget, tuple(_limits(terms, of, rows)))


def _limits(terms: Terms, of: Candidates, rows: Ints) -> Iterator[Limit]:
    """Yield the bounds; each name begins with the word by which `answers` knows its kind."""
    bounds, everyone, ids = terms.bounds, np.ones(len(rows), dtype=np.bool_), np.array(of.ids, dtype=np.str_)[rows]
    if bounds.least:
        yield Limit(f"minCreators {bounds.least}", everyone, least=bounds.least)
    if bounds.most is not None:
        yield Limit(f"maxCreators {bounds.most}", everyone, most=bounds.most)
    regions = np.array(of.regions, dtype=np.str_)[rows]
    for each in bounds.regions:
        yield from _counted(f"region {each.of}", regions == each.of, each)
    for each in bounds.categories:
        yield from _counted(f"category {each.of}", of.active[each.of][rows], each)
    for each in bounds.include:
        if each not in ids:
            raise BadUserInput(
                f"bounds.include names {each}, who is not among the candidates whose sales and cost are known; remove it, name it among "
                "the candidates, or give its cost"
            )
        yield Limit(f"include {each}", ids == each, least=1)


def _counted(name: str, who: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], count: Count) -> Iterator[Limit]:
    """Yield a limit for each end, so that what contradicts is told by the end."""
    if count.least:
        yield Limit(f"{name} at least {count.least}", who, least=count.least)
    if count.most is not None:
        yield Limit(f"{name} at most {count.most}", who, most=count.most)


def _affordable(terms: Terms, of: Candidates, choice: Choice, rows: Ints) -> None:
    """Raise BadUserInput where the budget is below what the cheapest candidate costs."""
    if len(rows) and choice.cost.min() > choice.budget:
        cheapest = int(np.argmin(choice.cost))
        name, cost = of.ids[rows[cheapest]], choice.cost[cheapest]
        raise BadUserInput(
            f"budgetUsd is {terms.budget:g}; the cheapest candidate, {name}, costs {cost:.2f} USD: give at least that, or other candidates"
        )


def _contradicting(terms: Terms, choice: Choice) -> BadUserInput:
    names = [f"budgetUsd {terms.budget:g}" if each == BUDGET else each for each in contradiction(choice, stop=within(SECONDS))]
    return BadUserInput(f"portfolio: these bounds cannot be kept together: {', '.join(names)}; loosen or drop one of them")


def _more(choice: Choice, found: Best) -> Best | None:
    """Return the best portfolio for 100 dollars more, which is never worse than the one found; None where time ran out."""
    return _at_least(replace(choice, budget=choice.budget + EXTRA_USD), found, SECONDS)


def _frontier(choice: Choice, found: Best, check: Callable[[], None]) -> Iterator[tuple[Choice, Best]]:
    """Yield the best portfolios for other budgets, each never worse than that for a smaller one; where none keeps all bounds, none."""
    before: Best | None = None
    for factor in FRONTIER:
        other = replace(choice, budget=choice.budget * factor)
        point = found if factor == 1.0 else _at_least(other, before, SECONDS_A_POINT)
        if point is not None:
            yield other, point
            before = point
        check()


def _at_least(choice: Choice, known: Best | None, seconds: float) -> Best | None:
    """Return the best portfolio found, or one that is known to keep the same bounds where that is worth more."""
    try:
        found = best(choice, stop=within(seconds))
    except OutOfTime:
        return None
    if found is None or known is None or found.worth >= known.worth:
        return found
    return Best(known.chosen, known.worth, max(found.bound, known.worth))
