"""Brands keep rules for sample applications."""

from __future__ import annotations

from secrets import token_hex
from typing import Annotated, Final

import strawberry

from api.access.table import Permission
from api.errors import BadUserInput
from api.features.alerts.watched import as_given
from api.features.samples.contents import Contents, contents
from api.features.samples.mutations import DecisionMutation, no_rule
from api.features.samples.rule_types import SampleConditionsInput, SampleRule, SampleTermsInput
from api.features.samples.rules import shown
from api.graphql.execution.arguments import check_named
from api.graphql.execution.field_context import reading_of
from api.graphql.mutations import INPUT, Context, Info, Refusal, UserError, allowed, mutation, no_brand, node, own_brand, text, written
from api.graphql.types.scalars import Id
from graph import samples as kept
from graph.plans.errors import PlanError

LONGEST_NAME: Final = 200


@strawberry.input(description="A rule for sample applications, to create or change.")
class SaveSampleRuleInput:
    """A change replaces the whole rule."""

    name: str = strawberry.field(description="Its name; at most 200 characters.")
    conditions: SampleConditionsInput = strawberry.field(description="What an application must meet to be approved.")
    rule_id: Id | None = strawberry.field(default=None, description="Id of the rule to change; a new one is created if omitted.")
    brand_id: Id | None = strawberry.field(
        default=None, description="Global id of the brand that a new rule is for; may be omitted if you have only one."
    )
    terms: SampleTermsInput | None = strawberry.field(
        default=None, description="The terms that it counts profit by; the defaults if omitted."
    )
    on: bool = strawberry.field(
        default=False, description="Whether the inbox shows its verdicts; the brand's other rules are switched off then."
    )


@strawberry.input(description="A rule to delete.")
class DeleteSampleRuleInput:
    """Which."""

    rule_id: Id = strawberry.field(description="Id of the rule.")


@strawberry.type(description="The rule that was saved.")
class SaveSampleRulePayload:
    """What came of it."""

    rule: SampleRule | None = node("The rule; null if nothing was saved.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was saved; empty on success.")


@strawberry.type(description="The rule that was deleted.")
class DeleteSampleRulePayload:
    """What came of it."""

    rule_id: Id | None = strawberry.field(default=None, description="Its id; null if nothing was deleted.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was deleted; empty on success.")


async def save_sample_rule(info: Info, input: Annotated[SaveSampleRuleInput, INPUT]) -> SaveSampleRulePayload:
    """Keep a rule; the same again changes nothing."""
    context = allowed(info, Permission.DECIDE_SAMPLES)
    name = text("name", input.name, most=LONGEST_NAME)
    if name is None:
        raise Refusal("name", "REQUIRED", "name is empty; give the rule a name")
    wanted, before = await _contents(context, input), await _before(context, input)
    brand = own_brand(context, "brandId", input.brand_id, whose="that the rule is for") if before is None else before.brand
    id_, created = (f"sr_{token_hex(12)}", context.now) if before is None else (before.id, before.created_at)
    rule = kept.StoredRule(id_, brand, name, wanted.text(), input.on, created, context.now)
    done = await written(context, kept.rules_saved, rule, now=context.now)
    if done is None:
        raise no_brand("brandId", brand)
    if not done:
        raise Refusal("brandId", "TOO_MANY", f"the brand has {kept.MOST_RULES} rules; delete one that is no longer needed")
    (found,) = await kept.rules(reading_of(context.viewer, context.state), id_=id_)
    return SaveSampleRulePayload(rule=shown(found))


async def delete_sample_rule(info: Info, input: Annotated[DeleteSampleRuleInput, INPUT]) -> DeleteSampleRulePayload:
    """Remove a rule; what it decided stays."""
    context = allowed(info, Permission.DECIDE_SAMPLES)
    brands = reading_of(context.viewer, context.state).brands
    if not await written(context, kept.rules_deleted, input.rule_id, brands=brands):
        raise no_rule(input.rule_id)
    return DeleteSampleRulePayload(rule_id=input.rule_id)


async def _contents(context: Context, input: SaveSampleRuleInput) -> Contents:
    conditions = as_given(input.conditions)
    try:
        found = contents(conditions, None if input.terms is None else as_given(input.terms))
        named = {name: value for name, value in conditions.items() if value is not None and value != []}
        await check_named(reading_of(context.viewer, context.state), {"conditions": named})
    except (BadUserInput, PlanError) as error:
        raise Refusal("conditions", "INVALID", str(error)) from error
    return found


async def _before(context: Context, input: SaveSampleRuleInput) -> kept.StoredRule | None:
    if input.rule_id is None:
        return None
    found = await kept.rules(reading_of(context.viewer, context.state), id_=input.rule_id)
    if not found:
        raise no_rule(input.rule_id)
    return found[0]


@strawberry.type
class Mutation(DecisionMutation):
    """Decisions on sample applications, and rules for them."""

    save_sample_rule = mutation(
        SaveSampleRulePayload,
        save_sample_rule,
        description="Save a rule for sample applications of your own brand. Repeating a change has no effect.",
    )
    delete_sample_rule = mutation(
        DeleteSampleRulePayload, delete_sample_rule, description="Delete a rule for sample applications; what it decided stays."
    )
