"""A score and why it is what it is."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.graphql.types.enums import Basis, Indicator, TopSize, Window
from api.graphql.types.fields import argument, planned
from api.graphql.types.scalars import Id, Region


@strawberry.type(description="One source's reading of a component's trait.")
class ComponentSource:
    """The weights of a component's sources and `peerWeight` sum to 1."""

    name: str = planned("The reading, as `methodology` names it.")
    basis: Basis = planned("EVENTS, or REPORTED for totals reported by the platform.")
    raw: float | None = planned("The unadjusted value; null where the source has none.")
    evidence: int = planned("Number of pieces of evidence in it.")
    weight: float = planned("Its share of all evidence about the trait, 0–1.")


@strawberry.type(description="What one component adds to a score.")
class Component:
    """`raw`, `shrunk` and `peerMedian` share the component's unit, which `methodology` names."""

    name: str = planned("The component, as `methodology` names it.")
    contribution: float = planned("Points that it adds to the base; may be negative.")
    raw: float | None = planned("The value according to the first source with evidence; null without evidence.")
    shrunk: float | None = planned("The combined value of all sources, shrunk toward the peers; null when `raw` is.")
    peer_median: float | None = planned("The value of the typical peer, which earns 50 points; null without peers.")
    weight: float = planned("Its weight here: a component without evidence from any peer gives its weight to the others.")
    note: str | None = planned("A note if this component was treated specially; null otherwise.")
    sources: list[ComponentSource] = planned("The value according to each source; empty in `OVERALL`.")
    peer_weight: float = planned("How much of the value comes from the peers, 0–1: more with less evidence.")


@strawberry.type(description="The breakdown of a score: the base plus all contributions equals the value exactly.")
class Explanation:
    """Recomputed from the facts that the run has kept."""

    base: float = planned("The score of the typical peer: 50.")
    components: list[Component] = planned("All components of the indicator.")


@strawberry.type(description="The group in which a rank is counted: all creators with a value in this region, window and category.")
class RankScope:
    """Filters do not change it."""

    region: Region | None = planned("The region; null for all regions together.")
    window: Window = planned("Number of days that the scores look back from the run's date.")
    category_id: Id | None = planned("Global id of the category; null over all categories.")


@strawberry.type(description="One indicator of a creator in one window and category, 0–100, higher is better.")
class Score:
    """Null values have a reason in words."""

    indicator: Indicator = planned("The indicator.")
    value: float | None = planned("The score; null without any evidence, with a `reason`.")
    low: float | None = planned("Lower end of the 90 % interval; null without a value.")
    high: float | None = planned("Upper end of the 90 % interval; null without a value.")
    evidence: int = planned("Number of pieces of evidence it is based on.")
    reason: str | None = planned("Why there is no value; null where there is one.")
    basis: Basis | None = planned("What it is based on; null without a value.")
    percentile: float | None = planned(
        "Share of peers with a lower value, plus half the share with the same value, the creator included, 0–100; null without a value."
    )
    rank: int | None = planned("Rank among the peers of `scope`, 1 is best, equal scores share a rank; null without a value.")
    scope: RankScope = planned("The group in which `rank` and the other ranks are counted: always creators of the same region.")
    expected_rank: float | None = planned(
        "The expected true rank, given how uncertain all peers' scores are; null without a value. With little evidence it lies "
        "closer to the middle."
    )
    expected_percentile: float | None = planned("The same as a share of the peers, 0–100, higher is better; null without a value.")
    rank_low: int | None = planned("Best end of the 90 % interval of the true rank; null without a value.")
    rank_high: int | None = planned("Worst end of the 90 % interval of the true rank; null without a value.")
    level: int | None = planned(
        "Group of creators whose scores can hardly be distinguished, 1 is best; null without a value. Levels are as many as "
        "keep the expected share of misordered pairs, among all pairs of peers, at 5 % or below."
    )
    level_count: int | None = planned(
        "How many levels the peers have, `level` is one of them; null without a value, and in runs made before they were counted."
    )
    top_probability: float | None = planned(
        "Probability of truly being among the top `k` of the peers; null without a value.",
        argument("k", TopSize, "Size of the top group.", TopSize["TOP_50"]),
    )
    peers: int | None = planned(
        "Creators with a value in the same region, window and category; null where the run does not know the indicator yet."
    )
    outward: bool = planned(
        "Whether it is computed only from what brands and partners may see: exact sales of creators who consent, published "
        "ranges for the others, and counts of collaborations rounded to multiples of five. Administrators, analysts and the "
        "creators themselves see scores computed from all data."
    )
    previous: float | None = planned("The value in the previous run; null where there was none.")
    explanation: Explanation | None = planned("The explanation of the value; null without a value, or where you may not see it.")
