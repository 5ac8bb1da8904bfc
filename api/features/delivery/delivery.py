"""`Creator.deliveryProbability` and `ScoringRun.deliveryModel`: whether content comes for a sample, why, and how far to believe it."""

from __future__ import annotations

from collections import OrderedDict
from math import exp, pi, sqrt
from typing import Final

import numpy as np

from api.features.delivery.types import DeliveryBasis, DeliveryModel, DeliveryProbability, DeliveryReason, DeliveryWeight, ReliabilityBin
from api.graphql.execution.arguments import local
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.scorecards import explained, facts_of, fit_of, place_of, rated, ratings_of, reader_of
from api.graphql.types.fields import as_type
from api.runs.predictions import BESIDE, CREATORS, TIES, tie_key
from graph.plans.visibility import Reach
from graph.runs import PredictionReader
from scoring.delivery import COLUMNS, WITH_BRAND, Model, answers
from scoring.outward import told_delivery
from scoring.points import NINETY

KEPT: Final = 4


class Models:
    """The models that a process has read last, by run; None for a run that has none."""

    def __init__(self) -> None:
        """Start empty."""
        self._models: OrderedDict[str, Model | None] = OrderedDict()

    async def of(self, reader: PredictionReader, run: str) -> Model | None:
        """Return the model of a run."""
        if run not in self._models:
            text = await reader.learnt(run, CREATORS)
            self._models[run] = None if text is None else Model.from_json(text)
            while len(self._models) > KEPT:
                self._models.popitem(last=False)
        self._models.move_to_end(run)
        return self._models[run]


async def delivery_probability(context: FieldContext) -> DeliveryProbability | None:
    """Return the probability for a sample approved now; None where it may not be explained, or the brand's work may not be seen."""
    brand = context.arguments.get("brand")
    own_brand = None if brand is None else local("brand", brand, "Brand")
    if not _may_see(context, own_brand):
        return None
    if context.visibility.outward:
        return await _told(context)
    run = await explained(context)
    if run is None or context.own_id is None:
        return None
    reader = reader_of(context)
    model, row = await context.state.own.of(Models).of(reader, run), await reader.row(run, CREATORS, context.own_id)
    if model is None or row is None:
        return None
    columns = row[BESIDE:].copy()
    tie = None if own_brand is None else await reader.row(run, TIES, tie_key(context.own_id, own_brand))
    if tie is not None:
        columns[WITH_BRAND] = tie[0]
    return _answered(model, row, columns)


async def delivery_model(context: FieldContext) -> DeliveryModel | None:
    """Return what a run learnt about delivery; None where it had too few samples."""
    assert context.own_id is not None, "the field belongs to a run"
    model = await context.state.own.of(Models).of(reader_of(context), context.own_id)
    if model is None:
        return None
    told, regression = model.quality, model.regression
    weights = zip(COLUMNS, regression.slope.tolist(), regression.centre.tolist(), strict=True)
    return DeliveryModel(
        basis=DeliveryBasis[model.basis],
        samples=model.samples,
        share=model.share,
        replayed=0 if told is None else told.samples,
        brier=None if told is None else told.brier,
        group_mean_brier=None if told is None else told.mean,
        reliability=[] if told is None else [as_type(ReliabilityBin, each) for each in told.curve],
        weights=[DeliveryWeight(name=column.name, text=column.text, slope=slope, centre=centre) for column, slope, centre in weights],
    )


def _may_see(context: FieldContext, brand: str | None) -> bool:
    """Tell whether the viewer may see work with a brand one by one, which the term about the brand tells of."""
    visibility = context.visibility
    own = visibility.creator is not None and visibility.creator == context.own_id
    return brand is None or own or visibility.others is Reach.ALL or brand in visibility.brands


async def _told(context: FieldContext) -> DeliveryProbability | None:
    """Return the probability by what is told of the creator; the trait stands in the scorecard of the longest window."""
    ratings, place = ratings_of(context), place_of(context)
    run = next((each for each in await ratings.runs() if context.run is not None and each.id == context.run.id), None)
    card = None if run is None else await rated(context, ratings, place, run)
    fit = None if run is None or card is None else await fit_of(context, ratings, run, card)
    if run is None or card is None or fit is None:
        return None
    found = told_delivery(facts_of(card, run, place), fit)
    mean, reach = found.typical + found.beyond, NINETY * found.deviation
    # the mean chance of a normal posterior of log odds, nearly (MacKay 1992): who is known little is nearer to even
    log_odds = mean / sqrt(1.0 + pi / 8.0 * found.deviation**2)
    probability, beyond = _chance(log_odds), log_odds - found.typical
    return DeliveryProbability(
        probability=probability,
        low=min(_chance(mean - reach), probability),
        high=max(_chance(mean + reach), probability),
        basis=DeliveryBasis.TOLD,
        promises=found.promises,
        samples=0,
        base_log_odds=found.typical,
        reasons=[DeliveryReason(name="record", text="promises in fives, ratings and reports", log_odds=beyond)] if beyond else [],
    )


def _chance(log_odds: float) -> float:
    return 1.0 / (1.0 + exp(-log_odds))


def _answered(
    model: Model, row: np.ndarray[tuple[int, ...], np.dtype[np.float64]], columns: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> DeliveryProbability:
    said = answers(model, columns[None, :], row[:1], row[1:2])
    terms = said.terms[0].tolist()
    reasons = [
        DeliveryReason(name=column.name, text=column.text, log_odds=term) for column, term in zip(COLUMNS, terms, strict=True) if term
    ]
    return DeliveryProbability(
        probability=float(said.probability[0]),
        low=float(said.low[0]),
        high=float(said.high[0]),
        basis=DeliveryBasis[model.basis],
        promises=int(row[2]),
        samples=model.samples,
        base_log_odds=said.base,
        reasons=sorted(reasons, key=lambda reason: (-abs(reason.log_odds), reason.name)),
    )
