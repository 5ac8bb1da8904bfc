"""A run's outward scorecards: what brands and partners see, region by region, computed from nothing that they may not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from api.features.lookalikes.embeddings import outward_vectors
from api.proof.manifest import input_digests
from api.runs.fits import outward_text
from api.runs.forecasts import Ahead
from api.runs.scorecards import cards_of, fact_names, joined, rated
from graph.runs import Cards, Vectors
from graph.similarity.people import Beside
from scoring import FORMULA, Fit, Formula, Scores
from scoring.facts import Columns, Market, Period, market
from scoring.facts.events.arrow import Tables
from scoring.facts.events.within import within
from scoring.outward import open_tables, outward_facts, told_forecast


@dataclass(frozen=True, slots=True)
class Outward:
    """Scorecards without previous values; by region the fit, which knows of no other, digests of its facts, and likeness; forecasts."""

    cards: Cards
    fits: dict[str, Fit]
    inputs: dict[str, dict[str, str]]
    ahead: tuple[Ahead, ...]
    likened: dict[str, Vectors]

    @property
    def text(self) -> str:
        """The fits as they are stored."""
        return outward_text(self.fits)


def outward(
    tables: Tables, period: Period, consenting: frozenset[str], beside: Beside | None = None, *, formula: Formula = FORMULA
) -> Outward:
    """Return the outward scorecards of all regions, and likeness where `beside` is given; ranks over all are for those who see all."""
    fits: dict[str, Fit] = {}
    parts: list[tuple[Columns, Scores]] = []
    inputs: dict[str, dict[str, str]] = {}
    ahead: list[Ahead] = []
    likened: dict[str, Vectors] = {}
    for region, own in _by_region(tables):
        opened, whole = market(open_tables(own), period), market(own, period)
        facts = outward_facts(opened, whole, consenting)
        ahead.append(_ahead(opened, whole, facts, consenting))
        if beside is not None:
            likened[region] = outward_vectors(opened, beside)
        inputs[region] = input_digests({"facts": facts})
        fits[region], kept, scores = rated(facts, formula)
        parts.append((kept, scores))
    facts = {name: np.concatenate([columns[name] for columns, _ in parts]) for name in parts[0][0]}
    return Outward(cards_of(facts, joined([scores for _, scores in parts]), fact_names(formula)), fits, inputs, tuple(ahead), likened)


def _ahead(opened: Market, whole: Market, facts: Columns, consenting: frozenset[str]) -> Ahead:
    creators = opened.creators.id
    return Ahead(creators.tolist(), told_forecast(opened, whole, facts, np.isin(creators, sorted(consenting))))


def _by_region(tables: Tables) -> Iterator[tuple[str, Tables]]:
    creators, regions = (tables["creators"][name].to_pylist() for name in ("id", "region"))
    of = [each or "" for each in regions]
    for region in sorted(set(of)):
        yield region, within(tables, [creator for creator, home in zip(creators, of, strict=True) if home == region])
