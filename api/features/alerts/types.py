"""Alerts, as the keys see them that they belong to."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.graphql.types.fields import REFUSED, argument, paged, planned
from api.graphql.types.nouns import CreatorRef
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import DateTime, Id, Json


@strawberry.type(description="A saved filter or ranking that tells when a creator enters or leaves it.")
class Alert:
    """Events are told as changes of the kinds ALERT_ENTERED and ALERT_LEFT."""

    alert_id: Id = planned("The alert's id, `alert` in the details of its changes.")
    name: str = planned("Its name, `name` in the details of its changes.")
    watches: Json = planned("What it watches, as given: who enters under `enter`; who stays under `stay`, if given.")
    count: int = planned("Number of creators inside.")
    created_at: DateTime = planned("When it was created.")
    evaluated_at: DateTime | None = planned("When it was last evaluated; null before the first time.")
    last_crossing_at: DateTime | None = planned("When a creator last entered or left; null if none has.")
    error: str | None = planned("Why the last evaluation failed, so that nobody enters or leaves until it is mended; null otherwise.")


@strawberry.type(description="An alert with its cursor.")
class AlertEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after` and `before`.")
    node: Alert = planned("The alert.")


@strawberry.type(description="A page of alerts, oldest first.")
class AlertConnection:
    """They are few."""

    edges: list[AlertEdge] = planned("The alerts with their cursors.")
    nodes: list[Alert] = planned("The alerts without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Total number of alerts.")


@strawberry.type(description="A creator inside an alert.")
class AlertMemberEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after` and `before`.")
    node: CreatorRef | None = planned("The creator; null if removed, or no longer visible to you.")


@strawberry.type(description="A page of creators inside an alert, by id.")
class AlertMemberConnection:
    """As of the last evaluation."""

    edges: list[AlertMemberEdge] = planned("The creators with their cursors.")
    nodes: list[CreatorRef | None] = planned("The creators without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Total number of creators inside.")


@strawberry.type
class Query:
    """Alerts of the key that asks."""

    alerts: AlertConnection | None = paged("Your alerts, oldest first.")
    alert_members: AlertMemberConnection | None = paged(
        f"Who is inside one of your alerts, as of its last evaluation. Null for an id that is none of yours. {REFUSED}",
        argument("alert", Id, "The alert's id."),
    )
