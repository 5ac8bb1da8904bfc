"""From a market to its scorecards: facts, what is solved on the whole network, scores, ranks. Nothing here touches the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.runs.engines import LOCAL, Engine
from graph.runs import ALL, UNPLACED, Cards
from scoring import FORMULA, Fit, Formula, Ranks, Scores, UncertainRanks, camel, fit, ranks, uncertain_ranks
from scoring.authenticity import Flags, flags
from scoring.batches import Scoring, fact_tables, scores_of
from scoring.facts import BESIDE, Columns, Market, table
from scoring.solved import Appeals, Selling, category_appeals, product_appeals, solved

PART: Final = 1 << 14
"""Rows that are scored at once: what bounds the memory, and what a worker of a cluster is sent."""
GROUPS: Final = ("creator", "region", "window", "category")


@dataclass(frozen=True, slots=True)
class Scored:
    """A market's scorecards, without previous values and places by forecast, with what they were computed with.

    Also appeals by kind of node, the model of sales, and flags.
    """

    cards: Cards
    fit: Fit
    names: tuple[str, ...]
    fact_names: tuple[str, ...]
    residual: float
    appeals: dict[str, Appeals]
    selling: Selling
    flags: Flags

    def reasons(self) -> dict[str, dict[str, int]]:
        """Return for each indicator how many creators' scorecards over everything say why they have no value, by reason."""
        overall = self.cards.category == ALL
        counts = (Counter[str](self.cards.reason[overall, at].tolist()) for at in range(len(self.names)))
        return {name: {reason: n for reason, n in count.most_common() if reason} for name, count in zip(self.names, counts, strict=True)}


def fact_names(formula: Formula = FORMULA) -> tuple[str, ...]:
    """Return what a scorecard stores of the facts, in order: what an explanation needs, and what is told beside the scores."""
    return (*sorted(formula.facts | BESIDE), "tier")


def scored(market: Market, *, formula: Formula = FORMULA, engine: Engine = LOCAL) -> Scored:
    """Return the scorecards of a market: one over everything for each creator and window, and one a category where anything has a value.

    They are the same to the last bit, whatever the engine.
    """
    solution = solved(market, table(market))
    learnt, facts, scores = rated(solution.facts, formula, engine=engine)
    names = fact_names(formula)
    return Scored(
        cards=cards_of(facts, scores, names),
        fit=learnt,
        names=tuple(camel(name) for name in formula.names),
        fact_names=names,
        residual=solution.residual,
        appeals={"Product": product_appeals(market, solution.selling), "Category": category_appeals(market, solution.selling)},
        selling=solution.selling,
        flags=flags(market, solution.facts),
    )


def rated(facts: Columns, formula: Formula, *, engine: Engine = LOCAL) -> tuple[Fit, Columns, Scores]:
    """Return the fit, and the facts and scores of the rows that become scorecards."""
    learnt = fit(facts, formula=formula)
    scores = scores_of(engine.mapped(Scoring(learnt), fact_tables(facts, formula, rows=PART)), formula.names)
    kept = (facts["category"] == ALL) | ~np.isnan(scores.value).all(axis=1)
    return learnt, {name: column[kept] for name, column in facts.items()}, _only(scores, kept)


def cards_of(facts: Columns, scores: Scores, names: tuple[str, ...]) -> Cards:
    """Return facts and scores as scorecards, with their ranks."""
    doubts = uncertain_ranks(facts, lower=scores.low, mean=scores.mean, variance=scores.variance)
    return _cards(facts, scores, ranks(facts, scores), doubts, names)


def joined(parts: Sequence[Scores]) -> Scores:
    """Return the scores of all parts' rows, one part after the other."""
    columns = [each.name for each in fields(Scores) if each.name != "names"]
    return Scores(parts[0].names, **{name: np.concatenate([getattr(part, name) for part in parts]) for name in columns})


def _only(scores: Scores, kept: NDArray[np.bool_]) -> Scores:
    columns = {each.name: getattr(scores, each.name) for each in fields(scores)}
    return Scores(**{name: column if name == "names" else column[kept] for name, column in columns.items()})


def _cards(facts: Mapping[str, NDArray[Any]], scores: Scores, places: Ranks, doubts: UncertainRanks, names: tuple[str, ...]) -> Cards:
    groups = {name: facts[name] for name in GROUPS}
    return Cards(
        **groups,
        peers=places.peers,
        value=scores.value,
        low=scores.low,
        high=scores.high,
        evidence=scores.evidence,
        basis=scores.basis,
        reason=scores.reason,
        percentile=places.percentile,
        rank=places.rank,
        scored=places.scored,
        ordinal=places.ordinal,
        world_ordinal=places.world_ordinal,
        previous=np.full(scores.value.shape, np.nan),
        facts=np.stack([facts[name].astype(np.float64) for name in names], axis=1),
        expected_rank=doubts.expected,
        rank_low=doubts.low,
        rank_high=doubts.high,
        level=doubts.level,
        levels=doubts.levels,
        top=doubts.top,
        normal_score=doubts.z,
        normal_error=doubts.s,
        lower_ordinal=doubts.lower_ordinal,
        top_ordinal=doubts.top_ordinal,
        forecast_ordinal=np.full(len(scores.value), UNPLACED),
    )
