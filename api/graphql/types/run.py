"""Scoring runs."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any, Final

import strawberry

from api.features.cold_start.types import COLD_START_MODEL, ColdStartModel
from api.features.delivery.types import DELIVERY_MODEL, DeliveryModel
from api.features.spillover.types import SPILLOVER_MODEL, SpilloverModel
from api.graphql.types.enums import RunStatus, named
from api.graphql.types.fields import planned
from api.graphql.types.forecast import ForecastMethod
from api.graphql.types.nouns import Node
from api.graphql.types.page import connection
from api.graphql.types.scalars import DateTime


@strawberry.type(description="A signed record of what a scoring run was computed from, so that its ratings can be verified.")
class Manifest:
    """`creatorgraph verify` checks an export against it."""

    text: str = planned(
        "Canonical JSON: SHA-256 digests of the events read, the fit and the declarations, the formula's version, the as-of date,"
        " the scores and facts in order, and the package's version."
    )
    signature: str = planned("Ed25519 signature of the text in UTF-8, in hexadecimal digits.")
    public_key: str = planned("The public key that verifies it, in hexadecimal digits.")


DriftKind: Final = named(
    "DriftKind",
    "The kind of a column that may drift.",
    {
        "INPUT": ("INPUT", "A fact that scores are computed from, as `methodology` names it."),
        "SCORE": ("SCORE", "A score."),
    },
)


@strawberry.type(description="Drift of a column from the previously current run, over all creators.")
class Drift:
    """Over everything, in the longest window. Scores are left out where the formula changed."""

    kind: DriftKind = planned("The kind of column.")
    name: str = planned("The fact, or the score as a field of `Creator`.")
    index: float = planned(
        "Population stability index over the deciles of the previous run and unknown values, minus its average under pure "
        "chance; 0 is no change, and 0.25 is usually read as a different population."
    )
    drifted: bool = planned("Whether it exceeds the limit, and also what chance would produce in any column only once in a thousand runs.")


GroupKind: Final = named(
    "GroupKind",
    "How creators are grouped.",
    {
        "REGION": ("REGION", "Region. Scores are relative to the peers of a region, so their means are similar by construction."),
        "TIER": ("TIER", "Followers."),
        "CATEGORY": (
            "CATEGORY",
            ("Category (the platform's id) that they are active in; a creator may be in several. The 30 largest are listed."),
        ),
        "TENURE": ("TENURE", "Whether they joined in the last 90 days."),
    },
)


@strawberry.type(description="One score of one group of at least five creators, over all categories in the longest window.")
class GroupScore:
    """A difference is no proof of unfairness: groups may differ in what is rated. At equal evidence it is not for want of evidence."""

    kind: GroupKind = planned("The grouping.")
    group: str = planned("The group.")
    indicator: str = planned("The score, as a field of `Creator`.")
    creators: int = planned("Number of creators in the group.")
    scored: int = planned("Number of them who have the score.")
    mean: float | None = planned("Their mean score; null where fewer than five have it.")
    error: float | None = planned("Standard error of the mean; null when the mean is.")
    width: float | None = planned("Mean width of their 90 % intervals; null when the mean is.")
    difference: float | None = planned(
        "Difference in points between their scores and those of all others with as much evidence (1, 2–4, 5–9, 10–29, 30 and "
        "more); null when the mean is, and where there are no such others."
    )
    difference_error: float | None = planned("Standard error of the difference; null when the difference is.")


@strawberry.type(description="One computation of all scores: the same data and date give the same scores.")
class ScoringRun(Node):
    """Readers see the last whole run until the next is complete."""

    as_of: DateTime | None = planned("Only data known by this time is used; null where unknown.")
    status: RunStatus = planned("Its current status.")
    formula_version: str | None = planned("Version of the formulas; null where unknown.")
    started_at: DateTime | None = planned("When computation started; null where unknown.")
    published_at: DateTime | None = planned("When it became visible to readers; null before, and once it is taken back.")
    taken_back_at: DateTime | None = planned(
        "When it was taken back: it was current, and now has the status `HELD`, to be published again or discarded; null for others."
    )
    forecast_method: ForecastMethod | None = planned(
        "How its forecasts were learnt, and how they performed on earlier dates; null for runs made before forecasts existed, "
        "and for keys of brands and partners, who get separate forecasts."
    )
    drift: list[Drift] = planned(
        "How far inputs and scores drifted from the previously current run, largest drift first; empty for the first run, for "
        "runs made before drift was measured, and for keys of brands and partners."
    )
    drift_limit: float | None = planned(
        "The drift index above which a run is held for review; 0 if runs are never held, null where drift was not measured."
    )
    fairness: list[GroupScore] = planned(
        "Statistics of each score for each group of creators: by region, followers, category, and newcomers. Empty for runs "
        "made before this was measured, and for keys of brands and partners."
    )
    manifest: Manifest | None = planned(
        "What it was computed from, signed; null where it was made before runs were signed, and for keys of brands and partners, whose"
        " scorecards are not in it."
    )
    cold_start_model: ColdStartModel | None = COLD_START_MODEL
    spillover_model: SpilloverModel | None = SPILLOVER_MODEL
    delivery_model: DeliveryModel | None = DELIVERY_MODEL


ScoringRunConnection: Any = connection(ScoringRun)
