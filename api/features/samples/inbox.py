"""`Brand.sampleInbox` and `Brand.sampleRequests`: applications that await the brand, and decisions that await the platform."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from api.errors import BadUserInput
from api.features.samples.board import Board, board, can_be_decided
from api.features.samples.contents import Contents, TermsGiven, stored, terms_given
from api.features.samples.expectations import expectation, gap_of, model
from api.features.samples.rules import shown
from api.features.samples.types import (
    SampleApplication,
    SampleApplicationEdge,
    SampleDecision,
    SampleDecisionKind,
    SampleDeclineReason,
    SampleInbox,
    SampleRequest,
)
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.execution.paging import page
from api.graphql.types.nouns import Ref
from graph.dates import iso_time, iso_time_or_null
from graph.samples import Application, StoredRule, requests, rules
from scoring.samples import Estimates

VALUES: Final[Mapping[str, Callable[[Estimates, int], float]]] = {
    "PROBABILITY": lambda said, row: float(said.expected.probability[row]),
    "NET_SALES": lambda said, row: float(said.expected.net[row]),
    "COST": lambda said, row: float(said.cost[row]),
    "PROFIT": lambda said, row: float(said.profit[row]),
    "LOSS_CHANCE": lambda said, row: float(said.loss_chance[row]),
}


@dataclass(frozen=True, slots=True)
class InboxRows:
    """The board with what the inbox shows beside it: expectations, verdicts of a rule, and how often each creator asks."""

    board: Board
    said: Estimates | None
    verdicts: Sequence[bool] | None
    asks: Mapping[str, int]

    def application(self, number: int) -> Application:
        """Return one of the pending applications."""
        return self.board.rows[self.board.pending[number]]


async def sample_inbox(context: FieldContext) -> SampleInbox | None:
    """Return a page of the inbox; None for a brand whose ties the viewer may not see."""
    brand, given = context.own_id or "", context.arguments
    reading = reading_of(context.viewer, context.state)
    if not reading.sees_ties_of(brand):
        return None
    rule = _rule(await rules(reading, brand=brand), given.get("rule"))
    wanted = None if rule is None else stored(rule.contents)
    terms = terms_given(given.get("terms")) or (TermsGiven() if wanted is None else wanted.terms)
    listed = _listed(await board(context, brand), terms, wanted)
    order = _order(listed, given)
    key = f"Brand.sampleInbox|{brand}|{given.get('sort')}|{given.get('direction')}|{given.get('undecided')}|{given.get('terms')}"
    cut = page(context, order, lambda number: listed.application(number).id, order=key)
    edges = [SampleApplicationEdge(node=_shown(listed, number), cursor=cursor) for number, cursor in cut.rows]
    pending = [listed.application(number) for number in range(len(listed.board.pending))]
    return SampleInbox(
        edges=edges,
        nodes=[each.node for each in edges],
        page_info=cut.info,
        total_count=len(order),
        as_of=iso_time(listed.board.as_of),
        undecided=sum(can_be_decided(each, listed.board.as_of) for each in pending),
        waiting_for_export=sum(each.decision is not None and each.exported_at is None for each in pending),
        terms=terms.answer(),
        model=model(listed.board.learnt),
        rule=None if rule is None else shown(rule),
    )


async def sample_requests(context: FieldContext) -> list[SampleRequest] | None:
    """Return decisions as requests of the partner API; None for a brand whose ties the viewer may not see."""
    brand, reading = context.own_id or "", reading_of(context.viewer, context.state)
    if not reading.sees_ties_of(brand):
        return None
    found = await requests(reading, brand, again=context.arguments.get("exported", False))
    return [
        SampleRequest(
            collaboration=Ref("Collaboration", each.collaboration),
            method="POST",
            path=each.path,
            body=each.body,  # pyright: ignore[reportArgumentType] -- any JSON
            exported_at=iso_time_or_null(each.exported_at),
        )
        for each in found
    ]


def _rule(found: Sequence[StoredRule], asked: str | None) -> StoredRule | None:
    """Return the rule asked for, else the one that is on."""
    if asked is None:
        return next((each for each in found if each.on), None)
    named = next((each for each in found if each.id == asked), None)
    if named is None:
        raise BadUserInput(f"rule: the brand has no rule with the id {asked[:80]!r}; `sampleRules` lists them")
    return named


def _listed(found: Board, terms: TermsGiven, rule: Contents | None) -> InboxRows:
    said = found.expected(terms)
    verdicts = None if rule is None else found.verdicts(found.expected(rule.terms), rule).tolist()
    open_ = [found.rows[place] for place in found.pending if can_be_decided(found.rows[place], found.as_of)]
    return InboxRows(found, said, verdicts, Counter(each.creator for each in open_))


def _order(listed: InboxRows, given: Mapping[str, Any]) -> list[int]:
    """Return the pending applications to list, in order; unknown values last, ties by deadline and id."""
    sort, descending = given.get("sort") or "DUE", given.get("direction") == "DESC"

    def key(number: int) -> tuple[bool, float, int, str]:
        application = listed.application(number)
        value = float(application.due or 0)
        if sort == "APPLICATIONS":
            value = float(listed.asks.get(application.creator, 0))
        elif sort != "DUE":
            known = listed.said is not None and not application.objects
            value = VALUES[sort](listed.said, number) if listed.said is not None and known else np.nan
        unknown = bool(np.isnan(value))
        return unknown, 0.0 if unknown else -value if descending else value, application.due or 0, application.id

    chosen = range(len(listed.board.pending))
    if given.get("undecided"):
        chosen = [number for number in chosen if can_be_decided(listed.application(number), listed.board.as_of)]
    return sorted(chosen, key=key)


def _shown(listed: InboxRows, number: int) -> SampleApplication:
    application, found = listed.application(number), listed.board
    open_ = can_be_decided(application, found.as_of)
    due = application.due or 0
    return SampleApplication(
        collaboration=Ref("Collaboration", application.id),
        creator=Ref("Creator", application.creator) if application.visible else None,
        product=None if application.product is None else Ref("Product", application.product),
        applied_at=iso_time(application.applied),
        due_at=iso_time(due),
        seconds_left=due - found.as_of,
        overdue=due < found.as_of,
        applications=listed.asks.get(application.creator, 0),
        expectation=expectation(found, listed.said, number),
        gap=gap_of(application, listed.said),
        decision=_decision(application),
        verdict=listed.verdicts[number] if listed.verdicts is not None and open_ else None,
    )


def _decision(application: Application) -> SampleDecision | None:
    if application.decision is None:
        return None
    return SampleDecision(
        decision=SampleDecisionKind[application.decision],
        reason=None if application.reason is None else SampleDeclineReason[application.reason],
        decided_at=iso_time(application.decided_at or 0),
        rule_id=application.rule,
        exported_at=iso_time_or_null(application.exported_at),
    )
