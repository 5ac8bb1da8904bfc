"""What a rule for samples says: its conditions and terms, checked, and as the text that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, Final

import orjson

from api.errors import BadUserInput
from api.features.samples.rule_types import SampleConditions, SampleTerms, TermsBasis
from api.graphql.execution.arguments import local
from api.graphql.types.nouns import Ref
from graph.samples import Application
from scoring.samples import Conditions, Terms

MARGIN: Final = 0.5
SHIPPING: Final = 1.0
MOST_USD: Final = 1e9
MOST_LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class TermsGiven:
    """Terms, and where they come from: GIVEN, RULE or DEFAULT. A `cost_share` of None is what the margin leaves."""

    margin: float = MARGIN
    cost_share: float | None = None
    shipping: float = SHIPPING
    basis: str = "DEFAULT"

    @property
    def terms(self) -> Terms:
        """The terms to count with."""
        return Terms(self.margin, 1 - self.margin if self.cost_share is None else self.cost_share, self.shipping)

    def answer(self) -> SampleTerms:
        """Return the terms as the API shows them."""
        terms = self.terms
        return SampleTerms(margin=terms.margin, cost_share=terms.cost_share, shipping_usd=terms.shipping, basis=TermsBasis[self.basis])


@dataclass(frozen=True, slots=True)
class Contents:
    """Conditions and terms of a rule; categories and regions empty for any."""

    conditions: Conditions
    min_followers: int | None
    max_followers: int | None
    regions: tuple[str, ...]
    categories: tuple[str, ...]
    terms: TermsGiven

    def text(self) -> str:
        """Return them as JSON, of which equal wishes give equal text."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS).decode()

    def allows(self, application: Application) -> bool:
        """Tell whether creator and product are among those wanted; of a creator who cannot be seen, or objects, nobody decides by rule."""
        followers = application.followers
        if not application.visible or application.objects:
            return False
        if self.min_followers is not None and (followers is None or followers < self.min_followers):
            return False
        if self.max_followers is not None and (followers is None or followers > self.max_followers):
            return False
        if self.regions and application.region not in self.regions:
            return False
        return not self.categories or not {*self.categories}.isdisjoint(application.categories)

    def answer(self) -> SampleConditions:
        """Return the conditions as the API shows them."""
        asked = self.conditions
        return SampleConditions(
            min_probability=asked.min_probability,
            min_profit_usd=asked.min_profit,
            max_loss_chance=asked.max_loss_chance,
            max_cost_usd=asked.max_cost,
            min_followers=self.min_followers,
            max_followers=self.max_followers,
            regions=[*self.regions],
            categories=[Ref("Category", each).global_id for each in self.categories],
            per_creator=asked.per_creator,
            budget_usd=asked.budget,
        )


def contents(conditions: Mapping[str, Any] | None, terms: Mapping[str, Any] | None) -> Contents:
    """Return a rule's contents by their GraphQL names; BadUserInput for what breaks a rule."""
    given = {name: value for name, value in (conditions or {}).items() if value is not None}
    followers = given.get("followers", {})
    low, high = (_count(f"conditions.followers.{end}", followers.get(end), least=0) for end in ("min", "max"))
    if low is not None and high is not None and low > high:
        raise BadUserInput(f"conditions.followers: min is {low}, max {high}; min may not be above max")
    asked = Conditions(
        min_probability=_share("conditions.minProbability", given.get("minProbability")),
        min_profit=_amount("conditions.minProfitUsd", given.get("minProfitUsd"), least=-MOST_USD),
        max_loss_chance=_share("conditions.maxLossChance", given.get("maxLossChance")),
        max_cost=_amount("conditions.maxCostUsd", given.get("maxCostUsd")),
        per_creator=_count("conditions.perCreator", given.get("perCreator"), least=1),
        budget=_amount("conditions.budgetUsd", given.get("budgetUsd")),
    )
    categories = _listed("conditions.categories", given.get("categories", ()))
    return Contents(
        conditions=asked,
        min_followers=low,
        max_followers=high,
        regions=_listed("conditions.regions", given.get("regions", ())),
        categories=tuple(sorted({local("conditions.categories", each, "Category") for each in categories})),
        terms=terms_given(terms) or TermsGiven(),
    )


def terms_given(terms: Mapping[str, Any] | None) -> TermsGiven | None:
    """Return terms by their GraphQL names, None where none are given; BadUserInput for what breaks a rule."""
    if terms is None:
        return None
    margin, shipping = terms.get("margin"), terms.get("shippingUsd")
    return TermsGiven(
        margin=MARGIN if margin is None else _share("terms.margin", margin) or 0.0,
        cost_share=_share("terms.costShare", terms.get("costShare")),
        shipping=SHIPPING if shipping is None else _amount("terms.shippingUsd", shipping) or 0.0,
        basis="GIVEN",
    )


def stored(text: str) -> Contents:
    """Return the contents that `Contents.text` wrote, with terms of the basis RULE."""
    found: dict[str, Any] = orjson.loads(text)
    lists = {name: tuple(found[name]) for name in ("regions", "categories")}
    terms = TermsGiven(**{**found["terms"], "basis": "RULE"})
    return Contents(**{**found, **lists, "conditions": Conditions(**found["conditions"]), "terms": terms})


def _share(name: str, value: float | None) -> float | None:
    if value is not None and not 0 <= value <= 1:
        raise BadUserInput(f"{name} is {value}; give a share from 0 to 1")
    return value


def _amount(name: str, value: float | None, *, least: float = 0.0) -> float | None:
    if value is not None and not (isfinite(value) and least <= value <= MOST_USD):
        raise BadUserInput(f"{name} is {value}; give US dollars from {least:,.0f} to {MOST_USD:,.0f}")
    return value


def _count(name: str, value: int | None, *, least: int) -> int | None:
    if value is not None and value < least:
        raise BadUserInput(f"{name} is {value}; give {least} or more")
    return value


def _listed(name: str, values: Any) -> tuple[str, ...]:
    found = tuple(sorted({str(each) for each in values}))
    if len(found) > MOST_LISTED:
        raise BadUserInput(f"{name} lists {len(found)}; give at most {MOST_LISTED}")
    return found
