"""Rules for sample applications, the terms that profit is counted by, and a rule tried on the past."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import REFUSED, argument, planned
from api.graphql.types.filters import IntRange
from api.graphql.types.scalars import DateTime, Id, Region

TermsBasis: Final = named(
    "SampleTermsBasis",
    "Where terms come from.",
    {
        "GIVEN": ("GIVEN", "They were given with the request."),
        "RULE": ("RULE", "They are the rule's."),
        "DEFAULT": ("DEFAULT", "Nothing was given: margin 0.5, cost share 1 − margin, shipping of 1 US dollar."),
    },
)


@strawberry.input(description="What a sale leaves and a sample costs the brand.")
class SampleTermsInput:
    """Shares of the price."""

    margin: float = strawberry.field(
        default=0.5, description="Share of net sales left after the cost of goods, before the creator's commission, 0–1."
    )
    cost_share: float | None = strawberry.field(
        default=None, description="What a product costs the brand as a share of its price, 0–1; 1 − margin if omitted."
    )
    shipping_usd: float = strawberry.field(default=1.0, description="Shipping of one sample, US dollars.")


@strawberry.type(description="The terms that profit is counted by.")
class SampleTerms:
    """Shares of the price."""

    margin: float = planned("Share of net sales left after the cost of goods, before the creator's commission.")
    cost_share: float = planned("What a product costs the brand, as a share of its price.")
    shipping_usd: float = planned("Shipping of one sample, US dollars.")
    basis: TermsBasis = planned("Where they come from.")


@strawberry.input(description="What an application must meet to be approved by a rule; what is omitted asks nothing.")
class SampleConditionsInput:
    """What is unknown meets no condition."""

    min_probability: float | None = strawberry.field(default=None, description="Least probability of content in time, 0–1.")
    min_profit_usd: float | None = strawberry.field(default=None, description="Least expected profit, US dollars.")
    max_loss_chance: float | None = strawberry.field(default=None, description="Highest probability that the profit is negative, 0–1.")
    max_cost_usd: float | None = strawberry.field(default=None, description="Highest cost of a sample, US dollars.")
    followers: IntRange | None = strawberry.field(default=None, description="Followers of the creator, both ends included.")
    regions: list[Region] | None = strawberry.field(default=None, description="Regions of the creator; any if omitted.")
    categories: list[Id] | None = strawberry.field(
        default=None, description="Categories of the product, sub-categories included; any if omitted."
    )
    per_creator: int | None = strawberry.field(default=None, description="At most so many approvals of one creator in 28 days.")
    budget_usd: float | None = strawberry.field(
        default=None, description="At most so much cost of approved samples in 28 days, US dollars."
    )


@strawberry.type(description="What an application must meet to be approved by a rule; null asks nothing.")
class SampleConditions:
    """As given."""

    min_probability: float | None = planned("Least probability of content in time; null for any.")
    min_profit_usd: float | None = planned("Least expected profit, US dollars; null for any.")
    max_loss_chance: float | None = planned("Highest probability that the profit is negative; null for any.")
    max_cost_usd: float | None = planned("Highest cost of a sample, US dollars; null for any.")
    min_followers: int | None = planned("Fewest followers; null for any number.")
    max_followers: int | None = planned("Most followers; null for any number.")
    regions: list[Region] = planned("Regions of the creator; empty for any.")
    categories: list[Id] = planned("Global ids of categories of the product; empty for any.")
    per_creator: int | None = planned("Most approvals of one creator in 28 days; null for any number.")
    budget_usd: float | None = planned("Most cost of approved samples in 28 days, US dollars; null for any.")


@strawberry.type(description="A rule by which a brand decides sample applications; every key of the brand sees it.")
class SampleRule:
    """It decides nothing by itself: `decideSamplesByRule` does, and where it is on, the inbox shows its verdicts."""

    rule_id: Id = planned("The rule's id.")
    name: str = planned("Its name.")
    on: bool = planned("Whether the inbox shows its verdicts; of a brand's rules one at most is on.")
    conditions: SampleConditions = planned("What an application must meet.")
    terms: SampleTerms = planned("The terms that it counts profit by.")
    created_at: DateTime = planned("When it was created.")
    updated_at: DateTime = planned("When it was last changed.")


@strawberry.type(description="What samples brought, in sum.")
class SampleOutcome:
    """Of samples that are over."""

    samples: int = planned("Number of samples.")
    came: int = planned("Number of them for which content came in time.")
    orders: int = planned("Orders of the product by the creator in the 28 days after the content.")
    net_usd: float = planned("Net sales of these, US dollars.")
    cost_usd: float = planned("Cost of the samples, US dollars.")
    profit_usd: float = planned("Profit, US dollars.")
    low_usd: float = planned("Lower end of the 90 % interval of the profit, resampled over applications.")
    high_usd: float = planned("Upper end of that interval.")


@strawberry.type(description="What was not approved and what it might have brought, which nobody knows.")
class SampleUnknown:
    """An estimate, marked as such."""

    samples: int = planned("Applications that the rule approves and the brand did not.")
    expected_profit_usd: float = planned("What was to be expected of them when they came, US dollars: an estimate, not an outcome.")


@strawberry.type(description="A rule tried on the brand's past applications, each judged only by what was known when it came.")
class SampleRuleTrial:
    """The probability of content is that of the brand's own record then: what was told of others at the time is not kept."""

    since: DateTime = planned("From when on applications count.")
    applications: int = planned("Applications since then that were decided or are over.")
    judged: int = planned("Those of which enough was known when they came; others are in no sum.")
    approves: int = planned("Those that the rule approves.")
    open: int = planned("Approved samples among those judged that are not over yet; they are in no sum.")
    rule: SampleOutcome = planned("What the samples brought that the rule approves and the brand had approved.")
    actual: SampleOutcome = planned("What all samples brought that the brand had approved.")
    difference_low_usd: float = planned("Lower end of the 90 % interval of the rule's profit less the actual one.")
    difference_high_usd: float = planned("Upper end of that interval.")
    best_usd: float = planned("The most profit that choosing among the approved samples could have brought, in hindsight, US dollars.")
    regret_usd: float = planned("What the rule's profit lacks of that, US dollars.")
    unknown: SampleUnknown = planned("What the rule approves and the brand did not.")
    terms: SampleTerms = planned("The terms that profit is counted by.")


RULES: Final = planned("The brand's rules for sample applications, the oldest first. Null where you may not see who works with the brand.")
TRIAL: Final = planned(
    "Tries a rule on the brand's past applications before it is switched on: what it would have approved, and what that brought. "
    f"Null where you may not see who works with the brand. {REFUSED}",
    argument("rule", Id | None, "Id of a saved rule; give either this or `conditions`."),
    argument("conditions", SampleConditionsInput | None, "Conditions to try without saving them."),
    argument("terms", SampleTermsInput | None, "Terms that profit is counted by; those of the rule, else the defaults, if omitted."),
    argument("since", DateTime | None, "From when on applications count; 180 days before the data's date if omitted."),
)
