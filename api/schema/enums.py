"""Enums; those that name indicators are made from the declaration, so that a new indicator needs no line here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

import strawberry

import scoring
from graph.runs import TOP

QUESTIONS: Final = {each.name: each.question for each in scoring.methodology().indicators}


def named(name: str, description: str, values: Mapping[str, tuple[Any, str]]) -> Any:
    """Return a GraphQL enum of values by name, each with its description."""
    members = {key: strawberry.enum_value(value, description=words) for key, (value, words) in values.items()}
    made: Any = Enum(name, members)
    return strawberry.enum(made, name=name, description=description)


INDICATORS: Final = {each.upper(): (scoring.camel(each), QUESTIONS[each]) for each in scoring.NAMES}

Indicator: Final = named("Indicator", "What a score is about; 0–100, higher is better.", INDICATORS)


@strawberry.enum(description="How far scores and sums look back: complete UTC days before the run's date.")
class Window(Enum):
    """Days before the run's as-of date."""

    D7 = strawberry.enum_value(7, description="7 days.")
    D28 = strawberry.enum_value(28, description="28 days.")
    D90 = strawberry.enum_value(90, description="90 days.")


Basis: Final = named(
    "Basis",
    "What a score stands on.",
    {
        "EVENTS": ("EVENTS", "Single events: posts, orders, collaborations."),
        "REPORTED": ("REPORTED", "Sums that the platform itself reports."),
        "FUSED": ("FUSED", "Both, each weighed by what it is worth."),
        "PEERS": ("PEERS", "Nothing is known of the trait, though events of the creator: any peer's score, and as wide."),
    },
)
TopSize: Final = named("TopSize", "How many are first.", {f"TOP_{size}": (size, f"The first {size}.") for size in TOP})
RankingOrder: Final = named(
    "RankingOrder",
    "What a ranking is in the order of.",
    {
        "VALUE": ("VALUE", "By score, the highest first."),
        "LOWER_BOUND": (
            "LOWER_BOUND",
            "By the lower end of the 90 % interval, the highest first: doubt counts against a creator.",
        ),
        "TOP_PROBABILITY": (
            "TOP_PROBABILITY",
            "By r-value: of a list cut after any number of rows, those are in it who are most likely among the true first so many.",
        ),
        "FORECAST": (
            "FORECAST",
            "By `Creator.forecast { forForecast }`, the highest first, equals by overall score; who has none comes last.",
        ),
    },
)
Direction: Final = named(
    "Direction",
    "Which end of an order comes first.",
    {"ASC": ("ASC", "The smallest first; of scores, the worst."), "DESC": ("DESC", "The greatest first; of scores, the best.")},
)
CreatorSort: Final = named(
    "CreatorSort",
    "What creators are sorted by. By a score: those who have a scorecard in that window and category, those without a value last.",
    {
        "ID": ("id", "By id."),
        "HANDLE": ("handleKey", "By handle, as compared: without case."),
        "FOLLOWERS": ("followerCount", "By followers; those with an unknown number are left out."),
        "JOINED": ("joinedAt", "By the time at which they joined; those who joined at an unknown time are left out."),
        **{key: (value, f"By score: {words}") for key, (value, words) in INDICATORS.items()},
    },
)
BrandSort: Final = named(
    "BrandSort",
    "What brands are sorted by.",
    {"ID": ("id", "By id."), "NAME": ("name", "By name; those without a known name are left out.")},
)
ProductSort: Final = named(
    "ProductSort",
    "What products are sorted by.",
    {"ID": ("id", "By id."), "TITLE": ("title", "By title; those without a known title are left out.")},
)
CollaborationSort: Final = named(
    "CollaborationSort",
    "What collaborations are sorted by.",
    {"ID": ("id", "By id."), "OFFERED": ("offeredAt", "By the time of the offer; those offered at an unknown time are left out.")},
)
ContentKind: Final = named("ContentKind", "What a content is.", {"VIDEO": ("VIDEO", "A short video."), "LIVE": ("LIVE", "A live stream.")})
CollaborationKind: Final = named(
    "CollaborationKind",
    "How a collaboration came about.",
    {
        "OPEN": ("OPEN", "The creator took up a plan that is open to all."),
        "TARGETED": ("TARGETED", "The brand invited the creator."),
        "SAMPLE": ("SAMPLE", "The creator applied for a sample."),
        "CAMPAIGN": ("CAMPAIGN", "An agency arranged it."),
    },
)
CollaborationStatus: Final = named(
    "CollaborationStatus",
    "Where a collaboration stands.",
    {
        "OFFERED": ("OFFERED", "Offered or applied for, not answered yet."),
        "ACCEPTED": ("ACCEPTED", "Both sides have agreed."),
        "DECLINED": ("DECLINED", "One side said no."),
        "DELIVERED": ("DELIVERED", "Content has been published for it."),
        "FAILED": ("FAILED", "The content that was agreed did not come, or not as agreed."),
        "EXPIRED": ("EXPIRED", "It ended without an answer."),
        "CANCELLED": ("CANCELLED", "The brand refused it or called it off."),
    },
)
Dimension: Final = named(
    "Dimension",
    "What followers are divided by.",
    {
        "AGE": ("AGE", "Age."),
        "GENDER": ("GENDER", "Gender."),
        "LOCATION": ("LOCATION", "Where they live."),
    },
)
RunStatus: Final = named(
    "RunStatus",
    "Where a scoring run stands.",
    {
        "BUILDING": ("BUILDING", "Being computed; nobody reads it."),
        "CURRENT": ("CURRENT", "The one that all answers come from."),
        "SUPERSEDED": ("SUPERSEDED", "Was current, and is stored for a while."),
        "HELD": (
            "HELD",
            "Whole, and waiting for an administrator, since it drifted too far from the current one. Only they and analysts see it.",
        ),
        "DISCARDED": ("DISCARDED", "Was held, and is being removed."),
    },
)
ViewerRole: Final = named(
    "ViewerRole",
    "Who a key was made for.",
    {
        "ADMIN": ("admin", "Loads data, scores, manages access; sees all."),
        "ANALYST": ("analyst", "Sees all, changes nothing."),
        "PARTNER": ("partner", "Sees creators of its regions, and its clients' business."),
        "BRAND": ("brand", "Sees creators of its regions, and its own business."),
        "CREATOR": ("creator", "Sees themself."),
    },
)
