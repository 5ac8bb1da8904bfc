"""Explanations, recomputed from the facts that scorecards keep, all of an answer in one batch per indicator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import scoring
from api.runs.facts import fact_rows
from api.runs.fits import Fits
from graph.model import snake
from graph.plans.inputs import Run
from graph.plans.parts import Deferred
from graph.plans.selection import Selection


def explain(deferred: Sequence[Deferred], run: Run, fit: Fits) -> None:
    """Put every explanation into its place; ScoringError where the run was made by other formulas."""
    batches: dict[tuple[str, str], list[Deferred]] = {}
    for each in deferred:
        batches.setdefault((each.indicator, fit.group(each.columns["region"])), []).append(each)
    for (indicator, region), batch in batches.items():
        facts = fact_rows([each.columns for each in batch], run.fact_names)
        for each, found in zip(batch, scoring.explain(facts, fit.of(region), snake(indicator)), strict=True):
            each.holder[each.key] = _written(found, each.selection)


def _written(found: scoring.Explanation, selection: Selection) -> dict[str, Any]:
    """Return an explanation under the answer's keys."""
    tree: dict[str, Any] = {}
    for pick in selection.picks:
        if pick.name == "components":
            tree[pick.key] = [_component(each, pick.child) for each in found.components]
        else:
            tree[pick.key] = "Explanation" if pick.name == "__typename" else found.base
    return tree


def _component(found: scoring.Contribution, selection: Selection) -> dict[str, Any]:
    values = {
        "name": found.name,
        "contribution": found.contribution,
        "raw": found.raw,
        "shrunk": found.shrunk,
        "peerMedian": found.peer_median,
        "weight": found.weight,
        "note": found.note or None,
        "peerWeight": found.peer_weight,
        "__typename": "Component",
    }
    return {each.key: _sources(found, each.child) if each.name == "sources" else values[each.name] for each in selection.picks}


def _sources(found: scoring.Contribution, selection: Selection) -> list[dict[str, Any]]:
    return [_source(each, selection) for each in found.sources]


def _source(found: scoring.Source, selection: Selection) -> dict[str, Any]:
    values = {
        "name": found.name,
        "basis": found.basis,
        "raw": found.raw,
        "evidence": found.evidence,
        "weight": found.weight,
        "__typename": "ComponentSource",
    }
    return {each.key: values[each.name] for each in selection.picks}
