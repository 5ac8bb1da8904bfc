"""From a brief to candidates: everyone who may be seen, the rules, the fit, and what is known of the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from api.access.table import visibility
from api.access.viewer import Viewer
from api.errors import BadUserInput, Forbidden
from api.features.briefs.brief import Wanted
from api.features.recommendations.costs import Prices, prices, sold_a_post
from api.features.recommendations.pool import Pool, PoolCache, marks, pool
from api.features.recommendations.reasons import marks_of, reasons_against, reasons_for
from api.features.recommendations.rules import Bools, broken, exclusions, nothing_known
from api.features.recommendations.types import (
    BriefFormula,
    Candidate,
    ExpectedCost,
    FormulaCriterion,
    ReachRange,
    Recommendations,
    SearchMatch,
)
from api.graphql.execution.field_context import reading_of
from api.graphql.execution.request import ReadState
from api.graphql.types.nouns import Ref
from graph.dates import DAY
from graph.plans.told import check_told
from graph.plans.visibility import Reach
from graph.recommendations.candidates import WINDOW, audiences, exclusive_to, worked_with
from graph.recommendations.reading import Reading
from graph.recommendations.search import Match, matching_categories, within
from graph.runs.run import Run
from scoring.points import BASE
from scoring.recommendations.audience import nearness
from scoring.recommendations.fits import FORMULA, Fits, criteria_of, fits
from scoring.recommendations.marks import Marks, standing

USD: Final = "USD"


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks for creators: what they may read, the run that answers, and what the process keeps of it."""

    reading: Reading
    run: Run
    kept: PoolCache
    version: int


class Priced(NamedTuple):
    """What creators ask, held against what they sell; `exact` where the exact sales of all may be shown, not of those alone who consent."""

    everyone: Pool
    asks: Prices
    currency: str
    exact: bool

    def cost(self, row: int) -> ExpectedCost | None:
        """Return what a post of one row may cost; None where that is not known."""
        of = self.everyone
        sold = sold_a_post(float(of.gmv_usd[row]), float(of.posts[row]), exact=self.exact or of.creators.consent[row])
        return self.asks.cost(of.creators.id[row], sold, self.currency)


async def recommended(seeker: Seeker, wanted: Wanted, *, first: int) -> Recommendations:
    """Return the creators who fit a brief best, among those whom the seeker may see.

    Ties are looked at only as far as the seeker may see them; a brief that asks for more is refused.
    """
    ties = await _tied(seeker, wanted)
    found = await _matches(seeker.reading, wanted)
    categories = _told(seeker.run, wanted, found)
    everyone = await pool(seeker.reading, seeker.run, seeker.kept, version=seeker.version, categories=categories)
    narrowed = bool(categories) or bool(wanted.search and not found)
    marked, rules = await _judged(seeker, wanted, everyone, ties, narrowed=narrowed)
    fit = fits(wanted.goal, marked)
    priced = await _within_budget(seeker, wanted, everyone, rules, categories)
    eligible = _left(rules, len(everyone))
    order = _best(fit, everyone, eligible)[:first]
    priced = priced or await _priced(seeker, everyone, order, categories, USD)
    return Recommendations(
        wanted=wanted.answer(),
        run=Ref("ScoringRun", seeker.run.id),
        considered=len(everyone),
        eligible=int(eligible.sum()),
        candidates=[_candidate(priced, fit, row, budgeted=wanted.budget is not None) for row in order],
        excluded=exclusions(rules),
        matched=[SearchMatch(category=Ref("Category", each.category), matches=each.matches, weight=each.weight) for each in found],
        formula=_formula(wanted.goal, fit),
    )


def _told(run: Run, wanted: Wanted, found: Sequence[Match]) -> list[str]:
    """Return the categories looked in: those that the search leads to and the seeker has scores of, or else the one named."""
    if wanted.search:
        return [each.category for each in found if run.tells(each.category)]
    check_told("brief.category", wanted.category_id, run)
    return [wanted.category_id] if wanted.category_id else []


