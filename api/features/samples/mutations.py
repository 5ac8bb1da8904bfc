"""Brands decide sample applications: singly, many at once or by a rule; take decisions back; export them."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import strawberry

from api.access.table import Permission, visibility
from api.features.samples.board import board
from api.features.samples.contents import stored
from api.features.samples.types import SampleDecisionKind, SampleDeclineReason, SampleRequest
from api.graphql.execution.cursors import cursors
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.mutations import INPUT, Context, Info, Refusal, UserError, allowed, changed, local_id, mutation, node, written
from api.graphql.types.nouns import CollaborationRef
from api.graphql.types.scalars import Id
from graph import samples as kept
from graph.dates import iso_time
from graph.samples.requests import request

MOST: Final = 1_000
MESSAGES: Final[Mapping[str, str]] = {
    "NOT_FOUND": "no sample application of this key's brands has the id {id!r}",
    "NOT_PENDING": "{id!r} does not await the brand: it is {detail}; only an application that awaits it can be decided",
    "OVERDUE": "the time to decide {id!r} ended at {detail}; it cannot be decided any more",
    "DECIDED": "{id!r} is decided as {detail} already; take that back first with reopenSamples",
    "EXPORTED": "the decision {detail} on {id!r} was exported; change it on the platform",
}


@strawberry.input(description="Applications to decide alike.")
class DecideSamplesInput:
    """Which, and as what."""

    collaboration_ids: list[Id] = strawberry.field(description="Global ids of the applications, as collaborations; at most 1,000.")
    decision: SampleDecisionKind = strawberry.field(description="What to decide.")
    reason: SampleDeclineReason | None = strawberry.field(
        default=None, description="Why they are declined; NOT_MATCH if omitted. Not allowed for an approval."
    )


@strawberry.input(description="A rule to decide the inbox by, now.")
class DecideSamplesByRuleInput:
    """Each application is decided at most once."""

    rule_id: Id = strawberry.field(description="Id of the rule.")
    decline_others: bool = strawberry.field(
        default=False, description="Whether to decline what the rule does not approve; such applications stay undecided if false."
    )
    reason: SampleDeclineReason = strawberry.field(default=SampleDeclineReason["NOT_MATCH"], description="Why the others are declined.")


@strawberry.input(description="Decisions to take back.")
class ReopenSamplesInput:
    """Which."""

    collaboration_ids: list[Id] = strawberry.field(description="Global ids of the applications, as collaborations; at most 1,000.")


@strawberry.input(description="A brand whose decisions are exported.")
class ExportSampleDecisionsInput:
    """Whose."""

    brand_id: Id = strawberry.field(description="Global id of the brand, one of your own.")


@strawberry.type(description="What became of decisions.")
class SampleDecisionsPayload:
    """Some may be refused while others stand."""

    collaborations: list[CollaborationRef] | None = node("The applications that stand as asked for; null if none was looked at.")
    approved: int = strawberry.field(default=0, description="How many of them are approved.")
    declined: int = strawberry.field(default=0, description="How many of them are declined.")
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why others are not, one for each; `field` ends with the place among the ids. Empty on success."
    )


@strawberry.type(description="Decisions that were exported just now.")
class ExportSampleDecisionsPayload:
    """Those exported before are listed by `Brand.sampleRequests`."""

    requests: list[SampleRequest] | None = strawberry.field(
        default=None, description="The requests of the platform's partner API that carry them out; null if nothing was exported."
    )
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was exported; empty on success.")


async def decide_samples(info: Info, input: Annotated[DecideSamplesInput, INPUT]) -> SampleDecisionsPayload:
    """Decide applications alike."""
    context = allowed(info, Permission.DECIDE_SAMPLES)
    ids = _ids(input.collaboration_ids)
    decision = input.decision.value
    if decision == kept.APPROVE and input.reason is not None:
        raise Refusal("reason", "INVALID", "reason is given for an approval; only a refusal has one")
    reason = None if decision == kept.APPROVE else (input.reason or SampleDeclineReason["NOT_MATCH"]).value
    as_of = _field_context(context, None)
    said = kept.Decision(decision, as_of.run.as_of if as_of.run else context.now, context.now, reason)
    standing, refused = await written(context, kept.decided, ids, said, brands=_brands(context))
    counts = {"approved" if decision == kept.APPROVE else "declined": len(standing)}
    return SampleDecisionsPayload(collaborations=_nodes(standing), user_errors=_errors(refused, ids), **counts)


async def decide_samples_by_rule(info: Info, input: Annotated[DecideSamplesByRuleInput, INPUT]) -> SampleDecisionsPayload:
    """Decide by a rule what can be decided still."""
    context = allowed(info, Permission.DECIDE_SAMPLES)
    found = await kept.rules(reading_of(context.viewer, context.state), id_=input.rule_id)
    if not found:
        raise no_rule(input.rule_id)
    (rule,) = found
    wanted = stored(rule.contents)
    whole = await board(_field_context(context, rule.brand), rule.brand)
    said = whole.expected(wanted.terms)
    if said is None:
        raise Refusal("ruleId", "FEW_SAMPLES", "fewer than ten samples of the brand are over, so that nothing is expected; decide singly")
    verdicts, open_ = whole.verdicts(said, wanted), whole.open()
    by_verdict = {
        name: [
            whole.rows[place].id
            for place, approves, can in zip(whole.pending, verdicts, open_, strict=True)
            if can and bool(approves) is yes
        ]
        for name, yes in ((kept.APPROVE, True), (kept.DECLINE, False))
    }
    return await _decided_by(context, rule.id, whole.as_of, by_verdict, input)


async def _decided_by(
    context: Context, rule: str, as_of: int, by_verdict: Mapping[str, Sequence[str]], input: DecideSamplesByRuleInput
) -> SampleDecisionsPayload:
    counts: list[int] = []
    standing: list[str] = []
    errors: list[UserError] = []
    for name, ids in by_verdict.items():
        reason = None if name == kept.APPROVE else input.reason.value
        chosen = ids if name == kept.APPROVE or input.decline_others else []
        decision = kept.Decision(name, as_of, context.now, reason, rule)
        stands, refused = await written(context, kept.decided, chosen, decision, brands=_brands(context))
        counts.append(len(stands))
        standing += stands
        errors += _errors(refused, chosen)
    return SampleDecisionsPayload(collaborations=_nodes(standing), approved=counts[0], declined=counts[1], user_errors=errors)


async def reopen_samples(info: Info, input: Annotated[ReopenSamplesInput, INPUT]) -> SampleDecisionsPayload:
    """Take back decisions that were not exported."""
    context = allowed(info, Permission.DECIDE_SAMPLES)
    ids = _ids(input.collaboration_ids)
    standing, refused = await written(context, kept.reopened, ids, brands=_brands(context), now=context.now)
    return SampleDecisionsPayload(collaborations=_nodes(standing), user_errors=_errors(refused, ids))


async def export_sample_decisions(info: Info, input: Annotated[ExportSampleDecisionsInput, INPUT]) -> ExportSampleDecisionsPayload:
    """Note that a brand's decisions are exported, and answer with the requests."""
    context = allowed(info, Permission.DECIDE_SAMPLES)
    _, brand = local_id("brandId", input.brand_id, "Brand")
    if not reading_of(context.viewer, context.state).sees_ties_of(brand):
        raise Refusal("brandId", "NOT_FOUND", f"no brand of this key has the id {input.brand_id!r}")
    found = await written(context, kept.exported, brand, brands=_brands(context), now=context.now)
    made = [request(each.id, each.decision, each.reason, context.now) for each in found]
    return ExportSampleDecisionsPayload(
        requests=[
            SampleRequest(
                collaboration=changed("Collaboration", each.collaboration),
                method="POST",
                path=each.path,
                body=each.body,  # pyright: ignore[reportArgumentType] -- any JSON
                exported_at=iso_time(context.now),
            )
            for each in made
        ]
    )


