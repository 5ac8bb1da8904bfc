"""Which creators for a budget."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.features.briefs.types import BriefInput
from api.graphql.types.enums import named
from api.graphql.types.fields import REFUSED, argument, planned
from api.graphql.types.filters import condition
from api.graphql.types.nouns import CreatorRef, ScoringRunRef
from api.graphql.types.scalars import Id, Region

PortfolioCostBasis: Final = named(
    "PortfolioCostBasis",
    "The source of a creator's cost.",
    {
        "GIVEN": ("GIVEN", "The cost that you gave for this creator."),
        "RULE": ("RULE", "Sample, fee and commission that you gave for all."),
        "TERMS": ("TERMS", "Commission, fee or both from terms that the creator has accepted, as far as you may see them."),
        "REPORTED": ("REPORTED", "Commission from the platform's latest report about the creator."),
        "OPEN_PLANS": (
            "OPEN_PLANS",
            "Commission assumed: the middle of open plans for the products to sell, not specific to this creator.",
        ),
    },
)
PortfolioReason: Final = named(
    "PortfolioReason",
    "Why a candidate is left out of a portfolio.",
    {
        "NO_FORECAST": ("NO_FORECAST", "No sales can be forecast for the creator."),
        "COST_UNKNOWN": ("COST_UNKNOWN", "No commission is known for the creator; give a cost for the creator, or a commission for all."),
        "EXCLUDED": ("EXCLUDED", "On your list of excluded creators."),
        "BOUND": ("BOUND", "Adding the creator would break a bound, such as the budget, and nobody chosen is worth replacing."),
        "ADDS_NOTHING": ("ADDS_NOTHING", "No bound prevents adding the creator, but the portfolio would be worth no more."),
    },
)

PortfolioBoundKind: Final = named(
    "PortfolioBoundKind",
    "A bound that adding a creator to a portfolio may break.",
    {
        "BUDGET": ("BUDGET", "The budget."),
        "MAX_CREATORS": ("MAX_CREATORS", "The largest number of creators."),
        "REGION": ("REGION", "The largest number of a region."),
        "CATEGORY": ("CATEGORY", "The largest number of a category."),
    },
)


@strawberry.input(description="The cost of one creator.")
class CreatorCost:
    """Given by the buyer."""

    creator: Id = strawberry.field(description="The creator.")
    usd: float = strawberry.field(description="The cost in US dollars, zero or more.")


@strawberry.input(description="What creators cost: sample + fee + commission × (expected net sales × `salesShare`).")
class PortfolioCosts:
    """A rule for all, and costs of some."""

    sample_usd: float = condition("Cost of the sample and its shipping, in US dollars.", default=0.0)
    fee_usd: float | None = condition(
        "Fixed fee in US dollars; if omitted, the creator's median fee in terms that you may see, zero where there is none."
    )
    commission: float | None = condition(
        "Commission, 0–1; if omitted, the middle of the creator's usual commission (`recommendations { candidates { usualCommission } }`)."
    )
    creators: list[CreatorCost] | None = condition("Costs of single creators, used instead of the rule; at most 100.")


@strawberry.input(description="How many creators of a region may be chosen.")
class RegionLimit:
    """Both bounds included."""

    region: Region = strawberry.field(description="The region.")
    min: int | None = condition("At least.")
    max: int | None = condition("At most.")


@strawberry.input(description="How many creators who are active in a category may be chosen.")
class CategoryLimit:
    """Both bounds included; a creator counts in each category in which they have scores."""

    category: Id = strawberry.field(description="The category.")
    min: int | None = condition("At least.")
    max: int | None = condition("At most.")


@strawberry.input(description="Bounds that a portfolio must keep besides its budget.")
class PortfolioBounds:
    """All of them hold."""

    min_creators: int | None = condition("Choose at least this many.")
    max_creators: int | None = condition("Choose at most this many.")
    region_limits: list[RegionLimit] | None = condition("Limits by region, each region once; at most 20.")
    category_limits: list[CategoryLimit] | None = condition("Limits by category, each category once; at most 20.")
    include: list[Id] | None = condition("Candidates who must be chosen; at most 100.")
    exclude: list[Id] | None = condition("Candidates who must not be chosen; at most 100. Unknown ids are ignored.")


@strawberry.type(description="A creator chosen for a portfolio. Amounts are US dollars over 28 days, multiplied by `salesShare`.")
class PortfolioCreator:
    """What they cost, what is expected of them, and what is lost without them."""

    creator: CreatorRef | None = planned("The creator; null if removed.")
    cost_usd: float = planned("Cost.")
    cost_basis: PortfolioCostBasis = planned("The source of the cost.")
    exact: bool = planned(
        "Whether `expectedUsd` is the exact forecast. If not, you may see a range only: the amount is spread over that range by the "
        "order of the candidates' forecasts, which `ranking(order: FORECAST)` shows."
    )
    expected_usd: float = planned("Expected net sales.")
    low_usd: float | None = planned("Lower end of the 80 % interval, or of the range in which it lies; null where unknown.")
    high_usd: float | None = planned("Upper end of the 80 % interval, or of the range in which it lies; null where unknown or open.")
    worth_usd: float = planned("What counts in the objective: expected net sales, less risk and overlap.")
    overlap_usd: float = planned("What overlap with a greater creator of the portfolio takes away.")
    overlaps_with: CreatorRef | None = planned("The creator with whom the overlap is greatest; null where there is no overlap.")
    lost_usd: float = planned("What the objective loses without the creator, if nobody takes their place.")


@strawberry.type(description="A candidate who is not chosen, and why.")
class PortfolioLeftOut:
    """Looked at one by one, with the portfolio as it is."""

    creator: CreatorRef | None = planned("The creator; null if removed.")
    reason: PortfolioReason = planned("Why.")
    text: str = planned("The reason in a sentence.")
    cost_usd: float | None = planned("Cost; null where unknown.")
    expected_usd: float | None = planned("Expected net sales; null where unknown.")
    adds_usd: float | None = planned("What the creator would add to the objective besides all who are chosen; null where unknown.")
    breaks: list[PortfolioBoundKind] = planned("The bounds that adding the creator would break; `text` names them.")
    instead_of: CreatorRef | None = planned(
        "The chosen creator in whose place this one would do best; null where no exchange of two keeps the bounds."
    )
    change_usd: float | None = planned("What that exchange would change in the objective; null where there is none.")


@strawberry.type(description="What 100 dollars more would buy: the best portfolio for that budget, compared with this one.")
class PortfolioExtra:
    """Solved again, not a rate at the margin."""

    budget_usd: float = planned("The budget with 100 dollars more.")
    gain_usd: float = planned("What the objective gains.")
    entering: list[CreatorRef | None] = planned("Creators who would be chosen in addition.")
    leaving: list[CreatorRef | None] = planned("Creators who would no longer be chosen.")
    proven: bool = planned("Whether both portfolios are proven to be the best; if not, the gain is an estimate.")


@strawberry.type(description="The best portfolio for one budget.")
class PortfolioPoint:
    """A point of the efficient frontier."""

    budget_usd: float = planned("The budget.")
    cost_usd: float = planned("What the portfolio costs.")
    worth_usd: float = planned("Its objective.")
    creators: int = planned("Number of creators.")
    proven: bool = planned("Whether it is proven to be the best.")


@strawberry.type(description="The creators to choose for a budget, and how good the choice is. Amounts are US dollars over 28 days.")
class Portfolio:
    """Solved as a program in whole numbers."""

    run: ScoringRunRef | None = planned("The scoring run used; null if it has just been removed.")
    formula: str = planned("What is maximised, how the interval is computed, and which correlation of errors it assumes.")
    candidates: int = planned("Number of candidates that you may see.")
    missing: list[Id] = planned("Ids, as given, that name no creator whom you may see.")
    chosen: list[PortfolioCreator] = planned("The creators chosen, those worth most first.")
    left_out: list[PortfolioLeftOut] = planned("The other candidates, those that would change the portfolio least first.")
    budget_usd: float = planned("The budget.")
    cost_usd: float = planned("What the portfolio costs.")
    sales_share: float = planned(
        "The share of the creators' net sales that counts here, as asked for. With 1, every amount of sales here is all that they are "
        "expected to sell of anybody's products: an upper bound of what they would sell of yours."
    )
    expected_usd: float = planned("Expected net sales, without any discount.")
    low_usd: float | None = planned("Lower end of the 80 % interval of net sales; null where unknown.")
    high_usd: float | None = planned("Upper end of the 80 % interval of net sales; null where unknown or open.")
    overlap_usd: float = planned("What overlap takes away from the objective.")
    worth_usd: float = planned("The objective: expected net sales, less risk and overlap.")
    bound_usd: float = planned("What no choice among these candidates can exceed within the bounds.")
    gap: float = planned("How far the objective may be below the best possible, as a share of the bound; 0 if it is proven to be the best.")
    proven: bool = planned("Whether it is proven to be the best. The solver stops after 3 seconds of a processor, and then it need not be.")
    extra: PortfolioExtra | None = planned("What 100 dollars more would buy; null where time ran out.")
    frontier: list[PortfolioPoint] = planned(
        "The best portfolios for a quarter of the budget up to twice the budget, those that keep all bounds."
    )


@strawberry.type
class Query:
    """Which creators for a budget, at the root."""

    portfolio: Portfolio | None = planned(
        "Which creators to choose for a budget: those with the highest expected net sales together, less risk and overlap, "
        "proven to be the best or with a bound on how far it may be from the best. Candidates are given by exactly one of `creators`, "
        f"`brief` and `briefId`. Null before the first run. {REFUSED}",
        argument("budgetUsd", float, "The budget in US dollars, above zero."),
        argument("creators", list[Id] | None, "Global ids of 1 to 100 candidates."),
        argument("brief", BriefInput | None, "Candidates are the creators who fit this brief best."),
        argument("briefId", Id | None, "Global id of a saved brief, in place of `brief`."),
        argument("first", int, "How many creators of the brief are candidates, 1 to 100.", 50),
        argument("costs", PortfolioCosts | None, "What creators cost; if omitted, their usual fee and commission."),
        argument("bounds", PortfolioBounds | None, "Bounds besides the budget."),
        argument(
            "salesShare",
            float,
            "The share of a creator's net sales of the next 28 days that you expect to be of your products, above 0 to 1. 1, the default, "
            "is everything that the creator sells: an upper bound.",
            1.0,
        ),
        argument(
            "riskAversion",
            float,
            "0 counts expected net sales, 1 the lower end of each creator's 80 % interval, values between lie on the line.",
            0.0,
        ),
        argument(
            "overlapDiscount",
            float,
            "What a whole overlap of audience and products with a greater creator takes away from the lesser, 0–1.",
            0.5,
        ),
    )
