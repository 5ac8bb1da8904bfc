"""A solved portfolio as the API tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from api.features.portfolio.candidates import Candidates
from api.features.portfolio.solving import EXTRA_USD, Solution
from api.features.portfolio.terms import Terms
from api.features.portfolio.types import Portfolio, PortfolioCreator, PortfolioExtra, PortfolioLeftOut, PortfolioPoint
from api.graphql.types.nouns import Ref
from graph.exactness import number_or_none
from scoring.portfolio import BUDGET, CORRELATION, CORRELATION_OF_RANGES, Alternative, correlations, total
from scoring.tables import Ints

FORMULA: Final = (
    "Maximised: the sum of v (1 − d s) over those chosen, where v = expected − riskAversion × (expected − low), d is overlapDiscount "
    "and s is the greatest overlap with a chosen creator of higher v. Overlap = ½ a + ½ n / (n + 10): a is twice the mean similarity of "
    "the audiences less 1, or 0 below one half; n is the number of products that both show, of brands whose ties you may see "
    "individually. Each end of the interval lies √(Σ (1 − ρ) x² + (Σ √ρ x)²) from the sum of expectations, where x is how far "
    "that end of a creator's interval, or of the range in which it lies, is from the expectation. ρ is the assumed correlation of errors: "
    f"{CORRELATION:g} of exact forecasts, {CORRELATION_OF_RANGES:g} of ranges."
)


def portfolio(run: str, terms: Terms, of: Candidates, missing: list[str], solution: Solution) -> Portfolio:
    """Return the answer."""
    rows, choice, best = solution.rows[solution.best.chosen], solution.choice, solution.best
    sales = of.sales
    sum_of = total(sales.expected[rows], sales.low[rows], sales.high[rows], correlation=correlations(sales.exact[rows]))
    alone = float(choice.value[best.chosen].sum())
    return Portfolio(
        run=Ref("ScoringRun", run),
        formula=FORMULA,
        candidates=len(of.ids),
        missing=missing,
        chosen=sorted(_chosen(of, solution), key=lambda each: -each.worth_usd),
        left_out=[*_others(of, solution), *_unusable(terms, of, solution)],
        budget_usd=terms.budget,
        cost_usd=float(of.cost[rows].sum()),
        sales_share=terms.sales_share,
        expected_usd=sum_of.expected,
        low_usd=number_or_none(sum_of.low),
        high_usd=number_or_none(sum_of.high),
        overlap_usd=max(alone - best.worth, 0.0),
        worth_usd=best.worth,
        bound_usd=best.bound,
        gap=best.gap,
        proven=best.proven,
        extra=_extra(terms, of, solution),
        frontier=[
            PortfolioPoint(
                budget_usd=each.budget,
                cost_usd=float(each.cost[point.chosen].sum()),
                worth_usd=point.worth,
                creators=len(point.chosen),
                proven=point.proven,
            )
            for each, point in solution.frontier
        ],
    )


def _chosen(of: Candidates, solution: Solution) -> Iterator[PortfolioCreator]:
    chosen, choice = solution.best.chosen, solution.choice
    for place, worth, lost in zip(chosen.tolist(), choice.worth(chosen).tolist(), solution.losses.tolist(), strict=True):
        row = int(solution.rows[place])
        cost, sales = of.costs[row], of.sales
        other = _nearest(solution, chosen, place)
        yield PortfolioCreator(
            creator=Ref("Creator", of.ids[row]),
            cost_usd=cost.usd,
            cost_basis=cost.basis,
            exact=bool(sales.exact[row]),
            expected_usd=float(sales.expected[row]),
            low_usd=number_or_none(float(sales.low[row])),
            high_usd=number_or_none(float(sales.high[row])),
            worth_usd=worth,
            overlap_usd=max(float(choice.value[place]) - worth, 0.0),
            overlaps_with=None if other is None else Ref("Creator", of.ids[solution.rows[other]]),
            lost_usd=lost,
        )


def _nearest(solution: Solution, chosen: Ints, place: int) -> int | None:
    """Return the chosen row with which another overlaps most, None where it overlaps with none."""
    overlaps = solution.choice.shared[place, chosen]
    return int(chosen[np.argmax(overlaps)]) if overlaps.max() > 0 else None


KINDS: Final = {BUDGET: "BUDGET", "maxCreators": "MAX_CREATORS", "region": "REGION", "category": "CATEGORY"}
"""By the first word of a bound's name. What demands somebody is not among them: one more cannot break it."""