def no_rule(id_: str) -> Refusal:
    """Return the refusal of a rule that is not there, or another's."""
    return Refusal("ruleId", "NOT_FOUND", f"no rule of this key's brands has the id {id_[:80]!r}; `Brand.sampleRules` lists them")


def _field_context(context: Context, brand: str | None) -> FieldContext:
    """Return what the brand's board is read with, as the inbox of the same viewer is."""
    seen = visibility(context.viewer)
    run = context.state.run.seen(outward=seen.outward)
    return FieldContext(brand, {}, (), context.viewer, seen, context.state, run, cursors(context.state.settings.home))


def _brands(context: Context) -> list[str] | None:
    return reading_of(context.viewer, context.state).brands


def _ids(given: Sequence[str]) -> list[str]:
    if not 1 <= len(given) <= MOST:
        raise Refusal("collaborationIds", "OUT_OF_RANGE", f"collaborationIds lists {len(given):,}; give 1 to {MOST:,}")
    return [local_id("collaborationIds", each, "Collaboration")[1] for each in given]


def _nodes(ids: Sequence[str]) -> list[Any]:
    return [changed("Collaboration", each) for each in ids]


def _errors(refused: Sequence[kept.Refused], ids: Sequence[str]) -> list[UserError]:
    def message(each: kept.Refused) -> str:
        detail = iso_time(int(each.detail)) if each.code == "OVERDUE" else each.detail
        return MESSAGES[each.code].format(id=each.id, detail=detail)

    return [UserError(field=f"collaborationIds.{ids.index(each.id)}", code=each.code, message=message(each)) for each in refused]


@strawberry.type
class DecisionMutation:
    """Decisions on sample applications."""

    decide_samples = mutation(
        SampleDecisionsPayload,
        decide_samples,
        description="Approve or decline sample applications of your own brand. Repeating it has no effect. The platform is not told: "
        "export the decisions for that.",
    )
    decide_samples_by_rule = mutation(
        SampleDecisionsPayload,
        decide_samples_by_rule,
        description="Decide by a rule what awaits your brand, the most profitable first. The platform is not told of it.",
    )
    reopen_samples = mutation(
        SampleDecisionsPayload, reopen_samples, description="Take back decisions on sample applications that were not exported."
    )
    export_sample_decisions = mutation(
        ExportSampleDecisionsPayload,
        export_sample_decisions,
        description="Note your brand's decisions as exported, and return them as requests of the platform's partner API.",
    )
