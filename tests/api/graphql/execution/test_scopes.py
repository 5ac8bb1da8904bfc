"""Root fields of features that a scope opens, as the features declare them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from strawberry.types.base import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from api.access.viewer import Scope
from api.features.alerts import feature as alerts
from api.features.cypher import feature as cypher
from api.features.feature import Feature
from api.features.saved_queries import feature as saved_queries
from api.features.webhooks import feature as webhooks
from api.graphql.execution.scopes import FIELDS

OF_ALERTS: Final = {("Query", "alerts"), ("Query", "alertMembers"), ("Mutation", "createAlert"), ("Mutation", "deleteAlert")}
"""Saved filters and rankings: read and written like the rest; that something crossed is told by subscriptions and webhooks."""


def roots(feature: Feature) -> Iterator[tuple[str, str]]:
    """Yield a feature's root fields by the names that the schema gives them."""
    for kind, type_ in (("Query", feature.query), ("Mutation", feature.mutation)):
        if type_ is not None:
            definition = get_object_definition(type_, strict=True)
            yield from ((kind, field.graphql_name or to_camel_case(field.python_name)) for field in definition.fields)


def test_every_field_of_webhooks_needs_the_scope_of_events() -> None:
    needed = {field: FIELDS.get(field) for field in roots(webhooks.FEATURE)}
    assert ("Query", "webhookDeliveries") in needed
    assert needed == dict.fromkeys(needed, Scope.EVENTS)


def test_a_new_field_of_alerts_has_its_scope_thought_about() -> None:
    assert set(roots(alerts.FEATURE)) == OF_ALERTS
    assert OF_ALERTS.isdisjoint(FIELDS)


def test_every_field_of_cypher_and_saved_queries_needs_the_scope_of_cypher() -> None:
    needed = {field: FIELDS.get(field) for feature in (cypher.FEATURE, saved_queries.FEATURE) for field in roots(feature)}
    assert len(needed) > 4
    assert needed == dict.fromkeys(needed, Scope.CYPHER)
