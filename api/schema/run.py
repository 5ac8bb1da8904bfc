"""Scoring runs."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any, Final

import strawberry

from api.schema.cold_start import COLD_START_MODEL, ColdStartModel
from api.schema.delivery import DELIVERY_MODEL, DeliveryModel
from api.schema.enums import RunStatus, named
from api.schema.forecast import ForecastMethod
from api.schema.node import Node
from api.schema.page import connection
from api.schema.planned import planned
from api.schema.scalars import DateTime
from api.schema.spillover import SPILLOVER_MODEL, SpilloverModel


@strawberry.type(description="What a scoring run was computed from, signed, so that its ratings can be proven.")
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
    "What a column that may drift is.",
    {
        "INPUT": ("INPUT", "A fact that scores are computed from, as `methodology` names it."),
        "SCORE": ("SCORE", "A score."),
    },
)


@strawberry.type(description="How far a column lies from where it lay in the run that was current before, over all creators.")
class Drift:
    """Over everything, in the longest window. Scores are left out where the formula changed."""

    kind: DriftKind = planned("What the column is.")
    name: str = planned("The fact, or the score as a field of `Creator`.")
    index: float = planned(
        "Population stability index over the tenths of the run before and the unknown, less what chance gives on average; 0 is no change,"
        " 0.25 is usually taken for another population."
    )
    drifted: bool = planned("Whether it is beyond the limit, and beyond what chance would give to any column but once in a thousand runs.")


GroupKind: Final = named(
    "GroupKind",
    "By what creators are grouped.",
    {
        "REGION": ("REGION", "Region. Scores are places among the peers of a region, so their means are alike by themselves."),
        "TIER": ("TIER", "Followers."),
        "CATEGORY": ("CATEGORY", "Category (its own id) that they are active in; a creator may be in several. The 30 largest are listed."),
        "TENURE": ("TENURE", "Whether they came in the last 90 days."),
    },
)


@strawberry.type(description="One score of one group of five creators or more: over everything, in the longest window.")
class GroupScore:
    """A difference is no proof of unfairness: groups may differ in what is rated. At equal evidence it is not for want of evidence."""

    kind: GroupKind = planned("By what they are grouped.")
    group: str = planned("Which group.")
    indicator: str = planned("The score, as a field of `Creator`.")
    creators: int = planned("Creators of the group.")
    scored: int = planned("Those who have the score.")
    mean: float | None = planned("Their mean score; null where fewer than five have it.")
    error: float | None = planned("Standard error of the mean; null as it is.")
    width: float | None = planned("Mean width of their 90 % intervals; null as the mean is.")
    difference: float | None = planned(
        "How many points higher their scores are than those of all others with as much evidence (1, 2–4, 5–9, 10–29, 30 and more); null too"
        " where there are no such others."
    )
    difference_error: float | None = planned("Standard error of the difference; null as it is.")


@strawberry.type(description="One computation of all scores: the same data and date give the same scores.")
class ScoringRun(Node):
    """Readers see the last whole run until the next is complete."""

    as_of: DateTime | None = planned("What was known until then counts; null where unknown.")
    status: RunStatus = planned("Where it stands.")
    formula_version: str | None = planned("Version of the formulas; null where unknown.")
    started_at: DateTime | None = planned("When computing began; null where unknown.")
    published_at: DateTime | None = planned("When readers began to see it; null before.")
    forecast_method: ForecastMethod | None = planned(
        "How its forecasts were learnt, and how they would have done; null where it was made before runs forecast, and for keys of brands"
        " and partners, whose forecasts are others."
    )
    drift: list[Drift] = planned(
        "How far inputs and scores lie from the run that was current before, the most moved first; empty for the first run, and for those"
        " made before drift was measured, and for keys of brands and partners."
    )
    drift_limit: float | None = planned("The index from which on a run waits; 0 where none does, null where drift was not measured.")
    fairness: list[GroupScore] = planned(
        "What each score says of each group of creators: by region, followers, category, and those who came lately. Empty for runs made"
        " before this was measured, and for keys of brands and partners."
    )
    manifest: Manifest | None = planned(
        "What it was computed from, signed; null where it was made before runs were signed, and for keys of brands and partners, whose"
        " scorecards are not in it."
    )
    cold_start_model: ColdStartModel | None = COLD_START_MODEL
    spillover_model: SpilloverModel | None = SPILLOVER_MODEL
    delivery_model: DeliveryModel | None = DELIVERY_MODEL


ScoringRunConnection: Any = connection(ScoringRun)
