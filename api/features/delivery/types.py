"""Whether content comes for a sample."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from enum import Enum
from typing import Final

import strawberry

from api.graphql.types.fields import argument, planned
from api.graphql.types.scalars import Id


@strawberry.enum(description="What the probability is based on.")
class DeliveryBasis(Enum):
    """The run decides for all creators."""

    MODEL = strawberry.enum_value("MODEL", description="A model of the creator's own record, which performed better on earlier dates.")
    GROUP_MEAN = strawberry.enum_value(
        "GROUP_MEAN", description="The share of all samples that were followed by content: no model performed better."
    )
    TOLD = strawberry.enum_value(
        "TOLD",
        description="The creator's public facts, where you may not see other brands' collaborations: delivered collaborations "
        "in steps of five, ratings and reports, weighted as in the cooperation score.",
    )


@strawberry.type(description="One term of the log odds that content is delivered.")
class DeliveryReason:
    """Measured against the average sample that the run learnt from."""

    name: str = planned("Its name, which stays the same from run to run.")
    text: str = planned("What it is about.")
    log_odds: float = planned("What it adds to the log odds; negative values make delivery less likely.")


@strawberry.type(description="The probability that a creator posts for a sample within 14 days of its arrival and the week of extension.")
class DeliveryProbability:
    """`baseLogOdds` and the log odds of all reasons sum exactly to the log odds of `probability`."""

    probability: float = planned("The probability, 0–1.")
    low: float = planned("Lower end of the 90 % interval of the creator's true probability.")
    high: float = planned("Upper end of that interval.")
    basis: DeliveryBasis = planned("What it is based on.")
    promises: int = planned(
        "Number of earlier invitations and samples of the creator that were due; rounded down to a multiple of five where you "
        "may not see collaborations with other brands."
    )
    samples: int = planned("Samples of all creators that the run learnt from; 0 on the basis TOLD.")
    base_log_odds: float = planned(
        "Log odds of the average sample that the run learnt from; on the basis TOLD, of the typical creator of the region."
    )
    reasons: list[DeliveryReason] = planned("What changes the log odds from there, largest effect first; empty on the basis GROUP_MEAN.")


@strawberry.type(description="Samples with about the same probability.")
class ReliabilityBin:
    """Where probabilities can be believed, `said` and `came` are alike."""

    low: float = planned("Lowest probability in the group.")
    high: float = planned("Highest probability in the group.")
    said: float = planned("Mean probability.")
    came: float = planned("Share of them that were followed by content.")
    samples: int = planned("Number of samples.")


@strawberry.type(description="The weight of a covariate in the probability of delivery.")
class DeliveryWeight:
    """A term is slope × (the creator's value − centre)."""

    name: str = planned("The covariate's name.")
    text: str = planned("The kind of event.")
    slope: float = planned("Change in log odds per unit.")
    centre: float = planned("Mean over the samples learnt from.")


@strawberry.type(description="What a run learnt about delivery, and how reliable it is.")
class DeliveryModel:
    """Measured by replay: what would have been said of samples at earlier dates, by what was known then."""

    basis: DeliveryBasis = planned("The model that the run uses.")
    samples: int = planned("Number of samples past their deadline, which it learnt from.")
    share: float = planned("Share of them that were followed by content in time, 0–1.")
    replayed: int = planned("Number of samples it was measured on; 0 where there were too few.")
    brier: float | None = planned("Brier score of the model, the mean squared error; null where there were too few samples to measure.")
    group_mean_brier: float | None = planned(
        "Brier score of always predicting the group's mean; null where there were too few samples to measure."
    )
    reliability: list[ReliabilityBin] = planned("The reliability curve; empty where there were too few samples to measure.")
    weights: list[DeliveryWeight] = planned("The weight of each covariate.")


DELIVERY: Final = planned(
    "The probability that the creator delivers content for a sample approved now. Null before the first run, where the run had "
    "too few samples to learn from, where you may not see the creator's scores explained, and for a brand whose collaborations "
    "you may not see.",
    argument("brand", Id | None, "The brand that sends the sample; if omitted, a brand that is new to the creator."),
)
DELIVERY_MODEL: Final = planned(
    "What the run learnt about delivery of samples; null where it had too few to learn from, and for brands and partners."
)
