"""What makes a creator's data look dishonest."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import named
from api.schema.node import Node
from api.schema.nouns import CreatorRef
from api.schema.planned import argument, planned

FlagKind: Final = named(
    "FlagKind",
    "What a flag says of a creator's data.",
    {
        "INFLATED_VIEWS": ("INFLATED_VIEWS", "Views that engagement, clicks and sales do not bear out."),
        "REFUNDED_ORDERS": ("REFUNDED_ORDERS", "Far more order lines sent back than the same products of other creators."),
        "ORDER_BURST": ("ORDER_BURST", "Orders through videos one upon the other, as a crowd does not place them."),
        "RING": ("RING", "A group of creators who name each other far more than chance lets them."),
    },
)
EXCLUDE_FLAGGED: Final = argument(
    "excludeFlagged",
    bool,
    "Whether to leave out creators with a flag of the current run; scores and ranks of the others stay as they are.",
    False,
)
HIDDEN: Final = "null where you may see no more than kind and precision"


@strawberry.type(
    description="A sign that a creator's data are not honest: no proof, and no part of any score. The creator may contest it by its id."
)
class Flag(Node):
    """As of the current run; its id is the same in every run."""

    creator: CreatorRef | None = planned("Whose data it is about; null where you may not see that creator.")
    kind: FlagKind = planned("What it says.")
    precision: float = planned(
        "Share of flags of this kind that were right, on such data as are known of the creator, in simulated markets with planted"
        " cheats, 0–1."
    )
    observed: float | None = planned(
        f"The figure observed: mean views of a post (geometric), lines sent back, close orders, or mentions in the group; {HIDDEN}."
    )
    expected: float | None = planned(f"The same figure as honest peers let expect; {HIDDEN}.")
    p_value: float | None = planned(f"Probability that an honest creator's data look so, at most; {HIDDEN}.")
    false_discovery_rate: float | None = planned(
        f"Share of false flags to expect among those at least as strong (Benjamini–Hochberg), 0–1; {HIDDEN}."
    )
    evidence: list[strawberry.ID] = planned(
        "Global ids of the contents, products and creators that it stands on, the weightiest first; empty where you may not see them."
        " The creator sees their own, not the others of a group."
    )
