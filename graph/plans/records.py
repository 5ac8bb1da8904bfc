"""What people keep beside the market: briefs with their runs, appeals and what they are about; and the order lines that are contested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from graph.plans.bounds import one_of
from graph.plans.computed import Computed
from graph.plans.fields import Composite, Constant, Field, identity, properties
from graph.plans.orders import Key, Order
from graph.plans.pages import Source, page
from graph.plans.parts import Finishing, Late, Linked, Part
from graph.plans.relations import One, told
from graph.plans.selection import Pick
from graph.plans.sights import NEVER
from graph.plans.values import split_id
from graph.plans.visibility import Reach
from graph.plans.writer import Member, Row

WANTED: Final = """head(COLLECT {
MATCH (v:BriefVersion {id: {n}.id + '|' + toString({n}.version)})
RETURN v.wanted
})"""

SUBJECT: Final = "{n}.subjectKind + ':' + {n}.subjectId"


@dataclass(frozen=True, slots=True)
class NodeOf:
    """The node that an expression names by its global id, of whatever kind; read with all others of the answer at once."""

    expression: str

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the global id, in whose place the node is put later."""
        return Part(self.expression.replace("{n}", row.node), late=_linked(pick))


def _linked(pick: Pick) -> Late:
    def late(holder: dict[str, Any], key: str, finishing: Finishing) -> None:
        named, holder[key] = holder[key], None
        kind, own = split_id(named or "")
        if kind is not None:
            finishing.linked.append(Linked(holder, key, kind, own, pick))

    return late


BRIEF: Final[dict[str, Member]] = {
    **identity("Brief"),
    **properties("Brief", "name", "version", "createdAt", "updatedAt"),
    "brand": One("Brand", "({m}:Brand {id: {n}.brandId})"),
    "wanted": Computed("wanted", of=WANTED),
}

BRIEF_RUN: Final[dict[str, Member]] = {
    **identity("BriefRun"),
    **properties("BriefRun", "version", "at", "asOf", "considered", "eligible"),
    "brief": One("Brief", "({m}:Brief {id: {n}.briefId})"),
    "candidates": Computed("candidates"),
}

APPEAL: Final[dict[str, Member]] = {
    **identity("Appeal"),
    **properties("Appeal", "reason", "evidence", "status", "createdAt", "dueAt", "decidedAt", "answer"),
    "effect": Computed("effect"),
    "kind": Field("toUpper({n}.subjectKind)"),
    "subjectId": Field(SUBJECT),
    "subject": NodeOf(SUBJECT),
    "creator": One("Creator", "({m}:Creator {id: {n}.creatorId})"),
}

SALE: Final[dict[str, Member]] = {
    **identity("Sale"),
    **properties("Sale", "orderId", "at", "status", "quantity"),
    "refundedQuantity": Field("coalesce({n}.refundedQuantity, 0)"),
    "gmv": Composite("SaleMoney", "{n}.gmv IS NULL"),
    "product": One("Product", "({n})-[:OF]->({m}:Product)"),
    "creator": One("Creator", "({n})-[:CREDITED_TO]->({m}:Creator)"),
    "content": One("Content", "({n})-[:THROUGH]->({m}:Content)"),
    "collaboration": One("Collaboration", "({n})-[:UNDER]->({m}:Collaboration)"),
}

EVENT: Final = "({n})-[:CREDITED_TO|WITH|PUBLISHED|CONCERNS]-({m}:Sale|Collaboration|Content|Flag)"
KIND: Final = "CASE WHEN {n}:Sale THEN 'Sale' WHEN {n}:Content THEN 'Content' WHEN {n}:Flag THEN 'Flag' ELSE 'Collaboration' END"
OWN: Final = "CASE WHEN {n}:Flag THEN {n}.key ELSE {n}.id END"
NAMED: Final = f"({KIND}) + ':' + {OWN}"
AT: Final = "coalesce({n}.at, {n}.publishedAt, {n}.deliveredAt, {n}.offeredAt)"

CONTESTABLE: Final[dict[str, Member]] = {
    "subjectId": Field(NAMED),
    "kind": Field(f"toUpper({KIND})"),
    "at": Field(AT, time=True),
    "subject": NodeOf(NAMED),
    "appeal": One("Appeal", f"({{m}}:Appeal {{subjectId: {OWN}, subjectKind: {KIND}}})"),
    "__typename": Constant("Contestable"),
}


@dataclass(frozen=True, slots=True)
class ContestableEvents:
    """A page of the creator's events that they may contest, the newest first; null for who sees no exact sales of theirs."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the page as a connection; the flags among the events are those of the current run."""
        inner = row.writer.row("Contestable")
        kinds = pick.arguments.get("kinds")
        one_of("kinds", kinds)
        kind = f"({KIND.replace('{n}', inner.node)})"
        source = Source(
            match=f"MATCH {EVENT.replace('{n}', row.node).replace('{m}', inner.node)}",
            predicates=(
                f"(NOT {inner.node}:Flag OR {inner.node}.runId = $run)",
                f"({inner.node}.kind IS NOT NULL OR {inner.node}:Sale)",  # more is known of it than its id
                *([] if kinds is None else [f"toUpper({kind}) IN {row.writer.bind(kinds)}"]),
            ),
            order=Order(
                "Creator.contestable",
                (Key(f"coalesce({AT.replace('{n}', inner.node)}, 0)", descending=True), Key(NAMED.replace("{n}", inner.node))),
                within=(kinds,),
            ),
            type_name="Contestable",
            carried=(inner.node,),
        )
        seen = [] if row.visibility.exact_sales in (Reach.ALL, Reach.OWN) else [NEVER]
        return told(page(pick, source, inner), seen)
