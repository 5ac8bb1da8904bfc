"""A score and why it is what it is."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.schema.enums import Basis, Indicator, TopSize, Window
from api.schema.planned import argument, planned
from api.schema.scalars import Region


@strawberry.type(description="What one source says of a component's trait.")
class ComponentSource:
    """The weights of a component's sources and `peerWeight` sum to 1."""

    name: str = planned("The reading, as `methodology` names it.")
    basis: Basis = planned("EVENTS, or REPORTED where the platform says it in sum.")
    raw: float | None = planned("The plain value; null where the source says nothing.")
    evidence: int = planned("Pieces of evidence in it.")
    weight: float = planned("Its share of all that is known of the trait, 0–1.")


@strawberry.type(description="What one component adds to a score.")
class Component:
    """`raw`, `shrunk` and `peerMedian` share the component's unit, which `methodology` names."""

    name: str = planned("The component, as `methodology` names it.")
    contribution: float = planned("Points that it adds to the base; may be negative.")
    raw: float | None = planned("The value as the first source with evidence has it; null without evidence.")
    shrunk: float | None = planned("The value that all sources and the peers give together; null as `raw` is.")
    peer_median: float | None = planned("The value of the typical peer, which earns 50 points; null without peers.")
    weight: float = planned("Its weight here: what no peer has evidence of gives its weight to the others.")
    note: str | None = planned("What is special about it here; null where nothing is.")
    sources: list[ComponentSource] = planned("What each source says of it; empty in `OVERALL`.")
    peer_weight: float = planned("The share of what is known that the peers add, 0–1: the less evidence, the more.")


@strawberry.type(description="A score taken apart: base plus all contributions is the value, exactly.")
class Explanation:
    """Recomputed from the facts that the run has kept."""

    base: float = planned("What the typical peer has: 50.")
    components: list[Component] = planned("All components of the indicator.")


@strawberry.type(description="Among whom a rank counts: all creators with a value in this region, window and category.")
class RankScope:
    """Filters do not change it."""

    region: Region | None = planned("The region; null for all regions together.")
    window: Window = planned("Days that the scores look back from the run's date.")
    category_id: strawberry.ID | None = planned("Global id of the category; null over all categories.")


@strawberry.type(description="One indicator of a creator in one window and category, 0–100, higher is better.")
class Score:
    """Null values have a reason in words."""

    indicator: Indicator = planned("The indicator.")
    value: float | None = planned("The score; null without any evidence, with a `reason`.")
    low: float | None = planned("Lower end of the 90 % interval; null without a value.")
    high: float | None = planned("Upper end of the 90 % interval; null without a value.")
    evidence: int = planned("Pieces of evidence that it stands on.")
    reason: str | None = planned("Why there is no value; null where there is one.")
    basis: Basis | None = planned("What it stands on; null without a value.")
    percentile: float | None = planned("Share of peers with a lower or equal value, 0–100; null without a value.")
    rank: int | None = planned("Place among the peers of `scope`, 1 is best, ties share; null without a value.")
    scope: RankScope = planned("Among whom `rank` and the other places count: always creators of the same region.")
    expected_rank: float | None = planned(
        "The mean of the true rank, given how uncertain all peers' scores are; null without a value. Who has little evidence is expected"
        " nearer to the middle."
    )
    expected_percentile: float | None = planned("The same as a share of the peers, 0–100, higher is better; null without a value.")
    rank_low: int | None = planned("Best end of the 90 % interval of the true rank; null without a value.")
    rank_high: int | None = planned("Worst end of the 90 % interval of the true rank; null without a value.")
    level: int | None = planned(
        "Group of creators who can hardly be told apart, 1 is best; null without a value. Levels are as many as keep the expected share"
        " of misordered pairs, among all pairs of peers, at 5 % or below."
    )
    top_probability: float | None = planned(
        "Probability to be truly among the first `k` of the peers; null without a value.",
        argument("k", TopSize, "How many are first.", TopSize["TOP_50"]),
    )
    peers: int | None = planned(
        "Creators with a value in the same region, window and category; null where the run does not know the indicator yet."
    )
    outward: bool = planned(
        "Whether it is computed from what brands and partners may see: exact sales of those who consent, published ranges of the"
        " others, dealings with brands in fives. Administrators, analysts and the creators themselves see it computed from everything."
    )
    previous: float | None = planned("The value in the run before; null where there was none.")
    explanation: Explanation | None = planned("Why it is what it is; null without a value, or where you may not see why.")
