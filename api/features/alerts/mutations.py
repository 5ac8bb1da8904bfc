"""Alerts are created and deleted by the key that they belong to."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from secrets import token_hex
from typing import Annotated, Final

import strawberry

from api.features.alerts.alerts import shown
from api.features.alerts.types import Alert
from api.features.alerts.watched import AlertRankingInput, check, watched
from api.graphql.mutations import INPUT, Info, Refusal, UserError, mutation, node, text, written
from api.graphql.types.filters import CreatorFilter
from api.graphql.types.scalars import Id
from graph import alerts as stored

LONGEST_NAME: Final = 200


@strawberry.input(description="An alert to create, on either a filter or a ranking.")
class CreateAlertInput:
    """What to watch, under a name."""

    name: str = strawberry.field(description="Its name; at most 200 characters.")
    filter: CreatorFilter | None = strawberry.field(
        default=None, description="A creator enters who matches, as for `creators`; at most 1,000 may."
    )
    stay_filter: CreatorFilter | None = strawberry.field(
        default=None,
        description="A creator inside stays who matches this, so that a score that swings about a bound tells once; `filter` if omitted.",
    )
    ranking: AlertRankingInput | None = strawberry.field(default=None, description="A creator enters who reaches the first places.")


@strawberry.input(description="An alert to delete.")
class DeleteAlertInput:
    """Which."""

    alert_id: Id = strawberry.field(description="The alert's id.")


@strawberry.type(description="The alert that was created.")
class CreateAlertPayload:
    """What came of it."""

    alert: Alert | None = node("The alert, before its first evaluation; null if none was created.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was created; empty on success.")


@strawberry.type(description="The alert that was deleted.")
class DeleteAlertPayload:
    """What came of it."""

    alert_id: Id | None = strawberry.field(default=None, description="Its id; null if nothing was deleted.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was deleted; empty on success.")


async def create_alert(info: Info, input: Annotated[CreateAlertInput, INPUT]) -> CreateAlertPayload:
    """Keep a new alert."""
    context = info.context
    name = text("name", input.name, most=LONGEST_NAME)
    if name is None:
        raise Refusal("name", "INVALID", "name is empty; give one that says what the alert watches")
    watches = watched(input.filter, input.stay_filter, input.ranking)
    await check(context, watches)
    new = stored.Alert(f"al_{token_hex(12)}", context.viewer.account, name, watches, context.now)
    try:
        await written(context, stored.create, new, most=context.state.settings.alerts_per_key)
    except stored.TooManyAlerts as error:
        raise Refusal("input", "TOO_MANY", str(error)) from error
    return CreateAlertPayload(alert=shown(new))


async def delete_alert(info: Info, input: Annotated[DeleteAlertInput, INPUT]) -> DeleteAlertPayload:
    """Delete an own alert."""
    if not await written(info.context, stored.delete, input.alert_id, key=info.context.viewer.account):
        raise Refusal("alertId", "NOT_FOUND", f"you have no alert with the id {input.alert_id[:80]!r}; `alerts` lists yours")
    return DeleteAlertPayload(alert_id=input.alert_id)


@strawberry.type
class Mutation:
    """Alerts."""

    create_alert = mutation(
        CreateAlertPayload,
        create_alert,
        description="Create an alert: once for each crossing, you are told who enters or leaves a filter of creators, or the first places "
        "of a ranking, by changes of the kinds ALERT_ENTERED and ALERT_LEFT. Who is inside at first is listed by `alertMembers`.",
    )
    delete_alert = mutation(DeleteAlertPayload, delete_alert, description="Delete one of your alerts.")