def _others(of: Candidates, solution: Solution) -> Iterator[PortfolioLeftOut]:
    """Yield those who could have been chosen, the nearest to it first."""

    def distance(other: Alternative) -> tuple[bool, float]:
        return other.instead is None, 0.0 if other.instead is None else -other.change

    for other in sorted(solution.others, key=distance):
        row = int(solution.rows[other.row])
        instead = None if other.instead is None else of.ids[solution.rows[other.instead]]
        yield PortfolioLeftOut(
            creator=Ref("Creator", of.ids[row]),
            reason="BOUND" if other.breaks else "ADDS_NOTHING",
            text=_text(of.costs[row].usd, solution, other, instead),
            cost_usd=of.costs[row].usd,
            expected_usd=float(of.sales.expected[row]),
            adds_usd=other.adds,
            breaks=[KINDS[each.split()[0]] for each in other.breaks],
            instead_of=None if instead is None else Ref("Creator", instead),
            change_usd=number_or_none(other.change),
        )


def _text(cost: float, solution: Solution, other: Alternative, instead: str | None) -> str:
    left = solution.choice.budget - float(solution.choice.cost[solution.best.chosen].sum())
    if not other.breaks:
        return f"fits within all bounds, but adds {other.adds:,.2f} USD"
    dear = f"costs {cost:,.2f} of the {max(left, 0.0):,.2f} USD left"
    obstacles = [dear if each == BUDGET else f"would break {each}" for each in other.breaks]
    text = f"would add {other.adds:,.2f} USD, but {' and '.join(obstacles)}"
    if instead is None:
        return f"{text}; nobody chosen can make room"
    return f"{text}; in place of {instead}, the best exchange, the portfolio would change by {other.change:+,.2f} USD"


TEXTS: Final = {
    "EXCLUDED": "on your list of excluded creators",
    "NO_FORECAST": "nothing is known from which sales could be forecast",
    "COST_UNKNOWN": "no commission is known; give a cost for the creator, or a commission for all",
}


def _unusable(terms: Terms, of: Candidates, solution: Solution) -> Iterator[PortfolioLeftOut]:
    """Yield those who could not be chosen at all, in order."""
    for row in np.setdiff1d(np.arange(len(of.ids)), solution.rows).tolist():
        known = bool(np.isfinite(of.sales.expected[row]))
        reason = "EXCLUDED" if of.ids[row] in terms.bounds.exclude else "COST_UNKNOWN" if known else "NO_FORECAST"
        yield PortfolioLeftOut(
            creator=Ref("Creator", of.ids[row]),
            reason=reason,
            text=TEXTS[reason],
            cost_usd=number_or_none(of.costs[row].usd),
            expected_usd=number_or_none(float(of.sales.expected[row])),
            adds_usd=None,
            breaks=[],
            instead_of=None,
            change_usd=None,
        )


def _extra(terms: Terms, of: Candidates, solution: Solution) -> PortfolioExtra | None:
    if solution.extra is None:
        return None
    now, then = ({of.ids[row] for row in solution.rows[best.chosen].tolist()} for best in (solution.best, solution.extra))
    return PortfolioExtra(
        budget_usd=terms.budget + EXTRA_USD,
        gain_usd=max(solution.extra.worth - solution.best.worth, 0.0),
        entering=[Ref("Creator", each) for each in sorted(then - now)],
        leaving=[Ref("Creator", each) for each in sorted(now - then)],
        proven=solution.best.proven and solution.extra.proven,
    )
