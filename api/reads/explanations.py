"""Explanations, recomputed from the facts that scorecards keep, all of an answer in one batch per indicator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import scoring
from api.facts import fact_rows
from api.fits import Fits
from graph.model import snake
from graph.plans.inputs import Run
from graph.plans.parts import Deferred
from graph.plans.selection import Selection


def explain(deferred: Sequence[Deferred], run: Run, fit: Fits) -> None:
    """Put every explanation into its place; ScoringError where the run was made by other formulas."""
    for indicator, region in dict.fromkeys((each.indicator, fit.group(each.columns["region"])) for each in deferred):
        batch = [each for each in deferred if (each.indicator, fit.group(each.columns["region"])) == (indicator, region)]
        facts = fact_rows([each.columns for each in batch], run.fact_names)
        for each, found in zip(batch, scoring.explain(facts, fit.of(region), snake(indicator)), strict=True):
            each.holder[each.key] = _written(found, each.selection, exact=each.columns["exact"])


def _written(found: scoring.Explanation, selection: Selection, *, exact: bool) -> dict[str, Any]:
    """Return an explanation under the answer's keys; what tells exact sales is null where those may not be shown."""
    tree: dict[str, Any] = {}
    for pick in selection.picks:
        if pick.name == "components":
            tree[pick.key] = [_component(each, pick.child, exact=exact) for each in found.components]
        else:
            tree[pick.key] = "Explanation" if pick.name == "__typename" else found.base
    return tree


def _component(found: scoring.Contribution, selection: Selection, *, exact: bool) -> dict[str, Any]:
    shown = exact or not found.sensitive
    values = {
        "name": found.name,
        "contribution": found.contribution,
        "raw": found.raw if shown else None,
        "shrunk": found.shrunk if shown else None,
        "peerMedian": found.peer_median,
        "weight": found.weight,
        "note": found.note or None,
        "peerWeight": found.peer_weight,
        "__typename": "Component",
    }
    return {each.key: _sources(found, each.child, exact=exact) if each.name == "sources" else values[each.name] for each in selection.picks}


def _sources(found: scoring.Contribution, selection: Selection, *, exact: bool) -> list[dict[str, Any]]:
    return [_source(each, selection, exact=exact) for each in found.sources]


def _source(found: scoring.Source, selection: Selection, *, exact: bool) -> dict[str, Any]:
    values = {
        "name": found.name,
        "basis": found.basis,
        "raw": found.raw if exact or not found.sensitive else None,
        "evidence": found.evidence,
        "weight": found.weight,
        "__typename": "ComponentSource",
    }
    return {each.key: values[each.name] for each in selection.picks}
