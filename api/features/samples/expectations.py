"""What is expected of applications, as the API shows it, with the facts behind it."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np

from api.features.samples.board import Board
from api.features.samples.types import (
    SampleAmount,
    SampleBasis,
    SampleDelivery,
    SampleDeliveryBasis,
    SampleExpectation,
    SampleGap,
    SampleModel,
    SampleReason,
)
from graph.cents import in_cents
from graph.samples import Application
from scoring.samples import Estimates, Learnt


def expectation(board: Board, said: Estimates | None, number: int) -> SampleExpectation | None:
    """Return what is expected of a pending application; None where nothing can be said."""
    application = board.rows[board.pending[number]]
    if said is None or board.learnt is None or application.objects:
        return None
    found = said.expected
    return SampleExpectation(
        delivery=_delivery(board, said, number),
        orders=_amount(found.orders[number], found.orders_low[number], found.orders_high[number]),
        net_usd=_amount(found.net[number], found.net_low[number], found.net_high[number]),
        cost_usd=_known(said.cost[number]),
        profit_usd=_known(said.profit[number]),
        loss_chance=None if np.isnan(said.loss_chance[number]) else float(said.loss_chance[number]),
        reasons=_reasons(board, board.learnt, number),
    )


def gap_of(application: Application, said: Estimates | None) -> Any:
    """Return why nothing, or no profit, is expected of an application; None where all is."""
    if application.objects:
        return SampleGap["NOT_RATED"]
    if said is None:
        return SampleGap["FEW_SAMPLES"]
    return SampleGap["NO_PRICE"] if application.price is None else None


def model(found: Learnt | None) -> SampleModel | None:
    """Return how far expectations can be believed; None where nothing could be learnt."""
    if found is None:
        return None
    fit, told = found.fit, found.quality
    return SampleModel(
        basis=SampleBasis[fit.basis],
        samples=fit.samples,
        share=fit.share,
        tested=0 if told is None else told.samples,
        covered=None if told is None else told.covered,
        brier=None if told is None else told.brier,
        mean_brier=None if told is None else told.mean_brier,
        error=None if told is None else told.error,
        mean_error=None if told is None else told.mean_error,
    )


def _delivery(board: Board, said: Estimates, number: int) -> SampleDelivery:
    probability, low, high = board.told[number].tolist()
    if not isnan(probability):
        return SampleDelivery(probability=probability, low=low, high=high, basis=SampleDeliveryBasis["DELIVERY"])
    found = said.expected
    probability, low, high = (float(each[number]) for each in (found.probability, found.low, found.high))
    return SampleDelivery(probability=probability, low=low, high=high, basis=SampleDeliveryBasis["OWN_RECORD"])


def _reasons(board: Board, found: Learnt, number: int) -> list[SampleReason]:
    place, (clear, kept) = board.pending[number], board.records[number].tolist()
    facts = (
        ("own_samples", "earlier samples of the brand to this creator whose time is over", clear),
        ("own_content", "those of them for which content came in time", kept),
        ("brand_share", "share of all the brand's samples for which content came in time", found.fit.share),
        (
            "earlier_sales",
            "the creator's net sales of the brand in the 90 days before applying, US dollars",
            in_cents(float(board.samples.before[place])),
        ),
        ("commission", "the creator's share of net sales", float(board.samples.commission[place])),
    )
    return [SampleReason(name=name, text=text, value=value) for name, text, value in facts]


def _amount(expected: float, low: float, high: float) -> SampleAmount:
    return SampleAmount(expected=in_cents(float(expected)), low=in_cents(float(low)), high=in_cents(float(high)))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else in_cents(float(value))
