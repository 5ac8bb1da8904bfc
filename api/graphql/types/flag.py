"""What makes a creator's data look dishonest."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import argument, planned
from api.graphql.types.nouns import CreatorRef, Node
from api.graphql.types.scalars import Id

FlagKind: Final = named(
    "FlagKind",
    "What a flag has detected in a creator's data.",
    {
        "INFLATED_VIEWS": ("INFLATED_VIEWS", "Views that engagement, clicks and sales do not support."),
        "REFUNDED_ORDERS": ("REFUNDED_ORDERS", "Far more returned order lines than other creators have for the same products."),
        "ORDER_BURST": ("ORDER_BURST", "Bursts of orders through videos that ordinary buyers do not produce."),
        "RING": ("RING", "A group of creators who mention each other far more often than by chance."),
    },
)
EXCLUDE_FLAGGED: Final = argument(
    "excludeFlagged",
    bool,
    "Whether to exclude creators flagged by the current run; scores and ranks of the others do not change.",
    False,
)
HIDDEN: Final = "null where you may see no more than kind and precision"


@strawberry.type(
    description=(
        "A sign that a creator's data may have been manipulated. It is not proof and does not affect any score. The "
        "creator can contest it by its id."
    )
)
class Flag(Node):
    """As of the current run; its id is the same in every run."""

    creator: CreatorRef | None = planned("The creator whose data it concerns; null where you may not see that creator.")
    kind: FlagKind = planned("What was detected.")
    precision: float = planned(
        "Share of flags of this kind that were correct in simulated markets with planted fraud and the same kind of data, 0–1."
    )
    observed: float | None = planned(
        f"The figure observed: mean views of a post (geometric), lines sent back, close orders, or mentions in the group; {HIDDEN}."
    )
    expected: float | None = planned(f"The same figure as expected from honest peers; {HIDDEN}.")
    p_value: float | None = planned(f"Upper bound on the probability that an honest creator's data look like this; {HIDDEN}.")
    false_discovery_rate: float | None = planned(
        f"Expected share of false flags among those at least as strong (Benjamini–Hochberg), 0–1; {HIDDEN}."
    )
    evidence: list[Id] = planned(
        "Global ids of the content, products and creators that it is based on, most important first; empty where you may not "
        "see them. Creators see their own, but not the others in a group."
    )
