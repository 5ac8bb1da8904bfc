"""What creators may sell through whom nothing was sold yet."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from enum import Enum
from typing import Final

import strawberry

from api.schema.planned import planned


@strawberry.enum(description="What an expectation of a creator without sales stands on.")
class ColdStartBasis(Enum):
    """Each run measures both on newcomers whose sales it holds back."""

    GRAPH_AND_PROFILE = strawberry.enum_value(
        "GRAPH_AND_PROFILE",
        description="Followers, posts, work, and what others sell of the products promoted: at least 15 % less error than the mean.",
    )
    GROUP_MEAN = strawberry.enum_value("GROUP_MEAN", description="The mean of the region's newcomers: nothing known did 15 % better.")


@strawberry.type(description="Net sales to be expected in 28 days of a creator through whom nothing was sold yet.")
class ColdStart:
    """Typical sales of newcomers alike, not the mean, which few large ones make; no sale of the creator's own is in it."""

    expected_usd: float = planned("Typical net sales, US dollars.")
    low_usd: float = planned("Lower end of the interval that held four in five of the newcomers held back.")
    high_usd: float = planned("Upper end of that interval.")
    basis: ColdStartBasis = planned("What it stands on.")
    gain: float = planned("How much less the error of GRAPH_AND_PROFILE is than that of GROUP_MEAN, a share; below 0 where it is more.")
    newcomers: int = planned("Newcomers that the run learnt from.")


@strawberry.type(description="How expectations of newcomers did on those whose sales were held back.")
class ColdStartModel:
    """Newcomers are who had sold nothing until 90 days before the run; errors are of log(1 + US dollars in 28 days)."""

    basis: ColdStartBasis = planned("What the run serves.")
    newcomers: int = planned("Newcomers learnt from, each held back once.")
    error: float = planned("Root mean squared error of what graph and profile foretell.")
    group_mean_error: float = planned("Root mean squared error of the mean of the region's newcomers.")
    gain: float = planned("How much less the first error is than the second, a share; served from 0.15.")
    replayed_ratio: float = planned(
        "What those who had sold nothing until 28 days before the run sold since, as a part of what was expected of them, on the scale of"
        " logs; at most 1. Expectations are multiplied by it, since who has posted without a sale sells less than a newcomer."
    )


COLD_START: Final = planned(
    "What the creator may sell in 28 days, though nothing was sold yet. Null for who has sold anything, before the first run, where the"
    " run had too few newcomers to learn from, where you may not see the creator's scores explained, and for keys of brands and partners,"
    " who have `forecast`."
)
COLD_START_MODEL: Final = planned(
    "How expectations of newcomers did on those held back; null where they were too few, and for keys of brands and partners."
)
