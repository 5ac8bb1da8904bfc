"""What a webhook is told: its subscription's answer to an event, as its key sees it at the moment of sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import orjson

from api.access.viewer import Viewer
from api.audit.entries import Channel
from api.graphql.execution.operations import operation
from api.graphql.execution.request import GraphQLRequest, ReadState
from api.graphql.execution.subscriptions import LiveOperation
from api.graphql.execution.variables import variables
from api.webhooks.store import Webhook
from graph.dates import iso_time
from graph.model import snake
from graph.outbox import Recorded

EVERY_CHANGE: Final = "changed"
"""The field whose messages are named for what happened; those of others are named for the field."""


def live(webhook: Webhook, viewer: Callable[[], Viewer], state: ReadState) -> LiveOperation:
    """Return the subscription of a webhook."""
    asked = operation(GraphQLRequest(webhook.query), state.limits)
    given = variables(asked.definition, webhook.variables)
    return LiveOperation.of(asked, given, viewer, state, channel=Channel.WEBHOOK)


def message_type(subscription: LiveOperation, event: Recorded) -> str:
    """Return the type of an event's message: `run.published`, or `scores.changed` of a field of that name."""
    return event.event.kind.name if subscription.field == EVERY_CHANGE else snake(subscription.field).replace("_", ".")


def body(type_: str, event: Recorded, answer: Any) -> bytes:
    """Return a message as it is sent and signed."""
    message = {"type": type_, "timestamp": iso_time(event.at), **answer}
    return orjson.dumps(message)