async def _judged(
    seeker: Seeker, wanted: Wanted, everyone: Pool, ties: Mapping[str, set[str]], *, narrowed: bool
) -> tuple[dict[str, Marks], dict[str, Bools]]:
    """Return the marks of everyone, and who breaks which rule, that on the budget aside; `narrowed` to some categories or none."""
    marked = marks(everyone, seeker.run.names, in_category=narrowed)
    rules = broken(wanted, everyone, seeker.run.names, in_category=narrowed, ties=ties)
    weighing = {each.name: marked[each.name] for each, _ in criteria_of(wanted.goal, marked)}
    rules["NOTHING_KNOWN"] = nothing_known(weighing, len(everyone))
    if wanted.audience:
        marked["audience"] = await _audience(seeker.reading, wanted, everyone, _left(rules, len(everyone)))
    return marked, rules


async def _tied(seeker: Seeker, wanted: Wanted) -> dict[str, set[str]]:
    """Return the creators whom rules on ties exclude, by rule."""
    refuse_hidden_ties(seeker.reading, wanted)
    found: dict[str, set[str]] = {}
    if wanted.exclude_worked_with:
        found["WORKED_WITH"] = await worked_with(seeker.reading, seeker.run.id, _own_brand(seeker.reading, wanted))
    if wanted.exclusive_ids:
        since = seeker.run.as_of - WINDOW * DAY
        found["EXCLUSIVE"] = await exclusive_to(seeker.reading, seeker.run.id, wanted.exclusive_ids, since=since)
    return found


def refuse_hidden_ties(reading: Reading, wanted: Wanted) -> None:
    """Raise Forbidden where a brief asks for ties that the reader sees in groups only."""
    if wanted.exclusive_ids and reading.brands is not None:
        raise Forbidden("brief.excludeExclusiveTo reveals who works with other brands, which your role may see only as counts; omit it")


def _own_brand(reading: Reading, wanted: Wanted) -> str:
    """Return the brand whose creators are left out: the brief's, else the only one of the seeker's."""
    sole = reading.brands[0] if reading.brands is not None and len(reading.brands) == 1 else None
    brand = wanted.brand_id or sole
    if brand is None:
        raise BadUserInput("brief.excludeWorkedWith requires a brand; set brief.brand")
    if not reading.sees_ties_of(brand):
        raise Forbidden(
            f"brief.excludeWorkedWith: {brand!r} is not one of this key's brands, and collaborations with other brands are visible"
            " only as counts; give a brand that `viewer { brands }` lists"
        )
    return brand


async def _matches(reading: Reading, wanted: Wanted) -> list[Match]:
    """Return the categories that the search leads to, within the brief's category if it names one."""
    if not wanted.search:
        return []
    found = await matching_categories(reading, wanted.search)
    if wanted.category_id:
        inside = await within(reading, [each.category for each in found], wanted.category_id)
        found = [each for each in found if each.category in inside]
    return found


async def _audience(reading: Reading, wanted: Wanted, everyone: Pool, left: Bools) -> Marks:
    """Return where those who are left stand by the nearness of their audience to the one wanted, the mean of the dimensions known."""
    asked_for: dict[str, dict[str, float]] = {}
    for each in wanted.audience:
        asked_for.setdefault(each.dimension, {})[each.bucket] = each.share
    rows = np.flatnonzero(left).tolist()
    shares = await audiences(reading, [everyone.creators.id[row] for row in rows])
    near = np.full(len(everyone), np.nan)
    for row in rows:
        there = shares.get(everyone.creators.id[row], {})
        near[row] = _mean([nearness(share, there.get(dimension, {})) for dimension, share in asked_for.items()])
    return standing(near, np.zeros(len(everyone)))


