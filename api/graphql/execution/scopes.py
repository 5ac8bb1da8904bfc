"""Which scopes an operation needs of a key or token that has any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from api.access.viewer import Scope
from api.audit.entries import Channel
from api.graphql.execution.operations import Operation

FIELDS: Final[dict[tuple[str, str], Scope]] = {
    ("Query", "cypher"): Scope.CYPHER,
    ("Query", "explainCypher"): Scope.CYPHER,
    ("Query", "centrality"): Scope.CYPHER,
    ("Query", "centralityCost"): Scope.CYPHER,
    ("Query", "savedQueries"): Scope.CYPHER,
    ("Query", "savedQuery"): Scope.CYPHER,
    ("Query", "runSavedQuery"): Scope.CYPHER,
    ("Mutation", "saveQuery"): Scope.CYPHER,
    ("Mutation", "deleteSavedQuery"): Scope.CYPHER,
    ("Query", "webhooks"): Scope.EVENTS,
    ("Query", "webhook"): Scope.EVENTS,
    ("Query", "webhookDeliveries"): Scope.EVENTS,
    ("Mutation", "createWebhook"): Scope.EVENTS,
    ("Mutation", "updateWebhook"): Scope.EVENTS,
    ("Mutation", "deleteWebhook"): Scope.EVENTS,
    ("Mutation", "rotateWebhookSecret"): Scope.EVENTS,
    ("Mutation", "enableWebhook"): Scope.EVENTS,
    ("Mutation", "testWebhook"): Scope.EVENTS,
    ("Mutation", "replayWebhook"): Scope.EVENTS,
    ("Mutation", "replayWebhookDelivery"): Scope.EVENTS,
}
"""Fields that need a scope beside that of their kind of operation."""


def scopes_of(asked: Operation, channel: Channel) -> Iterator[Scope]:
    """Yield the scopes that a query or mutation needs; what a tool of agents reads is read by the scope of agents."""
    if asked.is_mutation:
        yield Scope.WRITE
    else:
        yield Scope.MCP if channel is Channel.MCP else Scope.READ
    yield from dict.fromkeys(scope for field, scope in FIELDS.items() if field in asked.fields)
