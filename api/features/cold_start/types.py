"""What creators may sell through whom nothing was sold yet."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from enum import Enum
from typing import Final

import strawberry

from api.graphql.types.fields import planned


@strawberry.enum(description="What the expected sales of a creator without sales are based on.")
class ColdStartBasis(Enum):
    """Each run measures both on newcomers whose sales it holds back."""

    GRAPH_AND_PROFILE = strawberry.enum_value(
        "GRAPH_AND_PROFILE",
        description=(
            "Followers, posts, collaborations, and what others sell of the promoted products: at least 15 % less error than the mean."
        ),
    )
    GROUP_MEAN = strawberry.enum_value("GROUP_MEAN", description="The mean of the region's newcomers: no model was 15 % better.")


@strawberry.type(description="Expected net sales in 28 days for a creator without sales so far.")
class ColdStart:
    """Typical sales of newcomers alike, not the mean, which few large ones make; no sale of the creator's own is in it."""

    expected_usd: float = planned("Typical net sales, US dollars.")
    low_usd: float = planned("Lower end of the interval that contained four in five of the newcomers set aside for testing.")
    high_usd: float = planned("Upper end of that interval.")
    basis: ColdStartBasis = planned("What it is based on.")
    gain: float = planned("By what share the error of GRAPH_AND_PROFILE is smaller than that of GROUP_MEAN; negative if it is larger.")
    newcomers: int = planned("Number of newcomers that the run learnt from.")


@strawberry.type(description="How expected sales performed on newcomers set aside for testing.")
class ColdStartModel:
    """Newcomers are who had sold nothing until 90 days before the run; errors are of log(1 + US dollars in 28 days)."""

    basis: ColdStartBasis = planned("The model that the run uses.")
    newcomers: int = planned("Number of newcomers learnt from, each set aside for testing once.")
    error: float = planned("Root mean squared error of the prediction from graph and profile.")
    group_mean_error: float = planned("Root mean squared error of the mean of the region's newcomers.")
    gain: float = planned("By what share the first error is smaller than the second; the model is used from 0.15.")
    replayed_ratio: float = planned(
        "Actual sales of creators who had sold nothing until 28 days before the run, relative to their expected sales, on a "
        "log scale; at most 1. Expected sales are multiplied by it, since creators who have posted without a sale sell less "
        "than newcomers."
    )


COLD_START: Final = planned(
    "What a creator without sales so far may sell in 28 days. Null for creators who have sold anything, before the first run, "
    "where the run had too few newcomers to learn from, where you may not see the creator's scores explained, and for keys of "
    "brands and partners, who have `forecast`."
)
COLD_START_MODEL: Final = planned(
    "How expected sales of newcomers performed on those set aside for testing; null where there were too few, and for keys of "
    "brands and partners."
)
