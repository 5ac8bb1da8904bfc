"""A brand's applications with what is expected of each, as of the data's date: what the inbox shows and rules decide by."""

from __future__ import annotations

from asyncio import Semaphore, gather, to_thread
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import time
from typing import Final

import numpy as np

from api.features.delivery.delivery import delivery_probability
from api.features.samples.contents import Contents, TermsGiven
from api.graphql.execution.field_context import FieldContext, reading_of
from graph.samples import APPROVE, Application, applications
from scoring.facts.arrays import Bools, Floats
from scoring.samples import SPAN, Estimates, Learnt, Queue, Samples, approvals, costs, estimates, learnt

AT_ONCE: Final = 4
"""Probabilities that are asked for at the same time."""


@dataclass(frozen=True, slots=True)
class Board:
    """All applications of a brand in order of time, and those `pending`, by place among them.

    `records` are how many of the brand's samples to the creator were over before each pending one was applied for, and for how many of
    them content came; `told` are probability, low and high of `Creator.deliveryProbability` for each pending one, NaN where that has none.
    """

    as_of: int
    rows: Sequence[Application]
    samples: Samples
    pending: Sequence[int]
    learnt: Learnt | None
    records: Floats
    told: Floats

    def expected(self, terms: TermsGiven) -> Estimates | None:
        """Return what is expected of the pending ones; None where nothing could be learnt."""
        if self.learnt is None:
            return None
        chosen = self.samples.at(np.array(self.pending, dtype=np.int64))
        return estimates(self.learnt.fit, self.samples, chosen, terms.terms, probability=self.told[:, 0])

    def open(self) -> Bools:
        """Tell which of the pending ones can be decided still."""
        return np.array([can_be_decided(self.rows[place], self.as_of) for place in self.pending], dtype=np.bool_)

    def verdicts(self, said: Estimates | None, rule: Contents) -> Bools:
        """Tell which of the pending ones a rule approves of those that can be decided, the most profitable first."""
        verdicts = np.zeros(len(self.pending), dtype=np.bool_)
        if said is None:
            return verdicts
        allowed = np.array([rule.allows(self.rows[place]) for place in self.pending], dtype=np.bool_)
        met = allowed & self.open() & rule.conditions.met(said)
        order = np.lexsort((np.arange(len(met)), -np.nan_to_num(said.profit, nan=-np.inf)))
        creators = self.samples.creator[np.array(self.pending, dtype=np.int64)]
        queue = Queue(np.full(len(met), float(self.as_of)), creators[order], said.cost[order])
        verdicts[order] = approvals(rule.conditions, met[order], queue, earlier=self._earlier(rule))
        return verdicts

    def _earlier(self, rule: Contents) -> Queue:
        """Return what was approved in the last 28 days, on the platform or here."""
        since = self.as_of - SPAN
        lately = [
            n for n, each in enumerate(self.rows) if (each.approved and each.applied > since) or (each.pending and each.decision == APPROVE)
        ]
        chosen = self.samples.at(np.array(lately, dtype=np.int64))
        at = np.array([float(self.rows[n].applied if self.rows[n].approved else self.as_of) for n in lately])
        return Queue(at, chosen.creator, costs(chosen, rule.terms.terms))


async def board(context: FieldContext, brand: str) -> Board:
    """Read a brand's applications, and learn from them; ask only for a brand whose ties the viewer sees."""
    as_of = data_date(context)
    rows = await applications(reading_of(context.viewer, context.state), brand, now=as_of)
    pending = [place for place, each in enumerate(rows) if each.pending]
    samples = samples_of(rows)
    told = await _told(context, brand, [rows[place] for place in pending])
    waiting = samples.at(np.array(pending, dtype=np.int64))
    records = np.column_stack(samples.record(waiting.creator, waiting.applied))
    return Board(as_of, rows, samples, pending, await to_thread(learnt, samples, at=float(as_of)), records, told)


def data_date(context: FieldContext) -> int:
    """Return the date from which time left is counted: that of the current run, now before the first."""
    return context.run.as_of if context.run else int(time())


def can_be_decided(application: Application, as_of: int) -> bool:
    """Tell whether an application is neither decided nor overdue."""
    return application.decision is None and application.due is not None and application.due >= as_of


def samples_of(rows: Sequence[Application]) -> Samples:
    """Return applications as scoring takes them."""
    codes = {creator: code for code, creator in enumerate(dict.fromkeys(each.creator for each in rows))}
    return Samples(
        creator=np.array([codes[each.creator] for each in rows], dtype=np.int64),
        applied=_floats([each.applied for each in rows]),
        approved=np.array([each.approved for each in rows], dtype=np.bool_),
        clear=_floats([each.clear for each in rows]),
        came=np.array([each.came for each in rows], dtype=np.bool_),
        net=_floats([each.net for each in rows]),
        orders=_floats([each.orders for each in rows]),
        price=_floats([each.price for each in rows]),
        commission=_floats([each.commission for each in rows]),
        before=_floats([each.before for each in rows]),
    )


async def _told(context: FieldContext, brand: str, rows: Sequence[Application]) -> Floats:
    """Return `Creator.deliveryProbability` for the creators of applications, each asked once."""
    turns = Semaphore(AT_ONCE)
    nothing = (np.nan, np.nan, np.nan)

    async def of(creator: str) -> tuple[float, float, float]:
        async with turns:
            asked = replace(context, own_id=creator, arguments={"brand": brand}, children=())
            found = await delivery_probability(asked)
        return nothing if found is None else (found.probability, found.low, found.high)

    creators = list(dict.fromkeys(each.creator for each in rows if each.visible and not each.objects))
    by_creator = dict(zip(creators, await gather(*map(of, creators)), strict=True))
    return np.array([by_creator.get(each.creator, nothing) for each in rows], dtype=np.float64).reshape(len(rows), 3)


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if each is None else float(each) for each in values], dtype=np.float64)
