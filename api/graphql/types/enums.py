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

Indicator: Final = named("Indicator", "What a score measures; 0–100, higher is better.", INDICATORS)


@strawberry.enum(description="How far back scores and totals look: complete UTC days before the run's date.")
class Window(Enum):
    """Days before the run's as-of date."""

    D7 = strawberry.enum_value(7, description="7 days.")
    D28 = strawberry.enum_value(28, description="28 days.")
    D90 = strawberry.enum_value(90, description="90 days.")


Basis: Final = named(
    "Basis",
    "What a score is based on.",
    {
        "EVENTS": ("EVENTS", "Single events: posts, orders, collaborations."),
        "REPORTED": ("REPORTED", "Totals that the platform itself reports."),
        "FUSED": ("FUSED", "Both, each weighted by its reliability."),
        "PEERS": ("PEERS", ("Events of the creator are known, but none about this trait: the score and interval of an arbitrary peer.")),
    },
)
TopSize: Final = named("TopSize", "Size of the top group.", {f"TOP_{size}": (size, f"The first {size}.") for size in TOP})
RankingOrder: Final = named(
    "RankingOrder",
    "The sort order of a ranking.",
    {
        "VALUE": ("VALUE", "By score, the highest first."),
        "LOWER_BOUND": (
            "LOWER_BOUND",
            "By the lower end of the 90 % interval, highest first, so that uncertainty counts against a creator.",
        ),
        "TOP_PROBABILITY": (
            "TOP_PROBABILITY",
            (
                "By r-value: cut the list after any number of rows, and it contains the creators most likely to be in the true top "
                "of that size."
            ),
        ),
        "FORECAST": (
            "FORECAST",
            ("By `Creator.forecast { forForecast }`, highest first, ties broken by overall score; creators without one come last."),
        ),
    },
)
Direction: Final = named(
    "Direction",
    "Sort direction.",
    {"ASC": ("ASC", "Ascending; for scores, worst first."), "DESC": ("DESC", "Descending; for scores, best first.")},
)
CreatorSort: Final = named(
    "CreatorSort",
    (
        "What creators are sorted by. Sorting by a score lists only creators with a scorecard in that window and category, those "
        "without a value last."
    ),
    {
        "ID": ("id", "By id."),
        "HANDLE": ("handleKey", "By handle, ignoring case."),
        "FOLLOWERS": ("followerCount", "By followers; creators with an unknown number are left out."),
        "JOINED": ("joinedAt", "By the time they joined; creators with an unknown time are left out."),
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
    {"ID": ("id", "By id."), "OFFERED": ("offeredAt", ("By the time of the offer; collaborations with an unknown time are left out."))},
)
ContentKind: Final = named(
    "ContentKind", "The kind of content.", {"VIDEO": ("VIDEO", "A short video."), "LIVE": ("LIVE", "A live stream.")}
)
CollaborationKind: Final = named(
    "CollaborationKind",
    "How a collaboration started.",
    {
        "OPEN": ("OPEN", "The creator joined an open plan, available to every creator."),
        "TARGETED": ("TARGETED", "The brand invited the creator."),
        "SAMPLE": ("SAMPLE", "The creator applied for a sample."),
        "CAMPAIGN": ("CAMPAIGN", "An agency arranged it."),
    },
)
CollaborationStatus: Final = named(
    "CollaborationStatus",
    "The status of a collaboration.",
    {
        "OFFERED": ("OFFERED", "Offered or applied for, awaiting an answer."),
        "ACCEPTED": ("ACCEPTED", "Both sides have agreed."),
        "DECLINED": ("DECLINED", "One side declined."),
        "DELIVERED": ("DELIVERED", "Content has been published for it."),
        "FAILED": ("FAILED", "The agreed content was not delivered, or not as agreed."),
        "EXPIRED": ("EXPIRED", "It ended without an answer."),
        "CANCELLED": ("CANCELLED", "The brand refused or cancelled it."),
    },
)
Dimension: Final = named(
    "Dimension",
    "A dimension that followers are split by.",
    {
        "AGE": ("AGE", "Age."),
        "GENDER": ("GENDER", "Gender."),
        "LOCATION": ("LOCATION", "Location."),
    },
)
RunStatus: Final = named(
    "RunStatus",
    "The status of a scoring run.",
    {
        "BUILDING": ("BUILDING", "Being computed; not visible yet."),
        "CURRENT": ("CURRENT", "The current run, used for all responses."),
        "SUPERSEDED": ("SUPERSEDED", "A former current run, stored for a limited time."),
        "HELD": (
            "HELD",
            (
                "Complete, but held for an administrator's review because it drifted too far from the current run, or was taken back. "
                "Visible to administrators and analysts only."
            ),
        ),
        "DISCARDED": ("DISCARDED", "A held or former run that is being removed."),
    },
)
AccessScope: Final = named(
    "AccessScope",
    "To what a key or token can be narrowed, within its role.",
    {
        "READ": ("read", "GraphQL queries, and rejected rows at `/imports`."),
        "WRITE": ("write", "GraphQL mutations, and uploads to `/imports`."),
        "CYPHER": ("cypher", "Cypher, saved queries and centralities, in GraphQL beside `READ` or `WRITE`, and at `/cypher`."),
        "EXPORT": ("export", "Exports at `/exports`."),
        "EVENTS": ("events", "Subscriptions; and webhooks, beside `READ` or `WRITE`."),
        "MCP": ("mcp", "Tools for agents at `/mcp`."),
        "METRICS": ("metrics", "Metrics at `/metrics`, where these need a key."),
    },
)
ViewerRole: Final = named(
    "ViewerRole",
    "The role of an access key.",
    {
        "ADMIN": ("admin", "Loads data, runs scoring, manages access; sees everything."),
        "ANALYST": ("analyst", "Sees everything, read-only."),
        "PARTNER": ("partner", "Sees creators of its regions, and its clients' collaborations and sales."),
        "BRAND": ("brand", "Sees creators of its regions, and its own collaborations and sales."),
        "CREATOR": ("creator", "Sees only their own data."),
    },
)
