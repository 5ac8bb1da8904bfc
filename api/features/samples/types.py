"""Sample applications that await a brand, and what is expected of each."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.features.samples.rule_types import SampleRule, SampleTerms, SampleTermsInput
from api.graphql.types.enums import Direction, named
from api.graphql.types.fields import argument, paged, planned
from api.graphql.types.nouns import CollaborationRef, CreatorRef, ProductRef
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import DateTime, Id, Json

SampleDecisionKind: Final = named(
    "SampleDecisionKind",
    "What a sample application is decided as.",
    {"APPROVE": ("APPROVE", "The sample is to be sent."), "DECLINE": ("DECLINE", "The application is refused.")},
)
SampleDeclineReason: Final = named(
    "SampleDeclineReason",
    "Why an application is declined, as the platform names reasons.",
    {
        "NOT_MATCH": ("NOT_MATCH", "The creator does not meet the brand's requirements."),
        "OFFLINE": ("OFFLINE", "The product is not on sale any more."),
        "OUT_OF_STOCK": ("OUT_OF_STOCK", "The product is out of stock."),
        "OTHER": ("OTHER", "Any other reason."),
    },
)
SampleBasis: Final = named(
    "SampleBasis",
    "What expected sales of a sample are based on.",
    {
        "MODEL": (
            "MODEL",
            "The creator's earlier sales of the brand, and the price: an error at least 2 % less than the mean's on samples held back.",
        ),
        "GROUP_MEAN": ("GROUP_MEAN", "The mean of the brand's samples with content: nothing better was found."),
    },
)
SampleDeliveryBasis: Final = named(
    "SampleDeliveryBasis",
    "What the probability of content in time is based on.",
    {
        "DELIVERY": ("DELIVERY", "As `Creator.deliveryProbability` of the current run."),
        "OWN_RECORD": ("OWN_RECORD", "The brand's own samples to this creator, and to all creators: nothing else is known."),
    },
)
SampleGap: Final = named(
    "SampleGap",
    "Why nothing is expected of an application.",
    {
        "FEW_SAMPLES": ("FEW_SAMPLES", "Fewer than ten samples of the brand are over, or of fewer than two anything was sold."),
        "NO_PRICE": ("NO_PRICE", "The product or its price is unknown, so that no profit can be told."),
        "NOT_RATED": ("NOT_RATED", "The creator is not rated."),
    },
)
SampleSort: Final = named(
    "SampleSort",
    "What applications are sorted by.",
    {
        "DUE": ("DUE", "The time until which they may be decided."),
        "PROBABILITY": ("PROBABILITY", "Probability of content in time."),
        "NET_SALES": ("NET_SALES", "Expected net sales."),
        "COST": ("COST", "Cost of the sample."),
        "PROFIT": ("PROFIT", "Expected profit."),
        "LOSS_CHANCE": ("LOSS_CHANCE", "Probability that the profit is negative."),
        "APPLICATIONS": ("APPLICATIONS", "Open applications of the same creator."),
    },
)


@strawberry.type(description="An expected amount with its 80 % interval.")
class SampleAmount:
    """Includes the case that no content comes."""

    expected: float = planned("The mean.")
    low: float = planned("Lower end of the interval; 0 where no content at all is likelier than one in ten.")
    high: float = planned("Upper end of the interval.")


@strawberry.type(description="The probability that content comes for a sample in time: within 14 days of its arrival and the week after.")
class SampleDelivery:
    """Of an application, if it is approved."""

    probability: float = planned("The probability, 0–1.")
    low: float = planned("Lower end of its 90 % interval.")
    high: float = planned("Upper end of that interval.")
    basis: SampleDeliveryBasis = planned("What it is based on.")


@strawberry.type(description="A fact behind the expectations of an application.")
class SampleReason:
    """In words and as a number."""

    name: str = planned("Its name, which stays the same.")
    text: str = planned("What it is about.")
    value: float = planned("The number.")


@strawberry.type(description="What a brand decided on an application.")
class SampleDecision:
    """The platform is not told by this."""

    decision: SampleDecisionKind = planned("What was decided.")
    reason: SampleDeclineReason | None = planned("Why it was declined; null for an approval.")
    decided_at: DateTime = planned("When it was decided.")
    rule_id: Id | None = planned("Id of the rule that decided; null where it was decided singly.")
    exported_at: DateTime | None = planned("When it was exported, after which it cannot be taken back; null before.")


@strawberry.type(description="What is expected of an application, if it is approved.")
class SampleExpectation:
    """Orders and sales are of the product, by the creator, in the 28 days after the content."""

    delivery: SampleDelivery = planned("Whether content comes in time.")
    orders: SampleAmount = planned("Orders.")
    net_usd: SampleAmount = planned("Sales net of refunds, US dollars.")
    cost_usd: float | None = planned("Cost of the sample and its shipping, US dollars; null without a price.")
    profit_usd: float | None = planned(
        "Expected profit, US dollars: net sales × (margin − commission) − cost of the sample; null without a price."
    )
    loss_chance: float | None = planned("Probability that the profit is negative, 0–1; null without a price.")
    reasons: list[SampleReason] = planned("The facts behind it.")


@strawberry.type(description="A creator's application for a sample that awaits the brand on the platform.")
class SampleApplication:
    """Decided here or not: it leaves the inbox once the platform's answers show its decision."""

    collaboration: CollaborationRef = planned("The application as a collaboration; its id is what mutations take.")
    creator: CreatorRef | None = planned("Who applies; null for a creator whom you may not see.")
    product: ProductRef | None = planned("The product; null where it is unknown.")
    applied_at: DateTime = planned("When the creator applied; where that is unknown, seven days before the deadline.")
    due_at: DateTime = planned("Until when the brand may decide.")
    seconds_left: int = planned("Seconds from the data's date until then; negative where it has passed.")
    overdue: bool = planned("Whether that time has passed, so that it cannot be decided any more.")
    applications: int = planned("Undecided applications of the creator to this brand in this inbox, this one included.")
    expectation: SampleExpectation | None = planned("What is expected; null where nothing can be said, as `gap` says.")
    gap: SampleGap | None = planned("Why nothing, or no profit, is expected; null otherwise.")
    decision: SampleDecision | None = planned("What was decided here; null while it is undecided.")
    verdict: bool | None = planned("Whether the inbox's rule would approve it; null without a rule, and where it is overdue or decided.")


