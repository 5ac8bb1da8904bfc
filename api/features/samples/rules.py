"""`Brand.sampleRules` and `Brand.sampleRuleTrial`: rules that are kept, and a rule tried on the past."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Sequence
from typing import Final

import numpy as np

from api.errors import BadUserInput
from api.features.samples.board import data_date, samples_of
from api.features.samples.contents import Contents, TermsGiven, contents, stored, terms_given
from api.features.samples.rule_types import SampleOutcome, SampleRule, SampleRuleTrial, SampleUnknown
from api.graphql.execution.field_context import FieldContext, reading_of
from graph.cents import in_cents
from graph.dates import DAY, iso_time
from graph.recommendations.reading import Reading
from graph.samples import Application, StoredRule, applications, rules
from scoring.samples import Outcome, Rule, Trial, trial

DEFAULT_DAYS: Final = 180


async def sample_rules(context: FieldContext) -> list[SampleRule] | None:
    """Return a brand's rules; None for a brand whose ties the viewer may not see."""
    brand, reading = context.own_id or "", reading_of(context.viewer, context.state)
    return [shown(each) for each in await rules(reading, brand=brand)] if reading.sees_ties_of(brand) else None


async def sample_rule_trial(context: FieldContext) -> SampleRuleTrial | None:
    """Try a rule on a brand's past; None for a brand whose ties the viewer may not see."""
    brand, given = context.own_id or "", context.arguments
    reading = reading_of(context.viewer, context.state)
    if not reading.sees_ties_of(brand):
        return None
    wanted = await _wanted(context, reading, brand)
    terms = terms_given(given.get("terms")) or wanted.terms
    now = data_date(context)
    since = now - DEFAULT_DAYS * DAY if given.get("since") is None else given["since"]
    past = [each for each in await applications(reading, brand, now=now) if not _open(each, now)]
    allowed = np.array([wanted.allows(each) for each in past], dtype=np.bool_)
    rule = Rule(wanted.conditions, terms.terms)
    found = await to_thread(trial, samples_of(past), rule, allowed=allowed, since=float(since), now=float(now))
    return _tried(found, since, terms)


def shown(rule: StoredRule) -> SampleRule:
    """Return a rule as the API shows it."""
    found = stored(rule.contents)
    return SampleRule(
        rule_id=rule.id,
        name=rule.name,
        on=rule.on,
        conditions=found.answer(),
        terms=found.terms.answer(),
        created_at=iso_time(rule.created_at),
        updated_at=iso_time(rule.updated_at),
    )


async def _wanted(context: FieldContext, reading: Reading, brand: str) -> Contents:
    id_, conditions = context.arguments.get("rule"), context.arguments.get("conditions")
    if (id_ is None) == (conditions is None):
        raise BadUserInput("sampleRuleTrial: give either rule or conditions")
    if id_ is None:
        return contents(conditions, None)
    found: Sequence[StoredRule] = await rules(reading, brand=brand, id_=id_)
    if not found:
        raise BadUserInput(f"rule: the brand has no rule with the id {id_[:80]!r}; `sampleRules` lists them")
    return stored(found[0].contents)


def _open(application: Application, now: int) -> bool:
    """Tell whether an application still awaits the brand: it is no past that a rule could be tried on."""
    return application.pending and application.due is not None and application.due >= now


def _tried(found: Trial, since: int, terms: TermsGiven) -> SampleRuleTrial:
    low, high = found.difference
    return SampleRuleTrial(
        since=iso_time(since),
        applications=found.applications,
        judged=found.judged,
        approves=found.approves,
        open=found.open,
        rule=_outcome(found.rule),
        actual=_outcome(found.actual),
        difference_low_usd=in_cents(low),
        difference_high_usd=in_cents(high),
        best_usd=in_cents(found.best),
        regret_usd=in_cents(found.regret),
        unknown=SampleUnknown(samples=found.unknown, expected_profit_usd=in_cents(found.unknown_profit)),
        terms=terms.answer(),
    )


def _outcome(found: Outcome) -> SampleOutcome:
    return SampleOutcome(
        samples=found.samples,
        came=found.came,
        orders=round(found.orders),
        net_usd=in_cents(found.net),
        cost_usd=in_cents(found.cost),
        profit_usd=in_cents(found.profit),
        low_usd=in_cents(found.low),
        high_usd=in_cents(found.high),
    )