async def _within_budget(
    seeker: Seeker, wanted: Wanted, everyone: Pool, rules: dict[str, Bools], categories: Sequence[str]
) -> Priced | None:
    """Add the rule on the budget, held against those whom no other rule excludes, and return what they ask; None without a budget."""
    if wanted.budget is None:
        return None
    rows = np.flatnonzero(_left(rules, len(everyone))).tolist()
    priced = await _priced(seeker, everyone, rows, categories, wanted.budget.currency)
    if wanted.budget.currency not in priced.asks.usd:
        raise BadUserInput(f"brief.budget: no rate is known for {wanted.budget.currency}; give the amount in USD")
    beyond = np.zeros(len(everyone), dtype=np.bool_)
    for row in rows:
        cost = priced.cost(row)
        beyond[row] = cost is not None and cost.low > wanted.budget.amount
    rules["BUDGET"] = beyond
    return priced


async def _priced(seeker: Seeker, everyone: Pool, rows: Sequence[int], categories: Sequence[str], currency: str) -> Priced:
    asks = await prices(seeker.reading, [everyone.creators.id[row] for row in rows], categories, currency)
    return Priced(everyone, asks, currency, exact=seeker.reading.visibility.exact_sales is Reach.ALL)


def _candidate(priced: Priced, fit: Fits, row: int, *, budgeted: bool) -> Candidate:
    everyone, cost = priced.everyone, priced.cost(row)
    creator = everyone.creators.id[row]
    rows = [table[row].tolist() for table in (fit.value, fit.low, fit.high, fit.contributions)]
    marked = marks_of(fit.criteria, fit.weights, rows)
    views = [float(column[row]) for column in everyone.reach[:3]]
    return Candidate(
        creator=Ref("Creator", creator),
        score=float(fit.score[row]),
        low=float(fit.score_low[row]),
        high=float(fit.score_high[row]),
        marks=marked,
        expected_reach=None if np.isnan(views[1]) else ReachRange(low=views[0], median=views[1], high=views[2]),
        usual_commission=priced.asks.commission(creator),
        expected_cost=cost,
        reasons_for=reasons_for(marked),
        reasons_against=reasons_against(marked, priced=budgeted, cost=cost),
    )


def _formula(goal: str, fit: Fits) -> BriefFormula:
    weighed = zip(fit.criteria, fit.weights, strict=True)
    return BriefFormula(
        goal=goal,
        base=BASE,
        text=FORMULA,
        criteria=[FormulaCriterion(name=each.name, meaning=each.meaning, weight=weight) for each, weight in weighed],
    )


def _left(rules: Mapping[str, Bools], rows: int) -> Bools:
    left = np.ones(rows, dtype=np.bool_)
    for each in rules.values():
        left &= ~each
    return left


def _best(fit: Fits, everyone: Pool, eligible: Bools) -> list[int]:
    """Return the rows that are left, the highest score first, equals by id."""
    rows = np.flatnonzero(eligible).tolist()
    return sorted(rows, key=lambda row: (-fit.score[row], everyone.creators.id[row]))


def _mean(values: Sequence[float | None]) -> float:
    known = [each for each in values if each is not None]
    return sum(known) / len(known) if known else np.nan


def seeker_of(viewer: Viewer, state: ReadState) -> Seeker | None:
    """Return a viewer as one who looks for creators in the current run; None before the first."""
    run = state.run.seen(outward=visibility(viewer).outward)
    return None if run is None else Seeker(reading_of(viewer, state), run, state.own.of(PoolCache), state.run.data_version)


def for_brand(seeker: Seeker, brand: str) -> Seeker:
    """Return a seeker who sees no more than the brand itself would: what is found so may be shared by all its keys.

    What an administrator or a partner sees beside, other brands' terms and exact sales, would show in who is left out.
    """
    seen = replace(seeker.reading.visibility, terms=Reach.OWN, others=Reach.COUNTS, exact_sales=Reach.RANGES, brands=(brand,))
    return replace(seeker, reading=replace(seeker.reading, visibility=seen), run=seeker.run.outward())