@strawberry.type(description="An application with its cursor.")
class SampleApplicationEdge:
    """One place of the list."""

    node: SampleApplication = planned("The application.")
    cursor: str = planned("Its cursor, for `after` and `before`; valid for the same arguments.")


@strawberry.type(description="How far expectations of a brand's samples can be believed.")
class SampleModel:
    """Measured on the brand's own samples, each time by what was known before; errors are mean Poisson deviances of net US dollars."""

    basis: SampleBasis = planned("What expected sales are based on.")
    samples: int = planned("Samples that are over, which it learnt from.")
    share: float = planned("Share of the brand's samples for which content came in time, 0–1.")
    tested: int = planned("Samples it was tested on; 0 where there were too few.")
    covered: float | None = planned("Share of 80 % intervals of net sales that held; null where nothing was tested.")
    brier: float | None = planned("Brier score of the own-record probability of content; null where nothing was tested.")
    mean_brier: float | None = planned("Brier score of always saying the brand's share; null where nothing was tested.")
    error: float | None = planned("Error of MODEL; null where nothing was tested.")
    mean_error: float | None = planned("Error of GROUP_MEAN; null where nothing was tested.")


@strawberry.type(description="A page of applications for samples of a brand.")
class SampleInbox:
    """As of the data's date: nothing later is known."""

    edges: list[SampleApplicationEdge] = planned("The applications with their cursors.")
    nodes: list[SampleApplication] = planned("The applications without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Number of applications.")
    as_of: DateTime = planned("The data's date, from which time left is counted: that of the current run.")
    undecided: int = planned("Applications that can be decided still.")
    waiting_for_export: int = planned("Decisions that were not exported yet.")
    terms: SampleTerms = planned("The terms that profit is counted by.")
    model: SampleModel | None = planned("What was learnt; null where the brand's samples are too few.")
    rule: SampleRule | None = planned("The rule whose verdicts are shown: the one asked for, else the one that is on; null without.")


@strawberry.type(description="A request of the platform's partner API that carries a decision out.")
class SampleRequest:
    """Sent by the brand's own program: this service sends nothing to the platform."""

    collaboration: CollaborationRef = planned("The application.")
    method: str = planned("The HTTP method.")
    path: str | None = planned("The path; null where the platform's id of the application is unknown.")
    body: Json = planned("The body: `review_result`, and `reject_reason` for a refusal.")
    exported_at: DateTime | None = planned("When the decision was exported; null before.")


HIDDEN: Final = "Null where you may not see who works with the brand."
INBOX: Final = paged(
    "Applications for samples that await the brand, and what is expected of each; a seller must decide within seven days. "
    f"Expectations are learnt from the brand's own samples. {HIDDEN}",
    argument("terms", SampleTermsInput | None, "Terms that profit is counted by; those of the rule, else the defaults, if omitted."),
    argument("rule", Id | None, "Id of the rule whose verdicts to show; the one that is on if omitted."),
    argument("undecided", bool, "Whether to leave out what was decided here or is overdue.", False),
    argument("sort", SampleSort, "What to sort by; unknown values come last.", SampleSort["DUE"]),
    argument("direction", Direction | None, "Sort direction; ascending if omitted."),
)
REQUESTS: Final = planned(
    "The brand's decisions that the platform does not show yet, as requests of its partner API, in the order in which they were made. "
    f"Reading them changes nothing; `exportSampleDecisions` notes that they are exported. {HIDDEN}",
    argument("exported", bool, "Whether to list those exported before, too.", False),
)
